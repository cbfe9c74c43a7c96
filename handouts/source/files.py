"""The text of a file: bytes of a modest, regular UTF-8 file, or a Problem that says how to mend it."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from handouts.disk import reason
from handouts.problems import Place, Problem, Problems

LIMIT = 1_000_000
"""Largest file that is read, bytes."""

UTF_8_HINT = "UTF-8 で保存し直してください(メモ帳では「名前を付けて保存」の「エンコード」で UTF-8 を選びます)。"
_KANA = re.compile("[ぁ-ゖァ-ヶー、。]")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")


def text_of(path: Path, shown: str | None = None) -> str:
    """The text of a file; raises Problems. `shown` is the name that problems give it."""
    name = shown if shown is not None else str(path)
    return decoded(_bytes_of(path, name), name)


def _bytes_of(path: Path, name: str) -> bytes:
    place = Place(name)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Problems(
                [Problem(place, "フォルダーです。ファイルではありません。", "YAML ファイルを指定してください。")]
            )
        if not stat.S_ISREG(mode):
            raise Problems([Problem(place, "ふつうのファイルではないので読めません。")])
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise Problems([Problem(place, "ファイルがありません。", "名前とフォルダーを確かめてください。")]) from None
    except PermissionError:
        raise Problems(
            [Problem(place, "ファイルを開く権限がありません。", "ファイルの権限を確かめてください。")]
        ) from None
    except (OSError, ValueError) as error:
        hint = "名前と場所を確かめてください。"
        raise Problems([Problem(place, f"ファイルを読めません({reason(error)})。", hint)]) from None
    if len(data) > LIMIT:
        hint = "資料の定義はふつう数十 KB です。別のファイルではないか確かめてください。"
        raise Problems([Problem(place, f"ファイルが大きすぎます(上限は {LIMIT // 1_000_000} MB)。", hint)])
    return data


def decoded(data: bytes, name: str) -> str:
    """Bytes as UTF-8 text; Problems name the encoding that the bytes look like."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf_16(data):
        raise Problems([_wrong_encoding(Place(name, 1, 1), "UTF-16")])
    if b"\x1b$" in data:
        raise Problems([_wrong_encoding(_place_in(data, data.index(b"\x1b$"), name), "JIS(ISO-2022-JP)")])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problems([_wrong_encoding(_place_in(data, error.start, name), _guess(data))]) from None


def _wrong_encoding(place: Place, looks: str) -> Problem:
    message = (
        f"文字コードが UTF-8 ではありません({looks} のようです)。" if looks else "UTF-8 として読めない文字があります。"
    )
    return Problem(place, message, UTF_8_HINT)


def _looks_like_utf_16(data: bytes) -> bool:
    """ASCII in UTF-16 has a zero in every other byte."""
    head = data[:1000]
    return len(head) >= 4 and head.count(0) > len(head) // 8


def _guess(data: bytes) -> str:
    """Shift_JIS or EUC-JP, whichever gives more kana and fewer half-width ones; empty if neither reads."""
    scores: dict[str, int] = {}
    for name, codec in (("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        scores[name] = len(_KANA.findall(text)) - len(_HALF_WIDTH_KANA.findall(text))
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] > 0 else ""


def _place_in(data: bytes, offset: int, name: str) -> Place:
    """The place of a byte; columns count what can be read as UTF-8 before it."""
    before = data[:offset].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = re.split("\r\n|\r|\n", before)
    return Place(name, len(lines), len(lines[-1]) + 1)
