"""The Setter turns a text and a type style into a box of positioned runs under a tag, and collects what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Literal, cast

from handouts.faces import Stack
from handouts.model import Theme, TypeStyle, place_of
from handouts.pages.box import PT_PER_MM, Box
from handouts.pages.kept import Kept, Result
from handouts.pages.sheet import Item, Rule, Tag, Text
from handouts.problems import Place, Problem
from handouts.text.characters import SPACES
from handouts.text.lines import Line, Run, Style, natural_width, set_lines
from handouts.text.markup import plain
from handouts.text.printable import unprintable
from handouts.text.ruby import Ruby

Align = Literal["left", "right"]
_SPACES = "".join(SPACES)


class _Unkept(Exception):
    """Something was set with problems."""

    def __init__(self, problems: list[Problem], made: object) -> None:
        self.problems, self.made = problems, made


class Setter:
    """Faces and theme of one build; `problems` grows while it sets, `given_up` counts what the line breaker gave up."""

    def __init__(self, faces: Mapping[str, Stack], theme: Theme, ruby: Ruby | None = None) -> None:
        self.faces = faces
        self.theme = theme
        self.ink = theme.ink.ink
        self.accent = theme.ink.accent
        self.problems: list[Problem] = []
        self.given_up: Counter[str] = Counter()
        self.ruby = ruby
        self.kept: Kept | None = None
        """What was set before with these faces and this theme, where it may be used again."""

    def once(self, key: Hashable, make: Callable[[Setter], Result], *, briefly: bool = False) -> Result:
        """What `make` sets, made once for this key where anything is kept; then it must not be changed.

        `briefly` is for what no other sheet asks for.
        With problems it is made anew each time, so that they are told each time.
        """
        if self.kept is None:
            return make(self)

        def alone() -> tuple[Result, Counter[str]]:
            setter = Setter(self.faces, self.theme)
            setter.kept = self.kept
            made = make(setter)
            if setter.problems:
                raise _Unkept(setter.problems, made)
            return made, setter.given_up

        try:
            made, given_up = self.kept.get((*self.faces.items(), self.theme, key), alone, briefly=briefly)
        except _Unkept as wrong:
            self.problems += wrong.problems
            return cast(Result, wrong.made)
        self.given_up.update(given_up)
        return made

    @property
    def scale(self) -> float:
        """How much larger than 12 pt the body is: the mm that so many characters need grow alike."""
        return self.theme.type.body.size / 12

    def width(self, markup: str, style: TypeStyle) -> float:
        """Width in pt of the widest hand-broken line."""
        return natural_width(self._read(markup), self._style(style, False))

    def lines(self, markup: str, style: TypeStyle, width: float) -> int:
        """How many lines the text takes in `width` pt."""
        return len(set_lines(self._read(markup), self._style(style, False), width).lines)

    def _read(self, markup: str) -> str:
        """The text with the readings of its words, in an edition that prints them."""
        return self.ruby.marked(markup) if self.ruby else markup

    def paragraph(
        self,
        markup: str,
        style: TypeStyle,
        width: float,
        tag: Tag,
        *,
        colour: str | None = None,
        align: Align = "left",
        balance: bool = False,
    ) -> Box:
        """Set a text ragged into `width` pt; its runs become the content of `tag`."""
        markup = self._read(markup)
        place = place_of(markup)
        stack = self.faces["bold" if style.strong else "regular"]
        self.problems += [self._placed(problem, place) for problem in unprintable(markup, stack)]
        if width <= 0:
            self._no_room(markup, width)
            return Box(0.0, style.leading, baselines=[style.leading])
        setting = set_lines(markup, self._style(style, balance), width)
        if any(setting.given_up.values()):
            self.given_up.update(setting.given_up)
        if setting.given_up["width"]:
            self._no_room(markup, width)
        box = Box(width)
        for line in setting.lines:
            box.height += _room_for_ruby(line, style, first=not box.baselines)
            baseline = box.height + style.leading / 2 + 0.38 * style.size
            box.height += style.leading
            box.baselines.append(baseline)
            x = width - line.width if align == "right" else 0.0
            box.ink = x + line.width
            for item in self._line(line, x, baseline, style, colour or self.ink, tag, place):
                if isinstance(item, Text):
                    item.left, item.right = 0.0, width
                box.items.append(item)
        return box

    def _no_room(self, markup: str, width: float) -> None:
        message = f"「{plain(markup)}」が、幅 {max(width, 0) / PT_PER_MM:.1f} mm の所に入りません。"
        hint = "言葉を短くするか、レイアウトの幅を広げてください。"
        self.problems.append(Problem(place_of(markup), message, hint))

    @staticmethod
    def _placed(problem: Problem, place: Place) -> Problem:
        return problem if problem.place else Problem(place, problem.message, problem.hint)

    def line(self, parts: Iterable[tuple[str, TypeStyle, str | None]], tag: Tag, gap: float) -> Box:
        """Texts of several styles on one baseline, `gap` pt apart: (text, style, colour or None for ink)."""
        boxes = [
            self.paragraph(text, style, self.width(text, style), tag, colour=colour) for text, style, colour in parts
        ]
        baseline = max(box.baselines[0] for box in boxes)
        line = Box(0.0)
        for index, box in enumerate(boxes):
            line.width += gap if index else 0.0
            line.put(box, line.width, baseline - box.baselines[0])
            line.width += box.width
        line.ink = line.width
        return line

    def _line(
        self, line: Line, x: float, baseline: float, style: TypeStyle, colour: str, tag: Tag, place: Place
    ) -> list[Item]:
        items: list[Item] = []
        for index, run in enumerate(line.runs):
            last = index == len(line.runs) - 1
            # Spaces at a break are not drawn wide, but belong to the text that a reader extracts.
            text = run.text + (_end_spaces(line.text) if last else "")
            item = Text(x + run.x, baseline, text, run.face, style.size, colour, place=place)
            items.append(item)
            if run.ruby:
                items.append(self._ruby(run, item, tag))
            else:
                tag.kids.append(item)
        return items

    def _ruby(self, run: Run, base: Text, tag: Tag) -> Text:
        size = run.ruby_size
        x = base.x - run.x + run.ruby_x
        ruby = Text(x, base.y - 0.92 * base.size, run.ruby, "regular", size, base.colour, place=base.place)
        group = tag.add("Ruby")
        group.add("RB").kids.append(base)
        group.add("RT").kids.append(ruby)
        return ruby

    def _style(self, style: TypeStyle, balance: bool) -> Style:
        return Style(
            size=style.size,
            regular=self.faces["regular"],
            bold=self.faces["bold"],
            strong=style.strong,
            balance=balance,
            tracking=style.tracking,
        )


def _end_spaces(text: str) -> str:
    """The spaces at the end of a line, without its newline."""
    text = text.removesuffix("\n")
    return text[len(text.rstrip(_SPACES)) :]


def _room_for_ruby(line: Line, style: TypeStyle, *, first: bool) -> float:
    """White to add above a line with a reading, so that it touches neither the line nor the rule above it (pt).

    Readings are half the size, 0.92 em above the baseline; their own ascent is 0.88 em.
    """
    if not any(run.ruby for run in line.runs):
        return 0.0
    above = (0.92 + 0.88 / 2) * style.size
    below_last = 0.0 if first else style.leading / 2 - 0.5 * style.size
    return max(0.0, above - (style.leading / 2 + 0.38 * style.size) - below_last)


def once(problems: Sequence[Problem]) -> list[Problem]:
    """Each problem of a line once, at its most exact column: a printed line may repeat several texts."""
    exact: dict[tuple[str, str, int], Problem] = {}
    for problem in problems:
        key = (problem.message, problem.place.file, problem.place.line)
        if key not in exact or problem.place.column > exact[key].place.column:
            exact[key] = problem
    return list(exact.values())


def rule(x: float, y: float, width: float, line: float, colour: str = "#000000") -> Rule:
    """A horizontal rule whose upper edge is at y."""
    return Rule(x, y + line / 2, x + width, y + line / 2, line, colour)
