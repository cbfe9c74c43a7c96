"""The two example clinics: complete, without a problem, built in several layouts, and what the guide says of them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from handouts import drawing
from handouts.build import build_topic
from handouts.checks.content import check
from handouts.checks.file import PdfFile
from handouts.figures.compile import pictures
from handouts.figures.picture import read_picture
from handouts.library import Library
from handouts.model import ClinicKind, Edition, Step
from handouts.problems import Severity
from handouts.setting import Job, set_handout
from tests.conftest import DATE, REPOSITORY

EXAMPLES = REPOSITORY / "docs" / "examples"
TOPICS = {"seikei": "low-back", "sekkotsu": "ankle-sprain"}
DAY = date.fromisoformat(DATE)
BUILT = [(clinic, layout) for clinic in TOPICS for layout in ("a4", "a4-one", "trifold", "booklet", "diary")]


@pytest.fixture(params=TOPICS)
def clinic(request: pytest.FixtureRequest) -> Path:
    """Each example's folder."""
    folder = EXAMPLES / str(request.param)
    assert folder.is_dir()
    return folder


def test_they_are_a_medical_and_a_judo_therapy_clinic() -> None:
    assert Library(EXAMPLES / "seikei").clinic().kind is ClinicKind.CLINIC
    assert Library(EXAMPLES / "sekkotsu").clinic().kind is ClinicKind.JUDO
    assert {path.name for path in EXAMPLES.iterdir() if path.is_dir()} == set(TOPICS)


def test_the_rules_find_nothing_in_them(clinic: Path) -> None:
    library = Library(clinic)
    own = [problem for problem in check(None, library) if "examples" in problem.place.file]
    assert own == []
    assert not [problem for problem in check(None, library) if problem.severity is Severity.ERROR]


def test_each_has_a_topic_an_exercise_a_pose_signs_and_sources_of_its_own(clinic: Path) -> None:
    topic = TOPICS[clinic.name]
    handout = Library(clinic).handout(topic)
    assert (clinic / "topics" / f"{topic}.yaml").is_file()
    for folder in ("exercises", "assets/poses"):
        assert list((clinic / folder).glob("*.yaml"))
    own = Library(clinic)
    built_in = Library()
    assert len(own.warnings().signs) - len(built_in.warnings().signs) >= 8
    assert len(own.sources()) - len(built_in.sources()) >= 8
    used = set(handout.sources)
    assert not set(own.sources()) - set(built_in.sources()) - used, "a source that nothing rests on"
    assert {sign.step for sign in handout.signs} == set(Step)
    assert len([sign for sign in handout.signs if sign.step is Step.NOW]) >= 6


def test_its_pictures_are_what_its_poses_say(clinic: Path, tmp_path: Path) -> None:
    poses = sorted((clinic / "assets" / "poses").glob("*.yaml"))
    assert poses
    for pose in poses:
        for name, text in pictures(pose).items():
            kept, made = clinic / "assets" / "pictures" / name, tmp_path / name
            made.write_text(text, encoding="utf-8", newline="\n")
            old, new = read_picture(kept), read_picture(made)
            assert (old.width, old.height, len(old.paths)) == (new.width, new.height, len(new.paths)), (
                f"{name}: handouts figure {pose.stem} --clinic {clinic}"
            )


@pytest.mark.parametrize(("name", "layout"), BUILT)
def test_it_is_built_and_says_that_it_is_a_sample(name: str, layout: str, tmp_path: Path) -> None:
    library, target = Library(EXAMPLES / name), tmp_path / "made.pdf"
    built = build_topic(library, TOPICS[name], target, DAY, layout=layout)
    assert built.sides in (1, 2, 4)
    with PdfFile(target) as pdf:
        said = "".join(page.text for page in pdf.pages).replace("\n", "")
    assert "確認前の見本" in said
    assert library.clinic().name in said
    if layout != "diary":
        for sign in library.handout(TOPICS[name]).signs:
            assert sign.text in said or (sign.short or "").replace("\n", "") in said


@pytest.mark.parametrize("edition", [Edition.LARGE, Edition.RUBY])
def test_it_is_set_in_other_editions_with_a_reading_for_every_word(clinic: Path, edition: Edition) -> None:
    library = Library(clinic)
    done = set_handout(library, library.handout(TOPICS[clinic.name]), Job(DAY, edition=edition))
    assert done.unread == ()


def test_its_logo_stands_on_the_first_side(clinic: Path) -> None:
    from handouts.logo import logo_of

    logo = logo_of(Library(clinic))
    assert logo is not None
    assert bool(logo.pictures) != bool(logo.bitmaps)


def test_a_pose_lying_on_the_back_is_drawn(tmp_path: Path) -> None:
    from PIL import Image

    target = tmp_path / "hug.png"
    drawing.render(EXAMPLES / "seikei/assets/poses/knee-hug.yaml", side="left", mono=True, target=target)
    with Image.open(io.BytesIO(target.read_bytes())) as image:
        assert image.width > 2 * image.height
