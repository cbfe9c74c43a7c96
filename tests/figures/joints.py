"""The picture of the joints and their signs in docs/figures.md: `python -m tests.figures.joints` writes it anew."""

from __future__ import annotations

import io
import math
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from handouts import drawing as board
from handouts.figures.compose import Drawing, compose
from handouts.figures.pose import Anchor, Arm, Arms, Leg, Legs, Pose, Trunk, View
from handouts.figures.skeleton import Skeleton, solve
from handouts.figures.space import Array, Camera, turn_z
from handouts.figures.theme import COLOUR, size_class

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURE = REPOSITORY / "docs" / "images" / "joints.png"
FACE = REPOSITORY / "fonts" / "BIZUDPGothic-Bold.ttf"
SCALE = 3.2
"""Pixels a pt."""
BLUE, GREY = "#00568F", "#6A6A6A"
PROFILE = Pose(
    alt="関節の図",
    caption="関節",
    width=62,
    anchor=Anchor("floor"),
    trunk=Trunk(pelvis=16, lumbar=10, thoracic=8),
    neck=-6,
    leg=Legs(active=Leg(hip=64, knee=62, ankle=20), other=Leg(hip=14, knee=6, ankle=8)),
    arm=Arms(active=Arm(shoulder=52, elbow=46), other=Arm(hide=True)),
    frame=(-330, 430, -30, 1030),
)
FRONT = replace(
    PROFILE,
    view=View(90),
    trunk=Trunk(),
    neck=0,
    leg=Legs(Leg(abduction=16, toe_out=14), Leg()),
    arm=Arms(Arm(abduction=34, elbow=10), Arm(abduction=8)),
    frame=(-380, 380, -30, 1030),
)
Bone = tuple[str, float, float]
Turn = tuple[str, str, Bone, Bone, tuple[int, int]]
# name, joint it turns about, the bone's frame and axis at zero and now (0 forward, 1 up), label's shift in px
TURNS: tuple[Turn, ...] = (
    ("pelvis", "pelvis", ("", 0, 1), ("pelvis", 0, 1), (-96, -70)),
    ("hip", "active.hip", ("pelvis", 0, -1), ("active.thigh", 0, -1), (-20, 96)),
    ("knee", "active.knee", ("active.thigh", 0, -1), ("active.shank", 0, -1), (70, 12)),
    ("ankle", "active.ankle", ("active.shank", 1, 0), ("active.foot", 1, 0), (132, -22)),
    ("shoulder", "active.shoulder", ("thorax", 0, -1), ("active.upper_arm", 0, -1), (-150, 30)),
    ("elbow", "active.elbow", ("active.upper_arm", 0, -1), ("active.forearm", 0, -1), (66, 78)),
)
FRONT_TURNS: tuple[Turn, ...] = (
    ("abduction", "active.hip", ("pelvis", 0, -1), ("active.thigh", 0, -1), (-128, 150)),
    ("abduction", "active.shoulder", ("thorax", 0, -1), ("active.upper_arm", 0, -1), (-110, 124)),
)
REACH = 92.0
"""Body units: how far an arc lies from its joint."""


def drawn() -> Image.Image:
    """Profile and front view side by side, each with arcs from zero to the written angle."""
    from PIL import Image

    pictures = [_figure(PROFILE, TURNS), _figure(FRONT, FRONT_TURNS)]
    sheet = Image.new("RGB", (sum(one.width for one in pictures), max(one.height for one in pictures)), "#FFFFFF")
    x = 0
    for one in pictures:
        sheet.paste(one, (x, 0))
        x += one.width
    return sheet.quantize(64, dither=Image.Dither.NONE)


def _figure(pose: Pose, turns: tuple[Turn, ...]) -> Image.Image:
    from PIL import ImageDraw, ImageFont

    skeleton, camera = solve(pose), Camera(pose.view.yaw, pose.view.pitch)
    drawing = compose(pose, COLOUR, size_class(pose.width))
    image = _bitmap(pose)
    brush, face = ImageDraw.Draw(image), ImageFont.truetype(str(FACE), 25)
    for name, joint, start, end, shift in turns:
        ways = [camera.flat(_way(skeleton, *bone)) for bone in (start, end)]
        _turn(brush, face, drawing, camera.flat(skeleton.joints[joint]), pose, ways, name, shift)
    return image


def _way(skeleton: Skeleton, bone: str, forward: float, up: float) -> Array:
    turned = skeleton.frames[bone] if bone else turn_z(0)
    way: Array = turned[:, 0] * forward + turned[:, 1] * up
    return way


def _bitmap(pose: Pose) -> Image.Image:
    from PIL import Image
    from pypdfium2 import PdfDocument

    from handouts.figures.emit import svg

    page = board.page(svg(compose(pose, COLOUR, size_class(pose.width))), pose, "joints")
    with PdfDocument(page) as document:
        picture: Image.Image = document[0].render(scale=SCALE).to_pil().convert("RGB")
    return Image.blend(picture, Image.new("RGB", picture.size, "#FFFFFF"), 0.35)


def _turn(
    brush: ImageDraw.ImageDraw,
    face: ImageFont.FreeTypeFont,
    drawing: Drawing,
    joint: Array,
    pose: Pose,
    ways: list[Array],
    name: str,
    shift: tuple[int, int],
) -> None:
    """A dot at the joint, the zero line dashed, the bone's own line, the arc between with its head, and the name."""
    assert pose.frame is not None
    unit = drawing.unit * SCALE
    x, y = (float(joint[0]) - pose.frame[0]) * unit, (pose.frame[3] - float(joint[1])) * unit
    first, last = (math.atan2(float(way[1]), float(way[0])) for way in ways)
    turn = (last - first + math.pi) % (2 * math.pi) - math.pi
    reach = REACH * unit

    def on_arc(angle: float, part: float = 1.0) -> tuple[float, float]:
        return x + reach * part * math.cos(angle), y - reach * part * math.sin(angle)

    for step in np.arange(0.0, 1.15, 0.14):
        brush.line([on_arc(first, step), on_arc(first, step + 0.07)], GREY, 3)
    brush.line([(x, y), on_arc(last, 1.2)], BLUE, 4)
    brush.line([on_arc(first + turn * t) for t in np.linspace(0, 0.9, 24)], BLUE, 5, "curve")
    back, across = first + turn * (1 - 13 / max(abs(turn) * reach, 26)), 0.13
    brush.polygon([on_arc(last), on_arc(back, 1 + across), on_arc(back, 1 - across)], BLUE)
    brush.ellipse([x - 7, y - 7, x + 7, y + 7], BLUE)
    brush.text((x + shift[0], y + shift[1]), f"{name} +", BLUE, face, "mm", stroke_width=5, stroke_fill="#FFFFFF")


def save(path: Path) -> None:
    """Writes the picture as a small PNG."""
    made = io.BytesIO()
    drawn().save(made, "PNG", optimize=True)
    path.write_bytes(made.getvalue())


def main() -> int:
    """Writes docs/images/joints.png."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "joints.png"
        save(file)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_bytes(file.read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
