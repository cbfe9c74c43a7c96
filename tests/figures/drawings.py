"""Each pose drawn once a run, at its own width, for all tests that look at drawings."""

from __future__ import annotations

from functools import cache

from handouts.figures.compile import ASSETS
from handouts.figures.compose import Drawing, compose
from handouts.figures.emit import svg
from handouts.figures.pose import Pose
from handouts.figures.reading import read_pose
from handouts.figures.theme import THEMES, size_class

POSES = sorted((ASSETS / "poses").glob("*.yaml"))
NAMES = sorted(path.stem for path in POSES)


@cache
def pose_of(name: str) -> Pose:
    """The pose of that name."""
    return read_pose(ASSETS / "poses" / f"{name}.yaml")


@cache
def drawn(name: str, theme: str = "colour") -> Drawing:
    """The drawing of a pose in a theme."""
    pose = pose_of(name)
    return compose(pose, THEMES[theme], size_class(pose.width))


@cache
def compiled(name: str, theme: str = "colour") -> str:
    """The text of its picture."""
    return svg(drawn(name, theme))
