"""The store of sheets, one SQLite file: what was acknowledged is there whole after any crash, what was erased is gone.

Of every sheet it has a line without the name (code, date, digest of the content, version); the content and the patient
only where the clinic wants records. Messages never hold anything of a patient.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from handouts.consult.content import PRIVATE, Content
from handouts.consult.datafolder import data_folder, private_folder
from handouts.disk import reason
from handouts.model.consultation import Patient
from handouts.problems import Place, Problem, Problems

FILE = "sheets.sqlite3"
"""The name of the file in the data folder."""
FORM = 1
"""The form of the tables, kept as SQLite's `user_version`."""
WAIT = 30.0
"""How long another program's writing is waited for, s."""

# synchronous EXTRA: as FULL, and the folder too is synchronised once the rollback journal is gone, so that a commit
# outlives a power cut. fullfsync: macOS otherwise leaves data in the drive's cache. A rollback journal, and no WAL:
# where nothing is being written there is one file, and erased words do not linger in a second one.
# temp_store: VACUUM would write all records to a temporary file elsewhere.
_PRAGMAS = ("journal_mode=DELETE", "synchronous=EXTRA", "fullfsync=ON", "secure_delete=ON", "temp_store=MEMORY")
_TABLES = (
    """CREATE TABLE sheets (
        code TEXT PRIMARY KEY NOT NULL, date TEXT NOT NULL, digest TEXT NOT NULL, version TEXT NOT NULL
    )""",
    """CREATE TABLE records (
        code TEXT PRIMARY KEY NOT NULL REFERENCES sheets (code), patient TEXT NOT NULL, content BLOB NOT NULL,
        pdf TEXT NOT NULL
    )""",
    f"PRAGMA user_version = {FORM}",
)
_LINES = (
    "SELECT sheets.code, date, digest, version, records.code IS NOT NULL FROM sheets"
    " LEFT JOIN records USING (code) {} ORDER BY date, sheets.code"
)


@dataclass(frozen=True, slots=True)
class Line:
    """What is kept of every sheet: nothing in it is a person's. `full`: there is a record too."""

    code: str
    date: str
    digest: str
    version: str
    full: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A sheet as it was made: its content, whom it is for (name, reading, id), SHA-256 (hex) of the file's bytes."""

    code: str
    content: Content = field(repr=False)
    patient: Mapping[str, str] = field(repr=False)
    pdf: str

    @classmethod
    def of(cls, code: str, content: Content, patient: Patient, data: bytes) -> Record:
        """The record of a sheet: `patient` has name, reading and id, `data` are the bytes of its PDF, not encrypted."""
        known = {key: str(value) for key in PRIVATE if (value := getattr(patient, key)) is not None}
        return cls(code, content, known, hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of one sheet, ready to be written: its line, and its record where the clinic wants one."""

    line: Line
    record: tuple[str, str, bytes, str] | None = field(repr=False)

    @classmethod
    def of(cls, record: Record, *, full: bool) -> Entry:
        """The entry of a record; `full`: with content and patient."""
        content = record.content
        line = Line(record.code, content.date, content.digest, content.version, full)
        return cls(line, _row(record) if full else None)


class Store:
    """An open store. Every method raises Problems; each writing one is a single transaction."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    @contextmanager
    def opened(cls, folder: Path | None = None) -> Iterator[Store]:
        """The store in a folder, else in this user's data folder; made where there is none."""
        path = private_folder(folder or data_folder()) / FILE
        with _told(path):
            _touch(path)
            connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        try:
            with _told(path):
                for pragma in _PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}").fetchall()
                _prepare(connection, path)
            yield cls(path, connection)
        finally:
            connection.close()

    def keep(self, records: Iterable[Record], *, full: bool) -> None:
        """Keep sheets, all or none of them; on return they outlive a crash. `full`: with content and patient."""
        self.put(Entry.of(one, full=full) for one in records)

    def put(self, entries: Iterable[Entry]) -> None:
        """Keep sheets whose entries were made elsewhere, all or none of them; on return they outlive a crash."""
        entries = list(entries)
        lines = [(one.line.code, one.line.date, one.line.digest, one.line.version) for one in entries]
        with _told(self.path), self._writing():
            self._connection.executemany("INSERT INTO sheets VALUES (?, ?, ?, ?)", lines)
            records = [one.record for one in entries if one.record]
            self._connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", records)

    def forget(self, codes: Iterable[str]) -> None:
        """Take back sheets that came to nothing: line and record."""
        each = [(code,) for code in codes]
        with _told(self.path), self._writing():
            self._connection.executemany("DELETE FROM records WHERE code = ?", each)
            self._connection.executemany("DELETE FROM sheets WHERE code = ?", each)

    def lines(self) -> list[Line]:
        """What is kept of every sheet, by date and code."""
        return self._lines("")

    def _lines(self, which: str, *values: str) -> list[Line]:
        with _told(self.path):
            rows = self._connection.execute(_LINES.format(which), values).fetchall()
        return [Line(code, date, digest, version, bool(full)) for code, date, digest, version, full in rows]

    def line(self, code: str) -> Line | None:
        """What is kept of one sheet; None where no such sheet was made here."""
        return next(iter(self._lines("WHERE sheets.code = ?", code)), None)

    def record(self, code: str) -> Record | None:
        """The record of a sheet; None where there is none."""
        with _told(self.path):
            row = self._connection.execute(
                "SELECT code, patient, content, pdf, digest FROM records JOIN sheets USING (code) WHERE code = ?",
                (code,),
            ).fetchone()
        return _record(self.path, *row) if row else None

    def records(self) -> Iterator[Record]:
        """All records, by date and code, one at a time in memory."""
        for line in self.lines():
            if line.full and (found := self.record(line.code)):
                yield found

    def patients(self) -> dict[str, Mapping[str, str]]:
        """Whom each record is for, by code, by date."""
        with _told(self.path):
            rows = self._connection.execute(
                "SELECT code, patient FROM records JOIN sheets USING (code) ORDER BY date, code"
            ).fetchall()
        return {code: json.loads(patient) for code, patient in rows}

    def erase(self, codes: Iterable[str]) -> int:
        """Erase the records of these sheets for good, and say how many there were; their lines without names stay."""
        each = [(code,) for code in codes]
        with _told(self.path):
            with self._writing():
                found = self._connection.executemany("DELETE FROM records WHERE code = ?", each).rowcount
            # secure_delete overwrites what was deleted; writing the file anew also drops what moved pages left.
            # Where that cannot be done (no space, another reader) all is erased nevertheless.
            if found > 0:
                with suppress(sqlite3.OperationalError):
                    self._connection.execute("VACUUM")
        return max(found, 0)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _transaction(self._connection):
            yield


