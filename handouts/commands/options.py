"""What several commands share: the clinic's folder, paths, names that are known, days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from handouts.clock import LAST_YEAR, is_wrong

FIRST_YEAR = 2000
"""Before it no sheet may be dated."""

PATH = click.Path(path_type=Path, readable=False)
"""Any path: what is wrong with it is told as a Problem, which says more than click's word for a bad value."""

CLINIC = click.option(
    "--clinic",
    type=PATH,
    metavar="DIR",
    help="医院のフォルダー(clinic.yaml のある所)。省くと HANDOUTS_CLINIC、次に今いる所から上へ探す。",
)


def names_of(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Completes the names of a kind in a shell: topics, exercises, layouts, poses; nothing where something is wrong."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        from handouts.library import Library
        from handouts.problems import Problems

        try:
            found: list[str] = getattr(Library.found(ctx.params.get("clinic")), kind)()
        except Problems:
            return []
        return [name for name in found if name.startswith(incomplete)]

    return complete


def check_known(name: str, known: list[str], noun: str) -> None:
    """UsageError, with what was perhaps meant, where a name is not known."""
    from handouts.decode import did_you_mean

    if name not in known:
        hint = did_you_mean(name, known)
        raise click.UsageError(f"「{name}」という{noun}はありません。{hint}\n使える名前: {', '.join(known)}")


def today() -> date:
    """The day that it is. Raises Problems where the clock says one that cannot be: a sheet would have a wrong date."""
    from handouts.problems import NOWHERE, Problem, Problems

    day = date.today()
    if is_wrong(day):
        message = f"このパソコンの時計が {day.year}年{day.month}月{day.day}日 になっています。"
        hint = "時計を合わせるか、紙の日付を --date で書いてください(例: --date 2026-11-22)。"
        raise Problems([Problem(NOWHERE, message, hint)])
    return day


def day_of(text: str | None, option: str = "--date") -> date:
    """A day as it is written after an option; today where there is none. UsageError for any other form."""
    if text is None:
        return today()
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise click.UsageError(f"{option} は 2026-11-22 の形で書いてください(半角の数字): {text}")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option} の日がこよみにありません: {text}") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise click.UsageError(f"{option} の年は {FIRST_YEAR}〜{LAST_YEAR} で書いてください: {text}")
    return day
