"""Nodes to records: a type of the model and a node are walked together, and all that does not fit is told at once.

Texts become `model.Text` with their place, records get theirs, numbers and booleans are made here from their text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from functools import cache
from operator import ge, gt, le, lt
from typing import Any, TypeVar, cast
from unicodedata import normalize

import msgspec.inspect as kinds
from msgspec import Struct, field

from handouts.model.parts import Text
from handouts.problems import Problem, Problems
from handouts.source import Mapping, Node, Scalar, Sequence

T = TypeVar("T")

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})")
_LIST_HINT = "行頭に「- 」を付けて、1つずつ書いてください。"
_DROP_HINT = "値を書くか、要らなければこの項目を消してください。"


class Reading(Struct):
    """What came of a node: its value if nothing is wrong, the problems, and each id with the kind of thing it names."""

    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, Text]] = field(default_factory=list)

    def checked(self) -> Any:
        """The value; raises Problems if there are any."""
        if self.problems:
            raise Problems(self.problems)
        return self.value


def decode(type_: type[T], node: Node) -> T:
    """The node as a record, or a `dict` or `tuple` of records; raises Problems with all that is wrong."""
    return cast(T, examine(type_, node).checked())


def examine(type_: Any, node: Node) -> Reading:
    """The node as a value of a type, with all that is wrong, and all that it refers to even where something is."""
    decoder = _Decoder()
    value = decoder.value(_info(type_), node, "")
    return Reading(None if decoder.problems else value, decoder.problems, decoder.references)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """「もしかして: …」 with the names most like `name`, or an empty string."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(names), n=3, cutoff=0.6)
    return f"もしかして: {', '.join(close)}" if close else ""


@cache
def _info(type_: Any) -> kinds.Type:
    return kinds.type_info(type_)


