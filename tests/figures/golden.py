"""What every pose must come to in numbers: `python -m tests.figures.golden` writes the table anew, a test compares."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import shapely

from handouts.figures.skeleton import solve
from handouts.figures.theme import COLOUR
from tests.figures.drawings import NAMES, compiled, drawn, pose_of

TABLE = Path(__file__).with_name("golden.tsv")
JOINTS = (
    "pelvis", "neck", "head", *(f"{side}.{joint}" for side in ("active", "other")
    for joint in ("knee", "ankle", "elbow", "wrist")),
)  # fmt: skip
ROOM = {COLOUR.tones[name] for name in ("prop", "prop_edge", "ball")}
COLUMNS = ("pose", "paths", "area", "perimeter", *JOINTS)
"""Paths of the colour picture; area (pt²) and perimeter (pt) of all that is filled, the room apart; joints (x y z)."""


def measured(name: str) -> dict[str, list[float]]:
    """The numbers of one pose, by column."""
    shapes = [mark.shape.buffer(0) for mark in drawn(name).marks if mark.fill and mark.fill not in ROOM]
    whole = shapely.union_all(shapes).buffer(1.0).buffer(-1.0)
    joints = solve(pose_of(name)).joints
    numbers = {"paths": [float(compiled(name).count("<path"))], "area": [whole.area], "perimeter": [whole.length]}
    return numbers | {joint: [float(x) for x in np.asarray(joints[joint])] for joint in JOINTS}


def read() -> dict[str, dict[str, list[float]]]:
    """The kept table: pose → column → numbers."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["pose"]: {key: [float(x) for x in row[key].split()] for key in COLUMNS[1:]} for row in rows}


def main() -> int:
    """Measures every pose and writes the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for name in NAMES:
            found = measured(name)
            writer.writerow([name, *(" ".join(f"{x:.0f}" for x in found[key]) for key in COLUMNS[1:])])
    return 0


if __name__ == "__main__":
    sys.exit(main())
