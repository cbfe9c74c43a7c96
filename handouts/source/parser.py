"""YAML text to one tree of nodes: PyYAML's parser gives the events, everything else is decided here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NoReturn, cast

import yaml

from handouts.problems import Place, Problem, Problems
from handouts.source.files import text_of
from handouts.source.folding import BREAK, refold
from handouts.source.messages import explained
from handouts.source.nodes import Mapping, Node, Rows, Scalar, Sequence

DEPTH = 50
"""Deepest nesting that is read."""

EXPANDED = 10_000
"""Most nodes that a file may reach through aliases."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_TAB_INDENT = re.compile(r"^ *(\t)[ \t]*[^\s#]")
_Loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path, shown: str | None = None) -> Node:
    """The one document of a file; raises Problems. `shown` is the name that problems give it, default the path."""
    name = shown if shown is not None else str(path)
    return read_text(text_of(path, name), name)


def read_text(text: str, name: str = "") -> Node:
    """The one document of a text in a file called `name`; raises Problems, as many as can be told at once."""
    node, problems = examine(text, name)
    if problems or node is None:
        raise Problems(problems)
    return node


def examine(text: str, name: str = "") -> tuple[Node | None, list[Problem]]:
    """The one document of a text, as far as it can be had, and all that is wrong with it as YAML."""
    text = text.removeprefix("\ufeff")
    lines = BREAK.split(text)
    if _CONTROL.search(text):
        return None, [problem for number, line in enumerate(lines, 1) for problem in _controls(line, number, name)]
    builder = _Builder(text, lines, name)
    return builder.document(), _with_tabs(builder, lines, name)


class _Stop(Exception):
    """The rest of the file cannot be read; why is already among the problems."""


