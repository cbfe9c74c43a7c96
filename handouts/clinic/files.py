"""What a clinic's folder gets from us: schemas for its editor, a README; and how a folder is made."""

from __future__ import annotations

import json
from pathlib import Path

from handouts.disk import reason
from handouts.output import write_whole
from handouts.problems import Place, Problem, Problems
from handouts.schema import schemas

SCHEMAS = ".schema"
"""The folder of the schemas in a clinic's folder."""
SKELETONS = Path(__file__).parent.parent / "skeletons"


def made(folder: Path) -> None:
    """Make a folder, and those above it. Raises Problems."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "別のフォルダーを指定してください。"
        raise Problems([Problem(Place(str(folder)), f"フォルダーを作れません({reason(error)})。", hint)]) from None


def skeleton(file: str, /, **words: str) -> str:
    """A file of `handouts/skeletons/`, with `@KEY@` replaced."""
    text = (SKELETONS / file).read_text("utf-8")
    for key, value in words.items():
        text = text.replace(f"@{key.upper()}@", value)
    return text


def readme(clinic: str) -> str:
    """The README of a clinic's folder."""
    return skeleton("README.md", clinic=clinic)


def write_schemas(folder: Path) -> list[Path]:
    """Writes the JSON Schema of every kind of file into a folder, which is made. Raises Problems."""
    made(folder)
    written = []
    for name, schema in schemas().items():
        target = folder / f"{name}.schema.json"
        write_whole(target, (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
        written.append(target)
    return written
