"""The two themes (colour, mono) and the size classes: every tone and every line weight in one place."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#000000"
WHITE = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Theme:
    """Tones by name; a name with `_far` is the same thing on the far side of the body."""

    name: str
    tones: dict[str, str]
    hatch_line: float
    hatch_step: float

    def tone(self, name: str, far: bool = False) -> str:
        """The fill for a name. Raises KeyError for a name the theme does not have."""
        return self.tones.get(f"{name}_far", self.tones[name]) if far else self.tones[name]


COLOUR = Theme(
    "colour",
    {
        "skin": "#F8DEC8", "skin_far": "#E3BFA2", "shirt": "#9CCBE8", "shirt_far": "#79A9C9",
        "shorts": "#41617E",
        "shorts_far": "#31495F", "hair": "#4B3F3A", "grey_hair": "#B9B4AF", "strand": "#8C7F78", "shoe": WHITE,
        "shoe_far": "#E2E2E2",
        "sock": WHITE, "sole": "#8D99A6", "prop": "#EFE9DF", "prop_edge": "#DDD3C4", "prop_line": "#857C70",
        "floor": "#857C70", "ball": "#F1F4A8", "cheek": "#F2B79B",
        "water": "#BBDDF0", "wet": "#F0E3DA", "ripple": "#4F8DB3", "pack": "#8CC4E8", "towel": WHITE,
        "muscle": "#F59A5B", "flesh": "#C4654A", "flesh_pale": "#EFB999", "hatch": "#7A2600",
        "move": "#00568F", "right": "#00568F", "wrong": "#C8430A", "fold": "#22364A",
    },
    0.8,
    2.4,
)  # fmt: skip
MONO = Theme(
    "mono",
    {
        "skin": WHITE, "skin_far": "#DDDDDD", "shirt": "#D2D2D2", "shirt_far": "#B4B4B4", "shorts": "#7E7E7E",
        "shorts_far": "#666666", "hair": "#3A3A3A", "grey_hair": "#BDBDBD", "strand": INK, "shoe": WHITE,
        "shoe_far": "#DDDDDD",
        "sock": WHITE, "sole": "#666666", "prop": "#F4F4F4", "prop_edge": "#E4E4E4", "ball": WHITE, "prop_line":
        INK, "floor": INK,
        "water": "#E4E4E4", "wet": WHITE, "ripple": INK, "pack": "#BDBDBD", "towel": WHITE,
        "cheek": WHITE, "muscle": WHITE, "flesh": "#949494", "flesh_pale": "#DADADA",
        "hatch": INK, "move": INK, "right": INK,
        "wrong": INK, "fold": INK,
    },
    0.85,
    2.0,
)  # fmt: skip
THEMES = {theme.name: theme for theme in (COLOUR, MONO)}


@dataclass(frozen=True, slots=True)
class SizeClass:
    """Line weights in pt at the printed width; `upto` is the largest width of the class in mm."""

    name: str
    upto: float
    outline: float
    inner: float
    digit: float
    gap: float = 1.1


CLASSES = (
    SizeClass("S", 45.0, 0.8, 0.5, 0.5, 0.9),
    SizeClass("M", 62.0, 0.9, 0.6, 0.5),
    SizeClass("L", 90.0, 0.95, 0.6, 0.55),
)


def size_class(width: float) -> SizeClass:
    """The class of a printed width in mm. Raises ValueError over 90 mm."""
    for size in CLASSES:
        if width <= size.upto:
            return size
    raise ValueError(f"no size class for {width} mm")
