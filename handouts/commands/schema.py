"""`handouts schema`: JSON Schema for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from handouts.commands.options import CLINIC, PATH
from handouts.usage import JapaneseCommand

CLINICS = "."
"""Stands for the `.schema` of the clinic's folder: no schema is written among its own files."""


@click.command(cls=JapaneseCommand)
@click.option(
    "--write",
    "folder",
    type=PATH,
    metavar="[DIR]",
    is_flag=False,
    flag_value=CLINICS,
    help="書き出す所。省くと、医院のフォルダーの .schema。",
)
@CLINIC
def schema(folder: Path | None, clinic: Path | None) -> None:
    """YAML の JSON Schema を出す(編集ソフトが、項目の名前を補い、間違いを示すために使う)。

    例: handouts schema --write
    """
    from handouts.clinic.files import SCHEMAS, write_schemas
    from handouts.clinic.new import own_folder
    from handouts.library import Library
    from handouts.schema import schemas

    if folder is None:
        click.echo(json.dumps(schemas(), ensure_ascii=False, indent=2))
        return
    target = own_folder(Library.found(clinic)) / SCHEMAS if str(folder) == CLINICS else folder
    for path in write_schemas(target):
        click.echo(click.format_filename(path))
