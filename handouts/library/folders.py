"""Where files are looked for: the clinic's folder, then the built-in one; the first that has the file wins."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from handouts import disk
from handouts.decode import did_you_mean
from handouts.paths import PACKAGE, builtin
from handouts.problems import NOWHERE, Place, Problem, Problems

CLINIC_FILE = "clinic.yaml"
VARIABLE = "HANDOUTS_CLINIC"
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What a file may be called, without its ending."""

NOUNS = {
    "topics": "資料",
    "exercises": "体操",
    "layouts": "レイアウト",
    "layouts/themes": "テーマ",
    "common": "共通データ",
    "assets/poses": "図",
    "assets/pictures": "図",
}
"""What a file in each folder is called in messages."""


class Found(Struct, frozen=True):
    """A file, and the name that problems give it."""

    path: Path
    shown: str


def find_clinic(given: Path | None = None) -> Path | None:
    """The clinic's folder: the given one, else HANDOUTS_CLINIC, else the nearest parent of the current folder that
    holds `clinic.yaml`, else None (the built-in sample). Raises Problems where a named folder holds none, and where it
    cannot be seen whether there is one: the sample's address must not be printed for want of a permission."""
    named = given or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None:
        if not disk.is_file(named / CLINIC_FILE):
            by = "--clinic" if given else VARIABLE
            hint = f"{by} には {CLINIC_FILE} のあるフォルダーを指定してください。"
            raise Problems([Problem(Place(str(named)), f"{CLINIC_FILE} がありません。", hint)])
        return named
    here = disk.here()
    return next((folder for folder in (here, *here.parents) if disk.is_file(folder / CLINIC_FILE)), None)


class Folders:
    """The ordered folders of a library; `clinic` is None where only the built-in data is used."""

    def __init__(self, clinic: Path | None) -> None:
        self.clinic = clinic

    def of(self, kind: str) -> Iterator[Path]:
        """The folders that may hold files of a kind such as `topics` or `assets/poses`, in order of precedence."""
        if self.clinic is not None:
            yield self.clinic / kind
        top, _, rest = kind.partition("/")
        yield builtin(top) / rest if rest else builtin(top)

    def names(self, kind: str, suffix: str = ".yaml") -> list[str]:
        """The names of all files of a kind, sorted. Raises Problems where a folder may not be read."""
        found = {
            path.name.removesuffix(suffix)
            for folder in self.of(kind)
            for path in disk.entries(folder)
            if path.name.endswith(suffix) and NAME.fullmatch(path.name.removesuffix(suffix))
        }
        return sorted(found)

    def all(self, kind: str, name: str, suffix: str = ".yaml", place: Place = NOWHERE) -> list[Found]:
        """Every file of that name, the one that wins first; raises Problems where a name leads out of its folder."""
        if not NAME.fullmatch(name):
            hint = "名前は小文字の英数字とハイフンで書きます(例: my-topic)。"
            raise Problems([Problem(place, f"「{name}」は{NOUNS[kind]}の名前になりません。", hint)])
        paths = [folder / f"{name}{suffix}" for folder in self.of(kind)]
        for path in paths:
            check_inside(path)
        return [Found(path, shown(path)) for path in paths if disk.exists(path)]

    def find(self, kind: str, name: str, suffix: str = ".yaml", place: Place = NOWHERE) -> Found:
        """The file that wins; raises Problems, with the names there are, at `place` where there is none."""
        found = self.all(kind, name, suffix, place)
        if not found:
            raise Problems([missing(name, NOUNS[kind], self.names(kind, suffix), place)])
        return found[0]

    def clinic_file(self) -> Found:
        """The clinic's own `clinic.yaml`, else the built-in sample."""
        path = (self.clinic or PACKAGE) / CLINIC_FILE
        return Found(path, shown(path))


def missing(name: str, noun: str, names: Iterable[str], place: Place) -> Problem:
    """The Problem of a name that nothing has, with the names there are."""
    names = sorted(names)
    listed = f"ある{noun}: {', '.join(names)}" if names else f"{noun}はまだ1つもありません。"
    guess = did_you_mean(name, names)
    hint = guess if guess and len(names) > 12 else f"{guess}({listed})" if guess else listed
    return Problem(place, f"「{name}」という{noun}はありません。", hint, length=max(1, len(name)) if place.line else 1)


def check_inside(path: Path) -> None:
    """Raise Problems if a path is a link that leads out of its folder."""
    if os.path.islink(path) and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent)):
        raise Problems(
            [Problem(Place(shown(path)), "フォルダーの外を指すリンクは使えません。", "ファイルを写してください。")]
        )


def shown(path: Path) -> str:
    """The name of a file in messages: from the current folder where it lies inside it."""
    try:
        here = disk.here()
        return (here / path).relative_to(here).as_posix()
    except (ValueError, Problems):
        return str(path)
