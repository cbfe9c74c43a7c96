"""Legs and arms as layers: flesh, feet, hands, and the clothes' short legs and sleeves."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry import Point as Dot

from handouts.figures import body, contacts, hands
from handouts.figures.body import Tube
from handouts.figures.hands import Hand
from handouts.figures.layers import Layer, Mark
from handouts.figures.outline import EMPTY, Geometry, bundle, close, lines_of, polygons_of, silhouette
from handouts.figures.space import Array, Camera, turn_z, unit, vec
from handouts.figures.studio import Studio

SIGN = {"active": 1.0, "other": -1.0}
SLEEVE_END = 0.54
BENT = 0.45
"""How far the thigh has left the pelvis's axis (chord of the angle) when the seat shows: 26 degrees and more."""
FOLD = 60.0
"""Body units: in a close-up a shorter fold of the knee would be a stray line."""
HEEL_RINGS = 6
"""So many rings of a foot make the heel that hides the rest from behind."""
SLIVER = 3.5
"""Body units: what shows of a foot beside its heel is at least twice as wide."""


def leg_tubes(studio: Studio, side: str) -> dict[str, Tube]:
    """The tubes of a leg: thigh, shank, knee, kneecap, foot, ankle."""
    s = studio.skeleton
    knee, ankle = s.joints[f"{side}.knee"], s.joints[f"{side}.ankle"]
    thigh, shank = s.frames[f"{side}.thigh"], s.frames[f"{side}.shank"]
    return {
        "thigh": body.limb_tube("thigh", s.joints[f"{side}.hip"], thigh, build=s.build),
        "shank": body.limb_tube("shank", knee, shank, 28, build=s.build, swelling=s.swelling.get(side, 0.0)),
        "knee": body.ball(knee, 31 * s.build),
        "cap": body.ball(knee + unit(thigh[:, 0] + shank[:, 0]) * 9, 27 * s.build),
        "foot": body.foot_tube(ankle, s.frames[f"{side}.foot"], s.toes[side], s.shoe),
        "ankle": body.ball(ankle, 20),
    }


def leg_flesh(studio: Studio, side: str) -> Geometry:
    """Outline of the bare thigh and shank, without the foot."""
    tubes = leg_tubes(studio, side)
    return close(silhouette([tubes[name] for name in ("thigh", "shank", "knee", "cap")], studio.camera), 14, 6)


def buttock(studio: Studio, side: str, grow: float) -> list[Tube]:
    """The round of one side's seat, which a bent hip shows: without it trunk and thigh would meet in a step."""
    s = studio.skeleton
    hip, thigh = s.joints[f"{side}.hip"], s.frames[f"{side}.thigh"]
    behind = thigh[:, 1] - s.frames["pelvis"][:, 1]
    if float(np.linalg.norm(behind)) < BENT:
        return []
    below = body.trunk_tube(s.spine_at, -0.2, -0.1, grow, s.build).rings[0]
    along = body.limb_tube("thigh", hip, thigh, 26, grow=grow, build=s.build).between(0.3, 0.34).rings[0]
    fold = Tube(np.array([below, along]), np.array([0.0, 1.0]))
    return [body.ball(hip + unit(behind) * 9, (51 + grow) * s.build), fold]


def leg(studio: Studio, side: str, z: float) -> Layer:
    """Thigh to toes of one leg."""
    layer = Layer(f"{side}.leg", z)
    tubes = leg_tubes(studio, side)
    flesh = leg_flesh(studio, side)
    if studio.skeleton.shoe:
        _shod(studio, layer, side, tubes, flesh)
    else:
        _barefoot(studio, layer, side, tubes, flesh)
    _knee_fold(studio, layer, side, tubes)
    _creases(studio, layer, side)
    return layer


