"""fpdf2 with its own way of breaking Japanese (WrapMode.CHAR); it reads fonts for each document and writes no tags."""

from __future__ import annotations

import datetime
from typing import Any

from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.enums import WrapMode

from tests.bench.peers.peer import (
    ACCENT,
    CODE,
    FIGURE,
    FOOT,
    LEADING,
    MARGIN,
    RULE,
    SIZES,
    TINT,
    Content,
    headed,
    size,
)
from tests.bench.svg import runs

_DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


class Paper(FPDF):  # type: ignore[misc]  # fpdf2 is not there for a test
    """A document with the running foot."""

    def __init__(self, content: Content) -> None:
        super().__init__("P", "pt", "A4")
        self.content = content
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, FOOT)
        self.c_margin = 0
        self.add_font("g", "", content["fonts"]["regular"])
        self.add_font("g", "B", content["fonts"]["bold"])
        self.set_title(content["title"])
        self.set_lang(content["language"])
        self.set_creation_date(_DAY)
        self.add_page()

    def footer(self) -> None:
        self.set_draw_color(*_rgb(RULE))
        self.line(MARGIN, self.h - 42, self.w - MARGIN, self.h - 42)
        self.set_font("g", "", 8)
        self.set_text_color(0, 0, 0)
        self.set_xy(MARGIN, self.h - 38)
        self.cell(400, 10, self.content["foot"])
        self.set_xy(self.w - MARGIN - 60, self.h - 38)
        self.cell(60, 10, f"{self.page_no()} / {{nb}}", align="R")


class Session:
    """Nothing can be kept: fpdf2 adds fonts to one document."""

    def __init__(self, content: Content, folder: str) -> None:
        pass

    def render(self, content: Content, changes: dict[str, str], target: str) -> None:
        paper = Paper(content)
        _Sheet(paper, content).blocks(content["blocks"], MARGIN, paper.epw)
        paper.output(target)


class _Sheet:
    """Sets blocks down the page."""

    def __init__(self, paper: Paper, content: Content) -> None:
        self.paper, self.content = paper, content

    def blocks(self, blocks: list[dict[str, Any]], left: float, width: float) -> None:
        for block in blocks:
            self._block(block, left, width)

    def _block(self, block: dict[str, Any], left: float, width: float) -> None:
        kind = block["kind"]
        if kind == "list":
            for item in block["items"]:
                top = self._fresh(LEADING["p"])
                self._text(item["mark"], "p", left, 14)
                self.paper.set_y(top)
                self._leaf(item, left + 14, width - 14)
        elif kind == "table":
            self._table(block["rows"], left, width)
        elif kind in ("figure", "qr"):
            _, tall = size(self.content, block)
            top = self._fresh(tall)
            self._picture(block, left, top)
            self.paper.set_y(top + tall)
        elif kind == "beside":
            self._beside(block, left, width)
        else:
            self._leaf(block, left, block.get("width", width))

    def _fresh(self, room: float) -> float:
        """Where the next piece stands, on a new page if it has no room here."""
        if self.paper.get_y() + room > self.paper.h - FOOT:
            self.paper.add_page()
        return float(self.paper.get_y())

    def _leaf(self, leaf: dict[str, Any], left: float, width: float) -> None:
        kind = leaf.get("kind", "p")
        if kind == "h2":
            self.paper.ln(6)
        self._text(leaf["text"], kind, left, width, bold=kind != "p" or leaf["bold"])

    def _text(self, text: str, kind: str, left: float, width: float, bold: bool = False) -> None:
        self.paper.set_font("g", "B" if bold else "", SIZES[kind])
        self.paper.set_text_color(*_rgb(ACCENT if kind in ("h1", "h2") else "#000000"))
        self.paper.set_x(left)
        options: dict[str, Any] = {"wrapmode": WrapMode.CHAR, "new_x": "LMARGIN", "new_y": "NEXT", "align": "L"}
        self.paper.multi_cell(width, LEADING[kind], text, **options)

    def _table(self, rows: list[list[dict[str, Any]]], left: float, width: float) -> None:
        """Cells by hand: fpdf2's own table takes the whole width of the page."""
        column = width / max(map(len, rows))
        for number, row in enumerate(rows):
            lines = max(len(self._lines(cell, column - 4)) for cell in row)
            top, tall = self._fresh(lines * LEADING["p"] + 4), lines * LEADING["p"] + 4
            if number == 0 and headed(rows):
                self.paper.set_fill_color(*_rgb(TINT))
                self.paper.rect(left, top, width, tall, "F")
            for index, cell in enumerate(row):
                self.paper.set_y(top + 2)
                self._leaf(cell, left + index * column + 2, column - 4)
            self.paper.set_draw_color(*_rgb(RULE))
            self.paper.line(left, top + tall, left + width, top + tall)
            self.paper.set_y(top + tall)
        self.paper.ln(4)

    def _lines(self, cell: dict[str, Any], width: float) -> list[str]:
        self.paper.set_font("g", "B" if cell["bold"] else "", SIZES["p"])
        options: dict[str, Any] = {"wrapmode": WrapMode.CHAR, "dry_run": True, "output": "LINES", "align": "L"}
        return list(self.paper.multi_cell(width, LEADING["p"], cell["text"], **options)) or [""]

    def _beside(self, block: dict[str, Any], left: float, width: float) -> None:
        _, tall = size(self.content, block["figure"])
        top = self._fresh(max(tall, 12 * LEADING["p"]))
        self._picture(block["figure"], left, top)
        self.paper.set_y(top)
        self.blocks(block["blocks"], left + FIGURE + 8, width - FIGURE - 8)
        self.paper.set_y(max(self.paper.get_y(), top + tall) + 4)

    def _picture(self, figure: dict[str, Any], left: float, top: float) -> None:
        if figure["kind"] == "qr":
            self._code(left, top)
            return
        picture = self.content["figures"][figure["figure"]]
        scale = size(self.content, figure)[0] / picture["width"]
        with self.paper.drawing_context() as context:
            for path in picture["paths"]:
                context.add_item(_traced(path, left, top, scale))

    def _code(self, left: float, top: float) -> None:
        rows = self.content["rows"]
        cell = CODE / len(rows)
        self.paper.set_fill_color(0, 0, 0)
        for x, y, length in runs(rows):
            self.paper.rect(left + x * cell, top + y * cell, length * cell, cell, "F")


def _traced(path: dict[str, Any], left: float, top: float, scale: float) -> PaintedPath:
    traced = PaintedPath()
    style: Any = traced.style
    style.fill_color, style.stroke_color = path["fill"], path["stroke"]
    style.stroke_width = path["line"] * scale if path["stroke"] else 0
    style.stroke_cap_style = style.stroke_join_style = "round"
    style.auto_close = False
    add: dict[str, Any] = {"M": traced.move_to, "L": traced.line_to, "C": traced.curve_to}
    for name, *numbers in path["data"]:
        if name == "Z":
            traced.close()
        else:
            origin = (left, top)
            add[name](*(origin[index % 2] + number * scale for index, number in enumerate(numbers)))
    return traced
