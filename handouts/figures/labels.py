"""Words that name places of a picture: where each leader line begins, and the room its word takes at print size."""

from __future__ import annotations

from handouts.figures.pose import Inset, Label, Point, Pose
from handouts.figures.skeleton import Skeleton, close_up, solve
from handouts.figures.space import Array, Camera, vec

SIZE, LEADING = 10.5, 13.0
"""pt: full-width characters and lines of a word; the page sets it in its own face at this size."""
AIR = 2.0
"""pt between a leader's end and its word."""
STEEP = 0.6
"""A line at least so steep has its word above or below its end, a flatter one beside it."""
Sides = tuple[float, float, float, float]
"""Left, lower, right and upper side, in body units on the paper."""


def leaders(pose: Pose, skeleton: Skeleton) -> list[tuple[Label, Array]]:
    """Every label with the place on the paper that its line begins at: on the figure, or inside its close-up.

    One without a line begins where it ends.
    """
    camera = Camera(pose.view.yaw, pose.view.pitch)
    found = [(label, camera.flat(skeleton.place(label.at)) if label.at else vec(*label.to)) for label in pose.labels]
    if pose.inset is not None:
        near = solve(close_up(pose, pose.inset)) if pose.inset.labels else skeleton
        found += [
            (label, _enlarged(pose.inset, near, label.at) if label.at else vec(*label.to))
            for label in pose.inset.labels
        ]
    return found


def _enlarged(inset: Inset, skeleton: Skeleton, point: Point) -> Array:
    near = Camera(inset.view.yaw, inset.view.pitch)
    middle = near.flat(skeleton.place(inset.look_at)) + vec(*inset.shift)
    placed: Array = vec(*inset.centre) + (near.flat(skeleton.place(point)) - middle) * (inset.size / inset.radius)
    return placed


def narrowing(pose: Pose) -> float:
    """How much larger a word is beside a figure that a row of pictures makes smaller: words keep their size."""
    return pose.width / pose.narrowed if pose.narrowed else 1.0


def room(label: Label, start: Array, point: float) -> Sides:
    """The box of a label's word beyond the end of its line; `point` is a pt of the printed word in body units."""
    lines = label.text.split("\n")
    wide, high = max(map(len, lines)) * SIZE * point, len(lines) * LEADING * point
    (x, y), (dx, dy) = label.to, vec(*label.to) - start
    gap = AIR * point
    if abs(dy) >= STEEP * abs(dx):
        low = y + gap if dy > 0 else y - gap - high
        return x - wide / 2, low, x + wide / 2, low + high
    left = x + gap if dx > 0 else x - gap - wide
    return left, y - high / 2, left + wide, y + high / 2