Course = tuple[tuple[float, float], ...]
"""A line on the skin of a segment: parts of its length and angles round it."""
BEHIND: tuple[tuple[str, Course], ...] = (
    ("thigh", ((0.84, 146), (0.92, 148), (0.985, 141))),
    ("thigh", ((0.84, 214), (0.92, 212), (0.985, 219))),
    ("shank", ((0.012, 152), (0.0, 172), (0.004, 190), (0.016, 206))),
    ("shank", ((0.2, 181), (0.34, 179), (0.47, 180))),
    ("shank", ((0.43, 138), (0.5, 156), (0.5, 172))),
    ("shank", ((0.47, 222), (0.545, 204), (0.545, 188))),
    ("shank", ((0.8, 152), (0.88, 157), (0.96, 150))),
    ("shank", ((0.8, 208), (0.88, 203), (0.96, 210))),
    ("shank", ((0.955, 112), (0.985, 128), (1.02, 118))),
    ("shank", ((0.925, 248), (0.955, 232), (0.99, 242))),
)
"""From behind: the tendons beside the knee's hollow and its fold, the calf's heads, the heel's tendon, the ankles."""
SMALL = 4.5
"""Body units in a pt: a leg drawn smaller keeps only the knee's fold and the calf's middle."""
BEFORE: tuple[tuple[str, Course], ...] = (("shank", ((0.1, 322), (0.125, 345), (0.13, 0), (0.125, 15), (0.1, 38))),)
"""From the front: the lower edge of the kneecap."""


def _creases(studio: Studio, layer: Layer, side: str) -> None:
    """The few lines inside a leg that tell its back from its front."""
    s = studio.skeleton
    facing = studio.camera.depth(s.frames[f"{side}.shank"][:, 0])
    if abs(facing) <= 0.55:
        return
    courses = BEHIND if facing < 0 else BEFORE
    if facing < 0 and studio.point > SMALL:
        courses = courses[2:4]
    for segment, places in courses:
        points = [contacts.spot(s.joints, s.frames, f"{side}.{segment}", t, a, s.build).point for t, a in places]
        layer.line(studio.curve(points), studio.ink, studio.size.inner)


def _knee_fold(studio: Studio, layer: Layer, side: str, tubes: dict[str, Tube]) -> None:
    """Where a bent leg lies over itself: the nearer segment's edge, from the crease outward."""
    camera = studio.camera
    parts = {name: close(silhouette([tubes[name]], camera), 4, 3) for name in ("thigh", "shank")}
    front, back = sorted(parts, key=lambda name: -camera.depth(tubes[name].rings))
    knee = Dot(camera.flat(studio.skeleton.joints[f"{side}.knee"]))
    edge = parts[front].boundary.intersection(parts[back].buffer(-studio.units(0.6))).difference(knee.buffer(40))
    least = FOLD if studio.detail else studio.units(5)
    kept = [part for part in lines_of(edge) if part.length > least]
    layer.line(bundle(kept), studio.ink, studio.size.inner)


def _barefoot(studio: Studio, layer: Layer, side: str, tubes: dict[str, Tube], flesh: Geometry) -> None:
    s, camera = studio.skeleton, studio.camera
    foot = silhouette([tubes["foot"], tubes["ankle"]], camera)
    turned = s.frames[f"{side}.foot"]
    ankle = s.joints[f"{side}.ankle"]
    root = silhouette([tubes["foot"]], camera)
    from_behind = camera.depth(turned[:, 0]) < -0.6
    if from_behind:
        heel = Tube(tubes["foot"].rings[:HEEL_RINGS], tubes["foot"].parts[:HEEL_RINGS])
        foot = close(silhouette([heel, tubes["ankle"]], camera), 6, 13)
    whole = close(shapely.union_all([flesh, foot]), 11, 4)
    if from_behind:
        foot_sides = [part for part in polygons_of(root.difference(whole)) if not part.buffer(-SLIVER).is_empty]
        root = shapely.union_all([root.intersection(whole), *foot_sides])
    hidden = camera.depth(turned[:, 0]) < -0.9
    toes = [] if hidden else body.toe_tubes(ankle, turned, s.toes[side], SIGN[side])
    shapes = sorted(((camera.depth(toe.rings), toe) for toe in toes), key=lambda pair: pair[0])
    base_depth = camera.depth(tubes["foot"].rings[-4:])
    fill = studio.leg_tone("skin", side)
    behind = [toe for depth, toe in shapes if depth < base_depth]
    front = [toe for depth, toe in shapes if depth >= base_depth]
    over = shapely.union_all([whole, *(silhouette([toe], camera) for toe in front)]).buffer(studio.units(0.5))
    for toe in behind:
        shape = silhouette([toe], camera)
        if not over.contains(shape):
            layer.area(shape, fill, studio.ink, studio.size.digit)
    if from_behind:
        layer.area(close(root, 4, 9), fill, studio.ink, studio.size.outline)
        layer.solid = root
    layer.area(
        whole, fill, studio.ink, studio.size.outline, open_at=silhouette(toes, camera).buffer(-studio.units(0.3))
    )
    for toe in front:
        shape = silhouette([toe], camera)
        layer.digit(shape, fill, studio.ink, studio.size.digit, _toe_root(toe, camera, root))
    layer.solid = shapely.union_all([layer.solid, whole, *(silhouette([toe], camera) for toe in toes)])
    _ankle_bone(studio, layer, side, ankle, turned)


