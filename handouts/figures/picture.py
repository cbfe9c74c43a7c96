"""A compiled picture as plain data, read from our own flat SVG, and what its pose says; needs no numpy or shapely."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

from msgspec import Struct

from handouts.decode import Reading, examine
from handouts.model.parts import Line, Text
from handouts.problems import Place, Problem, Problems
from handouts.source import Mapping, Node, Scalar, Sequence, text_of
from handouts.source import examine as parsed

DrawnSide = Literal["right", "left", "both"]

Command = tuple[str | float, ...]
"""("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)."""


class PicturePath(Struct, frozen=True):
    """One path: filled, by the even-odd rule unless `nonzero`, then stroked. `line` and `dash` in pt.

    `ends` are the forms of caps and joins as in PDF (ISO 32000-1, 8.4.3.3, 8.4.3.4); ours are round.
    """

    data: tuple[Command, ...]
    fill: str | None
    stroke: str | None
    line: float
    dash: tuple[float, ...] | None
    nonzero: bool = False
    ends: tuple[int, int] = (1, 1)


class Picture(Struct, frozen=True):
    """Size and coordinates in pt at the nominal width, origin top left, y downward.

    `anchors` are named places: `ground` (its y), joints such as `active.knee`.
    """

    name: str
    width: float
    height: float
    paths: tuple[PicturePath, ...]
    anchors: tuple[tuple[str, float, float], ...] = ()

    def __hash__(self) -> int:
        """Of what tells pictures apart: their thousands of points need not be read for it."""
        return hash((self.name, self.width, self.height))


COMPILE = "handouts figure"
"""The command that draws the pictures of poses."""

NARROWEST = 0.1
"""Least ratio of a picture's shorter side to its longer one."""
OUTSIDE = 0.25
"""How far a point may lie outside the picture, in its longer side: a curve's handle may, a drawing may not."""

# At most four digits before the point (3.5 m): a longer number is a slip, and a very long one would be infinite.
_P = r"[0-9]{1,4}(?:\.[0-9]{1,6})?"
_N = rf"-?{_P}"
_ROOT = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" width="[^"]*" height="[^"]*"'
    r' viewBox="0 0 ([^" ]+) ([^" ]+)" fill="none" fill-rule="evenodd"'
    rf' stroke-width="({_P})" stroke-linejoin="round" stroke-linecap="round" data-anchors="([^"]*)">'
)
_PATH = re.compile(
    r'<path d="([^"]+)"(?: fill="(#[0-9A-F]{6})")?'
    rf'(?: stroke="(#[0-9A-F]{{6}})"(?: stroke-width="({_P})")?)?(?: stroke-dasharray="({_P}) ({_P})")?/>'
)
_STEP = re.compile(rf"M{_N} {_N}|L{_N} {_N}|C{_N}(?: {_N}){{5}}|Z")
_HINT = f"{COMPILE} で作り直してください。"
_UNREAD_HINT = f"ファイルの権限を確かめるか、{_HINT}"


def read_picture(path: Path, shown: str | None = None) -> Picture:
    """The picture of an SVG file written by the compiler. Raises Problems; `shown` is the name they give the file."""
    name = shown if shown is not None else str(path)
    try:
        lines = text_of(path, name).split("\n")
    except Problems as unread:
        raise Problems(replace(problem, hint=_UNREAD_HINT) for problem in unread) from None
    root = _ROOT.fullmatch(lines[0])
    if root is None:
        raise _bad(name, 1, lines[0], "図のファイルの先頭が、図の変換プログラムの書いた形ではありません。")
    if lines[-2:] != ["</svg>", ""]:
        raise _bad(name, len(lines), lines[-1], "図のファイルが </svg> で終わっていません(途中で切れています)。")
    if len(lines) < 4:
        raise _bad(name, 1, lines[0], "図に何も描かれていません(path がありません)。")
    width, height = _size(name, root[1], root[2], lines[0])
    outline = float(root[3])
    paths = tuple(_read_path(name, number, line, outline) for number, line in enumerate(lines[1:-2], 2))
    for number, drawn in enumerate(paths, 2):
        if _is_outside(drawn, width, height):
            raise _bad(name, number, lines[number - 1], "図の線が、図の大きさ(viewBox)の外にはみ出しています。")
    return Picture(path.name.partition(".")[0], width, height, paths, _read_anchors(name, root[4], lines[0]))


def _size(name: str, width: str, height: str, line: str) -> tuple[float, float]:
    sides = [float(side) if re.fullmatch(_P, side) else 0.0 for side in (width, height)]
    if not all(sides):
        raise _bad(name, 1, line, "図の大きさ(viewBox)が正しくありません。幅と高さは 0 より大きい数です。")
    if min(sides) < NARROWEST * max(sides):
        raise _bad(name, 1, line, f"図が細長すぎます(辺の長さの比は 1:{1 / NARROWEST:g} までです)。")
    return sides[0], sides[1]


