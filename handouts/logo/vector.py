"""A flat SVG logo → a picture of filled and stroked paths; what would not print as it looks is told, never guessed."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from handouts.figures.picture import Command, Picture, PicturePath
from handouts.logo.size import LONGEST, USUAL, USUAL_WIDE, printed
from handouts.pages.blocks import Logo
from handouts.pages.box import mm
from handouts.problems import Place, Problem, Problems

MOST_SHAPES, MOST_SEGMENTS = 2_000, 40_000
FAINT = 200
"""As in pixels.py: the lightest grey that is seen on paper."""
_REFUSED = {
    "text": "文字",
    "image": "写真や画像",
    "linearGradient": "グラデーション",
    "radialGradient": "グラデーション",
    "meshgradient": "グラデーション",
    "pattern": "模様の塗り",
    "filter": "影やぼかし",
    "mask": "マスク",
    "clipPath": "切り抜き",
    "foreignObject": "埋め込まれた内容",
    "script": "プログラム",
    "animate": "動き",
    "animateTransform": "動き",
}
_OUTLINE = "文字をアウトラインにして、単色で塗った図形だけの SVG にするか、PNG を使ってください。"
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


def read_vector(data: bytes, place: Place) -> Logo:
    """The logo, both in colour and in grey. Raises Problems: damaged, not flat, empty, too pale, too long."""
    _check_flat(data, place)
    paths = _paths(data, place)
    left, top, right, bottom = _extent(paths, place)
    width, height = right - left, bottom - top
    ratio = width / height
    if max(ratio, 1 / ratio) > LONGEST:
        raise _wrong(place, f"ロゴが細長すぎます(縦と横の比は 1:{LONGEST:g} まで)。", "横長のロゴを使ってください。")
    size = printed(ratio, mm(USUAL), mm(USUAL_WIDE))
    scale = size[0] / width
    moved = tuple(_moved(path, left, top, scale) for path in paths)
    if all(_lightness(colour) > FAINT for path in moved for colour in (path.fill, path.stroke) if colour):
        message = "ロゴが白いか薄すぎて、白い紙の上で見えません。"
        raise _wrong(place, message, "白抜きではない、濃い色のロゴを使ってください。")
    pictures = Picture("logo", *size, moved), Picture("logo", *size, tuple(_grey(path) for path in moved))
    return Logo(ratio, pictures=pictures, place=place)


def _check_flat(data: bytes, place: Place) -> None:
    """Refuse entities (they can swell without end), what is no XML, and all that is not a flat shape."""
    if b"<!ENTITY" in data:
        hint = "「SVG 1.1(プレーン)」で保存し直してください。"
        raise _wrong(place, "ロゴの SVG に、実体の宣言(ENTITY)があります。", hint)
    found: set[str] = set()
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(data), events=("start",)):
            found.add(str(element.tag).rpartition("}")[2])
    except ElementTree.ParseError as error:
        line, column = error.position
        message = f"ロゴの SVG が壊れています({line} 行目の {column + 1} 文字目)。"
        raise _wrong(place, message, "もとのファイルから、もう一度写してください。") from None
    except (ValueError, LookupError):  # an encoding that is not what the file says
        raise _wrong(place, "ロゴの SVG の文字コードが読めません。", "UTF-8 で保存し直してください。") from None
    bad = dict.fromkeys(word for name, word in _REFUSED.items() if name in found)
    if bad:
        raise _wrong(place, f"ロゴの SVG に使えないものがあります: {'、'.join(bad)}。", _OUTLINE)


def _paths(data: bytes, place: Place) -> list[PicturePath]:
    """The shapes in drawing order, in the SVG's own units."""
    import svgelements

    try:
        drawing = svgelements.SVG.parse(io.BytesIO(data), reify=True, ppi=72.0)
        shapes = [one for one in drawing.elements(_is_seen) if isinstance(one, svgelements.Shape)]
        if len(shapes) > MOST_SHAPES:
            raise _wrong(place, f"ロゴの図形が多すぎます({len(shapes)} 個、{MOST_SHAPES} 個まで)。", _OUTLINE)
        paths = [path for shape in shapes if (path := _path(shape, svgelements)) is not None]
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError, RecursionError):
        # The reader has no error of its own: whatever it stumbles over is a file that it cannot read.
        message = "ロゴの SVG に、読めない書き方があります。"
        raise _wrong(place, message, _OUTLINE) from None
    if sum(len(path.data) for path in paths) > MOST_SEGMENTS:
        raise _wrong(place, "ロゴの線が細かすぎます。", "図形を簡単にするか、PNG を使ってください。")
    return paths