def _toe_root(toe: Tube, camera: Camera, root: Geometry) -> Geometry:
    """Where a toe has no outline; one that points at the viewer keeps its round tip."""
    start, end = (camera.flat(toe.rings[index].mean(axis=0)) for index in (4, 5))
    tip = Dot(end).buffer(9 if float(np.linalg.norm(end - start)) < 13 else 0)
    return Dot(start).buffer(13).intersection(root.buffer(-1.0)).difference(tip)


def _ankle_bone(studio: Studio, layer: Layer, side: str, ankle: Array, turned: Array) -> None:
    if abs(studio.camera.depth(turned[:, 2])) < 0.5:
        return
    out = 22.0 if studio.camera.depth(turned[:, 2]) > 0 else -22.0
    places = [ankle + turned @ vec(x, y, out) for x, y in ((-6, 4), (0, -5), (8, -1))]
    layer.line(studio.curve(places), studio.ink, studio.size.inner)


def _shod(studio: Studio, layer: Layer, side: str, tubes: dict[str, Tube], flesh: Geometry) -> None:
    s, camera, size = studio.skeleton, studio.camera, studio.size
    turned, ankle = s.frames[f"{side}.foot"], s.joints[f"{side}.ankle"]
    sock = close(silhouette([tubes["shank"].between(0.84, 1.0), tubes["ankle"]], camera), 4)
    shoe = close(silhouette([tubes["foot"]], camera), 6, 3)
    layer.area(flesh, studio.leg_tone("skin", side), studio.ink, size.outline)
    layer.area(sock, studio.leg_tone("sock", side), studio.ink, size.outline)
    layer.area(shoe, studio.leg_tone("shoe", side), studio.ink, size.outline)
    rims = tubes["foot"].rings[:, [0, 1, 2, 3]]
    band = Tube(np.concatenate([rims, rims + turned[:, 1] * 10], axis=1), tubes["foot"].parts)
    layer.area(silhouette([band], camera).intersection(shoe), studio.theme.tone("sole"), studio.ink, size.inner)
    if abs(camera.depth(turned[:, 2])) > 0.5:
        out = 30.0 if camera.depth(turned[:, 2]) > 0 else -30.0
        for x in (0.0, 17.0):
            ends = [ankle + turned @ vec(x, -42, out), ankle + turned @ vec(x + 18, -14, out)]
            layer.line(studio.curve(ends), studio.ink, size.inner)
    layer.solid = shapely.union_all([flesh, sock, shoe])


def short_leg(studio: Studio, side: str) -> Geometry:
    """Outline of one leg of the shorts."""
    s = studio.skeleton
    hip, thigh = s.joints[f"{side}.hip"], s.frames[f"{side}.thigh"]
    tube = body.limb_tube("thigh", hip, thigh, 26, grow=6, flare=13, build=s.build)
    # Seen broadly, a thigh spread sideways would show the corner of its flat end beside the hip.
    start = 0.14 if hangs_broad(studio, side) else 0.0
    cloth = [tube.between(start, max(studio.person.hem, start + 0.1)), *buttock(studio, side, 3)]
    return close(silhouette(cloth, studio.camera), 8, 4)


