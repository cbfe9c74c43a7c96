"""What the file system says of a path; where it refuses to say, a Problem tells why in plain Japanese."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from handouts.problems import NOWHERE, Place, Problem, Problems

_REASONS = {
    errno.EACCES: "権限がありません",
    errno.EPERM: "権限がありません",
    errno.EROFS: "書き込めない場所です",
    errno.ENOENT: "ファイルやフォルダーがありません",
    errno.ENOTDIR: "途中の名前がフォルダーではありません",
    errno.EISDIR: "フォルダーです",
    errno.EEXIST: "同じ名前のファイルがあります",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.ELOOP: "リンクが輪になっています",
    errno.ENOSPC: "空き容量がありません",
    errno.EDQUOT: "使える容量の上限に達しました",
    errno.EFBIG: "ファイルの大きさの上限を超えました",
    errno.EIO: "ディスクなどの装置の読み書きに失敗しました",
    errno.ENXIO: "装置がありません",
    errno.ENODEV: "装置がありません",
    errno.EBUSY: "ほかのプログラムが使っています",
    errno.ETXTBSY: "ほかのプログラムが使っています",
    errno.EMFILE: "開いているファイルが多すぎます",
    errno.ENFILE: "開いているファイルが多すぎます",
    errno.ENOMEM: "メモリーが足りません",
    errno.ESTALE: "ネットワークの先のファイルが見えなくなりました",
    errno.ETIMEDOUT: "ネットワークの先から返事がありません",
    errno.EBADF: "閉じています",
    errno.EPIPE: "読む側が閉じました",
}
_ABSENT = (errno.ENOENT, errno.ENOTDIR)
_HINTS = {
    errno.EACCES: "読んでよいという権限を付けてください。",
    errno.EPERM: "読んでよいという権限を付けてください。",
    errno.ENAMETOOLONG: "名前を短くしてください。",
    errno.ELOOP: "リンクの先を確かめてください。",
}


def reason(error: Exception) -> str:
    """Why the system refused, without a full stop: an OSError's number in words, or a name that no file can have."""
    if not isinstance(error, OSError):
        return "名前に使えない文字があります"
    return _REASONS.get(error.errno or 0, f"エラー番号 {error.errno}")


def refusal(path: Path, error: Exception, shown: str | None = None) -> Problem:
    """The Problem of a path that the system will not let us look at; `shown` is the name it is given."""
    number = error.errno or 0 if isinstance(error, OSError) else 0
    hint = _HINTS.get(number, "名前と場所を確かめてください。")
    return Problem(Place(shown or _short(str(path))), f"調べられません({reason(error)})。", hint)


def exists(path: Path) -> bool:
    """Whether there is anything, a link's target included; a name too long for the system names nothing.

    Raises Problems where the system will not say.
    """
    return _mode(path, (*_ABSENT, errno.ENAMETOOLONG)) is not None


def is_file(path: Path) -> bool:
    """Whether this is a regular file, or a link to one. Raises Problems where the system will not say."""
    return stat.S_ISREG(_mode(path) or 0)


def is_folder(path: Path) -> bool:
    """Whether this is a folder, or a link to one. Raises Problems where the system will not say."""
    return stat.S_ISDIR(_mode(path) or 0)


def _mode(path: Path, absent: tuple[int, ...] = _ABSENT) -> int | None:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in absent:
            return None
        raise Problems([refusal(path, error)]) from None


def entries(folder: Path) -> list[Path]:
    """What is in a folder, sorted; nothing where there is no such folder. Raises Problems where it may not be read."""
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in _ABSENT:
            return []
        raise Problems([refusal(folder, error)]) from None


def below(folder: Path, suffix: str) -> tuple[list[Path], list[Problem]]:
    """Everything below a folder whose name ends in `suffix`, sorted, and the folders that may not be read."""
    refused: list[Problem] = []
    found: list[Path] = []
    for top, folders, files in os.walk(
        folder, onerror=lambda error: refused.append(refusal(Path(error.filename), error))
    ):
        found += [Path(top, name) for name in (*folders, *files) if name.endswith(suffix)]
    return sorted(found), refused


def here() -> Path:
    """The current folder. Raises Problems where it has been deleted or may not be seen."""
    try:
        return Path.cwd()
    except OSError:
        hint = "cd で別のフォルダーに移ってから、やり直してください。"
        message = "今いるフォルダーがなくなったか、開けなくなっています。"
        raise Problems([Problem(NOWHERE, message, hint)]) from None


def _short(name: str) -> str:
    return name if len(name) <= 250 else f"{name[:100]}…{name[-100:]}"
