"""What every record is made of: texts that know their place, and the forms of ids, dates, amounts and lengths."""

from typing import Annotated

from msgspec import Meta, Struct

from handouts.problems import NOWHERE, Place


class Text(str):
    """A string that knows its place; fields annotated `str` hold one after reading.

    `rows` says where each line of the file begins in it: offset in the text, line and column in the file.
    """

    __slots__ = ("place", "rows")
    place: Place
    rows: tuple[tuple[int, int, int], ...]

    def __new__(cls, value: str, place: Place = NOWHERE, rows: tuple[tuple[int, int, int], ...] = ()) -> "Text":
        text = super().__new__(cls, value)
        text.place = place
        text.rows = rows
        return text

    def at(self, offset: int) -> Place:
        """Where the character at an offset was written (near it, where escapes stand before it)."""
        row = next((row for row in reversed(self.rows) if row[0] <= offset), None)
        return Place(self.place.file, row[1], row[2] + offset - row[0]) if row else self.place


def place_of(value: object) -> Place:
    """Where a text or a record was written, `NOWHERE` if it was made in code."""
    return getattr(value, "place", NOWHERE)


class Record(Struct, frozen=True, kw_only=True, dict=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all records: frozen, named fields only, unknown keys refused."""

    @property
    def place(self) -> Place:
        """Where this record begins in its file."""
        place: Place = self.__dict__.get("_place", NOWHERE)
        return place


Line = Annotated[str, Meta(min_length=1, description="空でない文字列")]
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="小文字の英数字とハイフンの名前")]
Ids = tuple[Id, ...]
SourceIds = tuple[Annotated[Id, Meta(extra={"refers": "sources"})], ...]
SignIds = tuple[Annotated[Id, Meta(extra={"refers": "signs"})], ...]
TermIds = tuple[Annotated[Id, Meta(extra={"refers": "terms"})], ...]
FigureId = Annotated[Id, Meta(extra={"refers": "figures"})]
FigureIds = tuple[FigureId, ...]
ExerciseId = Annotated[Id, Meta(extra={"refers": "exercises"})]
ThemeId = Annotated[Id, Meta(extra={"refers": "themes"})]
TopicId = Annotated[Id, Meta(extra={"refers": "topics"})]
LayoutId = Annotated[Id, Meta(extra={"refers": "layouts"})]
"""`refers` says what an id names: the library looks it up, and one that is not there is a Problem at its place."""
Lines = Annotated[tuple[Line, ...], Meta(min_length=1)]
Date = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description="年-月-日 (例: 2026-11-22)",
        extra_json_schema={"format": "date"},
    ),
]
_COUNT = "[1-9][0-9]{0,2}"


def _amount(units: str, example: str) -> Meta:
    return Meta(pattern=f"^{_COUNT}(〜{_COUNT})?({units})$", description=f"数と単位 (例: {example})")


Duration = Annotated[str, _amount("秒|分", "30〜60秒, 2分")]
Times = Annotated[str, _amount("回", "10回, 1〜3回")]
Sets = Annotated[str, _amount("セット", "2セット")]
Days = Annotated[str, _amount("日", "2〜3日")]
Colour = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$", description="色 (例: #00568F)")]
Positive = Annotated[float, Meta(gt=0, le=2000)]
NonNegative = Annotated[float, Meta(ge=0, le=2000)]
Url = Annotated[str, Meta(pattern=r"^https?://[!-~]+$", description="https:// で始まるアドレス")]
