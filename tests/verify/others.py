"""Handouts made by other programs, with words and pictures of our own: what somebody has who does not use ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from handouts.paths import builtin

REGULAR = builtin("fonts") / "BIZUDPGothic-Regular.ttf"
TITLE = "膝の裏が痛いとき"
WORDS = (
    "膝の裏が痛いときは、無理をせずに休みます。痛みが2週間より長く続くとき、ふくらはぎが腫れて熱いときは、"
    "整形外科を受診してください。息が苦しいときは、すぐに119番に電話します。"
)
_HTML = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: A4; margin: 12mm }}
@font-face {{ font-family: F; src: url("{font}") }}
body {{ font: 16px/1.6 F; margin: 0 }}
.note {{ font-size: 9px }} .pale {{ color: #aaa }} .box {{ border: 1px solid #000; width: 220px; white-space: nowrap }}
</style><h1>{title}</h1><p>{words}</p><p class="note">診療時間は 9:00 から 12:30 までです。</p>
<p class="pale">この資料は診断に代わるものではありません。</p>
<p class="box">枠より長い文は、枠の外にはみ出してしまいます。</p><img src="{picture}" style="width:60mm"></html>"""


def chromium() -> str | None:
    """The program, where it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def by_browser(folder: Path) -> Path:
    """A web page as the browser prints it: notes of 6.8 pt, pale grey, a frame too narrow, a coarse picture, no alt."""
    program = chromium()
    assert program
    picture, page, target = folder / "knee.png", folder / "knee.html", folder / "browser.pdf"
    _drawing((150, 100)).save(picture)
    page.write_text(
        _HTML.format(title=TITLE, words=WORDS * 3, font=REGULAR.as_uri(), picture=picture.as_uri()), "utf-8"
    )
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    environment = os.environ | {"HOME": str(folder)}
    command = [program, *options, f"--user-data-dir={folder / 'profile'}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)
    return target


def by_fpdf(folder: Path) -> Path:
    """By fpdf2: untagged, no title, text that runs out of the paper, a thin pale line."""
    page = FPDF(format="A4")
    page.add_page()
    page.add_font("F", "", str(REGULAR))
    page.set_font("F", size=12)
    page.text(20, 30, TITLE)
    page.text(20, 50, WORDS)
    page.set_draw_color(225)
    page.set_line_width(0.1)
    page.line(20, 60, 190, 60)
    target = folder / "fpdf.pdf"
    page.output(str(target))
    return target


def by_platypus(folder: Path) -> Path:
    """By a plain ReportLab script: breaks lines between any two characters, says nothing of itself."""
    pdfmetrics.registerFont(TTFont("Others", str(REGULAR)))
    target = folder / "platypus.pdf"
    style = ParagraphStyle("body", fontName="Others", fontSize=12, leading=18, wordWrap="CJK")
    texts = [f"{'あ' * count}「膝の裏」{WORDS}" for count in range(20, 40)]
    SimpleDocTemplate(str(target), pagesize=A4).build([Paragraph(text, style) for text in texts])
    return target


def by_scanner(folder: Path) -> Path:
    """A picture of a page at 100 dpi, as a scanner's program saves it under the patient's name."""
    scan = Image.new("L", (827, 1169), 255)
    ImageDraw.Draw(scan).text((80, 80), TITLE, font=ImageFont.truetype(str(REGULAR), 34), fill=0)
    target = folder / "高橋花子様.pdf"
    scan.save(target, resolution=100)
    return target


def _drawing(size: tuple[int, int]) -> Image.Image:
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).ellipse((10, 10, size[0] - 10, size[1] - 10), outline=0, width=3)
    return picture
