"""The commands explain themselves in English where that is asked for, and in Japanese else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner, Result

from handouts.cli import main
from handouts.usage import english

KANA = re.compile("[ぁ-んァ-ヶ]")
CONTEXT = main.make_context("handouts", ["list"], resilient_parsing=True)


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group below, with its path."""
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = list(commands())
"""All of them."""


def run(*words: str, env: dict[str, str | None] | None = None) -> Result:
    return CliRunner().invoke(main, list(words), env=env or {"HANDOUTS_LANG": None})


def test_every_help_text_has_an_english_one_and_none_is_left_over() -> None:
    assert len(COMMANDS) >= 18
    told = english()
    assert set(told["commands"]) == {"handouts", *(" ".join(path) for path, _ in COMMANDS)}
    options = [param for _, command in (((), main), *COMMANDS) for param in command.params]
    said = {option.help for option in options if isinstance(option, click.Option)}
    assert said == set(told["options"])


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_help_is_in_english_where_it_is_asked_for(path: tuple[str, ...]) -> None:
    asked = run("--english", *path, "--help")
    assert asked.exit_code == 0
    assert asked.output.startswith("Usage: ")
    assert f"Example: handouts {path[0]}" in asked.output
    assert not KANA.search(re.sub("Example.*|[(]整骨院[)]", "", asked.output).replace("氏名", ""))
    assert run(*path, "--help", env={"HANDOUTS_LANG": "en_GB"}).output == asked.output
    japanese = run(*path, "--help").output
    assert japanese.startswith("使い方: ")
    assert not re.search("Options:|Usage:|Show this", japanese)


def test_the_list_of_commands_and_wrong_use_are_in_english() -> None:
    told = run("--english", "--help").output
    assert "Commands:" in told
    assert not KANA.search(told)
    for words, said in (
        (("buld",), "Perhaps: build"),
        (("build", "--topc", "x"), "There is no option --topc"),
        (("new",), "is missing"),
        (("new", "poem", "x"), "may be one of"),
        (("watch", "--port", "x"), "not valid"),
        (("build", "--layout"), "needs one"),
    ):
        result = run("--english", *words)
        assert result.exit_code == 2
        assert said in result.output
        assert result.output.startswith("Error: ")
        assert run(*words).output.startswith("エラー: ")


def test_another_language_is_japanese() -> None:
    assert run("--help", env={"HANDOUTS_LANG": "fr"}).output.startswith("使い方: ")
    assert run("--help", env={"HANDOUTS_LANG": "ENGLAND"}).output.startswith("使い方: ")
