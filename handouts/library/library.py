"""The library: topics, exercises, layouts, shared data and pictures by name, each read once; mistakes are Problems."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from handouts.decode import Reading
from handouts.library.folders import Folders, find_clinic
from handouts.library.kinds import CLINIC, reading_of, shared_reading
from handouts.library.resolve import resolved
from handouts.model import Clinic, Exercise, GlossaryTerm, Handout, Labels, Layout, Source, Theme, Topic, Warnings
from handouts.problems import NOWHERE, Place


class Library:
    """All definitions of one clinic; `clinic_dir` None means only what is built in.

    Every method raises Problems. `place` is where a name was mentioned: a name that nothing has is a Problem there.
    """

    def __init__(self, clinic_dir: Path | None = None) -> None:
        self.folders = Folders(clinic_dir)
        self._readings: dict[tuple[str, str], Reading] = {}

    @classmethod
    def found(cls, given: Path | None = None) -> Library:
        """The library of the clinic's folder as `find_clinic` finds it."""
        return cls(find_clinic(given))

    def topics(self) -> list[str]:
        """The names of all topics."""
        return self.folders.names("topics")

    def exercises(self) -> list[str]:
        """The names of all exercises."""
        return self.folders.names("exercises")

    def layouts(self) -> list[str]:
        """The names of all layouts."""
        return self.folders.names("layouts")

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

    def labels(self) -> Labels:
        """The fixed words of the sheet, the clinic's own merged in."""
        return cast(Labels, self.reading("common", "labels").checked())

    def reading(self, kind: str, name: str, place: Place = NOWHERE) -> Reading:
        """The record of a kind (`common` and `clinic` too) and name with all that is wrong with it, read once."""
        if (kind, name) not in self._readings:
            if kind == "common":
                files = self.folders.all(kind, name) or [self.folders.find(kind, name, place=place)]
                reading = shared_reading(name, files)
            else:
                found = self.folders.clinic_file() if kind == CLINIC else self.folders.find(kind, name, place=place)
                reading = reading_of(found, kind, self.folders)
            self._readings[kind, name] = reading
        return self._readings[kind, name]

    def pose(self, name: str, place: Place = NOWHERE) -> Path:
        """The source file of a figure."""
        return self.folders.find("assets/poses", name, place=place).path

    def picture(self, name: str, suffix: str = ".svg", place: Place = NOWHERE) -> Path:
        """The compiled file of a figure; `name` is the file's name without its ending."""
        return self.folders.find("assets/pictures", name, suffix, place).path

    def handout(self, name: str) -> Handout:
        """A topic with everything it refers to; Problems name all that is wrong, in whichever file."""
        return resolved(self, name)