def hangs_broad(studio: Studio, side: str) -> bool:
    """Whether a thigh hangs down under hips that are seen broadly: somebody stands, turned to the viewer or away."""
    up = studio.camera.flat(studio.skeleton.frames[f"{side}.thigh"][:, 1])
    return studio.breadth > 0.6 and float(up[1]) > 0.75


def arm(studio: Studio, side: str, z: float, fingers_behind: bool, shirt: Geometry) -> list[Layer]:
    """Upper arm, forearm and hand, with the sleeve; the fingers a layer of their own when they go behind a limb."""
    s, camera = studio.skeleton, studio.camera
    upper = body.limb_tube("upper_arm", s.joints[f"{side}.shoulder"], s.frames[f"{side}.upper_arm"], build=s.build)
    fore = body.limb_tube("forearm", s.joints[f"{side}.elbow"], s.frames[f"{side}.forearm"], build=s.build)
    elbow = body.ball(s.joints[f"{side}.elbow"], 21 * s.build)
    held = hands.hand(s.joints[f"{side}.wrist"], s.frames[f"{side}.hand"], SIGN[side], s.hands[side])
    layer = Layer(f"{side}.arm", z)
    bare = studio.person.top == "bare"
    top = [upper, *sleeve_tubes(studio, side)[1:]] if bare else [upper.between(0.25, 1.0)]
    flesh = close(silhouette([*top, elbow, fore, held.palm], camera), 9, 4)
    layers = [layer]
    behind = Layer(f"{side}.fingers", z)
    fill = studio.tone("skin", side)
    _hand(studio, layer, behind if fingers_behind else layer, side, held, flesh, fill)
    if bare:
        _bare_shoulder(studio, layer, side, flesh)
    elif not studio.detail:
        _sleeve(studio, layer, side, shirt)
    if fingers_behind:
        layers.append(behind)
    return layers


def _bare_shoulder(studio: Studio, layer: Layer, side: str, flesh: Geometry) -> None:
    """Without a sleeve the arm grows out of the trunk: no line across the shoulder."""
    shoulder = Dot(studio.camera.flat(studio.skeleton.joints[f"{side}.shoulder"]))
    for index, mark in enumerate(layer.marks):
        if mark.shape is flesh:
            edge = flesh.boundary.difference(shoulder.buffer(40))
            layer.marks[index : index + 1] = [
                Mark(flesh, mark.fill, under=True),
                Mark(edge, None, mark.stroke, mark.width),
            ]
    layer.joined |= {"shirt": shoulder.buffer(78), "neck": None}


def sleeve_tubes(studio: Studio, side: str, end: float = SLEEVE_END) -> list[Tube]:
    """The sleeve down to a part of the upper arm, and the shoulder's cap, which slopes where it is seen squarely."""
    s = studio.skeleton
    shoulder, turned = s.joints[f"{side}.shoulder"], s.frames[f"{side}.upper_arm"]
    grown = body.limb_tube("upper_arm", shoulder, turned, 22, grow=5, flare=13, build=s.build)
    first = 0.14 if studio.breadth > 0.6 else 0.0
    cap = body.ball(shoulder - s.frames["thorax"][:, 1] * 9 * studio.breadth, (34 - 4 * studio.breadth) * s.build)
    return [grown.between(first, end), cap]


def _sleeve(studio: Studio, layer: Layer, side: str, shirt: Geometry) -> None:
    camera = studio.camera
    shoulder = studio.skeleton.joints[f"{side}.shoulder"]
    tubes = sleeve_tubes(studio, side)
    shape = close(silhouette(tubes, camera), 8, 3)
    near = silhouette(sleeve_tubes(studio, side, 0.26)[:1], camera).buffer(4)
    melt = shapely.union_all([Dot(camera.flat(shoulder)).buffer(40), near])
    if studio.breadth > 0.6:
        melt = melt.intersection(shirt.buffer(-studio.units(0.3)))
    layer.area(shape, studio.tone("shirt", side), studio.ink, studio.size.outline, open_at=melt)
    layer.solid = shapely.union_all([layer.solid, shape])
    layer.joined |= {"shirt": Dot(camera.flat(shoulder)).buffer(78), "neck": None}


