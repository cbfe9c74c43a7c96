"""Reads a table of patients, a CSV file as Excel or another program saves it, into rows of texts by field.

No message shows a cell: it may hold a name. Rows are numbered as Excel numbers them, the headings being row 1.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from handouts.consult import when
from handouts.consult.record import QUIET
from handouts.disk import is_folder, reason
from handouts.problems import Place, Problem, Problems
from handouts.source import Mapping as MappingNode
from handouts.source import Node, Scalar, Sequence

LIMIT = 100_000_000
"""Largest table that is read, bytes."""
DELIMITERS = ",\t;"
_LONGEST = 30
"""Characters of a heading that is quoted."""
NEEDED = ("name", "side", "topics")
"""Fields without which there is no sheet."""
PATIENT = ("name", "reading", "id", "age")
_SAVE = "Excel では「CSV UTF-8(コンマ区切り)」で保存し直してください。"
_LOST = re.compile("[\udc80-\udcff]")
_ODD = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What Python's CP932 makes of bytes that are no character."""
_FORMULA = re.compile('="(.*)"', re.DOTALL)
_NUMBERED = re.compile("[0-9]{1,2}$")


@dataclass(frozen=True, slots=True)
class Column:
    """How a field is called in headings, and what parts several values in one cell (nothing: the cell is one text)."""

    words: tuple[str, ...]
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One patient's row: `cells` are (field, column number, text); `problems` is what is wrong with the row itself."""

    number: int
    shown: str
    cells: tuple[tuple[str, int, str], ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    def node(self, today: date) -> MappingNode:
        """The row as the nodes of a record, each at its row and column; 「2週間後」 counts from `today`."""
        fields = _fields(self, today)
        patient = tuple((key, child) for key, child in fields if key.text in PATIENT)
        rest = tuple((key, child) for key, child in fields if key.text not in PATIENT)
        place = Place(self.shown, self.number, 1)
        return MappingNode(((_key("patient", place), MappingNode(patient, place)), *rest), place)

    def digest(self, salt: bytes) -> str:
        """Tells rows apart; nothing can be read from it, and without the salt nothing be compared with it."""
        said = "\0".join(f"{name}\1{text}" for name, _, text in self.cells)
        return hmac.new(salt, said.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, and how the file was read."""

    rows: tuple[Row, ...]
    encoding: str
    delimiter: str


@cache
def columns() -> dict[str, Column]:
    """The columns that are known, by field."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load(Path(__file__).with_name("columns.yaml").read_text("utf-8"), loader)
    return {name: Column(tuple(one["words"]), one.get("parts", "")) for name, one in table.items()}


@cache
def _known() -> dict[str, str]:
    """The field of each heading, bare."""
    return {_bare(word): name for name, column in columns().items() for word in (*column.words, name)}


def read_table(path: Path, shown: str | None = None) -> Table:
    """The patients of a file. Raises Problems: no file, headings that are not understood, quotes left open."""
    shown = shown or str(path)
    text, encoding = decoded(_bytes(path, shown))
    if text.lower().startswith("sep=") and len(text.partition("\n")[0].strip()) <= 5:
        text = text.partition("\n")[2]  # a line that Excel obeys and does not number
    delimiter = _delimiter(text)
    records = enumerate(_records(text, delimiter, shown), 1)
    number, names = next(((number, cells) for number, cells in records if any(map(str.strip, cells))), (1, []))
    fields = _headings(names, Place(shown, number, 1))
    rows = tuple(_row(shown, number, cells, fields) for number, cells in records if any(map(str.strip, cells)))
    if not rows:
        hint = "1行目に見出し、2行目からに患者さんを1行ずつ書きます。"
        raise Problems([Problem(Place(shown), "表に患者さんの行がありません。", hint)])
    return Table(rows, encoding, delimiter)


def _bytes(path: Path, shown: str) -> bytes:
    hint = "名前とフォルダーを確かめてください。"
    try:
        if is_folder(path):
            raise Problems([Problem(Place(shown), "フォルダーです。CSV ファイルを指定してください。")])
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise Problems([Problem(Place(shown), "ファイルがありません。", hint)]) from None
    except (OSError, ValueError) as error:
        raise Problems([Problem(Place(shown), f"ファイルを読めません({reason(error)})。", hint)]) from None
    if len(data) > LIMIT:
        raise Problems([Problem(Place(shown), "表が大きすぎます(上限は 100 MB)。", "いくつかに分けてください。")])
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = "Excel のブックです。CSV ではありません。"
        raise Problems([Problem(Place(shown), message, "Excel で「CSV UTF-8(コンマ区切り)」の形で保存してください。")])
    return data


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8, UTF-16 with its mark, else CP932.

    UTF-8 is never met by accident in more than a few characters, so lines are counted: the encoding of most of those
    that are not ASCII is the file's. Bytes it has no character for become lone surrogates, which no text has.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "surrogateescape"), "UTF-8"
    lines = [line for line in data.splitlines() if not line.isascii()]
    if 2 * sum(map(_is_utf_8, lines)) >= len(lines):
        return data.decode("utf-8", "surrogateescape"), "UTF-8"
    text = "".join(map(_from_cp932, data.splitlines(keepends=True)))
    return _ODD.sub("\udcff", text), "CP932"


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _from_cp932(line: bytes) -> str:
    """A line of a CP932 file; one that is UTF-8 with kana or kanji was pasted in and would be read as other kanji."""
    if not line.isascii() and _is_utf_8(line) and any("\u3040" <= one <= "\u9fff" for one in line.decode("utf-8")):
        return line.decode("ascii", "surrogateescape")
    return line.decode("cp932", "surrogateescape")


def _delimiter(text: str) -> str:
    """That by which the first line parts into the most headings that are known; a comma in doubt."""
    first = next((line for line in text.splitlines() if line.strip(f"{DELIMITERS} \t")), "")
    return max(
        DELIMITERS,
        key=lambda mark: sum(_field_of(name) is not None for name in next(csv.reader([first], delimiter=mark), [])),
    )


def _records(text: str, delimiter: str, shown: str) -> Iterator[list[str]]:
    """The cells of each row. Raises Problems where quotes do not match: what follows cannot be told apart."""
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            yield [_FORMULA.sub(r"\1", cell) for cell in cells]
    except csv.Error:
        message = f'{number + 1}行目から先を読めません(引用符「"」が閉じていないようです)。'
        hint = 'その行の「"」を確かめるか、Excel で開いて保存し直してください。'
        raise Problems([Problem(Place(shown, number + 1, 1), message, hint, excerpt=QUIET)]) from None


def _headings(names: list[str], place: Place) -> list[str | None]:
    """The field of each column, None for those without a heading or with one that begins with #. Raises Problems."""
    fields: list[str | None] = []
    problems = []
    written = [name for name in names if name.strip()]
    headings = 2 * sum(_field_of(name) is not None for name in written) >= len(written)
    for number, name in enumerate(names, 1):
        here = Place(place.file, place.line, number)
        found = _field_of(name)
        fields.append(found)
        if not name.strip() or name.strip().startswith(("#", "＃")):
            fields[-1] = None
        elif found is None:
            problems.append(_unknown(name, here, shown=headings))
        elif found in fields[:-1] and not columns()[found].parts:
            hint = "どちらかの見出しの前に # を付けると、その列は使いません。"
            problems.append(Problem(here, f"{number}列目の見出しが、前の列と同じ項目です。", hint, excerpt=QUIET))
    if missing := [name for name in NEEDED if name not in fields]:
        words = "、".join(f"「{columns()[name].words[0]}」" for name in missing)
        known = "、".join(column.words[0] for column in columns().values())
        problems.append(
            Problem(place, f"見出し{words}の列がありません。", f"1行目に見出しを書きます: {known}", excerpt=QUIET)
        )
    if problems:
        raise Problems(problems)
    return fields


def _unknown(name: str, place: Place, *, shown: bool) -> Problem:
    """A heading that nothing is called. Where few are known the line may be a patient's: it is not `shown`."""
    known = [word for column in columns().values() for word in column.words]
    near = get_close_matches(normalize("NFKC", name).strip(), known, n=2, cutoff=0.5)
    # An open quote makes one heading of whole rows.
    shown = shown and not _LOST.search(name) and len(name.splitlines()) == 1 and len(name) <= _LONGEST
    said = f"「{name.strip()}」" if shown else ""
    hint = f"もしかして: {'、'.join(near)}。" if near else ""
    message = f"{place.column}列目の見出し{said}が分かりません。"
    return Problem(place, message, f"{hint}使わない列なら、見出しの前に # を付けてください。", excerpt=QUIET)


def _field_of(name: str) -> str | None:
    """The field that a heading means; those of several values may be numbered (体操1, 体操2)."""
    bare = _bare(name)
    found = _known().get(bare)
    if found is None and (counted := _known().get(_NUMBERED.sub("", bare))):
        found = counted if columns()[counted].parts else None
    return found


def _bare(name: str) -> str:
    """A heading without marks, spaces, notes in brackets and differences of width or case."""
    said = re.sub(r"\(.*?\)|\[.*?\]", "", normalize("NFKC", name).casefold())
    return "".join(one for one in said if one.isalnum())


def _row(shown: str, number: int, cells: list[str], fields: list[str | None]) -> Row:
    place = Place(shown, number, 1)
    problems = []
    texts = [
        (name, column, cell.strip()) for column, (name, cell) in enumerate(zip(fields, cells, strict=False), 1) if name
    ]
    if any(_LOST.search(cell) for _, _, cell in texts):
        message = "文字として読めない所があります(文字コードの混ざりか、文字化けです)。"
        problems.append(Problem(place, message, _SAVE, excerpt=QUIET))
    if any(cell.strip() for cell in cells[len(fields) :]):
        hint = "値に区切りの字が入っていないか、確かめてください。"
        problems.append(Problem(place, "見出しより多くの値があります。", hint, excerpt=QUIET))
    return Row(number, shown, tuple((name, column, cell) for name, column, cell in texts if cell), tuple(problems))


def _fields(row: Row, today: date) -> list[tuple[Scalar, Node]]:
    """The fields of a row with their nodes: numbers and dates as a record has them, lists where several may stand."""
    found: dict[str, tuple[Place, list[str]]] = {}
    for name, column, text in row.cells:
        place = Place(row.shown, row.number, column)
        found.setdefault(name, (place, []))[1].extend(_values(name, text, today))
    if times := found.pop("next_time", None):
        place, said = found.get("next_visit", (times[0], []))
        found["next_visit"] = place, [" ".join([*said, *times[1]])]
    return [(_key(name, place), _node(name, place, texts)) for name, (place, texts) in found.items()]


def _node(name: str, place: Place, texts: list[str]) -> Node:
    scalars = tuple(Scalar(text, place, quoted=name != "age") for text in texts)
    return Sequence(scalars, place) if columns()[name].parts else scalars[0]


def _key(name: str, place: Place) -> Scalar:
    return Scalar(name, place, quoted=True)


def _values(name: str, text: str, today: date) -> list[str]:
    parts = columns()[name].parts
    if parts:
        return [part.strip() for part in re.split(f"[{re.escape(parts)}\n\r]+", text) if part.strip()]
    if name == "age":
        return [re.sub("[歳才]$", "", normalize("NFKC", text).strip())]
    if name in ("date", "next_visit", "next_time"):
        text = re.sub(r"([0-9]{1,2}:[0-9]{2}):00$", r"\1", normalize("NFKC", text))
    if name == "next_visit":
        text = re.sub(r"\s+0?0:00$", "", text)
    return [_day(text, today)] if name == "date" else [text]


def _day(text: str, today: date) -> str:
    """A day of the past or today as ISO; what is none is told where the record is read."""
    try:
        return when.moment(re.sub(r"\s+0?0:00$", "", text), today)[0].isoformat()
    except (ValueError, OverflowError):
        return text
