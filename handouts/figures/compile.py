"""Poses → committed pictures: `python -m handouts.figures.compile [NAME …]` writes assets/pictures."""

from __future__ import annotations

import sys
from pathlib import Path

from handouts.figures.compose import compose
from handouts.figures.emit import svg
from handouts.figures.reading import read_pose
from handouts.figures.theme import THEMES, size_class

ASSETS = Path(__file__).parents[2] / "assets"


def pictures(pose_file: Path) -> dict[str, str]:
    """File name → SVG text, one for each theme. Raises Problems."""
    pose = read_pose(pose_file)
    size = size_class(pose.width)
    return {
        f"{pose_file.stem}.{size.name}.{name}.svg": svg(compose(pose, theme, size)) for name, theme in THEMES.items()
    }


def main(names: list[str]) -> None:
    """Writes the pictures of the named poses, or of all."""
    for pose_file in sorted((ASSETS / "poses").glob("*.yaml")):
        if not names or pose_file.stem in names:
            for name, text in pictures(pose_file).items():
                (ASSETS / "pictures" / name).write_text(text, encoding="utf-8", newline="\n")
                print(f"{name}  {len(text.encode()) / 1000:.1f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
