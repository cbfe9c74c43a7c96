"""Pictures of the clinic's own that are not what their poses say any more: a sheet would print the old ones."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from handouts.drawing import NEEDED
from handouts.figures.picture import Picture, read_picture
from handouts.library import Library
from handouts.library.folders import shown
from handouts.problems import Place, Problem, Problems

SLACK = 1.0
"""pt by which numbers may differ: other versions of the drawing libraries round otherwise."""


def stale(library: Library, names: Iterable[str] | None = None) -> list[Problem]:
    """A Problem for each pose of the clinic (of those named) whose pictures are old.

    Nothing where the drawing libraries are not installed; what is missing or wrong altogether is told elsewhere.
    """
    clinic = library.folders.clinic
    if clinic is None or any(find_spec(name) is None for name in NEEDED):
        return []
    wanted = set(library.poses() if names is None else names)
    poses = [pose for pose in sorted((clinic / "assets" / "poses").glob("*.yaml")) if pose.stem in wanted]
    return [_old(pose) for pose in poses if not _is_fresh(pose, clinic / "assets" / "pictures")]


def _old(pose: Path) -> Problem:
    message = "図の元(この YAML)を直した後、紙に刷る図が描き直されていません。"
    return Problem(Place(shown(pose)), message, f"handouts figure {pose.stem} で描き直してください。")


def _is_fresh(pose: Path, folder: Path) -> bool:
    # numpy and shapely are an extra, and take a while.
    from handouts.figures.compile import pictures

    try:
        made = pictures(pose)
    except Problems:
        return True
    with tempfile.TemporaryDirectory() as name:
        for file, text in made.items():
            kept = folder / file
            if not kept.is_file():
                # Of another size, or not drawn at all: the latter is told by the rules.
                return not any(folder.glob(f"{pose.stem}.*.svg"))
            (Path(name) / file).write_text(text, encoding="utf-8", newline="\n")
            try:
                if not _alike(read_picture(kept), read_picture(Path(name) / file)):
                    return False
            except Problems:
                return True
    return True


def _alike(one: Picture, other: Picture) -> bool:
    if len(one.paths) != len(other.paths) or abs(one.width - other.width) > SLACK:
        return False
    for first, second in zip(one.paths, other.paths, strict=True):
        if (first.fill, first.stroke, len(first.data)) != (second.fill, second.stroke, len(second.data)):
            return False
        for before, after in zip(first.data, second.data, strict=True):
            if before[0] != after[0] or any(
                abs(float(x) - float(y)) > SLACK for x, y in zip(before[1:], after[1:], strict=True)
            ):
                return False
    return True
