"""The texts of the code that hold Japanese, as the catalogue of English has them: with a number in each hole."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handouts.english.catalogue import JAPANESE

_HOLE = re.compile(r"\{(\d*)\}")
_PATTERN = re.compile(r"\(\?|\\d|[\]})][*+?]")
"""What only a regular expression holds."""
_PATTERNS = {"compile", "sub", "split", "search", "match", "fullmatch", "findall", "finditer", "pattern", "any_of"}
_CUTS = {"removesuffix", "removeprefix", "replace", "strip", "partition", "startswith", "endswith", "count", "find"}
"""Calls whose arguments are looked for in a text, not told."""
_RULES = {"error", "warning", "rule", "page_rule"}
"""What makes a function a rule: its limit and its source are printed in the documentation alone."""
_HELP = {"help", "metavar", "short_help", "label_for"}
"""Arguments that the help of a command shows: tests/clinic/test_english.py holds these to be translated."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text: its key in the catalogue, its file in the package, the function or name it stands in, and its line."""

    key: str
    file: str
    scope: str
    line: int


def templates(package: Path) -> Iterator[Template]:
    """All texts of a package that hold Japanese outside their holes, but for those no code tells (see `_is_told`)."""
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        yield from _within(tree, path.relative_to(package).as_posix(), "")


def _within(node: ast.AST, file: str, scope: str) -> Iterator[Template]:
    for child in _children(node):
        inner = scope
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inner = f"{scope}.{child.name}".lstrip(".")
        elif isinstance(child, ast.Assign | ast.AnnAssign) and not scope:
            inner = ast.unparse(child.targets[0] if isinstance(child, ast.Assign) else child.target)
        if isinstance(child, ast.JoinedStr):
            yield from _told(_key(child), file, scope, child.lineno)
            # A literal piece is part of the text; what stands in a hole may be a text of its own.
            for value in child.values:
                if isinstance(value, ast.FormattedValue):
                    yield from _within(ast.Expression(body=value.value), file, scope)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield from _told(child.value, file, scope, child.lineno)
        else:
            yield from _within(child, file, inner)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a node, but for what is no text that somebody is told."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Compare():
            return
        case ast.keyword(arg=str(name)) if name in _HELP:
            return
        case ast.Call(func=ast.Attribute(value=value, attr=str(name))) if name in _PATTERNS | _CUTS:
            yield value
        case ast.Call(func=ast.Name(id=str(name))) if name in _PATTERNS | _RULES:
            return
        case _:
            yield from ast.iter_child_nodes(node)


def _key(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _told(text: str, file: str, scope: str, line: int) -> Iterator[Template]:
    if JAPANESE.search(_HOLE.sub("", text)) and (text.endswith("。") or not _PATTERN.search(text)):
        yield Template(key(text), file, scope, line)


def key(text: str) -> str:
    """A text as a key: holes that touch are one, each has its number; a colon at the end has something after it."""
    numbers = iter(range(1, 100))
    merged = re.sub(r"(?:\{\d*\}){2,}", "{}", f"{text}{{}}" if text.endswith(": ") else text).strip()
    return _HOLE.sub(lambda _: f"{{{next(numbers)}}}", merged)
