"""Writes docs/commands.md from the commands' own --help: `python -m tests.clinic.commands_page`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from handouts.cli import main as group

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
WIDTH = 100
"""Characters of a line of help, whatever the terminal."""
HEAD = """\
# 命令の一覧

`handouts 命令 --help` が示すものと同じです(`python -m tests.clinic.commands_page` が書き、試験が比べます)。

*Every command, as its own `--help` says it. Help, problems and questions are in English with `--english` before the
command (`handouts --english build --help`), or `HANDOUTS_LANG=en`.*

## どの命令にも共通のこと

| | |
|---|---|
| 終わりの番号 | 0 できた ・ 1 内容や出力に問題がある(`diff` では、違いがある) ・ 2 使い方の間違い |
| `--clinic DIR` | 医院のフォルダー。省くと `HANDOUTS_CLINIC`、次に今いる所から上へ `clinic.yaml` を探す |
| `--json` | ほかのプログラムが読むための形で出す。項目の名前は、版が変わっても消えません |
| 問題の形 | `ファイル:行:列: エラー: 文 [決まりの名前]`。すべて一度に示す |
| 言葉 | 日本語。命令の前の `--english` か `HANDOUTS_LANG=en` で英語(「」の中、ファイルの名前、紙の文はそのまま) |

*Exit codes: 0 done, 1 problems in the content or the output (for `diff`: differences), 2 wrong use.*

## 入力の補完

シェルで、命令・指定・資料の名前を Tab で補えます。次の行を、使うシェルの設定ファイルに書きます。

| シェル | 設定ファイル | 書く行 |
|---|---|---|
| bash (4.4 以上) | `~/.bashrc` | `eval "$(_HANDOUTS_COMPLETE=bash_source handouts)"` |
| zsh | `~/.zshrc` | `eval "$(_HANDOUTS_COMPLETE=zsh_source handouts)"` |
| fish | `~/.config/fish/completions/handouts.fish` | `_HANDOUTS_COMPLETE=fish_source handouts \\| source` |

"""


def help_of(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    """What a command's --help prints."""
    context = command.context_class(
        command,
        parent,
        info_name=name,
        max_content_width=WIDTH,
        terminal_width=WIDTH,
        help_option_names=group.context_settings["help_option_names"],
    )
    with context:
        return "\n".join(line.rstrip() for line in command.get_help(context).split("\n"))


def page() -> str:
    """docs/commands.md."""
    context = group.context_class(group, info_name="handouts")
    parts = [f"## handouts\n\n```text\n{help_of(group, 'handouts')}\n```\n"]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        parts.append(f"## {name}\n\n```text\n{help_of(command, name, context)}\n```\n")
    return HEAD + "\n".join(parts)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
