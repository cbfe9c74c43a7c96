"""The contact sheet of all pictures: fresh, every pose in both themes and sides at print size, no picture unused."""

from __future__ import annotations

from handouts.consult.compose import FIGURE
from handouts.library import Library
from handouts.model import figure_names
from handouts.pages.sheet import Tag
from tests.figures import contact_sheet
from tests.figures.drawings import NAMES

POINT = 0.1


def rendered(data: bytes) -> list[bytes]:
    """Grey pictures of all pages at 72 dpi: the bytes of a PDF differ with the version of zlib."""
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as document:
        return [page.render(scale=1, grayscale=True).to_numpy().tobytes() for page in document]


def test_the_contact_sheet_is_fresh() -> None:
    kept, made = (rendered(data) for data in (contact_sheet.TARGET.read_bytes(), contact_sheet.sheet()))
    assert len(kept) >= 4
    assert kept == made, "run python -m tests.figures.contact_sheet"


def test_every_pose_is_on_it_twice_at_print_size() -> None:
    shown = [picture for _, _, pair in contact_sheet.cells() for picture, _ in pair]
    assert len(NAMES) >= 24
    assert sorted(picture.name for picture in shown) == sorted([*NAMES, *NAMES])
    document = contact_sheet.document()
    drawings = [tag.box for tag in document.root.kids if isinstance(tag, Tag) and tag.role == "Figure"]
    assert len(drawings) == 2 * len(NAMES)
    for box in drawings:
        assert box is not None
        assert box[0] >= contact_sheet.MARGIN - POINT
        assert box[0] + box[2] <= contact_sheet.WIDTH - contact_sheet.MARGIN + POINT
        assert box[1] + box[3] <= contact_sheet.HEIGHT - contact_sheet.MARGIN + POINT


def test_every_picture_is_used_by_a_topic_or_an_exercise() -> None:
    library = Library()
    used = {figure for name in library.topics() for figure in figure_names(library.handout(name))}
    exercises = [library.exercise(name) for name in library.exercises()]
    used |= {figure for exercise in exercises for figure in (exercise.figure, *exercise.also)}
    assert len(used) >= 24
    assert set(NAMES) == {*used, FIGURE}, "or by the personalised sheet"
