"""WeasyPrint: HTML and CSS, tagged, PDF/UA-1; the font configuration and the parsed style sheet are kept."""

from __future__ import annotations

from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from tests.bench.peers.html import html, style
from tests.bench.peers.peer import Content


class Session:
    """Fonts and the style sheet are kept; the HTML is made and parsed for each sheet."""

    def __init__(self, content: Content, folder: str) -> None:
        self._fonts = FontConfiguration()
        self._style = CSS(string=style(content), font_config=self._fonts)

    def render(self, content: Content, changes: dict[str, str], target: str) -> None:
        options: dict[str, Any] = {"font_config": self._fonts, "stylesheets": [self._style], "pdf_variant": "pdf/ua-1"}
        HTML(string=html(content)).write_pdf(target, **options)
