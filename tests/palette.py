"""Pictures of few colours in which accents stay what they are: by frequency alone, an orange cross would turn grey."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SHEET = ("000000", "ffffff", "00568f", "edf3f8", "c8430a", "f59a5b", "f8dec8", "9ccbe8", "41617e", "857c70", "ddd3c4")
"""What is on a sheet: text, paper, accent, tint, and the figures' colours that mean or cover much."""
NEAR = 14
"""How near to one of these a colour must be to be taken for it."""


def save(picture: Image.Image, path: Path, colours: int, kept: Sequence[str] = SHEET) -> None:
    """A PNG of at most so many colours, as small as that makes it: those that are kept, then the most frequent."""
    from PIL import Image

    ours = [tuple(bytes.fromhex(one)) for one in kept]
    whole = picture.convert("RGB")
    frequent = whole.quantize(colours - len(ours), Image.Quantize.MEDIANCUT).getpalette() or []
    others = [tuple(frequent[at : at + 3]) for at in range(0, len(frequent), 3)]
    far = [one for one in others if all(math.dist(one, other) > NEAR for other in ours)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for one in (*ours, *far)[:colours] for part in one])
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)
