"""A patient's name: what is refused, what the faces print otherwise than it is written; the name itself never changes.

Nothing here says a name whole: messages hold one character and its code point, a report shows none of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import pairwise

from handouts.faces import Stack, clusters, load_faces
from handouts.model import place_of
from handouts.paths import builtin
from handouts.problems import Place, Problem, Problems, Severity

MOST = 60
"""Characters (code points) of a name, as `model.Patient` has it."""
GETA = "〓"
"""What Japanese printers set where a type is missing."""

_BREAKS = frozenset("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
_SPACES = frozenset(" \u00a0\u3000")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Characters that are no format characters by category and yet show nothing (Default_Ignorable; the empty braille)."""
_SELECTOR_RANGES = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_QUIET = " "
"""An excerpt that shows nothing: the line a place points at holds the whole name."""


class Reason(Enum):
    """Why something else is printed."""

    VARIANT = "この異体字の形"
    MARKS = "この記号のついた形"
    EQUIVALENT = "この字の形"
    NONE = "この字の形も、代わりになる字"


@dataclass(frozen=True, slots=True)
class Instead:
    """One character (with its marks or selector), the `position`-th of the name, and what is printed for it."""

    position: int
    cluster: str
    form: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class NameReport:
    """What becomes of a name: refused, or printed; `instead` is what needs a yes first.

    `printed` is what the eye meets, for a person to look at; the stored and the extracted name is the one given.
    """

    refused: tuple[Problem, ...] = ()
    instead: tuple[Instead, ...] = ()
    printed: str = field(default="", repr=False)
    notices: tuple[Problem, ...] = ()
    """`instead` in words, one warning for each."""
    remarks: tuple[Problem, ...] = ()
    """What asks nothing: where white space is that readers of the file drop."""

    @property
    def asks(self) -> bool:
        """Whether somebody must say yes before it is printed."""
        return bool(self.instead) and not self.refused

    @property
    def unwritable(self) -> bool:
        """Whether a character has no form at all, so that a reading in kana would serve better."""
        return any(one.reason is Reason.NONE for one in self.instead)


def examine(name: str, faces: Mapping[str, Stack] | None = None, called: str = "お名前") -> NameReport:
    """Looks a name up in all `faces` (the built-in ones where none are given); `called` is its word in messages."""
    place = place_of(name)
    stacks = tuple((_builtin() if faces is None else faces).values())
    if refused := [*_whole(name, called, place)] or [*_parts(name, stacks, called, place)]:
        return NameReport(refused=tuple(refused))
    instead: list[Instead] = []
    shown: list[str] = []
    for position, cluster in enumerate(clusters(name), 1):
        form, reason = _form(cluster, stacks)
        shown.append(form)
        if reason:
            instead.append(Instead(position, cluster, form, reason))
    notices = tuple(_notice(one, called, place) for one in instead)
    return NameReport((), tuple(instead), "".join(shown), notices, tuple(_spacing(name, called, place)))


def printable(faces: Mapping[str, Stack], reports: Iterable[NameReport]) -> dict[str, Stack]:
    """The faces that print names to whose reports somebody said yes: what they lack is drawn as was reported.

    Raises Problems where a report refuses its name.
    """
    reports = tuple(reports)
    if refused := [problem for report in reports for problem in report.refused]:
        raise Problems(refused)
    forms = {one.cluster: one.form for report in reports for one in report.instead}
    return {key: stack.standing_in(forms) for key, stack in faces.items()} if forms else dict(faces)


@cache
def _builtin() -> dict[str, Stack]:
    return load_faces([builtin("fonts")])


def _whole(name: str, called: str, place: Place) -> Iterator[Problem]:
    """What is wrong with a name as a whole."""
    if all(character.isspace() or character in _INVISIBLE for character in name):
        yield _problem(place, f"{called}に字がありません。", "字を1つ以上入れるか、項目ごと省いてください。")
    elif len(name) > MOST:
        yield _problem(place, f"{called}が長すぎます({len(name)}字)。", f"{MOST}字までにしてください。")


def _parts(name: str, stacks: tuple[Stack, ...], called: str, place: Place) -> Iterator[Problem]:
    """What is wrong with single characters, each once, where it first stands."""
    seen: set[str] = set()
    for position, cluster in enumerate(clusters(name), 1):
        for index, character in enumerate(cluster):
            fault = _fault(character, first=position == 1 and index == 0, stacks=stacks)
            if fault and character not in seen:
                seen.add(character)
                message, hint = fault
                yield _problem(place, f"{called}の{position}字目が、{message}({_points(character)})です。", hint)


