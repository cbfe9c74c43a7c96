"""Longer, shorter and odder texts than the shipped ones: still nothing lost, overprinted or parted."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from handouts.build import build_topic
from handouts.checks.file import PdfFile
from handouts.library import Library
from handouts.pages.components.qr import qr_code
from handouts.paths import PACKAGE
from handouts.problems import Problems
from tests.pages.reading import MM, assert_well_set, solid

DAY = date(2026, 11, 22)
SOURCE = ["article-running"]


def load(path: str) -> Any:
    return yaml.safe_load((PACKAGE / path).read_text(encoding="utf-8"))


TOPIC = load("topics/running.yaml")
CLINIC = load("clinic.yaml")
EXERCISE = load("exercises/hamstring-floor.yaml")
SIGNS = load("common/warning-signs.yaml")


class Workshop:
    """A clinic's folder in which files are changed before a build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.topic, self.clinic = deepcopy(TOPIC), deepcopy(CLINIC)
        self.exercise, self.signs = deepcopy(EXERCISE), deepcopy(SIGNS)

    def build(self) -> Path:
        files = {
            "clinic.yaml": self.clinic,
            "topics/running.yaml": self.topic,
            "exercises/hamstring-floor.yaml": self.exercise,
            "common/warning-signs.yaml": self.signs,
        }
        for name, value in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
        return build_topic(Library(self.folder), "running", self.folder / "running.pdf", DAY).path


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def text_of(path: Path) -> str:
    with PdfFile(path) as pdf:
        return solid("".join(page.text for page in pdf.pages))


def answer(number: int) -> dict[str, Any]:
    return {
        "question": f"質問{number}はどうしますか。",
        "answer": "無理をせず、医師に相談します。" * 2,
        "sources": SOURCE,
    }


def many_answers(shop: Workshop) -> list[str]:
    shop.topic["answers"]["items"] = [answer(number) for number in range(9)]
    return [f"質問{number}はどうしますか。" for number in range(9)]


def five_causes(shop: Workshop) -> list[str]:
    cause = shop.topic["causes"]["items"][0]
    del cause["easy"]  # it says other things
    shop.topic["causes"]["items"] = [{**cause, "title": f"原因{number}"} for number in range(5)]
    shop.topic["terms"].remove("fascia")  # the cause that explained it is gone
    return [f"原因{number}" for number in range(5)]


def causes_without_pictures(shop: Workshop) -> list[str]:
    del shop.topic["causes"]["figures"]
    return ["着地が体より前"]


def three_tables(shop: Workshop) -> list[str]:
    shop.topic["check"]["tables"].append({
        "columns": ["検査の名前が長いとき", "分かること", "ほか"],
        "rows": [{"cells": ["超音波", "水がたまった所や、血管の様子", "痛みなし"], "sources": SOURCE}] * 3,
    })  # fmt: skip
    return ["検査の名前が長いとき", "水がたまった所や、血管の様子"]


def long_places(shop: Workshop) -> list[str]:
    shop.exercise["dose"] = {
        "hold": "30〜60秒", "sets": "10〜20セット", "places": ["膝の内側", "膝の外側"], "each_leg": True,
        "per_day": "1〜3回", "every": "2〜3日",
    }  # fmt: skip
    return ["10〜20", "セット", "膝の内側と膝の外側", "日に1回"]


def long_destination(shop: Workshop) -> list[str]:
    shop.signs["steps"]["now"]["destination"] = "救急外来へ。動けなければ、すぐに119番に電話してください"
    return ["すぐに119番に電話してください"]


def emergency_line(shop: Workshop) -> list[str]:
    shop.clinic["emergency_line"] = True
    return ["#7119"]


def long_header_cells(shop: Workshop) -> list[str]:
    shop.topic["check"]["tables"][0]["columns"] = ["いちばん痛みのある場所", "関係していると考えられる筋肉の名前"]
    return ["いちばん痛みのある場所", "関係していると考えられる筋肉の名前"]


def readings(shop: Workshop) -> list[str]:
    shop.topic["title"] = "走ると{膝|ひざ}の{裏|うら}が\n{痛|いた}いとき"
    shop.topic["summary"]["heading"] = "{要点|ようてん}のまとめ"
    shop.topic["causes"]["items"][0]["text"] = "{膝窩筋|しつかきん}などが**硬く**なり、痛むことがあります。"
    return ["しつかきん", "ようてん"]


def closed_days(shop: Workshop) -> list[str]:
    shop.clinic["closed"] = "木曜午後・日曜・祝日"
    shop.topic["lead"] = "この資料は、走ると膝の裏が痛む方のためのものです。"
    return ["休診日木曜午後・日曜・祝日", "この資料は、走ると膝の裏が痛む方のためのものです。"]


def hours_every_day(shop: Workshop) -> list[str]:
    shop.clinic["hours"] = [
        {"time": f"{hour}:00〜{hour + 1}:30", "days": "月火水木金土日祝"} for hour in (8, 11, 14, 17)
    ]
    return ["17:00〜18:30", "祝"]


def no_hours_no_code(shop: Workshop) -> list[str]:
    del shop.clinic["hours"], shop.clinic["url"], shop.clinic["postal_code"]
    return ["ひざうら整形外科"]


def long_names(shop: Workshop) -> list[str]:
    shop.clinic["name"] = "医療法人社団 膝裏会 ひざうら整形外科リハビリテーションクリニック"
    shop.topic["purpose"] = "受診の目安と、家でできる手当て、受診のときに聞くことが分かる紙です。"
    return ["リハビリテーションクリニック", "受診のときに聞くことが分かる紙です。"]


