"""The library: topics, exercises, layouts, shared data and pictures by name, each read once; mistakes are Problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from handouts import disk
from handouts.decode import Reading
from handouts.library.approval import FILE, content, digest_of, figures
from handouts.library.folders import Folders, Found, check_inside, find_clinic, shown
from handouts.library.kinds import APPROVALS, CLINIC, reading_of, shared_reading
from handouts.library.resolve import handout_of, resolved
from handouts.model import (
    Approval,
    Clinic,
    Exercise,
    GlossaryTerm,
    Handout,
    Labels,
    Layout,
    PrintTest,
    Source,
    Theme,
    Topic,
    Warnings,
)
from handouts.problems import NOWHERE, Place

SIZE_CLASSES = ("M", "S", "L")
"""Size classes a picture may be compiled in (by its pose's width), the one that suits the widths of layouts first."""


PERSONAL = "personal"
"""The layout of personalised sheets: no topic alone can be built in it."""


class Library:
    """All definitions of one clinic; `clinic_dir` None means only what is built in.

    Every method raises Problems. `place` is where a name was mentioned: a name that nothing has is a Problem there.
    """

    def __init__(self, clinic_dir: Path | None = None) -> None:
        self.folders = Folders(clinic_dir)
        self._readings: dict[tuple[str, str], Reading] = {}
        self._compiled: dict[tuple[str, str], Found] = {}
        self._built_in: set[tuple[str, str]] = set()
        """What was read of files that are not the clinic's."""

    @classmethod
    def found(cls, given: Path | None = None) -> Library:
        """The library of the clinic's folder as `find_clinic` finds it."""
        return cls(find_clinic(given))

    def take_over(self, other: Library) -> None:
        """Keep what another library of the same clinic read of built-in files alone, while the clinic has none such."""
        clinic = self.folders.clinic
        for kind, name in other._built_in:
            # A theme may be laid on another one, which the clinic may have changed.
            own = clinic / kind if clinic and kind == "layouts/themes" else clinic and clinic / kind / f"{name}.yaml"
            if not (own and disk.exists(own)):
                self._readings[kind, name] = other._readings[kind, name]
                self._built_in.add((kind, name))

    def topics(self) -> list[str]:
        """The names of all topics."""
        return self.folders.names("topics")

    def exercises(self) -> list[str]:
        """The names of all exercises."""
        return self.folders.names("exercises")

    def layouts(self) -> list[str]:
        """The names of all layouts that a topic can be built in."""
        return [name for name in self.folders.names("layouts") if name != PERSONAL]

    def themes(self) -> list[str]:
        """The names of all themes."""
        return self.folders.names("layouts/themes")

    def poses(self) -> list[str]:
        """The names of all figures."""
        return self.folders.names("assets/poses")

    def topic(self, name: str, place: Place = NOWHERE) -> Topic:
        """A topic, without what it refers to."""
        return cast(Topic, self.reading("topics", name, place).checked())

    def exercise(self, name: str, place: Place = NOWHERE) -> Exercise:
        """An exercise."""
        return cast(Exercise, self.reading("exercises", name, place).checked())

    def layout(self, name: str, place: Place = NOWHERE) -> Layout:
        """A layout, without its theme."""
        return cast(Layout, self.reading("layouts", name, place).checked())

    def theme(self, name: str, place: Place = NOWHERE) -> Theme:
        """A theme."""
        return cast(Theme, self.reading("layouts/themes", name, place).checked())

    def clinic(self) -> Clinic:
        """The clinic that hands the sheet over."""
        return cast(Clinic, self.reading(CLINIC, CLINIC).checked())

    def warnings(self) -> Warnings:
        """The warning signs, the clinic's own merged by id."""
        return cast(Warnings, self.reading("common", "warning-signs").checked())

    def sources(self) -> dict[str, Source]:
        """All sources by id, the clinic's own merged in."""
        return cast(dict[str, Source], self.reading("common", "sources").checked())

    def glossary(self) -> dict[str, GlossaryTerm]:
        """All glossary terms by id, the clinic's own merged in."""
        return cast(dict[str, GlossaryTerm], self.reading("common", "glossary").checked())

    def readings(self) -> dict[str, str]:
        """The readings of words, the clinic's own merged in."""
        return cast(dict[str, str], self.reading("common", "readings").checked())

    def labels(self) -> Labels:
        """The fixed words of the sheet, the clinic's own merged in."""
        return cast(Labels, self.reading("common", "labels").checked())

    def print_test(self) -> PrintTest:
        """The words of the test page, the clinic's own merged in."""
        return cast(PrintTest, self.reading("common", "test-page").checked())

    def approvals(self) -> dict[str, Approval]:
        """What the clinic's people approved, by topic; nothing where no clinic's folder is used."""
        clinic = self.folders.clinic
        if clinic is None or not disk.exists(clinic / FILE):
            return {}
        return cast(dict[str, Approval], self.reading(APPROVALS, APPROVALS).checked())

    def content(self, handout: Handout) -> dict[str, Any]:
        """What a handout says and shows, as plain data (handouts.library.approval)."""
        return content(handout, ((name, self.pose(name)) for name in figures(handout)), self.readings())

    def digest(self, handout: Handout) -> str:
        """The digest of it."""
        return digest_of(self.content(handout))

    def reading(self, kind: str, name: str, place: Place = NOWHERE) -> Reading:
        """The record of a kind (`common` and `clinic` too) and name with all that is wrong with it, read once."""
        if (kind, name) not in self._readings:
            if kind == "common":
                files = self.folders.all(kind, name) or [self.folders.find(kind, name, place=place)]
                reading = shared_reading(name, files)
            else:
                files = [self._found(kind, name, place)]
                reading = reading_of(files[0], kind, self.folders)
            if self.folders.clinic and not any(one.path.is_relative_to(self.folders.clinic) for one in files):
                self._built_in.add((kind, name))
            self._readings[kind, name] = reading
        return self._readings[kind, name]

    def _found(self, kind: str, name: str, place: Place) -> Found:
        if kind == CLINIC:
            return self.folders.clinic_file()
        if kind == APPROVALS and self.folders.clinic is not None:
            path = self.folders.clinic / FILE
            check_inside(path)
            return Found(path, shown(path))
        return self.folders.find(kind, name, place=place)

    def pose(self, name: str, place: Place = NOWHERE) -> Path:
        """The source file of a figure."""
        return self.folders.find("assets/poses", name, place=place).path

    def picture(self, name: str, suffix: str = ".svg", place: Place = NOWHERE) -> Path:
        """The compiled file of a figure; `name` is the file's name without its ending."""
        return self.folders.find("assets/pictures", name, suffix, place).path

    def compiled(self, name: str, theme: str, place: Place = NOWHERE) -> Found | None:
        """The compiled file of a figure in one theme, `colour` or `mono`; None where it is not drawn yet."""
        if (name, theme) not in self._compiled:
            files = (self.folders.all("assets/pictures", name, f".{size}.{theme}.svg", place) for size in SIZE_CLASSES)
            if (first := next((found[0] for found in files if found), None)) is None:
                return None
            self._compiled[name, theme] = first
        return self._compiled[name, theme]

    def handout_of(self, name: str, topic: Topic) -> Handout:
        """A topic that was read elsewhere, with everything it refers to in this library."""
        return handout_of(self, name, topic)

    def handout(self, name: str) -> Handout:
        """A topic with everything it refers to; Problems name all that is wrong, in whichever file."""
        return resolved(self, name)
