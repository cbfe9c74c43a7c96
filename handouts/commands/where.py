"""`handouts where`: which file a name stands for, and what it hides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import CLINIC
from handouts.english import told
from handouts.usage import JapaneseCommand, say

if TYPE_CHECKING:
    from handouts.clinic.origin import Origin


@click.command(cls=JapaneseCommand)
@click.argument("name", required=False)
@click.option("--signs", "all_signs", is_flag=True, help="警告サインの名前と文を、すべて並べる。")
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@CLINIC
def where(name: str | None, all_signs: bool, as_json: bool, clinic: Path | None) -> None:
    """名前が、どのフォルダーのどのファイルから来ているかを示す。

    例: handouts where running  ・  handouts where calf-clot  ・  handouts where --signs
    """
    from handouts.clinic.origin import as_data, known, origins, signs
    from handouts.decode import did_you_mean
    from handouts.library import Library

    library = Library.found(clinic)
    if all_signs:
        _show_signs(signs(library), as_json)
        return
    if name is None:
        raise click.UsageError("名前(資料・体操・図・紙面の形・警告サイン・出典・用語)を書いてください。")
    found = origins(library, name)
    if not found:
        hint = did_you_mean(name, known(library)) or "名前は handouts list で見られます。"
        raise click.UsageError(f"「{name}」という名前のものはありません。{hint}")
    if as_json:
        data = [as_data(origin) | {"kind": told(origin.noun)} for origin in found]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for origin in found:
        say(_line(origin))


def _line(origin: Origin) -> str:
    from handouts.library.folders import shown

    place = f"{shown(origin.path)}{f':{origin.line}' if origin.line else ''}"
    lines = [f"{origin.noun} {'(医院)' if origin.own else '(組み込み)'} {place}"]
    lines += [f"  「{origin.says}」"] if origin.says else []
    lines += [f"  もと(extends): {origin.extends}"] if origin.extends else []
    lines += [f"  隠しているもの: {shown(path)}" for path in origin.hides]
    return "\n".join(lines)


def _show_signs(found: list[tuple[str, str, str, bool]], as_json: bool) -> None:
    if as_json:
        data = [{"id": id_, "step": step, "text": text, "own": own} for id_, step, text, own in found]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    width = max(len(id_) for id_, *_ in found)
    for id_, step, text, own in found:
        click.echo(f"{id_:<{width}}  {step}  {text}{told('(医院)') if own else ''}")
