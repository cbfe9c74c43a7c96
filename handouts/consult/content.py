"""What determines a personalised sheet but the patient's name: plain data, to be stored, compared and built from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec.structs import replace

from handouts import __version__
from handouts.consult.changes import Change
from handouts.disk import entries
from handouts.library import Library
from handouts.library.library import PERSONAL as LAYOUT
from handouts.model import Dose, Edition, ExerciseUse, Handout, Labels, Topic
from handouts.model.consultation import Consultation

if TYPE_CHECKING:
    from handouts.consult.plan import Plan

FORM = 1
"""The form of the data; a change of what its keys mean changes the number."""
PRIVATE = ("name", "reading", "id")
"""Of the patient: what is not part of the content."""
_MOST = {"summary": 3, "exercises": 5}
"""Sections of a topic and how many items the model lets one have."""
_NOUNS = {
    "form": "記録の形",
    "version": "handouts の版",
    "date": "印刷の日付",
    "consultation": "診察の記録",
    "exercises": "体操と用量",
    "changes": "前回からの変更",
    "handout": "資料の文",
    "layout": "紙面の形",
    "readings": "ふりがな",
    "pictures": "図",
    "fonts": "書体",
}


@dataclass(frozen=True, slots=True)
class Content:
    """The data, made of dicts, sequences, texts and numbers alone; keys: form, version, date, consultation, exercises,
    changes, handout (with topic, signs, labels, clinic …), layout, pictures, fonts (digests by name)."""

    data: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the data. It holds no name, so that it may be kept of everybody."""
        return hashlib.sha256(canonical(self.data)).hexdigest()

    @property
    def date(self) -> str:
        """The day that was printed, YYYY-MM-DD."""
        return str(self.data["date"])

    @property
    def version(self) -> str:
        """The version of handouts that made it."""
        return str(self.data["version"])

    @property
    def topics(self) -> dict[str, str]:
        """The titles of the topics by name."""
        return dict(self.data["topics"])

    @property
    def side(self) -> str:
        """right, left or both."""
        return str(self.data["consultation"]["side"])

    def doses(self) -> dict[str, tuple[str, Dose | None]]:
        """The name and the dose of each exercise, by id, in their order."""
        return {
            one["id"]: (one["name"], msgspec.convert(one["dose"], Dose) if one["dose"] else None)
            for one in self.data["exercises"]
        }

    @property
    def changes(self) -> tuple[Change, ...]:
        """What had changed since the sheet before."""
        return msgspec.convert(self.data["changes"], tuple[Change, ...])

    def handout(self, labels: Labels) -> Handout:
        """The handout as it was, whatever has become of the library since; of `labels` the words that are new in it."""
        whole = self.data["handout"]
        topic, more = _within_limits(whole["topic"])
        said = _filled(whole["labels"], _plain(labels))
        handout = msgspec.convert({**whole, "topic": topic, "labels": said}, Handout)
        return replace(handout, topic=_with_all(handout.topic, more))

    def consultation(self, patient: Mapping[str, Any]) -> Consultation:
        """The consultation as it was, for a patient (name, reading, id), who is not stored in here."""
        record = cast(dict[str, Any], self.data["consultation"])
        known = {key: value for key, value in patient.items() if key in PRIVATE and value is not None}
        return msgspec.convert({**record, "patient": {**record["patient"], **known}}, Consultation)


def content_of(library: Library, plan: Plan) -> Content:
    """The content of a plan, as it is printed today with this version and these fonts."""
    record = _plain(plan.consultation)
    record["patient"] = {key: value for key, value in record["patient"].items() if key not in PRIVATE}
    handout = _plain(plan.handout)
    exercises = [
        {"id": str(entry.id), "name": plan.name_of(entry), "dose": _plain(entry.dose)}
        for entry in plan.handout.exercises
    ]
    return Content(
        {
            "form": FORM,
            "version": __version__,
            "date": plan.printed.isoformat(),
            "consultation": record,
            "topics": dict(plan.topics),
            "exercises": exercises,
            "changes": _plain(plan.changes),
            "handout": handout,
            "layout": _layout(library, plan.consultation.edition),
            "readings": _readings(library, plan),
            "pictures": dict(_pictures(library, plan.handout)),
            "fonts": {path.name: _digest(path) for path in _fonts(library)},
        }
    )


