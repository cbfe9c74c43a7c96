"""One patient with a rare name, a clinic's folder that keeps records or not, and contents to be kept."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

from handouts.consult.code import new_code
from handouts.consult.content import Content, content_of
from handouts.consult.plan import Plan, plan
from handouts.consult.record import read_record
from handouts.consult.store import Record
from handouts.library import Library
from handouts.model.consultation import Patient
from handouts.paths import PACKAGE

TODAY = date(2026, 11, 22)
PATIENT = {"name": "𠮷﨑 邉之介", "reading": "よしざき べのすけ", "id": "KARTE-90317"}


def clinic(folder: Path, *, records: bool) -> Path:
    """A clinic's folder: the sample's, with records switched on or off."""
    folder.mkdir(parents=True)
    text = (PACKAGE / "clinic.yaml").read_text(encoding="utf-8")
    assert "records: false" in text
    text = text.replace("records: false", f"records: {str(records).lower()}")
    (folder / "clinic.yaml").write_text(text, encoding="utf-8")
    return folder


def record_text(**fields: Any) -> str:
    """A record in JSON, as another program would send it."""
    data = {
        "topics": ["stairs"],
        "patient": PATIENT,
        "side": "right",
        "exercises": ["hamstring-chair:20s*3*2/day"],
        "next_visit": "2026-12-07 10:00",
    }
    return json.dumps(data | fields, ensure_ascii=False)


def planned(library: Library, previous: Content | None = None, **fields: Any) -> Plan:
    """A plan for the patient."""
    return plan(library, read_record(record_text(**fields), "record.json", library, TODAY), TODAY, previous)


def record(number: int, content: Content, day: str = TODAY.isoformat(), **patient: str) -> Record:
    """A record to be kept; its code follows from the number."""
    dated = Content({**content.data, "date": day})
    whom = Patient(**{"name": f"{PATIENT['name']} {number}"} | patient)  # type: ignore[arg-type]
    return Record.of(new_code(random.Random(number)), dated, whom, b"%PDF-")


def small_content() -> Content:
    """A content with only what is looked at when it is kept."""
    return Content({"form": 1, "version": "1.2.3", "date": TODAY.isoformat(), "consultation": {}, "words": "膝" * 900})


def whole_content(library: Library) -> Content:
    """The content of a real sheet."""
    return content_of(library, planned(library))
