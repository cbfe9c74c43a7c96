"""What a batch leaves beside its sheets: the list of rows and codes, and one file of all sheets for the printer."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from handouts.consult.sheetmaker import Order
from handouts.disk import reason
from handouts.output import check_target, write_whole
from handouts.pdf.join import Joiner
from handouts.problems import Place, Problem, Problems

INDEX = "index.csv"
"""The list of rows and codes. It holds no name: the row's number leads back to the table."""
_HEAD = "行,資料の番号,ファイル,面"


def check_index(folder: Path) -> None:
    """Raise Problems where a file of the list's name is something else, be it that a link leads there."""
    check_target(folder / INDEX, _HEAD.encode("utf-8-sig"))


def write_index(folder: Path, orders: Sequence[Order], sides: Mapping[str, int]) -> None:
    """Which row became which file, as Excel reads it. Raises Problems."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEAD.split(","))
    writer.writerows([order.row.number, order.code, order.target.name, sides[order.code]] for order in orders)
    write_whole(folder / INDEX, text.getvalue().encode("utf-8-sig"), private=True)


def is_draft(path: Path, target: Path) -> bool:
    """Whether a file is what is left of `target` (no link) when a run was killed while it gathered."""
    return path.name.startswith(_draft(target)) and path.suffix == ".tmp"


def _draft(target: Path) -> str:
    return f".{target.name[:40]}.joined."


def gather(orders: Sequence[Order], target: Path) -> int:
    """One file of all sheets in the order of the rows, each from a new leaf, whole or not at all; its sides.

    Raises Problems.
    """
    check_target(target)
    temporary: str | None = None
    real = Path(os.path.realpath(target))  # a link stays: what it leads to is replaced
    try:
        handle, temporary = tempfile.mkstemp(prefix=_draft(real), suffix=".tmp", dir=real.parent)
        with os.fdopen(handle, "wb") as file:
            joiner = Joiner(file)
            for order in orders:
                joiner.add(order.target.read_bytes())
            joiner.close()
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, real)
        temporary = None
        return joiner.sides
    except OSError as error:
        message = f"1つのファイルにまとめられません({reason(error)})。"
        hint = "空き容量と権限を確かめ、--resume を付けて、もう一度打ってください。"
        raise Problems([Problem(Place(str(target)), message, hint)]) from None
    except ValueError:
        message = "1つのファイルにまとめられません(handouts が作ったままの PDF ではないものがあるか、数が多すぎます)。"
        raise Problems([Problem(Place(str(target)), message, "表を分けて作ってください。")]) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
