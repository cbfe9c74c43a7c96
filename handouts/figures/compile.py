"""Poses → committed pictures: `python -m handouts.figures.compile [NAME …]` writes assets/pictures."""

from __future__ import annotations

import sys
from pathlib import Path

from handouts.figures.compose import compose
from handouts.figures.emit import svg
from handouts.figures.lint import read_checked
from handouts.figures.theme import THEMES, size_class
from handouts.problems import Problems

ASSETS = Path(__file__).parents[2] / "assets"


def pictures(pose_file: Path) -> dict[str, str]:
    """File name → SVG text, one for each theme. Raises Problems."""
    pose = read_checked(pose_file)
    size = size_class(pose.width)
    return {
        f"{pose_file.stem}.{size.name}.{name}.svg": svg(compose(pose, theme, size)) for name, theme in THEMES.items()
    }


def main(names: list[str]) -> int:
    """Writes the pictures of the named poses, or of all; 1 if a pose is wrong or unknown, which is printed."""
    files = {path.stem: path for path in sorted((ASSETS / "poses").glob("*.yaml"))}
    failed = 0
    for name in names or files:
        if name not in files:
            failed = 1
            print(f"{name}: 図の元（assets/poses/{name}.yaml）がありません。", file=sys.stderr)
            continue
        try:
            made = pictures(files[name])
        except Problems as problems:
            failed = 1
            for problem in problems:
                print(f"{problem.place}: {problem.message} {problem.hint}", file=sys.stderr)
        else:
            for file_name, text in made.items():
                (ASSETS / "pictures" / file_name).write_text(text, encoding="utf-8", newline="\n")
                print(f"{file_name}  {len(text.encode()) / 1000:.1f} kB")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
