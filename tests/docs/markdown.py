"""What a page of the documentation says to follow: its links, its headings, its code, its commands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^( *)```[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_LINK = re.compile(r"(?P<image>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_COMMAND = re.compile(r"(?:^|[\s(\"/\\])handouts(?:\.exe\"?)? +(?P<rest>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture: its words, the file and the anchor that it names (either may be empty)."""

    words: str
    file: str
    anchor: str
    image: bool


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @cached_property
    def text(self) -> str:
        """All of it."""
        return self.path.read_text("utf-8")

    @cached_property
    def name(self) -> str:
        """Its path from the repository's root, to be shown."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def prose(self) -> str:
        """Its text without code."""
        return _SPAN.sub("", _FENCE.sub("", self.text))

    def links(self) -> list[Link]:
        """Links to files of ours, and to headings."""
        found = (match.groupdict() for match in _LINK.finditer(self.prose))
        parts = ((one, *one["target"].partition("#")) for one in found if "://" not in one["target"])
        return [Link(one["words"], file, anchor, bool(one["image"])) for one, file, _, anchor in parts]

    def anchors(self) -> set[str]:
        """What its headings are called in an address, as GitHub calls them."""
        found: dict[str, int] = {}
        names = set()
        for heading in re.findall(r"^#{1,6} +(.+?) *$", _FENCE.sub("", self.text), re.MULTILINE):
            words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            count = found[slug] = found.get(slug, -1) + 1
            names.add(f"{slug}-{count}" if count else slug)
        return names

    def spans(self) -> list[str]:
        """The pieces of code within sentences."""
        return [match[2] for match in _SPAN.finditer(_FENCE.sub("", self.text))]

    def code(self) -> list[str]:
        """All code: the lines of blocks and the pieces within sentences."""
        blocks = (match[2] for match in _FENCE.finditer(self.text))
        return [*(line for block in blocks for line in block.split("\n")), *self.spans()]

    def commands(self) -> list[list[str]]:
        """Each `handouts …` that it quotes, as words; not what is after a comment, a pipe, or a second command."""
        found = (match["rest"] for line in self.code() if "使い方:" not in line for match in _COMMAND.finditer(line))
        return [_words(rest) for rest in found if re.match(r"[a-z-]", rest)]

    def bold(self) -> list[str]:
        """What stands in bold."""
        return re.findall(r"\*\*(.+?)\*\*", self.prose)


def _words(rest: str) -> list[str]:
    """The words of a command; a column of explanation, two spaces away, is not a part of it."""
    command = re.split(r" {2,}|\s+[#|>;]|\s*&&|\s+・|[」)]", rest)[0]
    return [word.strip("'\"") for word in command.split()]


def pages() -> list[Page]:
    """Every page that is meant to be read: the two of the root, and those of docs/."""
    return [Page(ROOT / name) for name in ("README.md", "CONTRIBUTING.md")] + [
        Page(path) for path in sorted((ROOT / "docs").rglob("*.md"))
    ]
