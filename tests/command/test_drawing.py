"""`handouts figure`: one pose as SVG, PDF or PNG, either side, either theme, and again at every change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handouts import drawing
from handouts.figures.compile import ASSETS
from handouts.figures.picture import read_picture
from handouts.problems import Problems

POSE = ASSETS / "poses" / "sit-chair.yaml"


def refused(pose: Path, target: Path) -> str:
    with pytest.raises(Problems) as caught:
        drawing.render(pose, side=None, mono=False, target=target)
    (problem,) = caught.value
    return f"{problem.place} {problem.message} {problem.hint}"


def test_an_svg_is_the_committed_picture(tmp_path: Path) -> None:
    for mono, theme in ((False, "colour"), (True, "mono")):
        target = tmp_path / f"{theme}.svg"
        drawing.render(POSE, side=None, mono=mono, target=target)
        committed = read_picture(ASSETS / "pictures" / f"sit-chair.S.{theme}.svg")
        made = read_picture(target)
        assert (made.width, made.height, len(made.paths)) == (committed.width, committed.height, len(committed.paths))


def test_the_left_side_has_the_ring_on_the_other_side_of_the_middle(tmp_path: Path) -> None:
    places = {}
    for side in ("right", "left"):
        target = tmp_path / f"{side}.svg"
        drawing.render(POSE, side=side, mono=False, target=target)
        picture = read_picture(target)
        places[side] = {name: x / picture.width for name, x, _ in picture.anchors}["active.knee"]
    assert places["right"] > 0.55
    assert places["left"] == pytest.approx(1 - places["right"], abs=0.005)


def test_a_pdf_and_a_png_have_the_printed_size(tmp_path: Path) -> None:
    from PIL import Image
    from pypdfium2 import PdfDocument

    pdf, png = tmp_path / "figure.pdf", tmp_path / "figure.png"
    for target in (pdf, png):
        drawing.render(POSE, side=None, mono=False, target=target)
    with PdfDocument(pdf) as document:
        assert len(document) == 1
        width, height = document[0].get_size()
    assert width / 72 * 25.4 == pytest.approx(40, abs=0.05)
    with Image.open(png) as image:
        assert image.size == pytest.approx((width / 72 * 300, height / 72 * 300), abs=1.5)
        assert len(image.convert("RGB").getcolors(100_000) or []) > 10


def test_what_cannot_be_written_is_said_and_nothing_is(tmp_path: Path) -> None:
    assert ".svg、.pdf、.png" in refused(POSE, tmp_path / "figure.jpg")
    kept = tmp_path / "kept.pdf"
    kept.write_text("a letter", encoding="utf-8")
    assert "置きかえません" in refused(POSE, kept)
    assert kept.read_text(encoding="utf-8") == "a letter"
    assert not (tmp_path / "figure.jpg").exists()


def test_a_pose_with_a_fault_is_not_drawn(tmp_path: Path) -> None:
    pose = tmp_path / "pose.yaml"
    pose.write_text("alt: 立っている図\ncaption: 立つ\nwidth: 45\nneck: -.25\n", encoding="utf-8")
    target = tmp_path / "figure.svg"
    assert "pose.yaml:4:7 「neck」は数ではありません" in refused(pose, target)
    assert not target.exists()


def test_without_the_drawing_libraries_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "find_spec", lambda name: None if name == "shapely" else object())
    said = refused(POSE, tmp_path / "figure.svg")
    assert "shapely が入っていません" in said
    assert "handouts[draw]" in said


def test_a_watched_pose_is_drawn_at_every_change(tmp_path: Path) -> None:
    pose, target = tmp_path / "pose.yaml", tmp_path / "figure.svg"
    good = POSE.read_text(encoding="utf-8")
    pose.write_text(good, encoding="utf-8")
    changes = [None, good + "neck: 300\n", "", good.replace("width: 40", "width: 41")]

    def sleep(_: float) -> None:
        change = changes.pop(0)
        if change == "":
            pose.unlink()
        elif change is not None:
            pose.write_text(change, encoding="utf-8")
            os.utime(pose, ns=(len(changes), len(changes)))

    rounds = drawing.watch(pose, side=None, mono=False, target=target, sleep=sleep)
    assert next(rounds) is None
    first = target.read_bytes()
    wrong = next(rounds)
    assert wrong is not None
    assert "「neck」は -60〜50度" in next(iter(wrong)).message
    assert target.read_bytes() == first
    assert next(rounds) is None
    assert target.read_bytes() != first


def test_naming_the_command_loads_no_geometry() -> None:
    code = "import sys, handouts.drawing\nprint(sorted({'numpy', 'shapely', 'reportlab'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