def _fault(character: str, *, first: bool, stacks: Iterable[Stack]) -> tuple[str, str] | None:
    """What a character that no name may have is called, and what to do; None for the others."""
    category = unicodedata.category(character)
    if character in _BREAKS:
        return "改行", "1行で入れてください。"
    if character == "\t":
        return "タブ", "空白に替えてください。"
    if category == "Cc":
        return "制御文字", "その前後を打ち直してください。"
    if character in _BIDI:
        return "文字の向きを変える記号", "取り除いてください。"
    if category == "Cf" or character in _INVISIBLE:
        return "見えない文字", "その前後を打ち直してください。"
    if category == "Cs":
        return "半分に切れた文字", "その字を打ち直してください。"
    if character == "\ufffd":
        return "文字化けした字", "元の字を入れ直してください。"
    if ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF:
        return "文字でない番号", "その字を打ち直してください。"
    if category == "Co" and any(stack.glyph(character) is None for stack in stacks):
        return "書体のない外字", "外字の書体(.ttf)をfontsフォルダーに置くか、ふつうの字で入れてください。"
    if category == "Zs" and character not in _SPACES:
        return "ふつうでない空白", "ふつうの空白に替えてください。"
    if "\ufb00" <= character <= "\ufb06":
        return "2字を1つにした活字", "1字ずつ入れてください。"
    if first and (_is_selector(character) or unicodedata.combining(character)):
        return "前の字のない、字につける記号", "前の字から打ち直してください。"
    return None


def _is_selector(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in _SELECTOR_RANGES)


def _form(cluster: str, stacks: tuple[Stack, ...]) -> tuple[str, Reason | None]:
    """What is printed for a cluster, and why it is not the cluster itself (None: it is).

    Both faces must have a form: a name may be set in either.
    """
    if _drawn(cluster, stacks):
        return cluster, None
    for form, reason in _others(cluster):
        if _drawn(form, stacks):
            return form, reason
    return GETA, Reason.NONE


def _drawn(text: str, stacks: tuple[Stack, ...]) -> bool:
    glyphs = [stack.glyph(text) for stack in stacks]
    return all(glyph is not None and glyph.exact for glyph in glyphs)


def _others(cluster: str) -> Iterator[tuple[str, Reason]]:
    """Nearest first: without its last marks or selectors, then what Unicode holds to be the same or a plainer form."""
    for length in range(len(cluster) - 1, 0, -1):
        cut = cluster[length]
        yield cluster[:length], Reason.VARIANT if _is_selector(cut) else Reason.MARKS
    same = unicodedata.normalize("NFC", cluster[0])
    if len(same) == 1:
        yield same, Reason.EQUIVALENT
    parted = unicodedata.normalize("NFD", cluster[0])
    for length in range(len(parted) - 1, 0, -1):
        yield unicodedata.normalize("NFC", parted[:length]), Reason.MARKS
    plain = unicodedata.normalize("NFKC", cluster[0])
    if len(plain) == 1:
        yield plain, Reason.EQUIVALENT


def _notice(one: Instead, called: str, place: Place) -> Problem:
    at = f"{called}の{one.position}字目「{one.cluster}」({_points(one.cluster)})"
    what = f"{at}は、{one.reason.value}が書体にありません。"
    if one.reason is Reason.NONE:
        hint = "手で書き添えるか、カタカナかローマ字で入れてください。"
    else:
        hint = "この形でよいか、ご本人に確かめてください。"
    hint += "その形を含む書体(.ttf)を、fontsフォルダーに置くこともできます。"
    shown = "空白" if one.form.isspace() else f"「{one.form}」({_points(one.form)})"
    return _problem(place, f"{what}代わりに{shown}を印刷します。", hint, Severity.WARNING)


def _problem(place: Place, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(place, message, hint, severity, excerpt=_QUIET)


def _spacing(name: str, called: str, place: Place) -> Iterator[Problem]:
    """White space at the ends, or more than one in a row: what is copied out of the file may lack it."""
    spaces = "".join(_SPACES)
    hint = "要らない空白なら、取り除いてください。"
    if name != name.strip(spaces):
        yield _problem(place, f"{called}の前か後ろに空白があります。", hint, Severity.WARNING)
    if any(one in _SPACES and other in _SPACES for one, other in pairwise(name.strip(spaces))):
        yield _problem(place, f"{called}の中で空白が続いています。", hint, Severity.WARNING)


def _points(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)
