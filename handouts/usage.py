"""A click group that says wrong use and Problems in plain Japanese, with exit codes 2 and 1 and never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

import click
from click.exceptions import (
    Abort,
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from handouts.disk import reason
from handouts.problems import Problems, show

_HEADINGS = {"Options": "指定", "Commands": "命令"}


class JapaneseFormatter(click.HelpFormatter):
    """Help with Japanese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        """A heading of the options or commands."""
        super().write_heading(_HEADINGS.get(heading, heading))


class JapaneseContext(click.Context):
    """A context whose help is in Japanese."""

    formatter_class = JapaneseFormatter


class JapaneseCommand(click.Command):
    """A command whose help is in Japanese; its docstring's lines stay as they are written."""

    context_class = JapaneseContext

    def __init__(self, *arguments: Any, **fields: Any) -> None:
        fields.setdefault("options_metavar", "[指定]...")
        super().__init__(*arguments, **fields)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "この説明を表示して終わる。"
        return option


class JapaneseGroup(JapaneseCommand, click.Group):
    """Commands whose errors are one or more lines of Japanese on the error stream."""

    command_class = JapaneseCommand

    def __init__(self, *arguments: Any, **fields: Any) -> None:
        fields.setdefault("subcommand_metavar", "命令 ...")
        super().__init__(*arguments, **fields)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; exits 0 done, 1 problems in content or output, 2 wrong use."""
        if sys.stdout is None:
            _tell("エラー: 標準出力が閉じているので、結果を表示できません。何もせずに終わります。")
            result: Any = 1
        else:
            result = self._result(args, prog_name, complete_var, extra)
        if standalone_mode:
            sys.exit(result if isinstance(result, int) else 0)
        return result

    def _result(
        self, args: Sequence[str] | None, prog_name: str | None, complete_var: str | None, extra: dict[str, Any]
    ) -> Any:
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
            return result
        except Problems as problems:
            _tell(show(problems))
        except NoArgsIsHelpError as help_:
            _tell(help_.ctx.get_help() if help_.ctx else "")
            return 2
        except UsageError as error:
            _tell(_usage(error))
            return 2
        except (Abort, KeyboardInterrupt):
            _tell("中止しました。")
        except BrokenPipeError:
            # The reader (head, less) has gone; there is no one left to tell.
            _drop_output()
        except OSError as error:
            _tell(_refused(error))
            _drop_output()
        return 1

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that a name means; UsageError with the nearest names where there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            near = get_close_matches(args[0], names, n=2)
            hint = f"もしかして: {', '.join(near)}" if near else f"使える命令: {', '.join(names)}"
            raise UsageError(f"「{args[0]}」という命令はありません。{hint}", ctx)
        return super().resolve_command(ctx, args)


def _tell(text: str) -> None:
    """Say something on the error stream, where there still is one."""
    with suppress(OSError):
        click.echo(text, err=True)


def _drop_output() -> None:
    """Let what could not be printed go nowhere, or the interpreter would try, and complain, once more at its end."""
    with suppress(OSError):
        number = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _refused(error: OSError) -> str:
    """What the system refused; an error that names no file comes from printing."""
    if error.filename is None:
        return f"エラー: 結果を表示できません({reason(error)})。\nヒント: 標準出力の先を確かめてください。"
    return f"{error.filename}: エラー: 読み書きできません({reason(error)})。"


def _usage(error: UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "handouts"
    return f"エラー: {_message(error)}\n使い方: {command} --help"


def _message(error: UsageError) -> str:
    match error:
        case NoSuchOption():
            near = f"もしかして: {', '.join(error.possibilities)}" if error.possibilities else ""
            return f"{error.option_name} という指定はありません。{near}"
        case MissingParameter():
            return f"{_name(error)} を指定してください。"
        case BadParameter() if isinstance(getattr(error.param, "type", None), click.Choice):
            return f"{_name(error)} に使えるのは {', '.join(error.param.type.choices)} です。"  # type: ignore[union-attr]
        case BadParameter():
            return f"{_name(error)} の値が正しくありません。"
        case BadOptionUsage():
            return f"{error.option_name} の書き方が正しくありません。値が要る指定には値を書いてください。"
        case _:
            return error.message


def _name(error: BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else str(error.param_hint or "")
