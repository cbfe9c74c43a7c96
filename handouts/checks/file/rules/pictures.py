"""Rules on pictures of dots and on QR codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.file.codes import Code
from handouts.checks.file.geometry import MM
from handouts.checks.file.rules.rule import Finding, page_rule
from handouts.checks.file.shapes import Kind
from handouts.checks.file.view import QUIET, View
from handouts.problems import Severity

DOTS, SHOP_DOTS = 300, 350
"""dpi."""
CELL = 0.4
"""mm."""
_ROUNDING = 0.03
"""mm by which a cell may be measured too small at 300 dpi."""
_QR = "ISO/IEC 18004"
_ADDRESS = re.compile(r"https?://[^\s)）」]+")
_LOCAL = re.compile(r"^https?://(?:localhost|127\.\d|10\.\d|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)", re.I)


@page_rule(
    "resolution",
    Severity.ERROR,
    f"{DOTS} dpi 以上(印刷所に出す紙は {SHOP_DOTS} dpi 以上)",
    "印刷所の入稿の決まり(写真 350 dpi)、家庭用・事務用プリンター 300 dpi",
    cheap=True,
)
def resolution(view: View) -> Iterator[Finding]:
    """A picture of dots has enough of them at the size it is printed in."""
    least = SHOP_DOTS if view.subject.shop else DOTS
    for shape in view.page.shapes:
        if shape.kind is not Kind.IMAGE or min(shape.drawn) <= 0:
            continue
        dpi = min(dots / (length / 72) for dots, length in zip(shape.dots, shape.drawn, strict=True))
        if dpi < least * 0.995:
            hint = f"{least} dpi 以上の絵か、線の絵(SVG など)に替えるか、小さく置いてください。"
            yield Finding(f"絵の細かさが {dpi:.0f} dpi しかなく、ぼやけます。", hint, view.page.number, shape.box)


@page_rule("qr-read", Severity.ERROR, "すべて読める", f"{_QR}、ZXing-C++ で読む")
def qr_read(view: View) -> Iterator[Finding]:
    """Every QR code can be read, by a decoder of somebody else's."""
    number = view.page.number
    hint = "欠け、かすれ、白黒の逆、まわりの余白を確かめて、作り直してください。"
    broken = [code for code in view.codes if not code.readable]
    for code in broken:
        yield Finding("QRコードを読めません。", hint, number, code.box)
    if len(view.codes) < len(_spoken(view)):
        yield Finding("絵の説明にあるQRコードが、読み取れる形で印刷されていません。", hint, number)


@page_rule(
    "qr-size",
    Severity.ERROR,
    f"1目 {CELL:g} mm 以上、まわりの白 {QUIET} 目以上、誤り訂正 M 以上",
    f"{_QR}、当方の決め(目の大きさ)",
)
def qr_size(view: View) -> Iterator[Finding]:
    """A QR code is large enough, has its white around it, and stands some dirt."""
    for code in view.codes:
        for message in _small(code) if code.readable else ():
            yield Finding(message, "QRコードを大きくするか、作り直してください。", view.page.number, code.box)


def _small(code: Code) -> Iterator[str]:
    cell = code.cell / MM
    if cell < CELL - _ROUNDING:
        yield f"QRコードの1目が {cell:.2f} mm しかありません({CELL:g} mm 以上)。"
    if code.quiet < QUIET:
        yield f"QRコードのまわりの白が {code.quiet} 目分しかありません({QUIET} 目以上)。"
    if code.level == "L":
        yield "QRコードの誤り訂正が L です(汚れに弱い。M 以上)。"


@page_rule("qr-target", Severity.ERROR, "https で、絵の説明と同じ", "当方の決め(読み取った人を、書いてある所へ導く)")
def qr_target(view: View) -> Iterator[Finding]:
    """A QR code leads where its words say, over a safe connection."""
    said = {address for words in _spoken(view) for address in _ADDRESS.findall(words)}
    for code in view.codes:
        if not _ADDRESS.match(code.text):
            continue
        if _LOCAL.match(code.text):
            message = "QRコードが、院内の機械にしかない住所に導きます。"
        elif code.text.lower().startswith("http:"):
            message = "QRコードの行き先が、安全な接続(https)ではありません。"
        elif said and code.text not in said:
            message = "QRコードの行き先が、絵の説明に書かれた所と違います。"
        else:
            continue
        yield Finding(message, "行き先を確かめて、作り直してください。", view.page.number, code.box, code.text)


def _spoken(view: View) -> list[str]:
    """What the tags say of QR codes on this page."""
    tags = view.subject.tags
    elements = ((tags.pages.get(path), element) for path, element in tags.elements.items())
    return [one.alt for page, one in elements if page == view.page.number and "QR" in one.alt.upper()]