def _touch(path: Path) -> None:
    """Make the file for its owner alone before SQLite does; journals get the same permissions from it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o600)
    try:
        if os.name != "nt" and os.fstat(handle).st_mode & 0o077:
            os.fchmod(handle, 0o600)
    finally:
        os.close(handle)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables where there are none; refuse those of a later version."""
    if _form(connection) == 0:
        with _transaction(connection):
            for statement in _TABLES if _form(connection) == 0 else ():
                connection.execute(statement)
    if _form(connection) > FORM:
        hint = "handouts を新しくしてください(pip install -U handouts)。"
        raise Problems([Problem(Place(str(path)), "この控えは、もっと新しい版の handouts が作ったものです。", hint)])


def _form(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _row(record: Record) -> tuple[str, str, bytes, str]:
    patient = json.dumps(dict(record.patient), ensure_ascii=False, sort_keys=True)
    # Not sorted: the order of sources and topics is an order on the paper.
    content = json.dumps(record.content.data, ensure_ascii=False, separators=(",", ":"))
    return record.code, patient, zlib.compress(content.encode(), 9), record.pdf


def _record(path: Path, code: str, patient: str, content: bytes, pdf: str, digest: str) -> Record:
    """A record as it was stored. Raises Problems where the content is not the one that its digest was taken of."""
    try:
        found = Record(code, Content(json.loads(zlib.decompress(content))), json.loads(patient), pdf)
        whole = found.content.digest == digest
    except (ValueError, zlib.error):
        whole = False
    if not whole:
        message = f"番号 {code} の控えの中身が壊れています。"
        raise Problems([Problem(Place(str(path)), message, "控えのファイルの写しがあれば、戻してください。")])
    return found


_ELSEWHERE = "このファイルとフォルダーの権限を確かめてください。"
_REASONS = {
    sqlite3.SQLITE_BUSY: ("ほかの handouts が控えを書いている途中です。", "少し待って、もう一度打ってください。"),
    sqlite3.SQLITE_FULL: ("空き容量がないので、控えを書けません。", "不要なファイルを消してください。"),
    sqlite3.SQLITE_READONLY: ("控えに書き込む権限がありません。", _ELSEWHERE),
    sqlite3.SQLITE_CANTOPEN: ("控えを開けません。", _ELSEWHERE),
    sqlite3.SQLITE_IOERR: ("控えを読み書きできません。", "ディスクなどの装置を確かめてください。"),
    sqlite3.SQLITE_CONSTRAINT: ("同じ番号の控えがもうあります。", "もう一度打ってください。新しい番号になります。"),
}
_BROKEN = ("控えのファイルが壊れています。", "写しがあれば戻すか、このファイルを別の所へ移してください。")
_REASONS |= dict.fromkeys((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB), _BROKEN)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system or SQLite refuses, as Problems. Neither the reasons nor the place have anything of a patient."""
    try:
        yield
    except sqlite3.Error as error:
        # The lowest byte is the primary code, the others say more exactly what happened.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        unknown = (f"控えを読み書きできません({getattr(error, 'sqlite_errorname', 'SQLite')})。", _ELSEWHERE)
        message, hint = _REASONS.get(code, unknown)
        raise Problems([Problem(Place(str(path)), message, hint)]) from None
    except OSError as error:
        message = f"控えを開けません({reason(error)})。"
        raise Problems([Problem(Place(str(path)), message, _ELSEWHERE)]) from None
