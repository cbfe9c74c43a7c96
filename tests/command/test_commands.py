"""The other commands: list, check, schema, and help for every one of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from handouts.cli import main


def test_every_command_has_help_in_japanese_with_an_example() -> None:
    context = click.Context(main)
    names = main.list_commands(context)
    assert {"build", "check", "list", "schema"} <= set(names)
    for name in names:
        command = main.get_command(context, name)
        assert command is not None
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert f"例: handouts {name}" in result.output
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name} has no help"
                assert re.search("[ぁ-ん]", parameter.help)


def test_list_shows_topics_exercises_and_layouts() -> None:
    result = CliRunner().invoke(main, ["list"])
    assert result.exit_code == 0
    for said in ("running", "走ると膝の裏が痛いとき", "体操 (exercises)", "A4(両面)"):
        assert said in result.output
    as_json = json.loads(CliRunner().invoke(main, ["list", "exercises", "--json"]).output)
    assert list(as_json) == ["exercises"]
    assert len(as_json["exercises"]) >= 3
    assert "下りの1歩目" in result.output
    figures = json.loads(CliRunner().invoke(main, ["list", "figures", "--json"]).output)
    assert list(figures) == ["figures"]
    assert len(figures["figures"]) >= 24
    assert not any("[" in caption for caption in figures["figures"].values())


def test_check_finds_nothing_wrong_with_what_is_built_in() -> None:
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output


def test_check_names_every_problem_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "topics" / "mine.yaml"
    path.parent.mkdir()
    path.write_text("title: 資料\npurpos: 目的\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 1
    assert f"{path}:2:1: エラー" in result.output
    assert "もしかして: purpose" in result.output
    found = json.loads(CliRunner().invoke(main, ["check", "--json", str(path)]).output)
    assert {"line", "column", "message", "hint", "severity", "file", "rule"} == set(found[0])


def test_schema_is_printed_or_written(tmp_path: Path) -> None:
    printed = json.loads(CliRunner().invoke(main, ["schema"]).output)
    assert {"topic", "exercise", "layout", "clinic"} <= set(printed)
    result = CliRunner().invoke(main, ["schema", "--write", str(tmp_path / "schema")])
    assert result.exit_code == 0, result.output
    written = {path.name.removesuffix(".schema.json") for path in (tmp_path / "schema").iterdir()}
    assert written == set(printed)


@pytest.mark.parametrize("arguments", [["--help"], [], ["--version"]])
def test_the_program_introduces_itself(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert "handouts" in result.output
    assert result.exit_code == (0 if arguments else 2)