def _is_seen(element: Any) -> bool:
    values = getattr(element, "values", {}) or {}
    return values.get("display") != "none" and values.get("visibility") not in ("hidden", "collapse")


def _path(shape: Any, svg: Any) -> PicturePath | None:
    """One shape; None for what paints nothing. A colour that is half transparent is what it is on white."""
    opacity = _number(shape.values.get("opacity"), 1.0)
    fill = _colour(shape.fill, opacity * _number(shape.values.get("fill-opacity"), 1.0))
    line = float(shape.implicit_stroke_width or 0.0)
    stroke = _colour(shape.stroke, opacity * _number(shape.values.get("stroke-opacity"), 1.0)) if line else None
    if fill is None and stroke is None:
        return None
    path = svg.Path(shape)
    path.approximate_arcs_with_cubics()
    data = tuple(command for segment in path for command in _commands(segment, svg))
    if len(data) < 2:
        return None
    ends = (
        _CAPS.get(shape.values.get("stroke-linecap", "butt"), 0),
        _JOINS.get(shape.values.get("stroke-linejoin", "miter"), 0),
    )
    dash = re.findall(r"[0-9.]+", shape.values.get("stroke-dasharray") or "")
    dashes = (float(dash[0]), float(dash[-1])) if dash and stroke else None
    nonzero = shape.values.get("fill-rule", "nonzero") != "evenodd"
    return PicturePath(data, fill, stroke, line if stroke else 0.0, dashes, nonzero, ends)


def _commands(segment: Any, svg: Any) -> Iterator[Command]:
    match segment:
        case svg.Move():
            yield ("M", *_xy(segment.end))
        case svg.Close():
            yield ("Z",)
        case svg.Line():
            yield ("L", *_xy(segment.end))
        case svg.CubicBezier():
            yield ("C", *_xy(segment.control1), *_xy(segment.control2), *_xy(segment.end))
        case svg.QuadraticBezier():
            (ax, ay), (bx, by), (cx, cy) = _xy(segment.start), _xy(segment.control), _xy(segment.end)
            first = ax + 2 / 3 * (bx - ax), ay + 2 / 3 * (by - ay)
            yield ("C", *first, cx + 2 / 3 * (bx - cx), cy + 2 / 3 * (by - cy), cx, cy)


def _xy(point: Any) -> tuple[float, float]:
    x, y = float(point.x), float(point.y)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("not a finite number")
    return x, y


def _number(text: Any, usual: float) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except (TypeError, ValueError):
        return usual


def _colour(colour: Any, opacity: float) -> str | None:
    if colour is None or colour.value is None:
        return None
    share = opacity * float(colour.opacity)
    if share <= 0.01:
        return None
    mixed = (round(255 - share * (255 - level)) for level in (colour.red, colour.green, colour.blue))
    return "#" + "".join(f"{level:02X}" for level in mixed)


def _extent(paths: list[PicturePath], place: Place) -> tuple[float, float, float, float]:
    """The box round all ink; a curve lies within its handles, which is near enough for a logo's margins."""
    xs, ys = [], []
    for path in paths:
        half = path.line / 2
        for command in path.data:
            numbers = [float(number) for number in command[1:]]
            xs += [x + side for x in numbers[0::2] for side in (-half, half)]
            ys += [y + side for y in numbers[1::2] for side in (-half, half)]
    if not xs or max(xs) - min(xs) <= 0 or max(ys) - min(ys) <= 0:
        raise _wrong(place, "ロゴの SVG に、塗った図形がありません。", _OUTLINE)
    return min(xs), min(ys), max(xs), max(ys)


def _moved(path: PicturePath, left: float, top: float, scale: float) -> PicturePath:
    data: list[Command] = []
    for name, *numbers in path.data:
        moved = [
            round((float(number) - (top if index % 2 else left)) * scale, 3) for index, number in enumerate(numbers)
        ]
        data.append((name, *moved))
    dash = (path.dash[0] * scale, path.dash[1] * scale) if path.dash else None
    return PicturePath(tuple(data), path.fill, path.stroke, path.line * scale, dash, path.nonzero, path.ends)


def _lightness(colour: str) -> float:
    """Grey (0–255) as a black-and-white printer sees it (ITU-R BT.601)."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _grey(path: PicturePath) -> PicturePath:
    fill, stroke = (
        f"#{round(_lightness(one)):02X}{round(_lightness(one)):02X}{round(_lightness(one)):02X}" if one else None
        for one in (path.fill, path.stroke)
    )
    return PicturePath(path.data, fill, stroke, path.line, path.dash, path.nonzero, path.ends)


def _wrong(place: Place, message: str, hint: str) -> Problems:
    return Problems([Problem(place, message, hint)])
