"""The journal of a batch: which row has which code, and which sheets are done; it outlives a kill at any moment.

It is for its owner alone and holds no text of a row: a salted digest stands for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from secrets import token_bytes
from typing import Any

from handouts.disk import reason
from handouts.output import write_whole
from handouts.problems import Place, Problem, Problems

FILE = "batch.journal"
FORM = 1


class Journal:
    """Lines of JSON: the head, `row` (digest, code), `done` (code, sides), `end`. A line that was cut off is none."""

    def __init__(self, path: Path, printed: date, salt: bytes) -> None:
        self.path = path
        self.printed = printed
        self.salt = salt
        self.codes: dict[str, str] = {}
        self.done: dict[str, int] = {}
        self.ended = False

    @classmethod
    def begun(cls, path: Path, printed: date) -> Journal:
        """A new journal, in place of one that has come to its end. Raises Problems where one has not."""
        if path.exists() and not cls.read(path).ended:
            message = "このフォルダーには、途中で止まった前の作業があります。"
            hint = "続けるには --resume を付けます。新しく作るには、-o に別のフォルダーを書いてください。"
            raise Problems([Problem(Place(str(path)), message, hint)])
        journal = cls(path, printed, token_bytes(16))
        head = {"form": FORM, "date": printed.isoformat(), "salt": journal.salt.hex()}
        write_whole(path, _line(head), private=True)
        return journal

    @classmethod
    def read(cls, path: Path) -> Journal:
        """The journal as far as it was written. Raises Problems where there is none, or it is something else."""
        try:
            lines = path.read_bytes().splitlines()
            head = json.loads(lines[0])
            journal = cls(path, date.fromisoformat(head["date"]), bytes.fromhex(head["salt"]))
        except FileNotFoundError:
            hint = "初めて作るときは --resume を付けません。フォルダー(-o)が前と同じかも確かめてください。"
            raise Problems([Problem(Place(str(path)), "続きにする前の作業がありません。", hint)]) from None
        except OSError as error:
            raise Problems([Problem(Place(str(path)), f"作業の記録を読めません({reason(error)})。")]) from None
        except (ValueError, LookupError, TypeError):
            hint = "別のフォルダーを -o に書いて、初めから作ってください。"
            raise Problems([Problem(Place(str(path)), "作業の記録が壊れています。", hint)]) from None
        for line in lines[1:]:
            with suppress(ValueError, LookupError, TypeError):
                journal._take(json.loads(line))
        return journal

    def _take(self, entry: dict[str, Any]) -> None:
        if "row" in entry:
            self.codes[str(entry["row"])] = str(entry["code"])
        elif "done" in entry:
            self.done[str(entry["done"])] = int(entry["sides"])
        self.ended = "end" in entry

    def assign(self, digests: Sequence[str], code: Any) -> list[str]:
        """The code of each row: the one it has, else a new one of `code()`; equal rows have one each."""
        known = set(self.codes.values())
        count: dict[str, int] = {}
        news, codes = [], []
        for digest in digests:
            count[digest] = count.get(digest, 0) + 1
            key = f"{digest}-{count[digest]}"
            if key not in self.codes:
                while (new := code()) in known:
                    pass
                known.add(new)
                self.codes[key] = new
                news.append({"row": key, "code": new})
            codes.append(self.codes[key])
        self._append(news)
        return codes

    def finish(self, sheets: Iterable[tuple[str, int]]) -> None:
        """These sheets (code, sides) are on the disk and kept."""
        sheets = list(sheets)
        self.done |= dict(sheets)
        self._append([{"done": code, "sides": sides} for code, sides in sheets])

    def end(self) -> None:
        """Every row has been seen to: a new batch may begin here."""
        self._append([{"end": True}])

    def _append(self, entries: list[dict[str, Any]]) -> None:
        """On return the lines outlive a power cut. They begin anew on a line, whatever was cut off before them."""
        if not entries:
            return
        try:
            with self.path.open("ab") as file:
                file.write(b"\n" + b"".join(map(_line, entries)))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            message = f"作業の記録を書けません({reason(error)})。"
            raise Problems([Problem(Place(str(self.path)), message, "空き容量と権限を確かめてください。")]) from None


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry).encode() + b"\n"
