"""One YAML pose file → Pose, strictly: every unknown key, wrong type and misread number is a Problem with its place."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from pathlib import Path
from typing import Any

import yaml

from handouts.figures.pose import Pose
from handouts.problems import Place, Problem, Problems

LANDMARK = re.compile(
    r"pelvis|head|neck|(active|other)\.((hip|knee|ankle|shoulder|elbow|wrist|heel|ball|toe|instep)"
    r"|(thigh|shank)@\d(\.\d+)?(:(front|back|in|out|[0-3]?[0-9]?[0-9]))?)"
)
LAYER = re.compile(
    r"neck|shirt|head|shorts|ghost|guide|locator|chair|stool|wall|ball|bath|water|steam|stairs|rail|cushion|cold_pack|towel|cloth|pencil|(active|other)\.(arm|fingers|leg|shorts|highlight)"
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A pose and where its values were written: `leg.active.hip`, `arrows.0` → place and the line's text."""

    pose: Pose
    name: str
    places: dict[str, tuple[Place, str]]

    def problem(self, key: str, message: str, hint: str = "") -> Problem:
        """A Problem at a value, or at the nearest one above it that the file has."""
        while key and key not in self.places:
            key = key.rpartition(".")[0]
        place, excerpt = self.places.get(key, (Place(self.name), ""))
        return Problem(place, message, hint, excerpt=excerpt)


def read_pose(path: Path, name: str | None = None) -> Pose:
    """The pose of a file; `name` is what problems call it. Raises Problems."""
    return read_source(path, name).pose


