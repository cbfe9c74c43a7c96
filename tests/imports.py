"""What the modules of a package import, read from the syntax tree: at the top, inside functions, for types alone."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Import:
    """One import: `importer` and `target` are dotted modules; `typing_only` if it stands under `if TYPE_CHECKING`."""

    importer: str
    target: str
    line: int
    typing_only: bool = False

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.target}"


def modules(root: Path, package: str) -> dict[str, Path]:
    """Every module of a package by its dotted name; `root` is the folder that holds the package."""
    found = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def all_imports(sources: Mapping[str, Path]) -> list[Import]:
    """The imports of every module in `sources`, as `modules` gives them."""
    return [
        found
        for name, path in sources.items()
        for found in imports(path.read_text(encoding="utf-8"), name, sources, is_package=path.name == "__init__.py")
    ]


def imports(source: str, importer: str, own: Collection[str], *, is_package: bool = False) -> Iterator[Import]:
    """The imports in one module's source; `from a import b` is an import of `a.b` where that is one of our `own`."""
    tree = ast.parse(source)
    for_types = {node for block in ast.walk(tree) if _is_type_checking(block) for node in _walk_body(block)}
    for node in ast.walk(tree):
        for target in _targets(node, importer, own, is_package):
            assert isinstance(node, ast.Import | ast.ImportFrom)
            yield Import(importer, target, node.lineno, node in for_types)


def closure(start: str, found: Collection[Import]) -> set[str]:
    """Every module that `start` can load, at any depth, with the packages that hold it; imports for types load none."""
    loads: dict[str, set[str]] = {}
    for one in found:
        if not one.typing_only:
            loads.setdefault(one.importer, set()).add(one.target)
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [*loads.get(name, ()), *([name.rpartition(".")[0]] if "." in name else [])]
    return seen


def _targets(node: ast.AST, importer: str, own: Collection[str], is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parts = importer.split(".")
        kept = parts[: len(parts) - node.level + is_package]
        base = ".".join([*kept, *([base] if base else [])])
    return [name if (name := f"{base}.{alias.name}") in own else base for alias in node.names]


def _is_type_checking(node: ast.AST) -> bool:
    if not isinstance(node, ast.If):
        return False
    return ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def _walk_body(block: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(block, ast.If)
    for statement in block.body:
        yield from ast.walk(statement)
