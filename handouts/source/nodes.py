"""What a YAML file is made of: mappings, sequences and scalars, each with its place."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from handouts.problems import Place

Rows: TypeAlias = tuple[tuple[int, int, int], ...]
"""Where the lines of a text stand: offset in the text, line and column in the file, one for each line of the file."""


class Scalar(Struct, frozen=True):
    """A text as written, folded and unquoted but never made a number."""

    text: str
    place: Place
    length: int = 1
    """Characters it takes on the line it begins in, 1 where it goes on to the next."""
    quoted: bool = False
    """True for '…', "…", | and >; a plain `12` may become a number, a quoted one may not."""
    rows: Rows = ()

    @property
    def is_null(self) -> bool:
        """Nothing was written, or one of YAML's words for nothing."""
        return not self.quoted and self.text in ("", "~", "null", "Null", "NULL")


class Sequence(Struct, frozen=True):
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place

    @property
    def length(self) -> int:
        """Characters to underline."""
        return 1


class Mapping(Struct, frozen=True):
    """Keys, each at most once, with their nodes, in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    @property
    def length(self) -> int:
        """Characters to underline."""
        return 1

    def get(self, key: str) -> Node | None:
        """The node of a key, None where there is no such key."""
        return next((node for name, node in self.entries if name.text == key), None)

    def key(self, name: str) -> Scalar | None:
        """The key itself, with its place."""
        return next((key for key, _ in self.entries if key.text == name), None)


Node: TypeAlias = Mapping | Sequence | Scalar