def _hand(studio: Studio, layer: Layer, finger_layer: Layer, side: str, held: Hand, flesh: Geometry, fill: str) -> None:
    camera = studio.camera
    middle = camera.depth(held.palm.rings)
    order = sorted(range(5), key=lambda digit: camera.depth(np.concatenate([t.rings for t in held.digits[digit]])))

    def depth(digit: int) -> float:
        return camera.depth(np.concatenate([tube.rings for tube in held.digits[digit]]))

    for digit in order:
        if depth(digit) < middle and _peeps_out(studio, held, digit, flesh):
            _digit(studio, finger_layer if digit else layer, side, held, digit, flesh, fill)
    layer.area(flesh, fill, studio.ink, studio.size.outline)
    layer.solid = shapely.union_all([layer.solid, flesh])
    for digit in order:
        if depth(digit) >= middle:
            _digit(studio, finger_layer if digit else layer, side, held, digit, flesh, fill)
    if studio.detail:
        front = [digit for digit in order if depth(digit) >= middle]
        rings = _nails(studio, side, held, front)
        for drawn, digits in ((layer, [0]), (finger_layer, [1, 2, 3, 4])):
            lines = [part for digit in digits for part in lines_of(rings.get(digit, EMPTY))]
            drawn.line(bundle(lines), studio.ink, studio.size.inner * 0.8)


def _peeps_out(studio: Studio, held: Hand, digit: int, flesh: Geometry) -> bool:
    """Whether enough of a digit shows beside the palm to be drawn; less would only be a crumb."""
    shape = silhouette(held.digits[digit], studio.camera)
    return bool(shape.difference(flesh).area > 0.08 * shape.area)


def _digit(studio: Studio, layer: Layer, side: str, held: Hand, digit: int, flesh: Geometry, fill: str) -> None:
    camera = studio.camera
    shape = close(silhouette(held.digits[digit], camera), 2.5, 0.8)
    root = Dot(camera.flat(held.roots[digit])).buffer((15 if digit else 20) * hands.SCALE)
    layer.digit(shape, fill, studio.ink, studio.size.digit, root.intersection(flesh.buffer(-0.8)))
    layer.solid = shapely.union_all([layer.solid, shape])


def _nails(studio: Studio, side: str, held: Hand, order: list[int]) -> dict[int, Geometry]:
    """The outline of each fingernail that is seen; `order` is that of the digits before the palm, back to front."""
    rings, covers = {}, EMPTY
    for digit in reversed(order):
        shape = silhouette(held.digits[digit], studio.camera)
        outline, facing = hands.nail(held.digits[digit], _back_of(studio, side, digit))
        if studio.camera.depth(facing) > 0.2:
            rings[digit] = studio.patch(outline).intersection(shape).boundary.difference(covers)
        covers = shapely.union_all([covers, shape])
    return rings


def _back_of(studio: Studio, side: str, digit: int) -> Array:
    """The way the back of a digit's tip faces."""
    turned = studio.skeleton.frames[f"{side}.hand"]
    shape, back = hands.SHAPES[studio.skeleton.hands[side]], -hands.palm_normal(turned, SIGN[side])
    if digit:
        curl = math.radians(sum(shape.curl))
        return back * math.cos(curl) - turned[:, 1] * math.sin(curl)
    return back * 0.7 + turned[:, 1] * 0.7 if shape.opposed else back * 0.8 + turned[:, 0] * 0.5


def shank_ghost(studio: Studio, side: str, knee: float, ankle: float) -> Geometry:
    """Outline of the lower leg in a second position about the same knee."""
    s, camera = studio.skeleton, studio.camera
    shank = s.frames[f"{side}.thigh"] @ turn_z(-knee)
    top = s.joints[f"{side}.knee"]
    bottom = top - shank[:, 1] * body.LENGTH["shank"]
    foot = shank @ turn_z(ankle)
    tubes = [
        body.limb_tube("shank", top, shank, 28, build=s.build),
        body.ball(top, 31 * s.build),
        body.foot_tube(bottom, foot, 0.0, s.shoe),
        body.ball(bottom, 20),
        *([] if s.shoe else body.toe_tubes(bottom, foot, 0.0, SIGN[side])),
    ]
    return close(silhouette(tubes, camera), 11, 8)
