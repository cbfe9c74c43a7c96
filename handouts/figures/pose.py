"""The pose schema: what one YAML file in assets/poses may say, as plain data (degrees, body height = 1000)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Point = str | tuple[float, ...]
"""A landmark (`active.heel`, `active.thigh@0.6:back`, `pelvis`), [x, y] on the paper or [x, y, z] in the scene."""

Side = Literal["active", "other"]
HandShape = Literal["relaxed", "flat", "fist", "wrap", "hook", "rest", "thumb", "cradle", "tips"]
ContactKind = Literal[
    "on_thigh",
    "under_thigh",
    "on_shin",
    "on_foot",
    "hook_tendon",
    "thumb_behind_knee",
    "on_wall",
    "on_top",
    "on_hips",
]
MuscleName = Literal[
    "hamstrings", "outer_tendon", "inner_tendon", "hollow", "calf",
    "zone_outer", "zone_middle", "zone_inner", "edge_outer", "edge_inner",
    "outer_hamstring", "inner_hamstring", "outer_calf", "inner_calf", "popliteus",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """Where the viewer stands: yaw 0 profile, 45 three-quarter, 90 front, -90 back; pitch > 0 looks down."""

    yaw: float = 0.0
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """Switches of looks; `build` is the body's thickness, `hem` where the shorts end, as a part of the thigh."""

    hair: Literal["short", "bob", "tail"] = "short"
    hair_tone: Literal["dark", "grey"] = "dark"
    mouth: Literal["smile", "neutral"] = "smile"
    build: float = 1.0
    top: Literal["shirt", "bare"] = "shirt"
    feet: Literal["bare", "shoe"] = "bare"
    hem: float = 0.6


@dataclass(frozen=True, slots=True)
class Anchor:
    """The landmark that is pinned to a place of the scene before hands and ankles reach for their targets."""

    point: str = "pelvis"
    at: tuple[float, ...] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Trunk:
    """Forward bend of pelvis, lumbar and thoracic spine; `side` bends and `twist` turns to the active side."""

    pelvis: float = 0.0
    lumbar: float = 0.0
    thoracic: float = 0.0
    side: float = 0.0
    twist: float = 0.0


@dataclass(frozen=True, slots=True)
class Leg:
    """Joint angles (flexion and dorsiflexion +), or a place for the ankle.

    `ankle_at` reaches with the knee pointing `knee_toward`; `foot_at` [x, z] puts the flat foot on the
    floor there; `on_floor` turns the hip (or lifts the ankle's target) until the foot rests on the floor; `sole` is the
    foot's angle to the floor, in place of `ankle`; `swelling` is by how much the calf is thicker, as a part of it.
    """

    hip: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    abduction: float = 0.0
    rotation: float = 0.0
    toe_out: float = 0.0
    toes: float = 0.0
    swelling: float = 0.0
    sole: float | None = None
    on_floor: bool = False
    foot_at: tuple[float, float] | None = None
    ankle_at: tuple[float, ...] | None = None
    knee_toward: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where and how a hand touches: a preset, a place on a limb, and how far it departs from the preset.

    `around` is the angle round the limb (0 front, 90 outer, 180 back, 270 inner), `turn` the fingers' angle from the
    limb's axis towards its back, `dig` how far they press in, `tip_at` the angle round the limb where a tip presses.
    """

    kind: ContactKind
    at: Point
    around: float | None = None
    turn: float | None = None
    dig: float | None = None
    tip_at: float | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """Joint angles, or a contact that the arm reaches for with the elbow pointing `elbow_toward`."""

    shoulder: float = 0.0
    elbow: float = 8.0
    abduction: float = 6.0
    rotation: float = 0.0
    forearm: float = 0.0
    wrist: float = 0.0
    forward: float = 0.0
    hand: HandShape | None = None
    contact: Contact | None = None
    elbow_toward: tuple[float, float, float] | None = None
    hide: bool = False
    fingers_behind: bool = False


@dataclass(frozen=True, slots=True)
class Legs:
    """Both legs, by the patient's words."""

    active: Leg = field(default_factory=Leg)
    other: Leg = field(default_factory=Leg)


@dataclass(frozen=True, slots=True)
class Arms:
    """Both arms: `active` is on the active leg's side."""

    active: Arm = field(default_factory=Arm)
    other: Arm = field(default_factory=Arm)


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing of the room, from-to in x and z: the floor's line, a mat, a rug, or a thing of some `height`.

    A chair's or stool's `height` is its seat's upper side, a ball's its lowest point, a wall's its upper edge;
    `arms` are a chair's armrests.
    """

    kind: Literal["floor", "mat", "rug", "chair", "stool", "wall", "ball"]
    x: tuple[float, float]
    z: tuple[float, float] = (-170.0, 170.0)
    height: float = 0.0
    arms: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that is sat in, lain on, held or laid on; furniture and aids say what the numbers mean.

    `x` and `y` from-to, `at` a place, `level` the water's height, `thick` from the skin.
    """

    kind: Literal["bath", "stairs", "rail", "cushion", "cold_pack", "towel", "cloth", "pencil"]
    x: tuple[float, float] = (0.0, 0.0)
    y: tuple[float, float] = (0.0, 0.0)
    at: Point = (0.0, 0.0)
    level: float = 0.0
    steps: float = 3.0
    thick: float = 40.0


