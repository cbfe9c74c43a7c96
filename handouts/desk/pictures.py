"""Compiled pictures as SVG, turned to the patient's knee, and where the knees are in the one seen from behind."""

from __future__ import annotations

from typing import Any

from handouts.consult.compose import FIGURE
from handouts.figures.picture import pose_reading, read_picture
from handouts.library import Library
from handouts.library.folders import shown
from handouts.problems import Problems
from handouts.sides import ONE_SIDED, Side
from handouts.source import text_of

KNEES = ("other.knee", "active.knee")
"""The anchors of the figure from behind: the patient's left is at the left."""
_RING = 0.045
"""Radius of a ring on the knee, in the picture's height."""
_SHOWN = (0.44, 0.86)
"""What of the picture's height the page shows: from the thighs to the calves."""


def svg(library: Library, name: str, theme: str, side: str) -> bytes | None:
    """A picture turned to a side; None where there is no such picture, or it cannot be read."""
    if name not in library.poses():
        return None
    try:
        found = library.compiled(name, theme)
        if found is None:
            return None
        picture = read_picture(found.path, found.shown)
        text = text_of(found.path, found.shown)
        pose = library.pose(name)
        reading = pose_reading(pose, shown(pose))
    except Problems:
        return None
    drawn = Side(reading.value[2]) if reading.value else Side.BOTH
    wanted = Side(side)
    if wanted in ONE_SIDED and drawn in ONE_SIDED and wanted is not drawn:
        # The file is our compiler's own, line by line (read_picture refuses any other): the root is its first line.
        root, _, rest = text.partition("\n")
        body = rest.rpartition("</svg>")[0]
        text = f'{root}\n<g transform="translate({picture.width:g} 0) scale(-1 1)">\n{body}</g>\n</svg>\n'
    return text.encode()


def knee(library: Library) -> dict[str, Any] | None:
    """Where the rings go on the figure from behind, in its own units: picture, box to show, left and right."""
    try:
        found = library.compiled(FIGURE, "colour")
        picture = read_picture(found.path, found.shown) if found else None
    except Problems:
        return None
    if picture is None:
        return None
    places = {name: (x, y) for name, x, y in picture.anchors}
    if not all(name in places for name in KNEES):
        return None
    top, bottom = (picture.height * part for part in _SHOWN)
    left, right = ([*(round(one, 1) for one in places[name]), round(picture.height * _RING, 1)] for name in KNEES)
    return {
        "picture": f"/pictures/{FIGURE}.colour.both.svg",
        "box": [0, round(top, 1), round(picture.width, 1), round(bottom - top, 1)],
        "left": left,
        "right": right,
    }
