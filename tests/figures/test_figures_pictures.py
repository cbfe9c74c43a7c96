"""The compiled pictures: fresh, small, whole inside their frame, thick enough to print, in both themes and sides."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString

from handouts.figures.compile import ASSETS, pictures
from handouts.figures.compose import POINTS_PER_MM, compose
from handouts.figures.hands import FINGERS, SCALE
from handouts.figures.labels import leaders
from handouts.figures.picture import Picture, PicturePath, read_picture, read_pose_texts
from handouts.figures.pose import Highlight, Label, Person, Pose, View
from handouts.figures.reading import read_pose
from handouts.figures.skeleton import close_up, solve
from handouts.figures.space import Camera
from handouts.figures.theme import CLASSES, COLOUR, MONO, THEMES, size_class
from tests.figures.drawings import NAMES, POSES, compiled, drawn, pose_of

PICTURES = sorted((ASSETS / "pictures").glob("*.svg"))
MAX_DRIFT = 0.05
"""pt: what numpy's or GEOS' next version may change before a picture counts as stale."""


def lines(path: PicturePath) -> MultiLineString:
    """A picture's path as lines through points along its curves."""
    parts: list[list[tuple[float, float]]] = []
    for kind, *numbers in path.data:
        values = [float(number) for number in numbers]
        if kind == "M":
            parts.append([(values[0], values[1])])
        elif kind == "L":
            parts[-1].append((values[0], values[1]))
        elif kind == "C":
            start, t = np.array(parts[-1][-1]), np.linspace(0, 1, 12)[1:, None]
            a, b, c = np.array(values).reshape(3, 2)
            curve = (1 - t) ** 3 * start + 3 * t * (1 - t) ** 2 * a + 3 * t**2 * (1 - t) * b + t**3 * c
            parts[-1] += [(float(x), float(y)) for x, y in curve]
        else:
            parts[-1].append(parts[-1][0])
    return MultiLineString([LineString(part) for part in parts])


def test_every_pose_has_its_pictures_and_every_picture_its_pose() -> None:
    assert len(POSES) >= 5
    wanted = {f"{path.stem}.{size_class(read_pose(path).width).name}.{theme}.svg" for path in POSES for theme in THEMES}
    assert {path.name for path in PICTURES} == wanted


def test_compiling_a_pose_gives_its_drawings_and_nothing_else() -> None:
    made = pictures(ASSETS / "poses" / "fist-back.yaml")
    assert made == {f"fist-back.S.{theme}.svg": compiled("fist-back", theme) for theme in THEMES}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pose", NAMES)
def test_committed_pictures_are_fresh(pose: str, theme: str, tmp_path: Path) -> None:
    """Same bytes; or, under another numpy or GEOS, the same paths within MAX_DRIFT."""
    name, text = f"{pose}.{size_class(pose_of(pose).width).name}.{theme}.svg", compiled(pose, theme)
    committed = ASSETS / "pictures" / name
    if committed.read_text(encoding="utf-8") != text:
        (tmp_path / name).write_text(text, encoding="utf-8")
        old, new = read_picture(committed), read_picture(tmp_path / name)
        assert len(old.paths) == len(new.paths), f"{name}: run python -m handouts.figures.compile"
        for before, after in zip(old.paths, new.paths, strict=True):
            assert (before.fill, before.stroke, before.line) == (after.fill, after.stroke, after.line)
            assert lines(before).hausdorff_distance(lines(after)) <= MAX_DRIFT, f"{name} is stale"


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_flat_and_inside_its_frame(path: Path) -> None:
    assert path.stat().st_size <= 15_000
    picture = read_picture(path)
    assert len(picture.paths) >= 10
    for drawn_path in picture.paths:
        x0, y0, x1, y1 = lines(drawn_path).bounds
        half = drawn_path.line / 2 if drawn_path.stroke else 0.0
        assert min(x0, y0) - half >= -0.06, drawn_path
        assert x1 + half <= picture.width + 0.06, drawn_path
        assert y1 + half <= picture.height + 0.06, drawn_path


@pytest.mark.parametrize(
    ("name", "width"), [("run-overstride", 50.7), ("run-underbody", 50.7), ("floor-hamstring", 56)]
)
def test_printed_widths(name: str, width: float) -> None:
    assert drawn(name).width == pytest.approx(width * POINTS_PER_MM)


@pytest.mark.parametrize("name", ["floor-hamstring", "hook-tendon", "knead-thigh"])
def test_exercise_pictures_fit_their_column(name: str) -> None:
    drawing = drawn(name)
    assert 50 * POINTS_PER_MM <= drawing.width <= 58.67 * POINTS_PER_MM
    assert drawing.height <= 50 * POINTS_PER_MM


