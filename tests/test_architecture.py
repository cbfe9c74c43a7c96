"""The rooms of the house: every module is in one that is known, and imports point one way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.imports import Import, all_imports, closure, imports, modules

ROOMS = (
    ("paths", "contrast", "clock", "english"),
    ("problems",),
    ("disk",),
    ("source", "output", "fontfile"),
    ("model",),
    ("decode", "sides"),
    ("library",),
    ("faces",),
    ("text", "figures"),
    ("editions", "schema"),
    ("checks.rules",),
    ("pages", "checks.content"),
    ("pdf", "illustrate", "logo", "checks.file", "printing"),
    ("approve", "offer"),
    ("setting",),
    ("build", "drawing", "checks.report", "proposals"),
    ("clinic", "consult", "usage"),
    ("desk",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""From the lowest floor to the top: a room imports from itself and from lower floors, never from beside or above."""

SHELLS = ("", "checks")
"""Packages that only hold rooms (the empty name is `handouts` itself): anyone may import them, they import nothing."""

FENCED = {"checks.file": {"problems"}}
"""Rooms that may import less of our own than their floor allows: the judge of the file knows nothing of its making."""

KEEPERS = {
    "reportlab": ("pdf",),
    "pypdfium2": ("checks.file", "clinic", "drawing", "desk"),
    "zxingcpp": ("checks.file", "pages"),
    "shapely": ("figures",),
    "numpy": ("figures",),
    "sqlite3": ("consult",),
    "waitress": ("desk",),
    "werkzeug": ("desk",),
    "pikepdf": ("consult",),
}
"""Libraries that only these rooms may import."""

DRAWING_BOARD = ("shapely", "numpy")
"""Libraries that compile pictures; nothing that a build can load may import them."""


def room(module: str) -> str | None:
    """The room, or shell, that a module of ours is in; None if it is in none that is known."""
    inner = module.removeprefix("handouts").removeprefix(".")
    names = [name for floor in ROOMS for name in floor]
    return inner if inner in SHELLS else next((n for n in names if inner == n or inner.startswith(f"{n}.")), None)


def floor(name: str) -> int:
    """The floor of a room, from 0; a shell is below them all."""
    return -1 if name in SHELLS else next(level for level, names in enumerate(ROOMS) if name in names)


def complaint(found: Import) -> str | None:
    """Why this import of ours is wrong, or None; both its ends are in rooms that are known."""
    importer, target = room(found.importer), room(found.target)
    if importer is None or target is None:
        return f"{found}: it is in no room that is known"
    if importer == target or target in SHELLS:
        return None
    if floor(target) >= floor(importer):
        return f"{found}: the room {target!r} is not below {importer!r}"
    if target not in FENCED.get(importer, {target}):
        return f"{found}: {importer!r} may import only {', '.join(sorted(FENCED[importer]))}"
    return None


def is_ours(name: str) -> bool:
    return name.partition(".")[0] == "handouts"


@pytest.fixture(scope="module")
def sources(repository: Path) -> dict[str, Path]:
    """Every module of the package."""
    return modules(repository, "handouts")


@pytest.fixture(scope="module")
def found(sources: dict[str, Path]) -> list[Import]:
    """Every import in the package, ours and others'."""
    return all_imports(sources)


def test_every_module_is_in_a_known_room(sources: dict[str, Path]) -> None:
    assert {"handouts", "handouts.problems", "handouts.pages.sheet"} <= sources.keys()
    unknown = [name for name in sources if room(name) is None]
    assert not unknown, f"in no room of ROOMS: {unknown}"


def test_imports_point_one_way(found: list[Import]) -> None:
    ours = [one for one in found if is_ours(one.target)]
    assert len(ours) > 0
    wrong = [text for one in ours if (text := complaint(one))]
    assert not wrong, "\n".join(wrong)


def test_what_we_import_of_our_own_is_there(sources: dict[str, Path], found: list[Import]) -> None:
    lost = [str(one) for one in found if is_ours(one.target) and one.target not in sources]
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize(("library", "keepers"), KEEPERS.items())
def test_a_library_stays_in_its_room(library: str, keepers: tuple[str, ...], found: list[Import]) -> None:
    uses = [one for one in found if one.target.partition(".")[0] == library]
    strays = [str(one) for one in uses if room(one.importer) not in keepers]
    assert not strays, f"only {keepers} may import {library}:\n" + "\n".join(strays)


