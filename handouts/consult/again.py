"""Makes a sheet once more from what was stored of it: the same bytes, or a list of what is otherwise today."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from handouts import __version__
from handouts.consult.code import is_valid, normal
from handouts.consult.content import content_of, differences
from handouts.consult.issue import pdf_of
from handouts.consult.names import NameReport, examine
from handouts.consult.password import encrypted
from handouts.consult.plan import Plan
from handouts.consult.record import QUIET
from handouts.consult.store import Record, Store
from handouts.faces import load_faces
from handouts.library import Library
from handouts.model import Review
from handouts.model.consultation import Paper
from handouts.output import write_whole
from handouts.problems import NOWHERE, Place, Problem, Problems

UNKNOWN = "紙の作り方 (handouts の中の変更)"
"""What differs where the bytes do, and nothing that is compared."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A sheet that was made again, and in words what is otherwise; nothing where it has the same bytes."""

    path: Path
    code: str
    sides: int
    differences: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether it has, to the byte, what the first one had (before a password was set)."""
        return not self.differences


def stored_plan(library: Library, record: Record) -> Plan:
    """The plan that a record holds; today's library has the faces, which print the name, and words of later versions.

    Raises Problems where the record's form is not the one that this version reads.
    """
    content = record.content
    try:
        consultation, handout, said = (
            content.consultation(record.patient),
            content.handout(library.labels()),
            content.changes,
        )
    except (msgspec.ValidationError, KeyError, TypeError):
        message = (
            f"番号 {record.code} の控えは handouts {content.version} のもので、今の版({__version__})では読めません。"
        )
        hint = f"その版を入れると、作り直せます(pip install handouts=={content.version})。"
        raise Problems([Problem(NOWHERE, message, hint)]) from None
    name = consultation.patient.name
    report = examine(name, load_faces(list(library.folders.of("fonts")))) if name else NameReport()
    return Plan(
        consultation,
        handout,
        date.fromisoformat(content.date),
        content.topics,
        (),
        said,
        consultation.previous is not None,
        report,
        Review.MISSING,
    )


def rebuild(
    library: Library, code: str, target: Path, *, password: str | None = None, folder: Path | None = None
) -> Rebuilt:
    """Write the sheet of a code to `target` once more, for its owner alone; `folder` is the store's, if not the user's.

    Raises Problems: no such sheet, no record of it, no room.
    """
    made = remade(library, code, folder)
    write_whole(target, encrypted(made.data, password) if password is not None else made.data, private=True)
    return Rebuilt(target, made.code, made.sides, made.differences)


@dataclass(frozen=True, slots=True)
class Remade:
    """The bytes of a sheet that was made again, its sides, what is otherwise in words, whether it has no colour."""

    data: bytes
    code: str
    sides: int
    differences: tuple[str, ...]
    mono: bool


def remade(library: Library, code: str, folder: Path | None = None) -> Remade:
    """Make the sheet of a code once more, writing nothing; `folder` is the store's, if not the user's.

    Texts, doses, patient and date are those stored; layout, pictures and fonts are today's, and what is otherwise in
    them is listed. Raises Problems: no such sheet, no record of it, no room.
    """
    with Store.opened(folder) as store:
        record = record_of(store, code)
    plan = stored_plan(library, record)
    data, sides = pdf_of(library, plan, record.code)
    found: tuple[str, ...] = ()
    if hashlib.sha256(data).hexdigest() != record.pdf:
        found = tuple(differences(record.content, content_of(library, plan))) or (UNKNOWN,)
    return Remade(data, record.code, sides, found, plan.consultation.paper is Paper.MONO)


def record_of(store: Store, code: str, place: Place = NOWHERE) -> Record:
    """The record of a code, however it is typed. Raises Problems, each telling a different reason, at `place`."""
    code = checked(code, place)
    if found := store.record(code):
        return found
    line = store.line(code)
    if line is None:
        hint = "別のパソコンで作った紙ではありませんか。控えは、作ったパソコンにだけあります。"
        raise Problems([Problem(place, f"番号 {code} の紙は、ここでは作られていません。", hint, excerpt=QUIET)])
    message = f"番号 {code} の紙({line.date})は、番号と日付だけを残しています。内容の控えはありません。"
    hint = "控えは、clinic.yaml に records: true がある間に作った紙だけにあります。消した控えは戻せません。"
    raise Problems([Problem(place, message, hint, excerpt=QUIET)])


def checked(code: str, place: Place = NOWHERE) -> str:
    """A code as it is printed, however it was typed. Raises Problems, at `place`, where it is none."""
    if not is_valid(code):
        hint = "紙のいちばん下の番号を、もう一度見てください(例: AB2C-3D4E-F)。"
        message = f"「{_short(code)}」は紙の番号ではありません。打ち間違いかもしれません。"
        raise Problems([Problem(place, message, hint, excerpt=QUIET)])
    return normal(code)


def _short(code: str) -> str:
    """What was typed, where it can be a code; whatever else stands there might be somebody's name."""
    shown = normal(code)
    return shown if len(shown) <= 11 and shown.isascii() else "…"
