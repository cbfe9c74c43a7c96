"""A click group that says wrong use and Problems in plain words, with exit codes 2 and 1 and never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from itertools import takewhile
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
from handouts.english import asked, is_english, told
from handouts.problems import Problems, show

_FRAME = {"usage": "使い方: ", "help": "この説明を表示して終わる。", "options": "[指定]...", "commands": "命令 ..."}
_HEADINGS = {"Options": "指定", "Commands": "命令"}
_ENGLISH = "--english"


def say(text: str, *, err: bool = False) -> None:
    """Tell a text, in the reader's language, on standard output or the error stream."""
    click.echo(told(text), err=err)


def ask(question: str) -> str:
    """What is typed after a question, which is asked in the reader's language; an end of input breaks off."""
    answer: str = click.prompt(told(question), default="", show_default=False, prompt_suffix="\n> ")
    return answer


@cache
def english() -> dict[str, dict[str, str]]:
    """The words in English: of the frame, of commands by their names, of options by their Japanese help."""
    from handouts.english.catalogue import HELP, read

    found: dict[str, dict[str, str]] = read(HELP)
    return found


def _frame(word: str) -> str:
    return english()["frame"][word] if is_english() else _FRAME.get(word, word)


class JapaneseFormatter(click.HelpFormatter):
    """Help with Japanese headings, or English ones where these are asked for."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, prefix or _frame("usage"))

    def write_heading(self, heading: str) -> None:
        """A heading of the options or commands."""
        super().write_heading(heading if is_english() else _HEADINGS.get(heading, heading))


class JapaneseContext(click.Context):
    """A context whose help is in Japanese, or in English."""

    formatter_class = JapaneseFormatter

    def get_help(self) -> str:
        """The help; this context is the current one meanwhile."""
        with self.scope(cleanup=False):
            return super().get_help()


class JapaneseCommand(click.Command):
    """A command whose help is in Japanese, or in English; its docstring's lines stay as they are written."""

    context_class = JapaneseContext

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the command's name in the usage line."""
        pieces = super().collect_usage_pieces(ctx)
        words = {"[OPTIONS]": _frame("options"), "COMMAND [ARGS]...": _frame("commands")}
        return [words.get(piece, piece) for piece in pieces]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _frame("help")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help, for a list of commands."""
        said = english()["commands"].get(self._path(None)) if is_english() else None
        return said.partition("\n")[0] if said else super().get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help without its usage line and options."""
        said = english()["commands"].get(self._path(ctx)) if is_english() else None
        if said is None:
            super().format_help_text(ctx, formatter)
            return
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and of a group the commands below them."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [(param, param.get_help_record(ctx)) for param in options]
        rows = [(record[0], _translated(param, record[1])) for param, record in records if record]
        if rows:
            with formatter.section("Options"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def _path(self, ctx: click.Context | None) -> str:
        """The command's name with those of the groups it is in, but the first."""
        above = ctx.parent if ctx else click.get_current_context(silent=True)
        names: list[str] = []
        while above is not None and above.parent is not None:
            names.insert(0, above.info_name or "")
            above = above.parent
        name = self.name or ""
        return " ".join([*names, "handouts" if name == "main" else name])


def _translated(param: click.Parameter, said: str) -> str:
    """An option's help in English, with what click says after it."""
    own = getattr(param, "help", None) or ""
    found = english()["options"].get(own) if is_english() else None
    return found + said[len(own) :] if found and said.startswith(own) else said


ENGLISH = click.option(_ENGLISH, is_flag=True, expose_value=False, help="日本語の代わりに、英語で示す。")
"""Of the first group alone, before the command's name; it is heeded before the line is parsed, which may be wrong."""


class JapaneseGroup(JapaneseCommand, click.Group):
    """Commands whose errors are one or more lines of Japanese on the error stream."""

    command_class = JapaneseCommand

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; exits 0 done, 1 problems in content or output, 2 wrong use."""
        first = takewhile(lambda word: word.startswith("-"), sys.argv[1:] if args is None else args)
        with asked(_ENGLISH in first):
            if sys.stdout is None:
                _tell(told("エラー: 標準出力が閉じているので、結果を表示できません。何もせずに終わります。"))
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
            if error.ctx is None:  # click's parser gives some none
                error.ctx = click.Context(self, info_name=prog_name or self.name)
            _tell(_usage(error))
            return 2
        except (Abort, KeyboardInterrupt):
            _tell(told("中止しました。"))
        except BrokenPipeError:
            # The reader (head, less) has gone; there is no one left to tell.
            _drop_output()
        except OSError as error:
            _tell(told(_refused(error)))
            _drop_output()
        return 1

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that a name means; UsageError with the nearest names where there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            from difflib import get_close_matches

            near = get_close_matches(args[0], names, n=2)
            hint = _said("near", ", ".join(near)) if near else _said("commands", ", ".join(names))
            raise UsageError(_said("no_command", args[0]) + hint, ctx)
        return super().resolve_command(ctx, args)


def _tell(text: str) -> None:
    """Say something, in the reader's language already, on the error stream, where there still is one."""
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
    return f"{_frame('エラー')}: {_message(error)}\n{_frame('usage')}{command} --help"


_SAID = {
    "near": "もしかして: {}",
    "commands": "使える命令: {}",
    "no_command": "「{}」という命令はありません。",
    "no_option": "{} という指定はありません。",
    "missing": "{} を指定してください。",
    "choice": "{} に使えるのは {} です。",
    "bad": "{} の値が正しくありません。",
    "form": "{} の書き方が正しくありません。値が要る指定には値を書いてください。",
}


def _said(key: str, *words: str) -> str:
    """What is said of wrong use, in the reader's language."""
    return (english()["usage"] if is_english() else _SAID)[key].format(*words)


def _message(error: UsageError) -> str:
    match error:
        case NoSuchOption():
            near = _said("near", ", ".join(error.possibilities)) if error.possibilities else ""
            return _said("no_option", error.option_name) + near
        case MissingParameter():
            return _said("missing", _name(error))
        case BadParameter() if isinstance(getattr(error.param, "type", None), click.Choice):
            choices = ", ".join(error.param.type.choices)  # type: ignore[union-attr]  # as the case says
            return _said("choice", _name(error), choices)
        case BadParameter():
            return _said("bad", _name(error))
        case BadOptionUsage():
            return _said("form", error.option_name)
        case _:
            return told(error.message)


def _name(error: BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else str(error.param_hint or "")