class _Decoder:
    """Walks types and nodes; a value that does not fit is None and leaves a Problem behind."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.references: list[tuple[str, Text]] = []

    def value(self, info: kinds.Type, node: Node, said: str) -> Any:
        """One value; `said` is the model's own words for the allowed form."""
        if isinstance(info, kinds.Metadata):
            schema = info.extra_json_schema or {}
            known = len(self.problems)
            value = self.value(info.type, node, schema.get("description", said))
            if schema.get("format") == "date" and isinstance(value, str):
                self._check_date(value, node)
            if isinstance(value, Text) and info.extra and "refers" in info.extra and len(self.problems) == known:
                self.references.append((info.extra["refers"], value))
            return value
        if isinstance(info, kinds.UnionType):
            return self._union(info, node, said)
        method = _METHODS.get(type(info))
        if method is None:
            raise TypeError(f"the model uses a type that is not decoded: {info}")
        return method(self, info, node, said)

    def note(self, node: Node, message: str, hint: str = "") -> None:
        """Leave a Problem at a node."""
        self.problems.append(Problem(node.place, message, hint, length=node.length))

    # -- records and collections --

    def _struct(self, info: kinds.StructType, node: Node, said: str) -> Any:
        if not isinstance(node, Mapping):
            names = ", ".join(entry.encode_name for entry in info.fields if entry.required)
            return self._wrong_kind(node, "「項目: 値」の並び", f"書く項目: {names}" if names else "")
        fields = {entry.encode_name: entry for entry in info.fields}
        values: dict[str, Any] = {}
        meant: set[str] = set()
        for key, child in node.entries:
            if entry := fields.get(key.text):
                values[entry.name] = self.value(entry.type, child, "")
            else:
                meant |= self._unknown_key(key, list(fields), [name for name in fields if node.key(name) is None])
        for entry in info.fields:
            if entry.required and node.key(entry.encode_name) is None and entry.encode_name not in meant:
                self.note(node, f"項目「{entry.encode_name}」がありません。", "この並びに書き足してください。")
        if self.problems:
            return None
        record = info.cls(**values)
        if hasattr(record, "__dict__"):
            record.__dict__["_place"] = node.place
        return record

    def _unknown_key(self, key: Scalar, names: list[str], free: list[str]) -> set[str]:
        """Leave a Problem at a key; the one it was probably meant to be, so that it is not called missing too."""
        name = key.text.strip()
        close = [name] if name in names else next((c for n in (free, names) if (c := _closest(name, n))), [])
        if name != key.text:
            hint = "項目名の前後の全角の空白を消してください。"
        elif close:
            hint = f"もしかして: {close[0]}"
        else:
            hint = f"ここに書ける項目: {', '.join(free)}" if free else "この項目を消してください。"
        self.note(key, f"知らない項目「{key.text}」です。", hint)
        return set(close)

    def _list(self, info: kinds.VarTupleType | kinds.ListType, node: Node, said: str) -> Any:
        if not isinstance(node, Sequence):
            return self._wrong_kind(node, "リスト", _LIST_HINT)
        self._check_count(len(node.items), info.min_length, info.max_length, node)
        items = [self.value(info.item_type, item, said) for item in node.items]
        return items if isinstance(info, kinds.ListType) else tuple(items)

    def _tuple(self, info: kinds.TupleType, node: Node, said: str) -> Any:
        if not isinstance(node, Sequence):
            return self._wrong_kind(node, "リスト", _LIST_HINT)
        self._check_count(len(node.items), len(info.item_types), len(info.item_types), node)
        return tuple(self.value(kind, item, said) for kind, item in zip(info.item_types, node.items, strict=False))

    def _dict(self, info: kinds.DictType, node: Node, said: str) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong_kind(node, "「名前: 値」の並び", "")
        self._check_count(len(node.entries), info.min_length, info.max_length, node)
        return {
            self.value(info.key_type, key, ""): self.value(info.value_type, child, "") for key, child in node.entries
        }

    def _check_count(self, count: int, least: int | None, most: int | None, node: Node) -> None:
        if least is not None and count < least:
            self.note(node, f"少なくとも {least} つ必要です(今は {count} つ)。", "書き足してください。")
        if most is not None and count > most:
            self.note(node, f"{most} つまでです(今は {count} つ)。", "減らすか、1つにまとめてください。")

    def _union(self, info: kinds.UnionType, node: Node, said: str) -> Any:
        options = [option for option in info.types if not isinstance(option, kinds.NoneType)]
        fitting = [option for option in options if _holds(option, node)]
        return self.value((fitting or options)[0], node, said)

    # -- scalars --

    def _str(self, info: kinds.StrType, node: Node, said: str) -> Text | None:
        scalar = self._scalar(node, "文")
        if scalar is None:
            return None
        text = scalar.text.strip("\n")
        if tab := "\t" in text:
            self.note(node, "文の中にタブがあります。", "空白に替えるか、消してください。")
        if info.pattern and not tab and not re.search(info.pattern, text):
            self.note(node, f"「{_cut(text)}」は形が違います。", self._form(info.pattern, text, said))
        if info.min_length is not None and len(text) < info.min_length:
            self.note(node, f"少なくとも {info.min_length} 文字必要です(今は {len(text)} 文字)。")
        if info.max_length is not None and len(text) > info.max_length:
            self.note(node, f"{info.max_length} 文字までです(今は {len(text)} 文字)。", "短くしてください。")
        cut = len(scalar.text) - len(scalar.text.lstrip("\n"))
        return Text(text, node.place, tuple((offset - cut, line, column) for offset, line, column in scalar.rows))

    def _form(self, pattern: str, text: str, said: str) -> str:
        narrow = normalize("NFKC", text).replace("~", "〜").replace("–", "〜")
        if re.search(pattern, narrow):
            return f"もしかして: {narrow}"
        return f"書き方: {said or pattern}"

    def _check_date(self, text: str, node: Node) -> None:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return
        try:
            date.fromisoformat(text)
        except ValueError:
            self.note(node, f"「{text}」という日はありません。", "月と日を確かめてください。")

    def _int(self, info: kinds.IntType, node: Node, said: str) -> Any:
        return self._number(info, node, said, "整数", _INTEGER, int)

    def _float(self, info: kinds.FloatType, node: Node, said: str) -> Any:
        return self._number(info, node, said, "数", _NUMBER, float)

    def _number(
        self,
        info: kinds.IntType | kinds.FloatType,
        node: Node,
        said: str,
        noun: str,
        form: re.Pattern[str],
        make: Callable[[str], Any],
    ) -> Any:
        scalar = self._scalar(node, noun)
        if scalar is None:
            return None
        if scalar.quoted or not form.fullmatch(scalar.text):
            return self._wrong_scalar(scalar, noun, form, said)
        number = make(scalar.text)
        for limit, fails, words in (
            (info.ge, lt, "以上"),
            (info.gt, le, "より大きい数"),
            (info.le, gt, "以下"),
            (info.lt, ge, "より小さい数"),
        ):
            if limit is not None and fails(number, limit):
                self.note(node, f"{scalar.text} は範囲の外です。", f"{limit:g} {words}で書いてください。")
                return None
        return number

    def _wrong_scalar(self, scalar: Scalar, noun: str, form: re.Pattern[str], said: str) -> None:
        narrow = normalize("NFKC", scalar.text).strip()
        hint = f"書き方: {said}" if said else "数字だけを半角で書いてください。"
        if form.fullmatch(narrow):
            hint = (
                f"引用符を外し、{narrow} と書いてください。" if scalar.quoted else f"半角で {narrow} と書いてください。"
            )
        self.note(scalar, f"{noun}が必要ですが、「{_cut(scalar.text)}」です。", hint)

    def _bool(self, info: kinds.BoolType, node: Node, said: str) -> bool | None:
        scalar = self._scalar(node, "true か false")
        if scalar is None:
            return None
        if scalar.quoted or scalar.text not in ("true", "false"):
            guess = {"yes": "true", "on": "true", "はい": "true", "no": "false", "off": "false", "いいえ": "false"}
            word = normalize("NFKC", scalar.text).lower()
            word = guess.get(word, word)
            hint = f"{word} と書いてください。" if word in ("true", "false") else ""
            self.note(node, f"true か false が必要ですが、「{_cut(scalar.text)}」です。", hint)
            return None
        return scalar.text == "true"

    def _enum(self, info: kinds.EnumType, node: Node, said: str) -> Enum | None:
        members = {str(member.value): member for member in info.cls}
        name = self._choice(list(members), node)
        return members[name] if name is not None else None

    def _literal(self, info: kinds.LiteralType, node: Node, said: str) -> Any:
        members = {str(value): value for value in info.values}
        name = self._choice(list(members), node)
        return members[name] if name is not None else None

    def _choice(self, names: list[str], node: Node) -> str | None:
        scalar = self._scalar(node, "決まった語")
        if scalar is None:
            return None
        if scalar.text in names:
            return scalar.text
        guess = did_you_mean(normalize("NFKC", scalar.text).lower(), names)
        listed = f"選べる値: {', '.join(names)}"
        self.note(node, f"「{_cut(scalar.text)}」は選べません。", f"{guess}({listed})" if guess else listed)
        return None

    def _any(self, info: kinds.AnyType, node: Node, said: str) -> Any:
        if isinstance(node, Scalar):
            return Text(node.text, node.place)
        if isinstance(node, Sequence):
            return [self._any(info, item, said) for item in node.items]
        return {key.text: self._any(info, child, said) for key, child in node.entries}

    def _scalar(self, node: Node, noun: str) -> Scalar | None:
        """The node if it is a scalar that says something."""
        if not isinstance(node, Scalar):
            self._wrong_kind(node, noun, "")
            return None
        if node.is_null or not node.text.strip():
            self.note(node, "値が空です。", _DROP_HINT)
            return None
        return node

    def _wrong_kind(self, node: Node, wanted: str, hint: str) -> None:
        if isinstance(node, Scalar) and node.is_null:
            self.note(node, "値が空です。", _DROP_HINT)
            return
        found = {Scalar: "文", Sequence: "リスト", Mapping: "「項目: 値」の並び"}[type(node)]
        if isinstance(node, Mapping) and wanted == "文":
            hint = '「{」で始まる文や、「: 」のある文は、全体を " で囲んでください。'
        self.note(node, f"{wanted}が必要ですが、{found}です。", hint)