class _Builder:
    """Builds nodes from events; collects problems on the way."""

    def __init__(self, text: str, lines: list[str], name: str) -> None:
        self.text = text
        self.lines = lines
        self.name = name
        self.problems: list[Problem] = []
        self.syntax: Problem | None = None
        self.inner_lines: set[int] = set()
        """Lines, from 1, that continue a scalar: what stands at their start is no indentation."""
        self._loader = _Loader(text)
        self._has_anchors = "&" in text
        self._anchors: dict[str, Node | None] = {}
        self._sizes: dict[int, tuple[int, int]] = {}
        self._expanded = 0

    def document(self) -> Node | None:
        """The first document's node; None if it could not be read to its end."""
        try:
            return self._only_document()
        except yaml.MarkedYAMLError as error:
            self.syntax = explained(error, self.name, self.lines, self.inner_lines)
        except yaml.YAMLError:
            self.syntax = Problem(Place(self.name), "YAML として読めません。")
        except _Stop:
            pass
        return None

    def _only_document(self) -> Node:
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._stop(Place(self.name), "ファイルが空です。", "内容を書くか、ファイルを消してください。")
        node = self._node(self._next(), 1)
        self._next()
        event = self._next()
        if isinstance(event, yaml.DocumentStartEvent):
            self._note(
                self._place(event.start_mark),
                "1つのファイルに文書が2つあります。",
                "「---」の行で分けず、別のファイルにしてください。",
                3,
            )
        return node

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event.start_mark)
        if depth > DEPTH:
            self._stop(place, f"入れ子が深すぎます(上限は {DEPTH} 段)。", "括弧や字下げを確かめてください。")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, place)
        if event.tag is not None:
            hint = 'タグを消してください。「!」で始まる文なら、全体を " で囲んでください。'
            self._note(place, f"「{_short_tag(event.tag)}」のようなタグは使えません。", hint)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            node: Node = self._scalar(event, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(place, depth)
        else:
            node = self._mapping(place, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        value, style = event.value, event.style or ""
        start: Any = event.start_mark
        end: Any = event.end_mark
        if end.line == start.line:
            length = max(1, end.column - start.column)
            rows: Rows = ((0, place.line, place.column + len(style)),)
        else:
            length = 1
            self.inner_lines.update(range(start.line + 2, end.line + 2))
            value, rows = refold(value, style, self.text[start.index : end.index], place.line, place.column)
        # Only an escape can bring in what the file itself has not.
        if style == '"' and (bad := _CONTROL.search(value)):
            self._note(place, f"使えない制御文字 U+{ord(bad[0]):04X} があります。", "この文字を消してください。")
        return Scalar(value, place, length, bool(style), rows)

    def _sequence(self, place: Place, depth: int) -> Sequence:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        node = Sequence(tuple(items), place)
        self._measure(node, items)
        return node

    def _mapping(self, place: Place, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        children: list[Node] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            children += (key, value)
            if self._is_good_key(key, self._place(event.start_mark), entries):
                assert isinstance(key, Scalar)
                entries[key.text] = (key, value)
        node = Mapping(tuple(entries.values()), place)
        self._measure(node, children)
        return node

    def _is_good_key(self, key: Node, place: Place, entries: dict[str, tuple[Scalar, Node]]) -> bool:
        if not isinstance(key, Scalar) or "\n" in key.text:
            self._note(place, "項目名は1行の文字で書きます。", "リストや括弧を項目名にはできません。")
        elif key.is_null or not key.text.strip():
            self._note(place, "項目名がありません。", "「項目: 値」と書いてください。")
        elif key.text == "<<" and not key.quoted:
            self._note(place, "「<<」による取り込みは使えません。", "一部だけ替えるには extends を使ってください。", 2)
        elif key.text in entries:
            first = entries[key.text][0].place.line
            message = f"項目「{key.text}」が2回書かれています(最初は {first} 行目)。"
            self._note(place, message, "どちらかを消してください。", key.length)
        else:
            return True
        return False

    def _alias(self, event: yaml.AliasEvent, place: Place) -> Node:
        name = event.anchor or ""
        node = self._anchors.get(name)
        if node is None:
            if name in self._anchors:
                self._stop(place, f"「*{name}」が自分自身を指しています。", "内容を書き写してください。")
            hint = _did_you_mean(name, list(self._anchors), "*") or '「*」で始まる文なら、全体を " で囲んでください。'
            self._note(place, f"「*{name}」の元になる「&{name}」がありません。", hint, len(name) + 1)
            return Scalar("?", place, quoted=True)
        size, height = self._sizes.get(id(node), (1, 1))
        self._expanded += size
        if self._expanded > EXPANDED or height > DEPTH:
            self._stop(place, "「*」による参照がふくらみすぎます。", "参照を使わず、内容を書いてください。")
        return node

    def _measure(self, node: Node, children: list[Node]) -> None:
        """Note the size and height of a node with its aliases written out, if there can be any."""
        if not self._has_anchors:
            return
        sizes = [self._sizes.get(id(child), (1, 1)) for child in children]
        self._sizes[id(node)] = (
            1 + sum(size for size, _ in sizes),
            1 + max((height for _, height in sizes), default=0),
        )

    def _next(self) -> yaml.Event:
        return cast(yaml.Event, self._loader.get_event())

    def _place(self, mark: Any) -> Place:
        if mark.line >= len(self.lines):  # the parser sees a line after a comment that ends the file
            return Place(self.name, len(self.lines), len(self.lines[-1]) + 1)
        return Place(self.name, mark.line + 1, mark.column + 1)

    def _note(self, place: Place, message: str, hint: str = "", length: int = 1) -> None:
        self.problems.append(Problem(place, message, hint, length=length))

    def _stop(self, place: Place, message: str, hint: str) -> NoReturn:
        self._note(place, message, hint)
        raise _Stop


def _controls(line: str, number: int, name: str) -> list[Problem]:
    return [
        Problem(
            Place(name, number, match.start() + 1),
            f"使えない制御文字 U+{ord(match[0]):04X} があります。",
            "この文字を消してください(画面では見えないことがあります)。",
        )
        for match in _CONTROL.finditer(line)
    ]


def _with_tabs(builder: _Builder, lines: list[str], name: str) -> list[Problem]:
    """The builder's problems with those of tabs as indentation, which hide a syntax error that they cause."""
    tabs = [
        Problem(Place(name, number, match.start(1) + 1), "行頭にタブがあります。", "タブを半角の空白に替えてください。")
        for number, line in enumerate(lines, 1)
        if (match := _TAB_INDENT.match(line)) and number not in builder.inner_lines
    ]
    syntax = builder.syntax
    if syntax and not (tabs and tabs[0].place <= Place(name, syntax.place.line, syntax.place.column)):
        tabs = [tab for tab in tabs if tab.place < syntax.place]
        return [*builder.problems, *tabs, syntax]
    return [*builder.problems, *tabs]


def _short_tag(tag: str) -> str:
    return "!!" + tag.removeprefix("tag:yaml.org,2002:") if tag.startswith("tag:yaml.org,2002:") else tag


def _did_you_mean(name: str, names: list[str], mark: str = "") -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, names, n=1)
    return f"もしかして: {mark}{close[0]}" if close else ""
