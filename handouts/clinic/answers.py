"""What a clinic says of itself when it begins: from flags and from answers, each asked again until it is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar
from unicodedata import normalize

from handouts.clinic.hours import afternoon, closed_of, days_of, labelled, time_of
from handouts.contrast import TEXT, contrast

T = TypeVar("T")
KINDS = {"clinic": "診療", "judo": "施術"}
PAPERS = {"duplex": "a4", "simplex": "a4-one"}
"""What a clinic's printer does, and the layout that suits it."""
MOST_EDGE = 10.0
_TINTED = 1.15
"""A colour is read on the tint too: so much more contrast is asked of it on white."""


@dataclass(slots=True)
class Answers:
    """Everything `handouts init` takes; empty is what the model does anyway. Hours are (time, days)."""

    name: str = ""
    address: str = ""
    phone: str = ""
    kind: str = "clinic"
    postal_code: str = ""
    hours: list[tuple[str, str]] = field(default_factory=list)
    closed: str | None = None
    url: str = ""
    logo: Path | None = None
    accent: str = ""
    paper: str = "duplex"
    edge: float | None = None


class Asker(Protocol):
    """Whoever answers: `ask` gives what was typed, `tell` shows a line."""

    def ask(self, question: str) -> str: ...

    def tell(self, text: str) -> None: ...


@cache
def questions() -> dict[str, Any]:
    """The words of the questions, and the colours that are offered."""
    import yaml

    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text("utf-8"))
    return found


def ask_all(given: Answers, said: set[str], asker: Asker, logo: Callable[[str], Path]) -> Answers:
    """The answers, with a question for each that no flag has `said`.

    `logo` takes the name of a file and raises ValueError, in Japanese, for one that cannot be printed.
    """
    words = questions()

    def ask(key: str, take: Callable[[str], T], *fill: str) -> T:
        text = words[key].format(*fill).replace("#", KINDS[given.kind]) if key != "accent" else words[key].format(*fill)
        while True:
            try:
                return take(asker.ask(text).strip())
            except ValueError as wrong:
                asker.tell(f"  {wrong}")

    if "kind" not in said:
        given.kind = ask("kind", kind_of)
    for key, take in (("name", some), ("postal_code", postal), ("address", some), ("phone", phone)):
        if key not in said:
            setattr(given, key, ask(key, take))
    if "hours" not in said:
        for half, take_time in (("morning", time_of), ("afternoon", afternoon)):
            time, days = ask(half, time_and_days(take_time))
            if time:
                given.hours.append((labelled(time), days or ask(f"{half}_days", days_of)))
    if "closed" not in said and given.hours:
        usual = closed_of([days for _, days in given.hours])
        given.closed = ask("closed", str, usual or "なし") or usual
    if "url" not in said:
        given.url = ask("url", optional(url))
    if "logo" not in said:
        given.logo = ask("logo", lambda text: logo(text) if text else None)
    if "accent" not in said:
        offered = "  ".join(f"{number} {name}" for number, name in enumerate(words["accents"], 1))
        given.accent = ask("accent", lambda text: colour(text) if text else "", offered)
    if "paper" not in said:
        given.paper = ask("paper", paper)
    if "edge" not in said:
        given.edge = ask("edge", lambda text: edge(text) if text else None)
    return given


def time_and_days(take_time: Callable[[str], str]) -> Callable[[str], tuple[str, str]]:
    """Takes a time, with the days where they were typed after it as in the flag (`9-12 月-土`); nothing for nothing."""

    def take(text: str) -> tuple[str, str]:
        parted = re.fullmatch(r"(.*?)\s+([月火水木金土日祝平毎全]\D*)", text)
        return (take_time(parted[1]), days_of(parted[2])) if parted else (optional(take_time)(text), "")

    return take


def optional(take: Callable[[str], str]) -> Callable[[str], str]:
    """The same, where nothing is an answer too."""
    return lambda text: take(text) if text else ""


def some(text: str) -> str:
    """A text that is not empty, without line breaks or spaces at its ends."""
    found = " ".join(text.split())
    if not found:
        raise ValueError("空にはできません。")
    return found


def kind_of(text: str) -> str:
    """clinic or judo, from the number or the word."""
    found = {"1": "clinic", "2": "judo", "": "clinic"}.get(normalize("NFKC", text), text)
    if found not in KINDS:
        raise ValueError("1 か 2 で答えてください。")
    return found


def postal(text: str) -> str:
    """A postal code as 000-0000, or nothing."""
    digits = re.sub(r"[\s〒-]|[‐−ー–]", "", normalize("NFKC", text))
    if digits and not re.fullmatch("[0-9]{7}", digits):
        raise ValueError("郵便番号は 123-4567 の形で書いてください。")
    return f"{digits[:3]}-{digits[3:]}" if digits else ""


def phone(text: str) -> str:
    """A telephone number in half-width digits, parted as it was typed."""
    found = re.sub("[‐−ー–]", "-", normalize("NFKC", some(text))).replace(" ", "")
    if not re.fullmatch(r"[0-9+()-]*", found) or not 9 <= len(re.sub("[^0-9]", "", found)) <= 13:
        raise ValueError("電話番号は 03-1234-5678 の形で書いてください。")
    return found


def url(text: str) -> str:
    """An address of the web, with https:// before it where it was left out."""
    found = normalize("NFKC", text)
    found = found if re.match("https?://", found) else f"https://{found}"
    if not re.fullmatch(r"https?://[!-~]+\.[!-~]+", found):
        raise ValueError("アドレスは https://example.jp の形で書いてください(日本語の入らないもの)。")
    return found


def colour(text: str) -> str:
    """`#RRGGBB` from itself or from the number or name of one that is offered; dark enough to be read."""
    accents: dict[str, str] = questions()["accents"]
    known = accents | {str(number): value for number, value in enumerate(accents.values(), 1)}
    found = known.get(normalize("NFKC", text), normalize("NFKC", text)).upper()
    if not re.fullmatch("#[0-9A-F]{6}", found):
        raise ValueError("色は番号か #00568F の形で書いてください。")
    if contrast(found, "#FFFFFF") < TEXT * _TINTED:
        raise ValueError("この色は、紙の上で読むには薄すぎます。もっと濃い色にしてください。")
    return found


def paper(text: str) -> str:
    """duplex or simplex, from the number or the word."""
    found = {"1": "duplex", "2": "simplex", "": "duplex", "両面": "duplex", "片面": "simplex"}
    word = found.get(normalize("NFKC", text), text)
    if word not in PAPERS:
        raise ValueError("1(両面)か 2(片面)で答えてください。")
    return word


def edge(text: str) -> float:
    """Millimetres; more than 10 leaves no room for a sheet."""
    found = normalize("NFKC", text).removesuffix("mm").strip()
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9])?", found) or not 0 <= float(found) <= MOST_EDGE:
        raise ValueError(f"0〜{MOST_EDGE:g} の数(mm)で答えてください。")
    return float(found)