def rare_names(shop: Workshop) -> list[str]:
    shop.clinic["name"] = "𠮷田髙﨑クリニック"
    return ["𠮷田髙﨑クリニック"]


def little(shop: Workshop) -> list[str]:
    for name in ("causes", "check", "tips", "answers"):
        del shop.topic[name]
    shop.topic["exercises"]["items"] = shop.topic["exercises"]["items"][:1]
    return ["まとめ", "家での体操"]


def many_signs(shop: Workshop) -> list[str]:
    sign = {"step": "soon", "text": "とても長いサインで、二行にわたって書かれているものです", "sources": ["uclh-dvt"]}
    shop.signs["signs"] |= {f"long-{number}": sign for number in range(8)}
    shop.topic["signs"] += [f"long-{number}" for number in range(8)]
    return ["二行にわたって書かれているものです"]


CHANGES: list[Callable[[Workshop], list[str]]] = [
    many_answers, five_causes, causes_without_pictures, three_tables, long_places, long_destination, emergency_line,
    long_header_cells, readings, closed_days, hours_every_day, no_hours_no_code, long_names, rare_names, little,
    many_signs,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_odd_lengths_are_set_well(change: Callable[[Workshop], list[str]], workshop: Workshop) -> None:
    wanted = change(workshop)
    path = workshop.build()
    with PdfFile(path) as pdf:
        assert_well_set(pdf)
        assert len(pdf.pages) <= 4
    text = text_of(path)
    for said in wanted:
        assert solid(said) in text


def test_every_sign_is_on_the_first_side(workshop: Workshop) -> None:
    many_signs(workshop)
    with PdfFile(workshop.build()) as pdf:
        first = solid(pdf.pages[0].text)
    for sign in workshop.topic["signs"]:
        assert solid(workshop.signs["signs"][sign]["text"]) in first


def test_signs_that_no_side_can_hold_are_a_problem(workshop: Workshop) -> None:
    many_signs(workshop)
    sign = workshop.signs["signs"]["long-0"]
    workshop.signs["signs"] |= {f"more-{number}": sign for number in range(12)}
    workshop.topic["signs"] += [f"more-{number}" for number in range(12)]
    with pytest.raises(Problems) as caught:
        workshop.build()
    (problem,) = caught.value
    assert problem.place.file.endswith("warning-signs.yaml")
    assert "mm 超えています。" in problem.message


@pytest.mark.parametrize(
    ("change", "file", "said"),
    [
        (lambda s: s.clinic.update(url="https://example.jp/" + "a" * 200), "clinic.yaml", "QRコード"),
        (lambda s: s.clinic.update(url="https://example.jp/" + "a" * 5000), "clinic.yaml", "QRコード"),
        (lambda s: s.clinic.update(printer_edge=11.0), "clinic.yaml", "プリンターの余白 11 mm"),
        (lambda s: s.signs["steps"]["now"].update(label="い" * 40), "warning-signs.yaml", "に入りません"),
        (lambda s: s.topic.update(purpose="見えない\u200b文字"), "running.yaml", "見えない文字(U+200B)"),
    ],
)
def test_what_cannot_be_set_is_a_problem_with_its_file(
    change: Callable[[Workshop], None], file: str, said: str, workshop: Workshop
) -> None:
    change(workshop)
    with pytest.raises(Problems) as caught:
        workshop.build()
    problems = list(caught.value)
    assert [problem for problem in problems if said in problem.message]
    assert {Path(problem.place.file).name for problem in problems} == {file}
    assert not (workshop.folder / "running.pdf").exists()


def test_the_qr_code_leads_to_the_clinics_page(workshop: Workshop) -> None:
    from pypdfium2 import PdfDocument

    with PdfDocument(workshop.build()) as document:
        page = document[len(document) - 1]
        image = page.render(scale=4, grayscale=True).to_pil().convert("1")
    image.save(workshop.folder / "page.png")
    zbar = shutil.which("zbarimg") or pytest.skip("zbarimg is not installed")
    read = subprocess.run([zbar, "--raw", "-q", workshop.folder / "page.png"], capture_output=True, check=True)
    assert read.stdout.decode().strip() == workshop.clinic["url"]
    wanted = [[bool(cell) for cell in row] for row in qr_code(workshop.clinic["url"])]
    size = 16.5 * MM * 4
    right = (210 - 12) * MM * 4
    step = size / len(wanted)
    # The code is found by its right edge on the margin and its topmost dark module below the footer's rule.
    column = round(right - step / 2)
    top = _top(image, column, step)
    cells = range(len(wanted))
    found = [
        [not image.getpixel((round(right - size + (x + 0.5) * step), round(top + (y + 0.5) * step))) for x in cells]
        for y in cells
    ]
    assert found == wanted
    quiet = range(round(top - 4 * step) + 1, round(top) - 1)
    assert all(image.getpixel((x, y)) for y in quiet for x in range(round(right - size), round(right)))


def _top(image: Any, column: int, step: float) -> float:
    """y of the upper edge of the finder pattern in the right top corner: seven dark modules in a column."""
    height = image.height
    run = 0
    for y in range(height // 2, height):
        run = run + 1 if not image.getpixel((column, y)) else 0
        if run >= 6.5 * step:
            return float(y - run + 1)
    raise AssertionError("no finder pattern")
