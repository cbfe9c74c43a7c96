"""A sheet as HTML with CSS for print, which WeasyPrint and Chromium set."""

from __future__ import annotations

from html import escape
from typing import Any

from tests.bench.peers.peer import ACCENT, FIGURE, FOOT, LEADING, MARGIN, RULE, SIZES, TINT, Content, headed, size

_TAGS = {"h1": "h1", "h2": "h2", "h3": "h3", "p": "p"}


def style(content: Content) -> str:
    """The style sheet: the program's own fonts from their files, strict line breaking, the running foot."""
    faces = "".join(
        f"@font-face {{ font-family: handout; font-weight: {name.replace('regular', 'normal')};"
        f" src: url('file://{path}') }}\n"
        for name, path in content["fonts"].items()
    )
    sizes = "".join(
        f"{kind} {{ font-size: {SIZES[kind]}pt; line-height: {LEADING[kind]}pt; margin: 0 }}\n" for kind in _TAGS
    )
    foot = f"font: 8pt handout; border-top: .6pt solid {RULE}; vertical-align: top; padding-top: 3pt"
    said = content["foot"].replace('"', '\\"')
    return f"""{faces}{sizes}
@page {{ size: A4; margin: {MARGIN}pt {MARGIN}pt {FOOT}pt;
  @bottom-left {{ content: "{said}"; {foot}; width: 80%; text-align: left }}
  @bottom-right {{ content: counter(page) " / " counter(pages); {foot}; width: 20%; text-align: right }} }}
* {{ box-sizing: border-box }}
body {{ margin: 0; font: {SIZES["p"]}pt/{LEADING["p"]}pt handout; line-break: strict; fill-rule: evenodd }}
h1, h2 {{ color: {ACCENT} }} h2 {{ margin-top: 6pt }}
ul {{ list-style: none; margin: 0; padding: 0 }} li {{ display: flex }} li span {{ flex: none; width: 14pt }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: 4pt }}
th, td {{ border-bottom: .5pt solid {RULE}; padding: 2pt; text-align: left; vertical-align: top }}
th {{ font-weight: normal }} .b {{ font-weight: bold }} thead {{ background: {TINT} }}
.beside {{ display: flex; margin-bottom: 4pt }} .beside > div + div {{ flex: 1; min-width: 0 }}
.figure {{ flex: none; width: {FIGURE + 8}pt }} .figure svg {{ display: block }}
"""


def html(content: Content, css: str = "") -> str:
    """The page; `css` stands in it where the engine is given no style sheet."""
    head = (
        f'<!doctype html><html lang="{content["language"]}"><head><meta charset="utf-8">'
        f"<title>{escape(content['title'])}</title><style>{css}</style></head><body>"
    )
    return head + "".join(_block(content, block) for block in content["blocks"]) + "</body></html>"


def _block(content: Content, block: dict[str, Any]) -> str:
    kind = block["kind"]
    if kind == "list":
        items = (f"<li><span>{i['mark']}</span><div{_weight(i)}>{escape(i['text'])}</div></li>" for i in block["items"])
        return f"<ul>{''.join(items)}</ul>"
    if kind == "table":
        return _table(block["rows"])
    if kind in ("figure", "qr"):
        wide, tall = size(content, block)
        picture = content["qr"] if kind == "qr" else content["figures"][block["figure"]]["svg"]
        drawn = _named(picture, block["alt"]).replace("<svg ", f'<svg style="width:{wide}pt;height:{tall}pt" ', 1)
        return f'<div class="figure">{drawn}</div>'
    if kind == "beside":
        inner = "".join(_block(content, one) for one in block["blocks"])
        return f'<div class="beside">{_block(content, block["figure"])}<div>{inner}</div></div>'
    width = f' style="width:{block["width"]}pt"' if "width" in block else ""
    weight = _weight(block) if kind == "p" else ""
    return f"<{_TAGS[kind]}{weight}{width}>{escape(block['text'])}</{_TAGS[kind]}>"


def _named(svg: str, alt: str) -> str:
    """The picture with its alternative text, in the two forms that the engines know."""
    name = escape(alt)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1).replace(">", f"><title>{name}</title>", 1)


def _weight(leaf: dict[str, Any]) -> str:
    return ' class="b"' if leaf["bold"] else ""


def _table(rows: list[list[dict[str, Any]]]) -> str:
    made = []
    for row in rows:
        cells = (f"<t{'hd'[not c['head']]}{_weight(c)}>{escape(c['text'])}</t{'hd'[not c['head']]}>" for c in row)
        made.append(f"<tr>{''.join(cells)}</tr>")
    if headed(rows):
        return f"<table><thead>{made[0]}</thead><tbody>{''.join(made[1:])}</tbody></table>"
    return f"<table><tbody>{''.join(made)}</tbody></table>"
