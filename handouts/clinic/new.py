"""A new definition in the clinic's folder: a skeleton with comments, or another one's lines, to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handouts import disk
from handouts.clinic.files import SCHEMAS, made, skeleton, write_schemas
from handouts.library import Library
from handouts.library.folders import CLINIC_FILE, NAME, Found, missing, shown
from handouts.output import write_whole
from handouts.problems import NOWHERE, Place, Problem, Problems

KINDS = {"topic": "topics", "exercise": "exercises", "figure": "assets/poses", "layout": "layouts"}
"""What can be begun, and its folder."""
NOUNS = {"topic": "資料", "exercise": "体操", "figure": "図", "layout": "レイアウト"}
USUAL = {"layout": "a4"}
"""What is begun from where nothing is named; a kind that is not here has a skeleton of its own."""
LEFT_OUT = ("left_out", "edition", "expires", "extends")
"""Items of a base that are its own business."""
RENEWED = ("title", "name", "date", "author")
"""Items that stand in the head of what is made of a base."""


def own_folder(library: Library) -> Path:
    """The clinic's folder. Raises Problems where there is none."""
    if library.folders.clinic is None:
        hint = "handouts init 医院 で作り、その中で打つか、--clinic で指定してください。"
        raise Problems([Problem(NOWHERE, f"医院のフォルダー({CLINIC_FILE} のある所)がありません。", hint)])
    return library.folders.clinic


def begin(library: Library, kind: str, name: str, source: str | None, today: date) -> Path:
    """Writes the new file and gives its path. Raises Problems; nothing that is there is ever replaced."""
    folder = own_folder(library)
    place = folder / KINDS[kind] / f"{name}.yaml"
    if not NAME.fullmatch(name):
        hint = "名前は小文字の英数字とハイフンで書きます(例: my-topic)。"
        raise Problems([Problem(NOWHERE, f"「{name}」は{NOUNS[kind]}の名前になりません。", hint)])
    if disk.exists(place):
        hint = "その中身を直すか、別の名前を付けてください。"
        raise Problems([Problem(Place(shown(place)), f"この名前の{NOUNS[kind]}がもうあるので、書きかえません。", hint)])
    base = _base(library, kind, source or USUAL.get(kind))
    words = {
        "name": name,
        "schema": _schema_line(kind),
        "today": today.isoformat(),
        "clinic": str(library.clinic().name),
    }
    text = _made_of(kind, base, words) if base else skeleton(f"{kind}.yaml", **words)
    made(place.parent)
    if not disk.exists(folder / SCHEMAS):
        write_schemas(folder / SCHEMAS)
    write_whole(place, text.encode())
    return place


def _schema_line(kind: str) -> str:
    singular = {"figure": "pose"}.get(kind, kind)
    up = "../" * (KINDS[kind].count("/") + 1)
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{singular}.schema.json"


def _base(library: Library, kind: str, name: str | None) -> Found | None:
    """The file to begin from; the built-in one where the clinic has one of its name that extends it."""
    if name is None:
        return None
    if kind == "figure" and name not in library.poses() and name in library.exercises():
        name = library.exercise(name).figure or name  # the figure of an exercise is what is meant
    found = library.folders.all(KINDS[kind], name)
    if not found:
        raise Problems([missing(name, NOUNS[kind], library.folders.names(KINDS[kind]), NOWHERE)])
    return found[0]


def _made_of(kind: str, base: Found, words: dict[str, str]) -> str:
    """A copy of a pose, which is a picture as a whole; else a file that extends its base: what it must say anew, and
    every other item of the base as a comment."""
    text = base.path.read_text("utf-8-sig").replace("\r\n", "\n")
    if kind == "figure":
        return skeleton("figure-from.yaml", **words, base=base.path.stem) + text
    blocks = dict(_blocks(text))
    # What extends another is no base: its own base is, and its items stay as they are.
    extends = re.sub("^[^:]*:[ ]*", "", blocks.get("extends", "")).strip()
    said = blocks.get("title", blocks.get("name", "")).strip("\n")
    head = skeleton(f"{kind}-from.yaml", **words, base=extends or base.path.stem, said=said)
    rest = {key: block for key, block in blocks.items() if key not in (*RENEWED, *LEFT_OUT)}
    return head + "\n" + "\n".join(block if extends else _commented(block) for block in rest.values())


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The top-level items of a YAML file as they are written; comments between them go with none."""
    key, lines = "", list[str]()
    for line in text.split("\n"):
        found = re.match(r"([a-z_]+):", line)
        if found:
            if key:
                yield key, "\n".join(lines).rstrip() + "\n"
            key, lines = found[1], [line]
        elif not line.startswith("#"):
            lines.append(line)
    if key:
        yield key, "\n".join(lines).rstrip() + "\n"


def _commented(block: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in block.rstrip("\n").split("\n"))
