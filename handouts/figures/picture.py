"""A compiled picture as plain data, read from our own flat SVG and nothing else; needs neither numpy nor shapely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from handouts.problems import Place, Problem, Problems

Command = tuple[str | float, ...]
"""("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)."""


@dataclass(frozen=True, slots=True)
class PicturePath:
    """One path: filled by the even-odd rule, then stroked with round caps and joins. `line` and `dash` in pt."""

    data: tuple[Command, ...]
    fill: str | None
    stroke: str | None
    line: float
    dash: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Size and coordinates in pt at the nominal width, origin top left, y downward.

    `anchors` are named places: `ground` (its y), joints such as `active.knee`.
    """

    name: str
    width: float
    height: float
    paths: tuple[PicturePath, ...]
    anchors: tuple[tuple[str, float, float], ...] = ()


_N = r"-?\d+(?:\.\d+)?"
_ROOT = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" width="[\d.]+mm" height="[\d.]+mm"'
    rf' viewBox="0 0 ({_N}) ({_N})" fill="none" fill-rule="evenodd"'
    r' stroke-linejoin="round" stroke-linecap="round" data-anchors="([^"]*)">'
)
_PATH = re.compile(
    r'<path d="([^"]+)"(?: fill="(#[0-9A-F]{6})")?'
    rf'(?: stroke="(#[0-9A-F]{{6}})" stroke-width="({_N})")?(?: stroke-dasharray="({_N}) ({_N})")?/>'
)
_STEP = re.compile(rf"M{_N} {_N}|L{_N} {_N}|C{_N}(?: {_N}){{5}}|Z")


def read_picture(path: Path) -> Picture:
    """The picture of an SVG file written by the compiler. Raises Problems for other content, OSError if unreadable."""
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Problems([Problem(Place(str(path), 1, 1), "図のファイルが UTF-8 ではありません。", _HINT)]) from None
    root = _ROOT.fullmatch(lines[0])
    if root is None:
        raise _bad(path, 1, lines[0], "図のファイルの先頭が、図の変換プログラムの書いた形ではありません。")
    if lines[-2:] != ["</svg>", ""]:
        raise _bad(path, len(lines), lines[-1], "図のファイルが </svg> で終わっていません（途中で切れています）。")
    paths = tuple(_read_path(path, number, line) for number, line in enumerate(lines[1:-2], 2))
    return Picture(path.name.partition(".")[0], float(root[1]), float(root[2]), paths, _read_anchors(path, root[3]))


_HINT = "python -m handouts.figures.compile で作り直してください。"


def _bad(path: Path, number: int, line: str, message: str) -> Problems:
    return Problems([Problem(Place(str(path), number, 1), message, _HINT, excerpt=line[:120])])


def _read_path(path: Path, number: int, line: str) -> PicturePath:
    found = _PATH.fullmatch(line)
    if found is None:
        raise _bad(
            path, number, line, "図に使えない要素や属性があります（使えるのは path の d, fill, stroke だけです）。"
        )
    data, fill, stroke, width, on, off = found.groups()
    steps = _STEP.findall(data)
    if not steps or steps[0][0] != "M" or sum(map(len, steps)) != len(data):
        raise _bad(path, number, line, "図の線の書き方が違います（使えるのは M L C Z だけです）。")
    commands: list[Command] = [("Z",) if step == "Z" else (step[0], *map(float, step[1:].split(" "))) for step in steps]
    dash = (float(on), float(off)) if on else None
    return PicturePath(tuple(commands), fill, stroke, float(width or 0), dash)


def _read_anchors(path: Path, text: str) -> tuple[tuple[str, float, float], ...]:
    anchors = []
    for entry in filter(None, text.split(";")):
        name, *numbers = entry.split(" ")
        if len(numbers) != 2 or not all(re.fullmatch(_N, number) for number in numbers):
            raise _bad(path, 1, text, f"図の目印「{entry}」の書き方が違います。")
        anchors.append((name, float(numbers[0]), float(numbers[1])))
    return tuple(anchors)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_pose_texts(path: Path) -> tuple[str, str]:
    """Alternative text and caption of a pose file. Raises Problems where one is missing."""
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Problems([Problem(Place(str(path), line, 1), f"YAML として読めません（{error.problem}）。")]) from None
    texts = [values.get(key) if isinstance(values, dict) else None for key in ("alt", "caption")]
    missing = [
        Problem(Place(str(path)), f"図の「{key}」（文字）が必要です。")
        for key, text in zip(("alt", "caption"), texts, strict=True)
        if not isinstance(text, str) or not text.strip()
    ]
    if missing:
        raise Problems(missing)
    return str(texts[0]), str(texts[1])