def _bad(name: str, number: int, line: str, message: str) -> Problems:
    return Problems([Problem(Place(name, number, 1), message, _HINT, excerpt=line[:120])])


def _read_path(name: str, number: int, line: str, outline: float) -> PicturePath:
    found = _PATH.fullmatch(line)
    if found is None:
        message = "図に使えない要素や属性、大きすぎる数があります(使えるのは path の d, fill, stroke だけです)。"
        raise _bad(name, number, line, message)
    data, fill, stroke, width, on, off = found.groups()
    if fill is None and stroke is None:
        raise _bad(name, number, line, "塗りも線もない path があります。")
    steps = _STEP.findall(data)
    if not steps or steps[0][0] != "M" or sum(map(len, steps)) != len(data):
        raise _bad(name, number, line, "図の線の書き方が違います(使えるのは M L C Z と、4 桁までの数だけです)。")
    commands: list[Command] = [("Z",) if step == "Z" else (step[0], *map(float, step[1:].split(" "))) for step in steps]
    dash = (float(on), float(off)) if on else None
    if dash == (0, 0):
        raise _bad(name, number, line, "破線(stroke-dasharray)の長さが 0 です。")
    return PicturePath(tuple(commands), fill, stroke, float(width or outline) if stroke else 0.0, dash)


def _is_outside(drawn: PicturePath, width: float, height: float) -> bool:
    """Whether a point of a path lies so far outside the picture that it would be drawn over something else."""
    slack = OUTSIDE * max(width, height)
    numbers = [command[1:] for command in drawn.data]
    xs = [float(x) for point in numbers for x in point[0::2]]
    ys = [float(y) for point in numbers for y in point[1::2]]
    return min(xs) < -slack or max(xs) > width + slack or min(ys) < -slack or max(ys) > height + slack


def _read_anchors(name: str, text: str, line: str) -> tuple[tuple[str, float, float], ...]:
    anchors = []
    for entry in filter(None, text.split(";")):
        anchor, *numbers = entry.split(" ")
        if len(numbers) != 2 or not all(re.fullmatch(_N, number) for number in numbers):
            raise _bad(name, 1, line, f"図の目印「{entry[:40]}」の書き方が違います。")
        anchors.append((anchor, float(numbers[0]), float(numbers[1])))
    return tuple(anchors)


POSE_TEXTS = ("alt", "caption")
"""What a pose says in words beside its labels: the alternative text and the caption."""


def pose_reading(path: Path, shown: str | None = None) -> Reading:
    """Alternative text and caption of a pose file, the side it is drawn for, and its labels' words by name.

    `model.Text` all of them, with all that is wrong with them; of the figure itself nothing else is read. `shown` is
    the name that problems give the file.
    """
    name = shown if shown is not None else str(path)
    try:
        node, problems = parsed(text_of(path, name), name)
    except Problems as unread:
        return Reading(problems=list(unread))
    readings = [_pose_text(node, key) for key in POSE_TEXTS] if node and not problems else []
    if readings:
        side = node.get("side") if isinstance(node, Mapping) else None
        readings.append(examine(DrawnSide, side) if side else Reading(Text("right")))
        readings.append(_label_words(node) if node else Reading({}))
    problems += [problem for reading in readings for problem in reading.problems]
    return Reading(None if problems else tuple(reading.value for reading in readings), problems)


def _pose_text(node: Node, key: str) -> Reading:
    value = node.get(key) if isinstance(node, Mapping) else None
    if value is None:
        message = f"図の説明「{key}」がありません。"
        return Reading(problems=[Problem(node.place, message, f"「{key}: 文」と書き足してください。")])
    return examine(Line, value)


def _label_words(root: Node) -> Reading:
    """Name → word of the labels of the figure and of its close-up."""
    words: dict[str, Text] = {}
    problems: list[Problem] = []
    inset = root.get("inset") if isinstance(root, Mapping) else None
    for part in (root, inset):
        listed = part.get("labels") if isinstance(part, Mapping) else None
        for label in listed.items if isinstance(listed, Sequence) else ():
            name, text = (label.get(key) if isinstance(label, Mapping) else None for key in ("name", "text"))
            if isinstance(name, Scalar) and text is not None:
                reading = examine(Line, text)
                problems += reading.problems
                words[name.text] = reading.value
    return Reading(None if problems else words, problems)


def read_pose_texts(path: Path, shown: str | None = None) -> tuple[Text, Text]:
    """Alternative text and caption of a pose file. Raises Problems where one is missing, empty or no text."""
    alt, caption, _, _ = pose_reading(path, shown).checked()
    return alt, caption
