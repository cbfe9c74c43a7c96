"""`handouts list`: all that other commands let one choose by name, for people and for machines."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from handouts.cli import main
from handouts.commands.build import build
from handouts.commands.listing import KINDS
from handouts.library import Library
from handouts.model import Edition
from tests.desk.browser import paper


def listed(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["list", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_every_edition_is_listed_with_the_layouts_that_have_it() -> None:
    data = json.loads(listed("editions", "--json"))
    assert list(data["editions"]) == [edition.value for edition in Edition]
    library = Library()
    for name, layouts in data["offered"].items():
        assert layouts == [one for one in library.layouts() if Edition(name) in library.layout(one).editions]
        assert re.search(rf"^  {name} +{data['editions'][name]}: {', '.join(layouts)}$", listed("editions"), re.M)
    (option,) = (one for one in build.params if one.name == "edition")
    assert list(option.type.choices) == list(data["editions"])  # type: ignore[attr-defined]  # a click.Choice


def test_a_layout_of_the_clinics_own_counts(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "clinic.yaml").write_text("name: 医院\n", encoding="utf-8")
    (tmp_path / "layouts" / "ours.yaml").write_text("name: うちの形\nextends: a4\n", encoding="utf-8")
    offered = json.loads(listed("editions", "--json", "--clinic", str(tmp_path)))["offered"]
    assert all("ours" in layouts for layouts in offered.values())


def test_printers_are_listed_with_their_trays_and_why_there_are_none() -> None:
    with paper() as printers:
        assert "CUPS" in listed("printers")
        assert json.loads(listed("printers", "--json"))["absent"]
        printers.present = True
        said = listed("printers")
        assert re.search(r"^  Reception +受付プリンター: .*\(tray-1, tray-2, by-pass-tray\)$", said, re.M)
        data = json.loads(listed("printers", "--json"))
        assert (list(data["printers"]), data["default"]) == (["Reception", "Room1", "Office"], "Reception")
        assert data["printers"]["Reception"]["trays"]["tray-1"] == "トレイ1"


def test_without_a_kind_all_but_the_printers_is_listed() -> None:
    said = listed()
    assert [kind for kind in KINDS if f"({kind})" in said] == [kind for kind in KINDS if kind != "printers"]
    assert "printers" not in json.loads(listed("--json"))