PAIRS = [("run-underbody", "run-overstride"), ("sit-chair", "sit-seiza"), ("walk-soft-knee", "walk-stiff-knee")]
"""Right and wrong of the same thing."""


@pytest.mark.parametrize(("good", "bad"), PAIRS)
def test_a_pair_shares_scale_size_and_ground(good: str, bad: str) -> None:
    wrong, right = drawn(bad), drawn(good)
    assert (wrong.width, wrong.height) == (right.width, right.height)
    assert wrong.anchors["ground"] == right.anchors["ground"]
    assert abs(wrong.anchors["pelvis"][0] - right.anchors["pelvis"][0]) < 0.01


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_no_line_is_too_thin_to_print(path: Path) -> None:
    mono = path.name.endswith("mono.svg")
    for drawn_path in read_picture(path).paths:
        if drawn_path.stroke:
            assert drawn_path.line >= 0.45
            grey = drawn_path.stroke[1:3] == drawn_path.stroke[3:5] == drawn_path.stroke[5:7] != "00"
            assert not (mono and grey and drawn_path.line < 1.5)
            assert not mono or drawn_path.stroke == "#000000"


@pytest.mark.parametrize("pose", POSES, ids=lambda path: path.stem)
def test_a_finger_prints_at_least_08_mm_wide(pose: Path) -> None:
    drawing, source = drawn(pose.stem), read_pose(pose)
    head, pelvis = np.array(drawing.anchors["head"]), np.array(drawing.anchors["pelvis"])
    skeleton, camera = solve(source), Camera(source.view.yaw, source.view.pitch)
    units = float(np.linalg.norm(camera.flat(skeleton.joints["head"] - skeleton.joints["pelvis"])))
    mm_per_unit = float(np.linalg.norm(head - pelvis)) / units / POINTS_PER_MM
    narrowest = min(radius for *_, radius in FINGERS) * 2 * SCALE
    assert narrowest * mm_per_unit >= 0.8


def tones(name: str, theme: str) -> set[str]:
    return {tone for mark in drawn(name, theme).marks for tone in (mark.fill, mark.stroke) if tone}


@pytest.mark.parametrize(
    "name",
    ["floor-hamstring", "hook-tendon", "knead-thigh", "knead-calf", "chair-hamstring", "wall-calf", "ball-calf"],
)
def test_the_highlight_is_hatched_in_both_themes_and_lies_on_the_leg(name: str) -> None:
    for theme in (COLOUR, MONO):
        strokes = [mark for mark in drawn(name, theme.name).marks if mark.width == theme.hatch_line]
        assert strokes
        assert sum(len(getattr(mark.shape, "geoms", [mark.shape])) for mark in strokes) >= 4
    skin = shapely.union_all(
        [mark.shape for mark in drawn(name).marks if mark.fill in (COLOUR.tones["skin"], COLOUR.tones["skin_far"])]
    )
    patches = [mark.shape for mark in drawn(name).marks if mark.fill == COLOUR.tones["muscle"]]
    assert patches
    assert all(skin.buffer(0.3).contains(patch) for patch in patches)


def test_mono_has_no_colour_and_at_most_the_greys_of_the_theme() -> None:
    for pose in POSES:
        used = tones(pose.stem, "mono")
        assert all(tone[1:3] == tone[3:5] == tone[5:7] for tone in used), pose.stem
        assert used <= set(MONO.tones.values()) | {"#000000"}


def test_only_the_right_way_carries_a_ring() -> None:
    marks = {name: read_pose(ASSETS / "poses" / f"{name}.yaml").marks for name in (path.stem for path in POSES)}
    for good, bad in PAIRS:
        assert [mark.kind for mark in marks[good]] == ["right"]
        assert [mark.kind for mark in marks[bad]] == ["wrong"]
    ringed = {name for name, found in marks.items() if any(mark.kind == "right" for mark in found)}
    assert ringed == {good for good, _ in PAIRS}


def test_nobody_smiles_in_a_wrong_picture() -> None:
    for name in (path.stem for path in POSES):
        pose = pose_of(name)
        wrong = any(mark.kind == "wrong" for mark in pose.marks)
        assert pose.person.mouth == ("neutral" if wrong else "smile"), name
    smile, neutral = (
        compose(replace(pose_of("sit-seiza"), person=Person(mouth=mouth)), COLOUR, size_class(40)).marks
        for mouth in ("smile", "neutral")
    )
    assert sum(not a.shape.equals(b.shape) for a, b in zip(smile, neutral, strict=True)) == 1