def differences(was: Content, now: Content) -> list[str]:
    """What differs, in words: of the consultation each field, of all else which part, of pictures and fonts which."""
    found = []
    for key in dict.fromkeys((*was.data, *now.data)):
        before, after = was.data.get(key), now.data.get(key)
        if canonical(before) == canonical(after) or key == "topics":
            continue
        noun = _NOUNS.get(key, key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            parts = dict.fromkeys((*before, *after))
            changed = [part for part in parts if canonical(before.get(part)) != canonical(after.get(part))]
            found += [f"{noun}: {part}" for part in changed]
        elif isinstance(before, str | int):
            found.append(f"{noun}: {before} → {after}")
        else:
            found.append(noun)
    return found


def canonical(data: Any) -> bytes:
    """Data as bytes, its keys in their order: that of the sources, say, is their order on paper."""
    return msgspec.json.encode(data)


def from_bytes(data: bytes) -> Content:
    """The content that `canonical` wrote."""
    return Content(msgspec.json.decode(data))


def _filled(was: Any, now: Any) -> Any:
    """What was, and of what is now the entries that were not there yet."""
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        return was
    return {**now, **{key: _filled(value, now.get(key)) for key, value in was.items()}}


def _within_limits(topic: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """A topic as its author might have written it, and what several topics together have more of."""
    held, more = dict(topic), {}
    for field, most in _MOST.items():
        if section := held.get(field):
            held[field] = {**section, "items": section["items"][:most]}
            more[field] = section["items"][most:]
    return held, more


def _with_all(topic: Topic, more: Mapping[str, list[Any]]) -> Topic:
    """The topic with what was taken out of it."""
    changed: dict[str, Any] = {}
    if topic.summary and more["summary"]:
        changed["summary"] = replace(topic.summary, items=(*topic.summary.items, *more["summary"]))
    if topic.exercises and more["exercises"]:
        uses = msgspec.convert(more["exercises"], tuple[ExerciseUse, ...])
        changed["exercises"] = replace(topic.exercises, items=(*topic.exercises.items, *uses))
    return replace(topic, **changed)


def _layout(library: Library, edition: Edition) -> dict[str, str]:
    """Digests of the layout and its theme, as the edition has them."""
    layout = library.layout(LAYOUT)
    if edition in layout.editions:
        layout = layout.as_edition(edition)
    parts = {
        f"layouts/{LAYOUT}.yaml": layout,
        f"layouts/themes/{layout.theme}.yaml": library.theme(layout.theme, layout.place),
    }
    return {name: hashlib.sha256(canonical(_plain(part))).hexdigest() for name, part in parts.items()}


def _plain(value: Any) -> Any:
    """Records as dicts, texts without their places: what is written as when it was stored and read."""
    return msgspec.to_builtins(value, enc_hook=str)


def _readings(library: Library, plan: Plan) -> str | None:
    """The digest of all readings, for the edition that prints them."""
    if plan.consultation.edition is not Edition.RUBY:
        return None
    return hashlib.sha256(canonical(dict(library.readings()))).hexdigest()


def _pictures(library: Library, handout: Handout) -> Iterator[tuple[str, str]]:
    # All of the pages' room, which who only looks into the store need not load.
    from handouts.consult.compose import FIGURE

    names = {name for entry in handout.exercises for name in (entry.exercise.figure, *entry.further)} | {FIGURE}
    for name in sorted(names):
        for theme in ("colour", "mono"):
            if found := library.compiled(name, theme):
                yield f"{name}.{theme}", _digest(found.path)


def _fonts(library: Library) -> list[Path]:
    """The files of all faces; of two with one name the clinic's, which is used, comes last."""
    folders = reversed(list(library.folders.of("fonts")))
    files = (path for folder in folders for path in entries(folder))
    return [path for path in files if path.suffix.lower() in (".ttf", ".otf", ".ttc")]


def _digest(path: Path) -> str:
    stat = path.stat()
    return _digest_of(str(path), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=512)
def _digest_of(path: str, changed: int, size: int) -> str:
    """The digest of a file, read again only when it was written again: a batch asks thousands of times."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