_METHODS: dict[type[kinds.Type], Callable[[_Decoder, Any, Node, str], Any]] = {
    kinds.StructType: _Decoder._struct,
    kinds.VarTupleType: _Decoder._list,
    kinds.ListType: _Decoder._list,
    kinds.TupleType: _Decoder._tuple,
    kinds.DictType: _Decoder._dict,
    kinds.StrType: _Decoder._str,
    kinds.IntType: _Decoder._int,
    kinds.FloatType: _Decoder._float,
    kinds.BoolType: _Decoder._bool,
    kinds.EnumType: _Decoder._enum,
    kinds.LiteralType: _Decoder._literal,
    kinds.AnyType: _Decoder._any,
}


def _holds(info: kinds.Type, node: Node) -> bool:
    """Whether a node has the shape of a type: record or dict, list, or scalar (numbers before words)."""
    if isinstance(info, kinds.Metadata):
        return _holds(info.type, node)
    if isinstance(info, kinds.StructType | kinds.DictType):
        return isinstance(node, Mapping)
    if isinstance(info, kinds.VarTupleType | kinds.TupleType | kinds.ListType):
        return isinstance(node, Sequence)
    if not isinstance(node, Scalar):
        return isinstance(info, kinds.AnyType)
    if isinstance(info, kinds.IntType | kinds.FloatType):
        return _NUMBER.fullmatch(node.text) is not None
    return True


def _closest(name: str, names: list[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name.lower(), names, n=1)


def _cut(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
