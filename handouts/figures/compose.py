"""A pose in a theme and size class → the flat list of marks, in printed points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Point as Dot

from handouts.figures import annotate, furniture, heads, labels, limbs, muscles, props, trunk
from handouts.figures.layers import Layer, Mark, clipped, flatten, transformed
from handouts.figures.pose import Inset, Pose
from handouts.figures.skeleton import Skeleton, close_up, solve
from handouts.figures.space import Camera, vec
from handouts.figures.studio import Studio
from handouts.figures.theme import SizeClass, Theme

POINTS_PER_MM = 72 / 25.4
ARM_BEHIND = 60.0
"""An arm so far behind the hips (body units) is behind the trunk, seen from the front or the back."""
ABOVE = 12.0
"""So much the upper body comes forward (in DEPTH) where it is seen from above: then it hides the hips."""
PAD = 1.5
"""White between the outermost line and the picture's edge, in pt."""

# back to front; the far side of the body first. A pose may override any of them.
DEPTH = {
    "mat": 2.0, "rug": 2.0, "floor": 1.0, "chair": 3.0, "stool": 3.0, "wall": 3.0, "ball": 4.0, "armrest": 58.0,
    "far.arm": 10.0, "far.fingers": 9.0, "far.leg": 20.0,
    "far.shorts": 21.0, "far.highlight": 20.5,
    "ghost": 30.0, "neck": 44.0, "shirt": 45.0, "head": 50.0, "near.leg": 55.0, "near.highlight":
    55.5, "shorts": 56.0,
    "near.fingers": 54.0, "near.arm": 60.0, "guide": 70.0,
    "ring": 72.0, "arrow": 80.0, "mark": 81.0, "locator": 89.0, "lens": 90.0, "leader": 95.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: size in pt, marks in pt (y downward), named places, and the width of its commonest line."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    anchors: dict[str, tuple[float, float]]
    outline: float = 0.9
    unit: float = 0.0
    """Length of one body unit on the paper, in pt."""


def compose(pose: Pose, theme: Theme, size: SizeClass) -> Drawing:
    """Draws the pose at its own printed width."""
    skeleton = solve(pose)
    width = pose.width * POINTS_PER_MM
    if pose.frame is not None:
        x0, x1, y0, y1 = pose.frame
        point = (x1 - x0) / width
        marks = _marks(pose, skeleton, theme, size, point)
        return _place(pose, skeleton, marks, width, point, (x0, x1, y0, y1), size.outline)
    point = 800 / width
    for _ in range(2):
        marks = _marks(pose, skeleton, theme, size, point)
        words = [labels.room(*leader, point * labels.narrowing(pose)) for leader in labels.leaders(pose, skeleton)]
        x0, y0, x1, y1 = _bounds(marks, words, point)
        point = (x1 - x0) / (width - 2 * PAD)
    pad = PAD * point
    return _place(pose, skeleton, marks, width, point, (x0 - pad, x1 + pad, y0 - pad, y1 + pad), size.outline)


def _bounds(marks: list[Mark], words: list[labels.Sides], point: float) -> labels.Sides:
    """Of the painted marks, half their lines included, and of the labels' words."""
    boxes = [np.array(word) for word in words]
    boxes += [shapely.bounds(mark.shape) + np.array([-1, -1, 1, 1]) * mark.width / 2 * point for mark in marks]
    table = np.array(boxes)
    return (
        float(table[:, 0].min()), float(table[:, 1].min()), float(table[:, 2].max()), float(table[:, 3].max()),
    )  # fmt: skip


def _place(
    pose: Pose,
    skeleton: Skeleton,
    marks: list[Mark],
    width: float,
    point: float,
    frame: tuple[float, float, float, float],
    outline: float,
) -> Drawing:
    """Body units → pt, y downward; the left side is the picture mirrored."""
    x0, x1, y0, y1 = frame
    k = 1 / point
    matrix = [k, 0, 0, -k, -x0 * k, y1 * k]
    if pose.side == "left":
        matrix = [-k, 0, 0, -k, x1 * k, y1 * k]
    camera = Camera(pose.view.yaw, pose.view.pitch)
    placed = tuple(transformed(mark, matrix) for mark in marks)
    anchors = {"ground": (0.0, y1 * k)}
    for name in ("pelvis", "head", "active.knee", "active.ankle", "other.knee"):
        x, y = camera.flat(skeleton.joints[name])
        anchors[name] = (matrix[0] * float(x) + matrix[4], matrix[3] * float(y) + matrix[5])
    for label, start in labels.leaders(pose, skeleton):
        left, low, right, high = labels.room(label, start, point * labels.narrowing(pose))
        x, y = (left + right) / 2, (low + high) / 2
        anchors[f"label.{label.name}"] = (matrix[0] * x + matrix[4], matrix[3] * y + matrix[5])
    return Drawing(width, (y1 - y0) * k, placed, anchors, outline, k)


def _marks(pose: Pose, skeleton: Skeleton, theme: Theme, size: SizeClass, point: float) -> list[Mark]:
    studio = Studio(skeleton, Camera(pose.view.yaw, pose.view.pitch), theme, size, pose.person, point, light=pose.light)
    layers = [layer for layer in _body(studio, pose) if not pose.only or layer.name in pose.only]
    layers += _props(studio, pose) + _signs(studio, pose)
    leaders = labels.leaders(pose, skeleton)
    layers += [annotate.leader(studio, start, vec(*label.to), DEPTH["leader"]) for label, start in leaders if label.at]
    if pose.inset is not None:
        target = studio.seen(pose.inset.look_at) + vec(*pose.inset.shift)
        layers += annotate.lens(
            studio,
            vec(*pose.inset.centre),
            pose.inset.size,
            target,
            pose.inset.radius * 0.8,
            DEPTH["lens"],
            pose.order.get("locator", DEPTH["locator"]),
        )
    marks = flatten(layers, point, size.gap)
    if pose.inset is not None:
        marks = _inset(pose, pose.inset, theme, size, point) + marks
    return marks


def _body(studio: Studio, pose: Pose) -> list[Layer]:
    """Every layer of the person, at its default depth or the pose's own."""
    near, far = ("active", "other") if studio.near("active") else ("other", "active")

    def z(name: str) -> float:
        side, _, part = name.rpartition(".")
        general = f"{'near' if side == near or _in_front(studio, side, part) else 'far'}.{part}" if side else part
        raised = ABOVE if from_above and name in ("neck", "shirt", "head") else 0.0
        return pose.order.get(name, DEPTH[general] + raised)

    from_above = studio.camera.depth(studio.skeleton.frames["pelvis"][:, 1]) > 0.6
    shirt = trunk.shirt_shape(studio)
    layers = [trunk.neck(studio, z("neck")), trunk.shirt(studio, z("shirt"), shirt), heads.head(studio, z("head"))]
    layers += [limbs.leg(studio, side, z(f"{side}.leg")) for side in (far, near)]
    if studio.square_on:
        layers.append(trunk.shorts(studio, z("shorts"), (far, near)))
    else:
        layers += [trunk.far_short(studio, far, z(f"{far}.shorts")), trunk.shorts(studio, z("shorts"), (near,))]
    for side in (far, near):
        arm = getattr(pose.arm, side)
        if not arm.hide:
            for layer in limbs.arm(studio, side, z(f"{side}.arm"), arm.fingers_behind, shirt):
                layer.z = z(layer.name)
                layers.append(layer)
    for highlight in pose.highlight:
        layers.append(muscles.highlight(studio, highlight, z(f"{highlight.leg}.highlight")))
    return layers


def _in_front(studio: Studio, side: str, part: str) -> bool:
    """Whether the far arm of somebody seen squarely lies before the trunk all the same."""
    if part not in ("arm", "fingers") or not studio.square_on:
        return False
    joints = studio.skeleton.joints
    reach = studio.camera.depth((joints[f"{side}.elbow"] + joints[f"{side}.wrist"]) / 2 - joints["pelvis"])
    return reach > -ARM_BEHIND


def _props(studio: Studio, pose: Pose) -> list[Layer]:
    depth = DEPTH | pose.order
    layers = [getattr(props, prop.kind)(studio, prop, depth[prop.kind]) for prop in pose.props]
    layers += furniture.things(studio, pose)
    return layers + [props.armrest(studio, prop, depth["armrest"]) for prop in pose.props if prop.arms]


def _signs(studio: Studio, pose: Pose) -> list[Layer]:
    layers = [annotate.ghost(studio, ghost, pose.order.get("ghost", DEPTH["ghost"])) for ghost in pose.ghost]
    layers += [annotate.guide(studio, guide, pose.order.get("guide", DEPTH["guide"])) for guide in pose.guides]
    layers += [annotate.arrow(studio, arrow, DEPTH["arrow"]) for arrow in pose.arrows]
    layers += [annotate.mark(studio, mark, DEPTH["mark"]) for mark in pose.marks]
    layers += [annotate.ring(studio, ring, DEPTH["ring"]) for ring in pose.rings]
    return layers


def _inset(pose: Pose, inset: Inset, theme: Theme, size: SizeClass, point: float) -> list[Mark]:
    """The close-up, drawn at its own scale, clipped to its circle and set in its place."""
    near_pose = close_up(pose, inset)
    skeleton = solve(near_pose)
    larger = inset.size / inset.radius
    camera = Camera(inset.view.yaw, inset.view.pitch)
    studio = Studio(skeleton, camera, theme, size, pose.person, point / larger, True, pose.light)
    layers = [layer for layer in _body(studio, near_pose) if not inset.only or layer.name in inset.only]
    layers += [layer for layer in furniture.things(studio, near_pose) if layer.name in inset.only]
    layers += [annotate.arrow(studio, arrow, DEPTH["arrow"]) for arrow in inset.arrows]
    layers += [annotate.mark(studio, mark, DEPTH["mark"]) for mark in inset.marks]
    middle = studio.seen(inset.look_at) + vec(*inset.shift)
    disc = Dot(*middle).buffer(inset.radius, quad_segs=24)
    dx, dy = (vec(*inset.centre) - middle * larger).tolist()
    marks = [part for mark in flatten(layers, studio.point, size.gap) for part in clipped(mark, disc)]
    return [transformed(mark, [larger, 0, 0, larger, dx, dy]) for mark in marks]
