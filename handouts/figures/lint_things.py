"""What a pose gets wrong about its `things`: a key that the kind does not read, or a number that it cannot draw."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.figures.pose import Thing
from handouts.figures.reading import Source
from handouts.problems import Problem

KEYS: dict[str, tuple[str, ...]] = {
    "bath": ("x", "y", "level", "at"), "stairs": ("x", "y", "steps", "at"), "rail": ("x", "y"), "cushion": ("x", "y"),
    "cold_pack": ("at", "thick"), "towel": ("at",), "cloth": (), "pencil": ("at",),
}  # fmt: skip
"""What each kind reads, besides `kind`."""
OPTIONAL = ("thick", "steps")
LANDMARKS = {"cold_pack": "knee", "towel": "ball"}
"""The landmark of a leg that a thing lies at."""
PLACES = {"bath": 2, "stairs": 2, "pencil": 2}
"""How many numbers `at` has."""
MOST_STEPS = 12
THICK = (20.0, 120.0)


def faults(source: Source) -> Iterator[Problem]:
    """A problem for each wrong value of each thing, at its place."""
    for index, thing in enumerate(source.pose.things):
        key = f"things.{index}"
        wrong = [*_keys(source, key, thing)]
        yield from wrong
        if not wrong:
            for name, message, hint in _values(thing):
                yield source.problem(f"{key}.{name}", f"「{thing.kind}」の {name} {message}", hint)


def _keys(source: Source, key: str, thing: Thing) -> Iterator[Problem]:
    read = KEYS[thing.kind]
    for name in ("x", "y", "at", "level", "steps", "thick"):
        written = f"{key}.{name}" in source.places
        if written and name not in read:
            hint = "使えるキー: " + ", ".join(("kind", *read))
            yield source.problem(f"{key}.{name}", f"「{thing.kind}」は {name} を使いません。", hint)
        elif name in read and not written and name not in OPTIONAL:
            yield source.problem(key, f"「{thing.kind}」には {name} が必要です。")


def _values(thing: Thing) -> Iterator[tuple[str, str, str]]:
    """Key, the message's end and a hint of each value that cannot be drawn."""
    if thing.kind in LANDMARKS or thing.kind in PLACES:
        yield from _at(thing)
    yield from _extent(thing)
    if thing.kind == "bath" and not thing.y[0] < thing.level < thing.y[1]:
        yield "level", f"は底 {thing.y[0]:g} とふち {thing.y[1]:g} の間です（いまは {thing.level:g}）。", ""
    if thing.kind == "stairs" and (thing.steps % 1 or not 1 <= thing.steps <= MOST_STEPS):
        yield "steps", f"は 1〜{MOST_STEPS} の整数です（いまは {thing.steps:g}）。", ""
    if thing.kind == "cold_pack" and not THICK[0] <= thing.thick <= THICK[1]:
        yield "thick", f"は {THICK[0]:g}〜{THICK[1]:g} です（いまは {thing.thick:g}）。", ""


def _at(thing: Thing) -> Iterator[tuple[str, str, str]]:
    if landmark := LANDMARKS.get(thing.kind):
        if not isinstance(thing.at, str) or not re.fullmatch(rf"(active|other)\.{landmark}", thing.at):
            yield "at", "が違います。", f"例: active.{landmark}"
    elif isinstance(thing.at, str) or len(thing.at) != PLACES[thing.kind]:
        yield "at", f"には数を{PLACES[thing.kind]}個書きます。", ""
    elif thing.kind == "stairs" and not thing.at[0] < thing.x[0] <= thing.x[1] < thing.at[1]:
        yield "at", "は階段の前と後の床の端です。", "x の外側の2つの数を書きます。"


def _extent(thing: Thing) -> Iterator[tuple[str, str, str]]:
    """From-to grows; stairs may go down, and a rail may slope either way."""
    read = KEYS[thing.kind]
    if "x" in read and not (thing.x[0] < thing.x[1] or (thing.kind == "stairs" and thing.x[0] == thing.x[1])):
        yield "x", "は小さい数から書きます。", ""
    if thing.kind in ("bath", "cushion") and thing.y[0] >= thing.y[1]:
        yield "y", "は小さい数から書きます。", ""
    if thing.kind == "stairs" and thing.y[0] == thing.y[1]:
        yield "y", "は前と後で高さが違います。", ""
