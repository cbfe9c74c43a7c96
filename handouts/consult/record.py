"""Reads a consultation record, YAML or JSON, with what the command line adds; all that is wrong is told at once.

No message says the patient's name, and none shows a line of the record: that may hold it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast
from unicodedata import normalize

from msgspec import structs

from handouts.consult.code import is_valid
from handouts.consult.names import examine as examine_name
from handouts.consult.shorthand import Expander, is_blank
from handouts.decode import examine as examine_node
from handouts.faces import load_faces
from handouts.library.resolve import lost
from handouts.model.consultation import Consultation
from handouts.problems import Place, Problem, Problems
from handouts.source import LIMIT, Mapping, Node, Scalar, Sequence, examine, text_of
from handouts.source.files import decoded
from handouts.text.markup import MarkupError, parse

if TYPE_CHECKING:
    from handouts.consult.content import Content
    from handouts.library import Library

Earlier: TypeAlias = "Callable[[str, Place], Content]"
"""Finds the sheet of a code that stands at a place; raises Problems where it is not known."""

STDIN = "標準入力"
"""What the standard input is called in messages."""
QUIET = " "
"""An excerpt that shows nothing: the line a place points at may hold the name."""

KEPT = ("topics", "side", "places", "conditions", "exercises", "practitioner", "edition", "paper")
"""What is as on the sheet before where nothing else is said."""
_REPLACED = ("topics", "places")
"""Lists that a flag replaces; to the others it adds."""
_PAIR = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)", re.DOTALL)
_QUOTED = re.compile("「([^」]*)」")
_PRIVATE = "patient"


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says; its fields are the record's, and a name or an id is not among them.

    Topics and places replace those of the record, an exercise that it has gets the dose said here, all other lists
    are added to.
    """

    topics: tuple[str, ...] = ()
    side: str | None = None
    exercises: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    next_visit: str | None = None
    age: str | None = None
    date: str | None = None
    practitioner: str | None = None
    edition: str | None = None
    paper: str | None = None
    previous: str | None = None


NAMES = {
    "topics": "--topic",
    "exercises": "--exercise",
    "places": "--place",
    "findings": "--finding",
    "conditions": "--condition",
    "notes": "--note",
}
"""What a flag is called where its field is called otherwise."""


def record_text(source: str) -> tuple[str, str]:
    """The text of a record and what it is called in messages; `-` is the standard input.

    Raises Problems; none of them shows a line of the record.
    """
    try:
        return _text(source)
    except Problems as problems:
        raise Problems(replace(one, excerpt=QUIET) for one in problems) from None


def _text(source: str) -> tuple[str, str]:
    if source != "-":
        return text_of(Path(source), source), source
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise Problems([Problem(Place(STDIN), "記録が大きすぎます(上限は 1 MB)。", "1人分の記録を渡してください。")])
    return decoded(data, STDIN), STDIN


def read_record(
    text: str,
    shown: str,
    library: Library,
    today: date,
    flags: Flags | None = None,
    earlier: Earlier | None = None,
) -> Consultation:
    """The consultation that a text holds, with what the flags say. Raises Problems, none with the patient's name."""
    json = text.lstrip("\ufeff \t\r\n").startswith("{")
    node, problems = examine(_from_json(text) if json else text, shown)
    if problems or node is None:
        raise Problems(_hushed(problems, node, text))
    return consultation_of(node, library, today, flags, earlier)


def consultation_of(
    node: Node, library: Library, today: date, flags: Flags | None = None, earlier: Earlier | None = None
) -> Consultation:
    """The consultation that nodes hold, with what the flags say. Raises Problems, none with the patient's name.

    Where it names the sheet before, and `earlier` knows that, what it does not say is as it was on that sheet: topics,
    knee, places, conditions, exercises and doses, practitioner, edition and paper.
    """
    if not isinstance(node, Mapping):
        hint = "書く項目: topics、patient(name)、side。例は handouts personalize --help にあります。"
        raise Problems([Problem(node.place, "記録は「項目: 値」の並びで書きます。", hint, excerpt=QUIET)])
    expander = Expander(today)
    flags = flags or Flags()
    node = _started(node, flags, earlier) if earlier else node
    whole = expander.record(_with(node, flags))
    reading = examine_node(Consultation, whole)
    problems = [*expander.problems, *reading.problems, *lost(library, reading)]
    if reading.value is not None:
        problems += _misfits(library, cast(Consultation, reading.value))
    if problems:
        raise Problems(_hushed(problems, whole, ""))
    return cast(Consultation, reading.value)


def nodes_of(values: dict[str, object], place: Place) -> Mapping:
    """Plain data (texts, lists, dicts) as the nodes of a record, all at one place: answers, a row of a table."""
    entries = tuple((Scalar(key, place, quoted=True), _node(value, place)) for key, value in values.items())
    return Mapping(entries, place)


def _node(value: object, place: Place) -> Node:
    if isinstance(value, dict):
        return nodes_of(value, place)
    if isinstance(value, list | tuple):
        return Sequence(tuple(_node(item, place) for item in value), place)
    return Scalar(str(value), place, quoted=not isinstance(value, int))


def _started(node: Mapping, flags: Flags, earlier: Earlier) -> Mapping:
    """The record with what the sheet before said and it does not."""
    code = Scalar(flags.previous, Place("--previous")) if flags.previous else node.get("previous")
    if not isinstance(code, Scalar) or not is_valid(code.text):
        return node
    before = earlier(code.text, code.place).data["consultation"]
    kept = tuple((key, child) for key, child in node.entries if key.text not in KEPT or not is_blank(child))
    said = {key.text for key, _ in kept}
    more = {field: before[field] for field in KEPT if field in before and field not in said}
    return structs.replace(node, entries=(*kept, *nodes_of(more, code.place).entries))


