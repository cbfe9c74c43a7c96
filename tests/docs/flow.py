"""Draws docs/images/flow.svg, the picture of docs/architecture.md, from flow.yaml: `python -m tests.docs.flow`."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "images" / "flow.svg"
DATA = Path(__file__).with_name("flow.yaml")
INK, PAPER, ACCENT, TINT, GREY = "#000000", "#FFFFFF", "#00568F", "#EDF3F8", "#595959"
NAME, NOTE, LABEL = 16, 14, 11
"""px: of a room's name, of what it does, of what an arrow carries."""
FACES = "'BIZ UDPGothic','Hiragino Sans','Yu Gothic','Noto Sans CJK JP',sans-serif"
HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"
 aria-labelledby="t" font-family="{faces}">
<title id="t">YAML の文が、読む・型に入れる・探す・組む・書く部屋を通って PDF になる流れ</title>
<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0.5L8 4L0 7.5Z" fill="{ink}"/></marker></defs>
<rect width="{width}" height="{height}" fill="{paper}"/>
"""


def data() -> dict[str, Any]:
    """flow.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return loaded


def rooms() -> set[str]:
    """Every room that the picture names, as `checks.rules` for `handouts/checks/rules`."""
    return {room for box in data()["boxes"] for room in box["rooms"]}


def written(room: str) -> str:
    """A room as a path is written: `pages/` for a folder, `build.py` for a module."""
    path = room.replace(".", "/")
    return f"{path}/" if (ROOT / "handouts" / path).is_dir() else f"{path}.py"


def _text(x: float, y: float, text: str, size: int, fill: str, anchor: str = "middle", *, strong: bool = False) -> str:
    bold = ' font-weight="bold"' if strong else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{bold}>{escape(text)}</text>'
    )


def _box(box: dict[str, Any]) -> str:
    x, y, width, height = box["at"]
    bar, paper = box.get("bar"), box.get("paper")
    fill = TINT if bar else PAPER
    edge = f'stroke="{INK}" stroke-width="1"' if paper or bar else f'stroke="{ACCENT}" stroke-width="1.5"'
    out = [f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" {edge}/>']
    names, middle = " · ".join(written(room) for room in box["rooms"]), x + width / 2
    japanese, english = box["says"]
    if bar:
        line = y + height / 2 + 6
        out.append(_text(x + 12, line, names, NAME, ACCENT, "start", strong=True))
        out.append(_text(x + width - 12, line, f"{japanese} — {english}", NOTE, INK, "end"))
    elif paper:
        out.append(_text(middle, y + 34, japanese, NAME, INK, strong=True))
        out.append(_text(middle, y + 58, english, NOTE, GREY))
    else:
        out.append(_text(middle, y + height / 2 - 13, names, NAME, ACCENT, strong=True))
        out.append(_text(middle, y + height / 2 + 8, japanese, NOTE, INK))
        out.append(_text(middle, y + height / 2 + 27, english, NOTE - 1, GREY))
    return "\n".join(out)


def _arrow(arrow: dict[str, Any]) -> str:
    points = arrow["points"]
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    out = f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1" marker-end="url(#a)"/>'
    if "carries" in arrow:
        (x, y), (to, _) = points[0], points[-1]
        out += "\n" + _text((x + to) / 2, y - 6, arrow["carries"], LABEL, INK)
    return out


def drawn() -> str:
    """The picture."""
    flow = data()
    width, height = flow["size"]
    parts = [HEAD.format(width=width, height=height, faces=FACES, ink=INK, paper=PAPER)]
    for one in flow["words"]:
        x, y = one["at"]
        parts.append(_text(x, y, one["text"], NOTE, INK, "start", strong=True) + "\n")
    parts += [_arrow(arrow) + "\n" for arrow in flow["arrows"]]
    parts += [_box(box) + "\n" for box in flow["boxes"]]
    return "".join([*parts, "</svg>\n"])


def main() -> int:
    """Write the picture."""
    PICTURE.write_text(drawn(), encoding="utf-8", newline="\n")
    print(f"{PICTURE.name}: {PICTURE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