def read_source(path: Path, name: str | None = None) -> Source:
    """The same with the place of every value. Raises Problems."""
    try:
        reader = _Reader(name or str(path), path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        raise Problems([Problem(Place(name or str(path)), "UTF-8 で書かれていません。")]) from None
    try:
        root = yaml.compose(reader.text, Loader=_LOADER)
    except yaml.reader.ReaderError:
        hint = "この文字を消してください(画面では見えないことがあります)。"
        raise Problems([Problem(reader.unreadable(), "使えない文字があります。", hint)]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(reader.name, mark.line + 1, mark.column + 1) if mark else Place(reader.name)
        raise Problems([Problem(place, f"YAML として読めません（{error.problem}）。")]) from None
    if root is None:
        raise Problems([Problem(Place(reader.name), "ファイルが空です。")])
    pose = reader.value(root, Pose, "")
    if reader.problems:
        raise Problems(reader.problems)
    assert isinstance(pose, Pose)
    return Source(pose, reader.name, reader.places)


class _Reader:
    """Walks the nodes of one file and collects every problem."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text, self.problems = name, text, list[Problem]()
        self.lines = text.splitlines()
        self.trail = list[str]()
        self.places: dict[str, tuple[Place, str]] = {}

    def unreadable(self) -> Place:
        """Where the first character stands that YAML does not allow."""
        found = yaml.reader.Reader.NON_PRINTABLE.search(self.text)
        before = self.text[: found.start()] if found else ""
        return Place(self.name, before.count("\n") + 1, len(before) - before.rfind("\n")) if found else Place(self.name)

    def at(self, name: str, node: Any, kind: Any, key: str) -> Any:
        """The node as a value one step further down, its place kept."""
        self.trail.append(name)
        line, column = node.start_mark.line, node.start_mark.column
        excerpt = self.lines[line] if line < len(self.lines) else ""
        self.places[".".join(self.trail)] = Place(self.name, line + 1, column + 1), excerpt
        value = self.value(node, kind, key)
        self.trail.pop()
        return value

    def refuse(self, node: Any, message: str, hint: str = "") -> None:
        if node is None:
            self.problems.append(Problem(Place(self.name), message, hint))
            return
        line, column = node.start_mark.line, node.start_mark.column
        excerpt = self.lines[line] if line < len(self.lines) else ""
        self.problems.append(Problem(Place(self.name, line + 1, column + 1), message, hint, excerpt=excerpt))

    def value(self, node: Any, kind: Any, key: str) -> Any:
        """The node as a value of a type of the schema; None after a problem."""
        origin, choices = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            return self._either(node, choices, key)
        if dataclasses.is_dataclass(kind):
            return self._record(node, kind, key)
        if origin is tuple:
            return self._list(node, choices, key)
        if origin is dict:
            return self._table(node, choices[1], key)
        if origin is typing.Literal:
            return self._choice(node, choices, key)
        return self._scalar(node, kind, key)

    def _either(self, node: Any, choices: tuple[Any, ...], key: str) -> Any:
        if node.tag.endswith(":null") and type(None) in choices:
            return None
        kinds = [kind for kind in choices if kind is not type(None)]
        if len(kinds) == 1:
            return self.value(node, kinds[0], key)
        if isinstance(node, yaml.SequenceNode):
            return self.value(node, next(kind for kind in kinds if typing.get_origin(kind) is tuple), key)
        if not LANDMARK.fullmatch(str(node.value)):
            return self.refuse(
                node, f"「{node.value}」という体の目印はありません。", "例: active.knee、active.thigh@0.6:back"
            )
        return node.value

    def _record(self, node: Any, kind: Any, key: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.refuse(node, f"「{key}」には「キー: 値」の組を書きます。")
        hints = typing.get_type_hints(kind)
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            name = key_node.value
            if name not in hints:
                self.refuse(key_node, f"「{name}」というキーはありません。", "使えるキー: " + ", ".join(hints))
            elif name in found:
                self.refuse(key_node, f"「{name}」が2回書かれています。")
            else:
                found[name] = self.at(name, value_node, hints[name], name)
        required = [f.name for f in dataclasses.fields(kind) if f.default is f.default_factory is dataclasses.MISSING]
        for name in required:
            if name not in found:
                self.refuse(node, f"「{name}」が必要です。")
        return None if self.problems else kind(**found)

    def _list(self, node: Any, kinds: tuple[Any, ...], key: str) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self.refuse(node, f"「{key}」には [ ] で囲んだ並びを書きます。")
        if Ellipsis not in kinds and len(node.value) != len(kinds):
            return self.refuse(node, f"「{key}」には数を{len(kinds)}個書きます（いまは{len(node.value)}個）。")
        if kinds == (float, Ellipsis) and not 1 <= len(node.value) <= 3:  # a place, on the paper or in the room
            return self.refuse(node, f"「{key}」には数を3個まで書きます（いまは{len(node.value)}個）。")
        return tuple(self.at(str(index), item, kinds[0], key) for index, item in enumerate(node.value))

    def _table(self, node: Any, kind: Any, key: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.refuse(node, f"「{key}」には「キー: 値」の組を書きます。")
        for key_node, _ in node.value:
            if not LAYER.fullmatch(key_node.value):
                self.refuse(key_node, f"「{key_node.value}」という層はありません。", "例: other.arm、head、shorts")
        return {key_node.value: self.value(item, kind, key) for key_node, item in node.value}

    def _choice(self, node: Any, choices: tuple[Any, ...], key: str) -> Any:
        if getattr(node, "value", None) not in choices:
            return self.refuse(node, f"「{key}」の値が違います。", "使える値: " + ", ".join(choices))
        return node.value

    def _number(self, node: Any, key: str) -> float | None:
        """What YAML also calls a number (.nan, .inf, 0x1F, 1:30) is none here."""
        if re.fullmatch(r"[-+]?[0-9]{1,4}(\.[0-9]{0,6})?|[-+]?\.[0-9]{1,6}", node.value):
            return float(node.value)
        self.refuse(node, f"「{key}」に使えない数です（{node.value}）。", "9999 までの数を -0.25 のように書きます。")
        return None

    def _scalar(self, node: Any, kind: Any, key: str) -> Any:
        tag = node.tag.rpartition(":")[2]
        if not isinstance(node, yaml.ScalarNode):
            return self.refuse(node, f"「{key}」には値を1つ書きます。")
        if kind is float:
            if tag not in ("int", "float"):
                return self.refuse(
                    node, f"「{key}」は数ではありません（{node.value}）。", "小数は -0.25 のように書きます。"
                )
            return self._number(node, key)
        if kind is bool:
            if tag != "bool":
                return self.refuse(node, f"「{key}」には true か false を書きます。")
            return node.value.lower() in ("true", "yes", "on")
        if tag != "str" or not node.value.strip():
            return self.refuse(node, f"「{key}」には文字を書きます。")
        return node.value
