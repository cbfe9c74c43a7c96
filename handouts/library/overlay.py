"""How a clinic's file and a built-in one become one: `extends` replaces whole items, shared data merges by id."""

from __future__ import annotations

from handouts.library.folders import Folders, Found
from handouts.problems import Problem, Problems
from handouts.source import Mapping, Node, Scalar, examine, text_of

EXTENDS = "extends"
EASY = "easy"
SAID_EASILY = ("title", "purpose", "lead", "name", "steps", "stop")
"""Keys of topics and exercises that `easy` at their top says in other words."""


def read_into(problems: list[Problem], found: Found) -> Node | None:
    """The node of a file as far as it can be had; what is wrong with it as a file or as YAML joins `problems`."""
    try:
        node, wrong = examine(text_of(found.path, found.shown), found.shown)
    except Problems as raised:
        node, wrong = None, list(raised)
    problems += wrong
    return node


def load(folders: Folders, kind: str, found: Found, problems: list[Problem], depth: int = 1) -> Node | None:
    """The node of a file with its base's items, to `depth`, where it `extends` one; what is wrong joins `problems`."""
    node = read_into(problems, found)
    name = node.get(EXTENDS) if isinstance(node, Mapping) else None
    if name is None or not isinstance(node, Mapping):
        return node
    if not isinstance(name, Scalar):
        problems.append(Problem(name.place, "extends には元にする名前を1つ書きます。"))
        return None
    try:
        base = read_into(problems, _base(folders, kind, name, found))
    except Problems as raised:
        problems += raised
        return None
    if isinstance(base, Mapping) and base.key(EXTENDS):
        message = f"extends は1段だけです(「{name.text}」にも extends があります)。"
        problems.append(Problem(name.place, message, "元の資料を extends してください。", length=name.length))
        return None
    return merged(_still_said(base, node), _without_extends(node), depth) if isinstance(base, Mapping) else None


def _still_said(base: Mapping, over: Mapping) -> Mapping:
    """A base without its easy texts where what they stand for is said anew and they are not."""
    stale = over.key(EASY) is None and any(over.key(name) for name in SAID_EASILY)
    return Mapping(tuple(entry for entry in base.entries if entry[0].text != EASY), base.place) if stale else base


def _base(folders: Folders, kind: str, name: Scalar, extender: Found) -> Found:
    """The file that is extended: where a file extends its own name, the next one of that name."""
    files = folders.all(kind, name.text, place=name.place)
    others = [file for file in files if not file.path.samefile(extender.path)]
    if files and not others:
        message = f"「{name.text}」が自分自身を extends しています。"
        raise Problems([Problem(name.place, message, "組み込みにある名前を書いてください。", length=name.length)])
    return others[0] if others else folders.find(kind, name.text, place=name.place)


def _without_extends(node: Mapping) -> Mapping:
    return Mapping(tuple(entry for entry in node.entries if entry[0].text != EXTENDS), node.place)


def merged(base: Node, over: Node, depth: int) -> Node:
    """`over` laid on `base`: at each of `depth` levels its keys replace or join those of the base."""
    if depth == 0 or not (isinstance(base, Mapping) and isinstance(over, Mapping)):
        return over
    entries = {key.text: (key, node) for key, node in base.entries}
    for key, node in over.entries:
        under = entries.get(key.text)
        entries[key.text] = (key, merged(under[1], node, depth - 1) if under else node)
    return Mapping(tuple(entries.values()), over.place)
