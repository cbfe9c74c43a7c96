"""`handouts verify`: what it says, what it ends with, and that no file makes it stumble."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from handouts.checks.file.reader import MOST_CHARACTERS
from handouts.cli import main
from tests.verify.defects import DEFECTS
from tests.verify.sample import ADDRESS, clean


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["verify", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def defective(name: str, folder: Path) -> Path:
    return next(defect for defect in DEFECTS if defect.name == name).make(folder)


def test_a_clean_file(tmp_path: Path) -> None:
    path = clean().write(tmp_path / "clean.pdf")
    result = run(path)
    assert (result.exit_code, result.output) == (
        0,
        f"{path}: 問題はありません(1ページ)。\n  1ページのQRコード: {ADDRESS}\n",
    )


def test_all_findings_of_all_files_at_once(tmp_path: Path) -> None:
    paths = [defective(name, tmp_path) for name in ("grey-text", "letter", "no-language")]
    result = run(*paths, tmp_path / "none.pdf")
    assert result.exit_code == 1
    for path, rule in zip(paths, ("contrast", "paper-size", "language"), strict=True):
        assert f"{path}: " in result.output
        assert f"[{rule}]" in result.output
    assert "none.pdf: エラー: ファイルがありません。" in result.output


def test_a_warning_alone_is_no_failure(tmp_path: Path) -> None:
    result = run(defective("letter", tmp_path))
    assert result.exit_code == 0
    assert "注意: 1ページ: 紙の大きさが Letter(216 × 279 mm) です。 [paper-size]" in result.output


def test_a_machine_reads_places_in_mm(tmp_path: Path) -> None:
    result = run("--json", defective("grey-text", tmp_path), tmp_path / "none.pdf", clean().write(tmp_path / "c.pdf"))
    assert result.exit_code == 1
    grey, none, good = json.loads(result.output)
    (finding,) = grey["findings"]
    assert (finding["rule"], finding["severity"], finding["page"]) == ("contrast", "error", 1)
    assert (finding["x"], finding["y"], finding["height"]) == pytest.approx((20.2, 195.7, 4.5), abs=1)
    assert finding["text"] == "灰色の字は読みにくい。"
    assert (none["pages"], none["findings"][0]["message"]) == (0, "ファイルがありません。")
    assert (good["findings"], good["codes"]) == ([], [{"page": 1, "text": ADDRESS}])


def test_wrong_use() -> None:
    assert run().exit_code == 2
    assert run("--jsn", "x.pdf").exit_code == 2


def test_what_is_no_readable_pdf_is_told_plainly(tmp_path: Path) -> None:
    whole = clean().data()
    files = {
        "empty.pdf": (b"", "中身のない(0 バイトの)ファイルです。"),
        "words.pdf": ("患者さんへ".encode(), "PDFとして読めません。"),
        "half.pdf": (whole[: len(whole) // 8], "PDFとして読めません。"),
        "head.pdf": (b"%PDF-1.7\n" + b"\xff\x00" * 500, "PDFとして読めません。"),
        "名前 😀.pdf": (b"%PDF-1.7\n%%EOF", "PDFとして読めません。"),
    }
    for name, (data, _) in files.items():
        (tmp_path / name).write_bytes(data)
    result = run(*(tmp_path / name for name in files), tmp_path)
    assert result.exit_code == 1
    for name, (_, said) in files.items():
        assert f"{tmp_path / name}: エラー: {said}" in result.output
    assert f"{tmp_path}: エラー: フォルダーです。" in result.output


def test_a_locked_file(tmp_path: Path) -> None:
    path = clean().write(tmp_path / "open.pdf")
    for name, user in (("locked.pdf", "1234"), ("printable.pdf", "")):
        with pikepdf.open(path) as file:
            file.save(tmp_path / name, encryption=pikepdf.Encryption(user=user, owner="owner"))
    locked, printable = run(tmp_path / "locked.pdf"), run(tmp_path / "printable.pdf")
    assert locked.exit_code == 1
    assert "パスワードが付いているので、中を調べられません。" in locked.output
    assert printable.output.startswith(f"{tmp_path / 'printable.pdf'}: 問題はありません")


def test_a_page_that_is_broken_or_not_there(tmp_path: Path) -> None:
    path = clean().write(tmp_path / "x.pdf")
    with pikepdf.open(path) as file:
        file.Root.Pages.Kids[0] = pikepdf.Name.Nothing
        file.save(tmp_path / "no-page.pdf")
    with pikepdf.new() as file:
        file.save(tmp_path / "no-pages.pdf")
    for name in ("no-page.pdf", "no-pages.pdf"):
        result = run(tmp_path / name)
        assert result.exit_code == 1
        assert f"{name}: エラー: PDFとして読めません。" in result.output


def test_five_hundred_pages(tmp_path: Path) -> None:
    path = clean().write(tmp_path / "x.pdf")
    with pikepdf.open(path) as file:
        blank = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 595.28, 841.89]))
        for _ in range(499):
            file.pages.append(pikepdf.Page(blank))
        file.save(tmp_path / "long.pdf")
    result = run(tmp_path / "long.pdf")
    assert result.exit_code == 0
    assert "500 ページのうち、初めの 60 ページだけを調べました。" in result.output
    assert "だけを調べました" not in run("--all-pages", tmp_path / "long.pdf").output


def test_a_page_of_five_metres_and_one_of_a_hair(tmp_path: Path) -> None:
    for name, size, said in (("wide", 14400.0, "5080 × 5080 mm"), ("small", 3.0, "1 × 1 mm")):
        with pikepdf.open(clean().write(tmp_path / "x.pdf")) as file:
            page = file.pages[0].obj
            for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
                if box == "/MediaBox" or box in page:
                    page[box] = pikepdf.Array([0, 0, size, size])
            file.save(tmp_path / f"{name}.pdf")
        assert f"紙の大きさが {said} です。" in run(tmp_path / f"{name}.pdf").output


def test_a_page_with_more_text_than_any_handout(tmp_path: Path) -> None:
    with pikepdf.open(clean().write(tmp_path / "x.pdf")) as file:
        places = [(40 + index % 120 * 4, 60 + index // 120 * 4) for index in range(MOST_CHARACTERS + 5)]
        more = " ".join(f"BT /F1 3 Tf {x} {y} Td <0001>Tj ET" for x, y in places)
        file.pages[0].contents_add(file.make_stream(f"/Artifact BMC {more} EMC".encode()), prepend=False)
        file.save(tmp_path / "crowded.pdf")
    result = run(tmp_path / "crowded.pdf")
    assert result.exit_code == 1
    assert f"1ページ: 字が {MOST_CHARACTERS:,} より多く、その先は調べていません。" in result.output


def test_letters_as_large_as_a_house(tmp_path: Path) -> None:
    with pikepdf.open(clean().write(tmp_path / "x.pdf")) as file:
        more = b"/Artifact BMC " + b"BT /F1 900000 Tf 60 300 Td <0001>Tj ET " * 50 + b"EMC"
        file.pages[0].contents_add(file.make_stream(more), prepend=False)
        file.save(tmp_path / "giant.pdf")
    assert run(tmp_path / "giant.pdf").exit_code == 1