def _with(node: Mapping, flags: Flags) -> Mapping:
    """The record's nodes with those of the flags laid on them."""
    entries = {key.text: (key, child) for key, child in node.entries}
    for entry in fields(flags):
        said = getattr(flags, entry.name)
        if not said:
            continue
        place = Place(NAMES.get(entry.name, f"--{entry.name.replace('_', '-')}"))
        new = _node(said, place)
        if entry.name == "age":
            entries[_PRIVATE] = _with_age(entries.get(_PRIVATE), Scalar(said, place))
            continue
        old = entries[entry.name][1] if entry.name in entries else None
        if isinstance(new, Sequence) and old is not None and entry.name not in _REPLACED:
            new = _added(old, new, by_name=entry.name == "exercises")
        entries[entry.name] = (Scalar(entry.name, place, quoted=True), new)
    return structs.replace(node, entries=tuple(entries.values()))


def _with_age(patient: tuple[Scalar, Node] | None, age: Scalar) -> tuple[Scalar, Node]:
    """The patient's entry with an age; where there is none, that the name is missing is told of it."""
    key = Scalar("age", age.place, quoted=True)
    if patient is None:
        return Scalar(_PRIVATE, age.place, quoted=True), Mapping(((key, age),), age.place)
    name, node = patient
    if not isinstance(node, Mapping):
        return patient
    kept = tuple(entry for entry in node.entries if entry[0].text != "age")
    return name, structs.replace(node, entries=(*kept, (key, age)))


def _added(old: Node, new: Sequence, *, by_name: bool) -> Node:
    """The items of a record and those of a flag; an exercise that is in both is the flag's, in the record's place."""
    if isinstance(old, Scalar):
        old = Sequence(() if old.is_null else (old,), old.place)
    if not isinstance(old, Sequence):
        return old
    if not by_name:
        return structs.replace(old, items=(*old.items, *new.items))
    items = {_exercise_name(item, number): item for number, item in enumerate(old.items)}
    for number, item in enumerate(new.items, len(items)):
        items[_exercise_name(item, number)] = item
    return structs.replace(old, items=tuple(items.values()))


def _exercise_name(node: Node, number: int) -> str:
    """Which exercise an item of the list is; for what is none, something that no other is."""
    if isinstance(node, Mapping):
        named = node.get("exercise")
        return named.text if isinstance(named, Scalar) else f"#{number}"
    return re.split("[:=：＝]", node.text)[0].strip() if isinstance(node, Scalar) else f"#{number}"


def _misfits(library: Library, record: Consultation) -> Iterator[Problem]:
    """What the form of a record cannot say: names that cannot be printed, repetitions, a time that is none."""
    faces = load_faces(list(library.folders.of("fonts")))
    yield from examine_name(record.patient.name, faces).refused
    if record.patient.reading:
        yield from examine_name(record.patient.reading, faces, "お名前の読み").refused
    for text in (*record.findings, *record.conditions, *record.avoid, *record.notes, record.practitioner or ""):
        try:
            parse(text)
        except MarkupError as error:
            hint = "記号をそのまま印刷するには、前に「\\\\」を付けてください。"
            yield Problem(getattr(text, "place", record.place), error.message, hint)
    for noun, ids in (("資料", record.topics), ("体操", [choice.exercise for choice in record.exercises])):
        for number, id_ in enumerate(ids):
            if id_ in ids[:number]:
                message = f"{noun}「{id_}」が2回選ばれています。"
                yield Problem(
                    getattr(id_, "place", record.place), message, "どちらかを消してください。", length=len(id_)
                )


def _from_json(text: str) -> str:
    """JSON as YAML reads it: characters beyond U+FFFF that it writes as two escapes, tabs between its words.

    Columns stay, but for 2 less for each such character before them in its line.
    """

    def joined(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        high, low = int(match[1], 16), int(match[2], 16)
        return f"\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08x}"

    return _PAIR.sub(joined, text).replace("\t", " ")


def _hushed(problems: Iterable[Problem], node: Node | None, text: str) -> list[Problem]:
    """The problems without any word of who the patient is, and without the lines they point at."""
    patient = node.get(_PRIVATE) if isinstance(node, Mapping) else None
    secrets = {bare for word in _texts(patient) for bare in (_bare(word), _bare(word)[:20]) if bare}
    inside = {scalar.place for scalar in _scalars(patient)}
    source = _bare(text)

    def hushed(problem: Problem) -> Problem:
        def word(match: re.Match[str]) -> str:
            said = _bare(match[1].strip("…&*!"))
            known = re.search(r"\w", said) is not None
            # A part too: a cell of a table that is split at its spaces may hold half a name.
            private = any(secret in said or (len(said) > 1 and said in secret) for secret in secrets)
            private = private or (known and bool(text) and said in source)
            return "「…」" if private else match[0]

        message, hint = _QUOTED.sub(word, problem.message), problem.hint
        if any(secret in _bare(hint) for secret in secrets) or (problem.place in inside and "もしかして" in hint):
            hint = ""
        return replace(problem, message=message, hint=hint, excerpt=QUIET)

    return [hushed(problem) for problem in dict.fromkeys(problems)]


_FIELDS = frozenset(("name", "reading", "id", "age"))


def _bare(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _texts(node: Node | None) -> Iterator[str]:
    """Whatever is written of a patient but the age and the names of the fields."""
    for scalar in _scalars(node):
        if scalar.text not in _FIELDS and not re.fullmatch("[0-9]{0,3}", scalar.text):
            yield scalar.text


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for key, child in node.entries:
            yield key
            yield from _scalars(child)