def test_a_ball_rolls_to_and_fro_where_it_lies() -> None:
    """The arrow's middle is under the ball's."""
    for name in ("ball-hip", "ball-calf", "ball-thigh", "ball-fascia"):
        pose = pose_of(name)
        (ball,), (arrow,) = [prop for prop in pose.props if prop.kind == "ball"], pose.arrows
        assert arrow.double
        assert isinstance(arrow.start, tuple)
        assert isinstance(arrow.end, tuple)
        assert abs((arrow.start[0] + arrow.end[0]) / 2 - sum(ball.x) / 2) < 6


def test_at_most_two_arrows_a_picture() -> None:
    for pose in POSES:
        assert len(read_pose(pose).arrows) <= 2, pose.stem


def test_the_left_side_is_the_mirror() -> None:
    pose = read_pose(ASSETS / "poses" / "knead-thigh.yaml")
    size = size_class(pose.width)
    right, left = (compose(replace(pose, side=side), COLOUR, size) for side in ("right", "left"))
    assert (right.width, right.height) == (left.width, left.height)
    for a, b in zip(right.marks, left.marks, strict=True):
        x0, y0, x1, y1 = a.shape.bounds
        assert b.shape.bounds == pytest.approx((right.width - x1, y0, right.width - x0, y1), abs=1e-6)


def test_size_classes_differ_in_weight_not_only_in_scale() -> None:
    pose = read_pose(ASSETS / "poses" / "floor-hamstring.yaml")
    small, large = (compose(replace(pose, width=width), COLOUR, size_class(width)) for width in (44.0, 80.0))
    assert max(mark.width for mark in small.marks if mark.stroke == "#000000") == CLASSES[0].outline
    assert max(mark.width for mark in large.marks if mark.stroke == "#000000") == CLASSES[2].outline
    with pytest.raises(ValueError, match="90"):
        size_class(90.1)


def test_a_close_up_may_bend_the_leg_otherwise_and_its_words_follow() -> None:
    """A leader to the calf starts on the close-up's own leg, not on the leg of the whole figure."""
    pose = pose_of("hook-tendon")
    inset = pose.inset
    assert inset is not None
    assert inset.leg is not None
    assert close_up(pose, inset).leg is inset.leg
    word = Label("calf", "ふくらはぎ", to=(0.0, 0.0), at="active.shank@0.1:back")
    starts = []
    for leg in (inset.leg, None):
        changed = replace(pose, inset=replace(inset, leg=leg, labels=(word,)))
        starts += [at for _, at in leaders(changed, solve(changed))]
    assert math.dist(starts[0], inset.centre) < inset.size
    assert math.dist(*starts) > 5


@pytest.mark.parametrize("name", ["hook-tendon", "knead-calf", "knead-thigh"])
def test_a_close_up_shows_four_fingernails_of_a_hand_that_grips(name: str) -> None:
    """Nails are thin lines of their own: without them a fingertip cannot be told from a knuckle."""
    inner = size_class(pose_of(name).width).inner
    nails = [mark for mark in drawn(name).marks if mark.fill is None and mark.width == inner * 0.8]
    assert nails
    assert all(len(getattr(mark.shape, "geoms", [mark.shape])) >= 4 for mark in nails)


def test_every_pose_has_alt_text_and_caption_in_japanese() -> None:
    for path in POSES:
        alt, caption = read_pose_texts(path)
        pose = read_pose(path)
        assert (alt, caption) == (pose.alt, pose.caption)
        assert len(alt) >= 15
        assert all(re.search("[ぁ-ん]", text) for text in (alt, caption))
        assert not re.search("右脚|左脚|右足|左足", alt + caption), "say active or other, not right or left"


def test_anchors_of_a_read_picture() -> None:
    picture: Picture = read_picture(ASSETS / "pictures" / "run-underbody.M.colour.svg")
    assert picture.name == "run-underbody"
    anchors = {name: (x, y) for name, x, y in picture.anchors}
    assert {"ground", "head", "pelvis", "active.knee"} <= set(anchors)
    assert anchors["ground"][1] < picture.height


@pytest.mark.parametrize("yaw", [-90, 0, 60, 90])
def test_a_person_is_drawn_from_every_side(yaw: float) -> None:
    """A face is seen from the front and the side, none from the back; the hollow of the knee only from behind."""
    hollow = (Highlight("active", "hollow"),)
    pose = Pose(alt="図の説明", caption="見出し", width=40, view=View(yaw), highlight=hollow)
    marks = compose(pose, COLOUR, size_class(40)).marks
    assert any(mark.fill == COLOUR.tones["cheek"] for mark in marks) == (yaw != -90)
    assert any(mark.fill == COLOUR.tones["muscle"] for mark in marks) == (yaw <= 0)
