"""The page's own files and the fonts, by a table that is made at the start: no request ever becomes a path."""

from __future__ import annotations

from pathlib import Path

from werkzeug.wrappers import Response

from handouts.paths import builtin

FOLDER = Path(__file__).with_name("page")
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".yaml": "text/yaml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
FONTS = ("BIZUDPGothic-Regular", "BIZUDPGothic-Bold", "NotoSansJP-Regular", "NotoSansJP-Bold")
_DAY = 86_400
_REFUSAL = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>患者さんに渡す紙</title>
<p lang="ja">「患者さんに渡す紙」をもう一度開いてください。</p>
<p lang="en">Please open the front desk's page once more (handouts desk).</p></html>
"""


class Files:
    """What there is to serve, by name; the page's files are read anew, so that one who mends them sees it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in TYPES)
        self._page = {path.relative_to(folder).as_posix(): path for path in found}
        self._fonts = {f"{name}.ttf": builtin("fonts") / f"{name}.ttf" for name in FONTS}

    def page(self, name: str) -> Response:
        """A file of the page."""
        path = self._page.get(name)
        if path is None:
            return self.refusal(404)
        return Response(path.read_bytes(), content_type=f"{TYPES[path.suffix]}; charset=utf-8")

    def font(self, name: str) -> Response:
        """A font; the one thing that a browser may keep."""
        path = self._fonts.get(name)
        if path is None:
            return self.refusal(404)
        response = Response(path.read_bytes(), mimetype="font/ttf")
        response.headers["Cache-Control"] = f"private, max-age={_DAY}, immutable"
        return response

    def refusal(self, status: int) -> Response:
        """A page that says how to come in, and nothing of what was asked."""
        return Response(_REFUSAL, status, mimetype="text/html")
