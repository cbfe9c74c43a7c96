r"""The markup of our texts: `**太字**`, `{膝窩筋|しつかきん}`, newline = hand break, `\*` `\{` `\|` `\}` `\\`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_TOKEN = re.compile(r"\\(?P<escaped>.?)|(?P<strong>\*\*)|(?P<ruby>\{)|(?P<closing>\})|[^\\*{}]+|\*", re.DOTALL)
_RUBY_TOKEN = re.compile(
    r"\\(?P<escaped>.?)|(?P<wrong>\*\*|\{|\n)|(?P<bar>\|)|(?P<closing>\})|[^\\*{}|\n]+|\*", re.DOTALL
)
_ESCAPABLE = "*{|}\\"


class MarkupError(ValueError):
    """Malformed markup: `message` in Japanese, `offset` in characters into the markup."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Span(Struct, frozen=True):
    """A piece of text with one look; `ruby` is the reading of the whole piece."""

    text: str
    strong: bool = False
    ruby: str = ""


@lru_cache(maxsize=512)
def parse(markup: str) -> tuple[Span, ...]:
    """The spans of a marked-up text, neighbours of one look joined. Raises MarkupError."""
    spans: list[Span] = []
    for span in _spans(markup):
        if spans and not span.ruby and not spans[-1].ruby and spans[-1].strong == span.strong:
            spans[-1] = Span(spans[-1].text + span.text, span.strong)
        else:
            spans.append(span)
    return tuple(spans)


def escape(text: str) -> str:
    """Markup that says exactly this text, whatever characters it has."""
    return re.sub(r"([\\*{}|])", r"\\\1", text)


def plain(markup: str) -> str:
    """The bare text: no marks, no readings; hand breaks stay as newlines. Raises MarkupError."""
    return "".join(span.text for span in parse(markup))


def _spans(markup: str) -> Iterator[Span]:
    strong_at = filled_at = -1
    position = 0
    while position < len(markup):
        match = _TOKEN.match(markup, position)
        assert match is not None
        start, position = position, match.end()
        if match["strong"]:
            if strong_at >= 0 and filled_at < strong_at:
                raise MarkupError("太字の記号「**」のあいだに文字がありません。", strong_at)
            strong_at = -1 if strong_at >= 0 else start
        elif match["closing"]:
            raise MarkupError("「}」に対応する「{」がありません。文字として使うときは「\\}」と書きます。", start)
        elif match["ruby"]:
            base, reading, position = _ruby(markup, start)
            filled_at = start
            yield Span(base, strong_at >= 0, reading)
        else:
            filled_at = start
            yield Span(_text(match, start), strong_at >= 0)
    if strong_at >= 0:
        raise MarkupError("太字の記号「**」が閉じていません。", strong_at)


def _text(match: re.Match[str], start: int) -> str:
    escaped = match["escaped"]
    if escaped is None:
        return match[0]
    if not escaped or escaped not in _ESCAPABLE:
        raise MarkupError("「\\」のあとに書けるのは * { | } \\ だけです。「\\」そのものは「\\\\」と書きます。", start)
    return escaped


def _ruby(markup: str, opening: int) -> tuple[str, str, int]:
    parts = [""]
    position = opening + 1
    while match := _RUBY_TOKEN.match(markup, position):
        start, position = position, match.end()
        if match["wrong"]:
            raise MarkupError("ふりがなの「{…|…}」の中に、太字・改行・「{」は書けません。", start)
        if match["closing"]:
            return *_checked(parts, opening), position
        if match["bar"]:
            parts.append("")
        else:
            parts[-1] += _text(match, start)
    raise MarkupError("ふりがなの「{」が「}」で閉じていません。", opening)


def _checked(parts: list[str], opening: int) -> tuple[str, str]:
    if len(parts) != 2 or not all(part.strip() for part in parts):
        raise MarkupError("ふりがなは「{漢字|よみ}」の形で書きます。文字の「{」は「\\{」と書きます。", opening)
    return parts[0], parts[1]
