"""YAML text to nodes that know their place and quoting; every scalar stays text, every mistake is a Problem."""

from handouts.source.files import LIMIT, text_of
from handouts.source.nodes import Mapping, Node, Scalar, Sequence
from handouts.source.parser import DEPTH, EXPANDED, examine, read, read_text

__all__ = [
    "DEPTH",
    "EXPANDED",
    "LIMIT",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "examine",
    "read",
    "read_text",
    "text_of",
]