def test_a_build_never_loads_the_drawing_board(found: list[Import]) -> None:
    loaded = closure("handouts.build", found)
    assert "handouts.pages.sheet" in loaded
    heavy = [str(one) for one in found if one.importer in loaded and one.target.partition(".")[0] in DRAWING_BOARD]
    assert not heavy, "\n".join(heavy)


def test_every_module_says_what_it_promises(sources: dict[str, Path]) -> None:
    silent = [name for name, path in sources.items() if not is_contract(path.read_text(encoding="utf-8"))]
    assert not silent, f"no docstring whose first sentence stands on one line: {silent}"


def is_contract(source: str) -> bool:
    """Whether the module has a docstring, and its first sentence ends on the first line."""
    lines = (ast.get_docstring(ast.parse(source)) or "").split("\n")
    return re.search(r"[.?!。](\s|$)", lines[0]) is not None


OWN = {"handouts", "handouts.pdf", "handouts.pdf.draw", "handouts.text", "handouts.text.lines", "handouts.problems"}


@pytest.mark.parametrize(
    ("importer", "source", "allowed"),
    [
        ("handouts.text.lines", "from handouts.problems import Place", True),
        ("handouts.text.lines", "from handouts import __version__, problems", True),
        ("handouts.text.lines", "from handouts.text import ruby", True),
        ("handouts.text.lines", "from handouts.pdf import draw", False),
        ("handouts.text.lines", "from handouts import problems, pdf", False),
        ("handouts.text.lines", "from ..pdf.draw import write", False),
        ("handouts.text", "from . import lines\nfrom .. import pdf", False),
        ("handouts.text.lines", "import handouts.pdf", False),
        ("handouts.text.lines", "def late():\n    import handouts.pdf.draw", False),
        ("handouts.text.lines", "if TYPE_CHECKING:\n    from handouts.pdf.draw import Pen", False),
        ("handouts.text.lines", "from handouts.figures import picture", False),
        ("handouts.text.lines", "from handouts.attic import chest", False),
        ("handouts.attic.chest", "from handouts import problems", False),
        ("handouts.checks", "from handouts.checks import file", False),
        ("handouts.checks.file", "from handouts.problems import Problem", True),
        ("handouts.checks.file", "from handouts.pages.sheet import Sheet", False),
    ],
)
def test_the_rule_itself(importer: str, source: str, allowed: bool) -> None:
    own = {*OWN, importer, "handouts.checks.file", "handouts.figures.picture"}
    found = [*imports(source, importer, own, is_package=importer in ("handouts.text", "handouts.checks"))]
    assert found
    assert all(complaint(one) is None for one in found) == allowed, found


def test_imports_for_types_alone_are_told_apart() -> None:
    source = "if TYPE_CHECKING:\n    import handouts.pdf\nelse:\n    import handouts.text\nimport json\n"
    found = {one.target: one.typing_only for one in imports(source, "handouts.cli", OWN)}
    assert found == {"handouts.pdf": True, "handouts.text": False, "json": False}


def test_what_a_build_loads_is_followed_to_the_end() -> None:
    found = [
        Import("handouts.build", "handouts.pdf.draw", 1),
        Import("handouts.pdf", "handouts.text", 1),
        Import("handouts.text", "numpy", 1),
        Import("handouts.build", "handouts.figures.compile", 1, typing_only=True),
    ]
    loaded = closure("handouts.build", found)
    assert loaded == {"handouts", "handouts.build", "handouts.pdf", "handouts.pdf.draw", "handouts.text", "numpy"}


@pytest.mark.parametrize(
    ("source", "good"),
    [
        ('"""Reads a file."""', True),
        ('"""Reads a file; ends.\n\nMore."""', True),
        ('"""Reads a file\nand ends."""', False),
        ("import json", False),
        ("", False),
    ],
)
def test_the_docstring_rule_itself(source: str, good: bool) -> None:
    assert is_contract(source) == good
