"""The seeded defects are found by the rules meant to find them, and no error where nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.problems import Severity, show
from tests.checks.bench import HERE, Bench, edits, load
from tests.checks.defects import READING, Defect, defects, found_by
from tests.checks.test_rules import SEVERITIES

DEFECTS = defects()


@pytest.fixture(scope="module")
def bench(faces_once: None) -> Bench:
    return Bench(None)


def test_there_are_defects_of_every_kind() -> None:
    assert len(DEFECTS) >= 60
    assert len({defect.what for defect in DEFECTS}) == len(DEFECTS)
    seeded = {defect.rule for defect in DEFECTS if defect.rule}
    assert seeded <= {*SEVERITIES, READING}
    unseeded = {id_ for id_, severity in SEVERITIES.items() if severity is Severity.ERROR} - seeded
    assert not unseeded, "errors that no defect is seeded for"


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.what)
def test_a_defect_is_found_or_known_to_be_missed(defect: Defect, bench: Bench, tmp_path: Path) -> None:
    found = found_by(defect, bench, tmp_path)
    if defect.missed:
        assert not found, "found after all: give it its rule"
    else:
        assert defect.rule in found


def test_most_defects_are_found() -> None:
    missed = sum(bool(defect.missed) for defect in DEFECTS)
    assert missed / len(DEFECTS) <= 0.15


@pytest.fixture(scope="module")
def small(faces_once: None) -> Bench:
    return Bench(HERE / "clinic")


@pytest.mark.parametrize("sentence", load("unseen")["right"])
def test_a_harmless_sentence_passes(sentence: str, small: Bench, tmp_path: Path) -> None:
    assert show(small.problems(edits({"answer": sentence}), tmp_path)) == ""


def test_most_wrong_sentences_are_found(small: Bench, tmp_path: Path) -> None:
    wrong = load("unseen")["wrong"]
    found = [
        sentence
        for number, sentence in enumerate(wrong)
        if small.problems(edits({"answer": sentence}), empty(tmp_path / str(number)))
    ]
    assert len(found) >= 0.8 * len(wrong), set(wrong) - set(found)


def empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_nothing_built_in_has_an_error(bench: Bench) -> None:
    assert not [problem for problem in bench.clean if problem.severity is Severity.ERROR], show(bench.clean)
