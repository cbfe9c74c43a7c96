"""Plain ReportLab Platypus, as one who knows it writes it: fonts registered once, wordWrap CJK, no tags to be had."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

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

WIDTH = A4[0] - 2 * MARGIN
_ZERO = [
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
_GRID = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(RULE)),
    *((f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


class Picture(Flowable):  # type: ignore[misc]  # ReportLab carries no types
    """Paths, as vectors."""

    def __init__(self, content: Content, figure: dict[str, Any]) -> None:
        super().__init__()
        self.picture = content["figures"][figure["figure"]]
        self.width, self.height = size(content, figure)

    def draw(self) -> None:
        canvas = self.canv
        scale = self.width / self.picture["width"]
        canvas.saveState()
        canvas.scale(scale, -scale)
        canvas.translate(0, -self.picture["height"])
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for path in self.picture["paths"]:
            canvas.drawPath(self._traced(path), stroke=bool(path["stroke"]), fill=bool(path["fill"]), fillMode=0)
        canvas.restoreState()

    def _traced(self, path: dict[str, Any]) -> Any:
        canvas = self.canv
        traced = canvas.beginPath()
        add = {"M": traced.moveTo, "L": traced.lineTo, "C": traced.curveTo, "Z": traced.close}
        for step in path["data"]:
            add[step[0]](*step[1:])
        if path["stroke"]:
            canvas.setStrokeColor(HexColor(path["stroke"]))
            canvas.setLineWidth(path["line"])
            canvas.setDash(path["dash"] or [])
        if path["fill"]:
            canvas.setFillColor(HexColor(path["fill"]))
        return traced


class Code(Flowable):  # type: ignore[misc]  # ReportLab carries no types
    """The code, as one path."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__()
        self.rows = rows
        self.width = self.height = CODE

    def draw(self) -> None:
        cell = self.width / len(self.rows)
        path = self.canv.beginPath()
        for x, y, length in runs(self.rows):
            path.rect(x * cell, self.height - (y + 1) * cell, length * cell, cell)
        self.canv.drawPath(path, stroke=0, fill=1)


class Numbered(Canvas):  # type: ignore[misc]  # ReportLab carries no types
    """A canvas that knows how many pages there are, when all are there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page in self._pages:
            self.__dict__.update(page)
            self.setFont("regular", 8)
            self.drawRightString(A4[0] - MARGIN, 30, f"{self._pageNumber} / {len(self._pages)}")
            super().showPage()
        super().save()


class Session:
    """Fonts and styles are kept."""

    def __init__(self, content: Content, folder: str) -> None:
        for face, path in content["fonts"].items():
            pdfmetrics.registerFont(TTFont(face, path))
        self._styles = {kind: self._style(kind, "bold" if kind != "p" else "regular") for kind in SIZES}
        self._styles["strong"] = self._style("p", "bold")
        for kind in ("h1", "h2"):
            self._styles[kind].textColor = HexColor(ACCENT)
        self._styles["h2"].spaceBefore = 6

    @staticmethod
    def _style(kind: str, font: str) -> ParagraphStyle:
        return ParagraphStyle(kind, fontName=font, fontSize=SIZES[kind], leading=LEADING[kind], wordWrap="CJK")

    def render(self, content: Content, changes: dict[str, str], target: str) -> None:
        document = BaseDocTemplate(
            target,
            pagesize=A4,
            title=content["title"],
            author=content["author"],
            lang=content["language"],
            invariant=1,
            pageCompression=1,
        )
        frame = Frame(MARGIN, FOOT, WIDTH, A4[1] - FOOT - MARGIN, 0, 0, 0, 0)

        def foot(canvas: Canvas, _: Any) -> None:
            canvas.setStrokeColor(HexColor(RULE))
            canvas.line(MARGIN, 42, A4[0] - MARGIN, 42)
            canvas.setFont("regular", 8)
            canvas.drawString(MARGIN, 30, content["foot"])

        document.addPageTemplates([PageTemplate("page", [frame], onPage=foot)])
        document.build(self._flow(content, content["blocks"], WIDTH), canvasmaker=Numbered)

    def _flow(self, content: Content, blocks: list[dict[str, Any]], width: float) -> list[Flowable]:
        flow: list[Flowable] = []
        for block in blocks:
            flow += self._set(content, block, width)
        return flow

    def _set(self, content: Content, block: dict[str, Any], width: float) -> list[Flowable]:
        kind = block["kind"]
        if kind == "list":
            rows = [[self._text(item["mark"]), self._said(item)] for item in block["items"]]
            return [Table(rows, colWidths=[14, width - 14], style=TableStyle(_ZERO))]
        if kind == "table":
            return [self._table(block["rows"], width), Spacer(1, 4)]
        if kind in ("figure", "qr"):
            return [self._figure(content, block)]
        if kind == "beside":
            inner = width - FIGURE - 8
            row = [self._figure(content, block["figure"]), self._flow(content, block["blocks"], inner)]
            return [Table([row], colWidths=[FIGURE + 8, inner], style=TableStyle(_ZERO)), Spacer(1, 4)]
        said = self._said(block)
        if "width" in block:
            return [Table([[said]], colWidths=[block["width"]], hAlign="LEFT", style=TableStyle(_ZERO))]
        return [said]

    @staticmethod
    def _figure(content: Content, figure: dict[str, Any]) -> Flowable:
        return Code(content["rows"]) if figure["kind"] == "qr" else Picture(content, figure)

    def _table(self, rows: list[list[dict[str, Any]]], width: float) -> Table:
        style = [*_GRID, *([("BACKGROUND", (0, 0), (-1, 0), HexColor(TINT))] if headed(rows) else [])]
        columns = max(map(len, rows))
        cells = [[self._said(cell) for cell in row] for row in rows]
        return Table(
            cells, colWidths=[width / columns] * columns, repeatRows=int(headed(rows)), style=TableStyle(style)
        )

    def _said(self, leaf: dict[str, Any]) -> Paragraph:
        kind = leaf.get("kind", "p")
        return self._text(leaf["text"], "strong" if kind == "p" and leaf["bold"] else kind)

    def _text(self, text: str, style: str = "p") -> Paragraph:
        return Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), self._styles[style])
