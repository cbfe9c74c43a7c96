"""What is kept, found by patient or by age, and said as JSON; a patient is named on the standard input alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from handouts.consult.store import Line, Store
from handouts.problems import NOWHERE, Problem, Problems

_UNSEEN = re.compile("[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
"""What may be typed otherwise than it was: spaces, and which form of a character is meant."""


def of_patient(store: Store, said: str) -> list[str]:
    """Codes of the records of a patient, by name or by id. Raises Problems: nobody, or it may be two persons."""
    wanted = _bare(said)
    patients = store.patients()
    by_id = [code for code, patient in patients.items() if wanted and _bare(patient.get("id", "")) == wanted]
    found = by_id or [code for code, patient in patients.items() if wanted and _bare(patient["name"]) == wanted]
    if not found:
        hint = "お名前の字を確かめるか、紙の番号(--code)で指定してください。"
        raise Problems([Problem(NOWHERE, "この方の控えはありません。", hint)])
    persons = {_bare(patients[code].get("id", "")) for code in found}
    if len(persons) > 1:
        message = f"同じお名前で、患者番号の違う(または、ない)控えが {len(persons)} 通りあります。"
        hint = "別の方かもしれません。患者番号か、紙の番号(--code)で指定してください。"
        raise Problems([Problem(NOWHERE, message, hint)])
    return found


def before(lines: Iterable[Line], day: str) -> list[str]:
    """Codes of the records of sheets that were dated before a day (YYYY-MM-DD)."""
    return [line.code for line in lines if line.full and line.date < day]


def as_data(line: Line, patient: Mapping[str, str] | None = None) -> dict[str, object]:
    """A line as plain data, with the patient where one is given."""
    data: dict[str, object] = {
        "code": line.code,
        "date": line.date,
        "digest": line.digest,
        "version": line.version,
        "record": line.full,
    }
    return data | ({"patient": dict(patient)} if patient is not None else {})


def exported(store: Store, lines: Iterable[Line]) -> Iterator[bytes]:
    """Sheets with their records as one JSON text, piece by piece: there may be more than memory holds."""
    start = "["
    for line in lines:
        record = store.record(line.code) if line.full else None
        whole = {"patient": dict(record.patient), "content": record.content.data, "pdf": record.pdf} if record else None
        text = json.dumps(as_data(line) | {"record": whole}, ensure_ascii=False, indent=1)
        yield f"{start}\n{text}".encode()
        start = ","
    yield b"[]\n" if start == "[" else b"\n]\n"


def _bare(text: str) -> str:
    return _UNSEEN.sub("", normalize("NFKC", text)).casefold()