@dataclass(frozen=True, slots=True)
class Highlight:
    """Where it is felt: a hatched muscle of one leg, from one part of the segment to another.

    `show` makes it anatomy instead, without a hatch: `muscle`, `pale` (a second tone) or `deep` (dashed).
    """

    leg: Side
    muscle: MuscleName
    start: float = 0.0
    end: float = 1.0
    show: Literal["feel", "muscle", "pale", "deep"] = "feel"


@dataclass(frozen=True, slots=True)
class Ghost:
    """A second, dashed position of a lower leg about the same knee."""

    leg: Side
    knee: float
    ankle: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """One movement: `start` to `end` (or `by`), bent by a part of its length; or an arc of `radius` about a point.

    `shift` moves the whole arrow on the paper. Two heads only for to and fro.
    """

    start: Point | None = None
    end: Point | None = None
    by: tuple[float, float] | None = None
    arc: Point | None = None
    radius: float = 0.0
    angles: tuple[float, float] = (0.0, 90.0)
    shift: tuple[float, float] = (0.0, 0.0)
    bend: float = 0.0
    width: float = 2.8
    double: bool = False
    meaning: Literal["move", "wrong"] = "move"


@dataclass(frozen=True, slots=True)
class Guide:
    """A dashed plumb line from a landmark straight down to `floor`, with a dot at its upper end."""

    start: Point
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """○ (right) or × (wrong, not here), nothing else; `radius` in pt."""

    kind: Literal["right", "wrong"]
    at: Point
    radius: float = 12.0


@dataclass(frozen=True, slots=True)
class Ring:
    """A thin black ring that says "here"; `radius` in body units."""

    at: Point
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """A leader line from a place to its word, which the page sets: the picture's anchor `label.NAME` is its middle.

    `to`, in body units on the paper, is where the line ends; the word (one or two lines) stands beyond that end.
    Without `at` there is no line, and the word hangs below `to`.
    """

    name: str
    text: str
    to: tuple[float, float]
    at: Point | None = None


@dataclass(frozen=True, slots=True)
class Inset:
    """A round close-up of the same body: what it looks at, from where, and where it stands in the picture.

    `look_at` and `radius` are in the body's space, `centre` and `size` (the radius on the paper) in the
    picture's body units; `leg` and `arms` stand in for the pose's own.
    """

    look_at: Point
    radius: float
    centre: tuple[float, float]
    size: float
    view: View = field(default_factory=View)
    leg: Legs | None = None
    arms: Arms | None = None
    highlight: tuple[Highlight, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    marks: tuple[Mark, ...] = ()
    labels: tuple[Label, ...] = ()
    shift: tuple[float, float] = (0.0, 0.0)
    only: tuple[str, ...] = ()
    order: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pose:
    """One picture's source. `width` is the printed width in mm; `frame` (x0, x1, y0, y1) fixes the scale of pairs.

    `narrowed` is the printed width beside a partner, for the room of the words, which never shrink.
    A picture whose `side` is both means neither leg, and is never mirrored. `order` moves layers forward or back
    (`other.arm: 40`); legs in `light` keep the near tone on the far side.
    `only` names the layers that are drawn, where not all of them are.
    """

    alt: str
    caption: str
    width: float
    narrowed: float | None = None
    side: Literal["right", "left", "both"] = "right"
    view: View = field(default_factory=View)
    person: Person = field(default_factory=Person)
    anchor: Anchor = field(default_factory=Anchor)
    trunk: Trunk = field(default_factory=Trunk)
    neck: float = 0.0
    head: float = 0.0
    head_turn: float = 0.0
    leg: Legs = field(default_factory=Legs)
    arm: Arms = field(default_factory=Arms)
    props: tuple[Prop, ...] = ()
    things: tuple[Thing, ...] = ()
    highlight: tuple[Highlight, ...] = ()
    ghost: tuple[Ghost, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    guides: tuple[Guide, ...] = ()
    marks: tuple[Mark, ...] = ()
    rings: tuple[Ring, ...] = ()
    labels: tuple[Label, ...] = ()
    only: tuple[str, ...] = ()
    frame: tuple[float, float, float, float] | None = None
    order: dict[str, float] = field(default_factory=dict)
    light: tuple[Side, ...] = ()
    inset: Inset | None = None
