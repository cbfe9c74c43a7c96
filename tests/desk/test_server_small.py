"""The desk's small rooms by themselves: opening a browser, open days, ranges of doses, a picture's file."""

from __future__ import annotations

import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from handouts.desk import opening
from handouts.desk.doses import outside, span
from handouts.desk.visits import choices, next_open, times, usual_time
from handouts.library import Library
from handouts.model import Clinic, Dose, Hours
from tests.desk.desks import TODAY

ADDRESS = "http://127.0.0.1:1/start?token=x"


def clinic(*hours: tuple[str, str]) -> Clinic:
    """The sample's clinic with other hours."""
    return replace(Library().clinic(), hours=tuple(Hours(time=time, days=days) for time, days in hours))


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of programs, on a machine with a screen, and no browser that somebody chose."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(opening, "_PROGRAMS", ("test-browser",))

    def open_(address: str) -> bool:
        usual.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", open_)
    usual.clear()
    return tmp_path


usual: list[str] = []


def program(folder: Path, code: int) -> Path:
    """A browser that writes down what it was asked, and ends."""
    path = folder / "test-browser"
    path.write_text(f'#!/bin/sh\necho "$@" > {folder}/said\nexit {code}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return folder / "said"


def test_a_browser_opens_without_an_address_bar(screen: Path) -> None:
    said = program(screen, 0)
    assert opening.open_page(ADDRESS)
    assert said.read_text().strip() == f"--app={ADDRESS}"
    assert usual == []


def test_a_browser_that_cannot_start_leaves_it_to_the_system(screen: Path) -> None:
    program(screen, 1)
    assert opening.open_page(ADDRESS)
    assert usual == [ADDRESS]


def test_a_browser_that_somebody_chose_is_taken(screen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = program(screen, 0)
    monkeypatch.setenv("BROWSER", "other")
    assert opening.open_page(ADDRESS)
    assert usual == [ADDRESS]
    assert not said.exists()


def test_without_a_screen_no_terminal_is_taken_over(screen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(screen, 0)
    monkeypatch.delenv("DISPLAY")
    assert not opening.open_page(ADDRESS)
    assert usual == []


def test_the_next_visit_is_on_an_open_day_at_the_usual_hour() -> None:
    found = clinic(("9:00〜12:30", "月火木金"), ("15:00〜18:30", "月金"))
    quick = choices(found, date(2026, 11, 25))["quick"]
    assert [one["text"] for one in quick] == ["12月3日(木)9:00", "12月10日(木)9:00", "12月24日(木)9:00"]
    assert choices(found, TODAY)["closed"] == ["水", "土", "日"]
    assert choices(found, TODAY)["first"] == "2026-11-25"


@pytest.mark.parametrize(
    ("time", "first", "all_"),
    [
        ("9:00〜10:30", "9:00", ["9:00", "9:30", "10:00"]),
        ("９：００－１０：００", "9:00", ["9:00", "9:30"]),
        ("午後3時〜4時半", "15:00", ["15:00", "15:30", "16:00"]),
        ("午後3時〜午後4時半", "15:00", ["15:00", "15:30", "16:00"]),
        ("15時30分〜16時30分", "15:30", ["15:30", "16:00"]),
        ("予約制", None, None),
    ],
)
def test_hours_are_read_as_they_are_written(time: str, first: str | None, all_: list[str] | None) -> None:
    found = clinic((time, "月火水木金土日"))
    if first is None:
        assert usual_time(found, TODAY) is None
        assert times(found)[0] == "9:00"
    else:
        assert usual_time(found, TODAY) == first
        assert times(found) == all_


def test_a_clinic_without_hours_is_never_closed() -> None:
    found = clinic()
    assert next_open(found, date(2026, 11, 29)) == date(2026, 11, 29)
    assert choices(found, TODAY)["closed"] == []


def test_a_clinic_that_is_never_open_does_not_loop() -> None:
    assert next_open(clinic(("9:00〜12:00", "祝")), TODAY) == TODAY


def test_ranges_join_what_is_stated_in_one_unit() -> None:
    stated = [Dose(hold="90秒", per_day="1回"), Dose(hold="2分", per_day="1〜3回")]
    assert span("hold", stated, "秒") == (90, 120, "秒")
    assert span("per_day", stated, "回") == (1, 3, "回")
    assert outside("hold", "90秒", stated) is None
    assert outside("hold", "2分", stated) is None
    assert outside("hold", "3分", stated) == (True, "90〜120秒", "120秒")
    assert outside("hold", "1分", stated) == (False, "90〜120秒", "90秒")
    assert outside("per_day", "4回", stated) == (True, "1〜3回", "3回")
    assert outside("sets", "2セット", stated) == (True, "1セット", "1セット")


def test_the_picture_file_is_a_png_that_others_read() -> None:
    import io

    from PIL import Image

    from handouts.desk.previews import _png

    rows = b"".join(
        b"\0" + bytes((row * 40, 255 - column * 60, 7)[at] for column in range(3) for at in range(3))
        for row in range(4)
    )
    image = Image.open(io.BytesIO(_png(3, 4, rows)))
    assert image.size == (3, 4)
    assert image.getpixel((2, 3)) == (120, 135, 7)
