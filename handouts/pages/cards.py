"""The two faces of a card in place of the warning boxes: the signs of one step each, and whom to call."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model import BlockName, Text, place_of
from handouts.pages.blocks import Block, CardFace, Foot, Sign, WarningBox

FACES = (BlockName.NOW, BlockName.SOON)


def card_faces(blocks: Mapping[BlockName, Block], foot: Foot, *, edition: bool) -> dict[BlockName, Block]:
    """The blocks with each step's signs as a face; its review stands on the last.

    Topic and `edition` stand on the face with fewer signs; without, where there is no room for them.
    """
    found = {name: block for name, block in blocks.items() if name in FACES and isinstance(block, WarningBox)}
    steps = {name: block.steps[0] for name, block in found.items() if block.steps}
    lined = min(reversed(steps), key=lambda name: len(steps[name].signs), default=None)
    faces: dict[BlockName, Block] = {
        name: CardFace(
            step=step,
            signs=tuple(Sign(_on_one_line(sign.text), sign.call) for sign in step.signs),
            rule=found[name].rule if step.urgent or len(steps) == 1 else "",
            tick=found[name].tick,
            clinic=foot.clinic,
            phone=foot.phone,
            line=foot.edition if edition and name is lined else "",
            state=foot.state if name is list(steps)[-1] and not foot.draft else "",
            draft=foot.draft,
        )
        for name, step in steps.items()
    }
    return {name: block for name, block in blocks.items() if name not in found} | faces


def _on_one_line(text: str) -> str:
    """Without breaks made by hand for narrower places."""
    return Text(text.replace("\n", ""), place_of(text)) if "\n" in text else text
