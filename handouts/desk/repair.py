"""What can be used of a clinic.yaml in which something is wrong, and what of it the paper then lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from handouts.decode import Reading, examine
from handouts.library.consistency import inconsistencies
from handouts.library.folders import Found
from handouts.model import Clinic
from handouts.problems import NOWHERE, Place, Problem, Problems
from handouts.source import Mapping, Node, Scalar
from handouts.source import examine as parsed
from handouts.source.files import text_of

BLANK = "＿" * 6
"""What is printed for a telephone or an address that cannot be read: a line to write it on."""
_NEEDED = ("name", "address", "phone")
_DECISIVE = ("name", "kind", "distribution")
"""Without these no sheet is right: who hands it over, and which law its words obey."""
_CAREFUL = "require_approval"
"""What cannot be read of this counts as yes: nothing is printed that nobody may have approved."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A clinic that can be printed, and each key that was lost with its line in the file (0: it is not there)."""

    reading: Reading
    missing: dict[str, int] = field(default_factory=dict)


def repaired(file: Found, problems: list[Problem]) -> Repaired | None:
    """The clinic of a file with these problems; None where too little of it can be read."""
    try:
        node, _ = parsed(text_of(file.path, file.shown), file.shown)
    except Problems:
        return None
    if not isinstance(node, Mapping):
        return None
    lost = _lost(node, problems)
    if any(key in lost for key in _DECISIVE):
        return None
    kept = [(key, child) for key, child in node.entries if key.text in _KNOWN and key.text not in lost]
    filled = [(_key(name), Scalar(BLANK, node.place, quoted=True)) for name in _NEEDED if name in lost]
    if _CAREFUL in lost:
        filled.append((_key(_CAREFUL), Scalar("true", node.place)))
    reading = examine(Clinic, Mapping((*kept, *filled), node.place))
    if reading.value is None or inconsistencies(reading.value):
        return None
    return Repaired(reading, lost)


_KNOWN = frozenset(Clinic.__struct_fields__)


def _lost(node: Mapping, problems: list[Problem]) -> dict[str, int]:
    """The keys that cannot be read, are missing, or are perhaps what a key that nobody knows was meant to be."""
    lost: dict[str, int] = {}
    for key, child in node.entries:
        if key.text not in _KNOWN:
            lost |= dict.fromkeys(get_close_matches(key.text, _KNOWN, n=1, cutoff=0.6), key.place.line)
        elif not _is_good(key, child):
            lost[key.text] = key.place.line
    said = {key.text for key, _ in node.entries}
    for name in _NEEDED:
        if name not in said:
            lost.setdefault(name, 0)
    # A key that stands there well beside a misspelt one is not lost.
    return {key: line for key, line in lost.items() if key not in said or not _good_entry(node, key)}


def _good_entry(node: Mapping, name: str) -> bool:
    return all(_is_good(key, child) for key, child in node.entries if key.text == name)


def _key(name: str) -> Scalar:
    return Scalar(name, NOWHERE, quoted=True)


def _is_good(key: Scalar, child: Node) -> bool:
    """Whether one entry of clinic.yaml can be read, all others being as they should."""
    rest = [(_key(name), Scalar(BLANK, NOWHERE, quoted=True)) for name in _NEEDED if name != key.text]
    reading = examine(Clinic, Mapping((*rest, (key, child)), Place()))
    return reading.value is not None and not inconsistencies(reading.value)
