"""An output file is written whole or not at all: a draft that has no name, or a hidden one, then a rename."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from handouts.disk import reason
from handouts.problems import Place, Problem, Problems

PDF = b"%PDF-"
"""How a PDF begins (ISO 32000-1, 7.5.2)."""

_KINDS = {PDF: "PDF", b"<svg ": "SVG の図", b"\x89PNG": "PNG の図", b"[": "控えの書き出し"}
"""What a file that begins so is called."""
_OPEN_FILES = "/proc/self/fd"
"""Where Linux shows the files that this process has open: by it a file without a name is given one."""

_ELSEWHERE = "別のフォルダーを -o で指定してください。"
_OTHER_NAME = "別の名前を -o で指定してください。"
_REASONS = {
    errno.EACCES: ("書き込む権限がありません。", _ELSEWHERE),
    errno.EPERM: ("書き込む権限がありません。", _ELSEWHERE),
    errno.EROFS: ("書き込めない場所です。", _ELSEWHERE),
    errno.ENOSPC: ("空き容量がありません。", "不要なファイルを消すか、別の場所を -o で指定してください。"),
    errno.EDQUOT: ("使える容量の上限に達しました。", "不要なファイルを消すか、別の場所を -o で指定してください。"),
    errno.EFBIG: ("書けるファイルの大きさの上限を超えました。", "上限(ulimit など)を確かめてください。"),
    errno.EIO: (
        "装置(ディスクなど)に書き込めませんでした。",
        "装置を確かめるか、別の場所を -o で指定してください。",
    ),
    errno.ENOENT: ("フォルダーがありません。", "フォルダーを作るか、別の場所を -o で指定してください。"),
    errno.ENOTDIR: ("途中の名前がフォルダーではありません。", "-o の指定を確かめてください。"),
    errno.EISDIR: ("同じ名前のフォルダーがあります。", _OTHER_NAME),
    errno.EEXIST: ("同じ名前のファイルがあるので、フォルダーにできません。", _OTHER_NAME),
    errno.ENAMETOOLONG: ("ファイル名が長すぎます。", "短い名前を -o で指定してください。"),
    errno.ELOOP: ("リンクが輪になっています。", _OTHER_NAME),
}


def check_target(target: Path, begins: bytes = b"") -> None:
    """Raise Problems if `target` may not be replaced: it is neither absent nor a regular file (a link counts as what it
    leads to), or it has content that does not begin as the new file will."""
    try:
        mode = _mode(target)
        if mode is None:
            return
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if not stat.S_ISREG(mode):
            raise _refused(target, "ふつうのファイルではない(装置など)ので、置きかえられません。", _OTHER_NAME)
        if begins and (head := _head(target, len(begins))) and head != begins:
            kind = _KINDS.get(begins, "handouts が前に作ったもの")
            message = f"この名前のファイルがもうあり、{kind} ではないので、置きかえません。"
            raise _refused(target, message, "そのファイルを移すか、別の名前を -o で指定してください。")
    except OSError as error:
        raise _unwritable(target, error) from None


def write_whole(target: Path, data: bytes | Iterable[bytes], *, private: bool = False) -> None:
    """Put `data` at `target`; an existing file stays as it is until the new one is complete. Raises Problems.

    A link stays: what it leads to is replaced. A `private` file may be read and written by its owner alone.
    """
    check_target(target)
    temporary: str | None = None
    try:
        real = Path(os.path.realpath(target)) if target.is_symlink() else target
        file, temporary = _draft(real)
        with file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
            temporary = temporary or _named(file, real)
        os.chmod(temporary, 0o600 if private else _permissions(real))
        os.replace(temporary, real)
        temporary = None
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def _draft(real: Path) -> tuple[BinaryIO, str | None]:
    """A new file in the folder of `real`, for its owner alone: without a name where the system can, so that a kill
    leaves nothing behind, which might hold a patient's name; else with a hidden one."""
    if (nameless := getattr(os, "O_TMPFILE", 0)) and os.path.isdir(_OPEN_FILES):
        with suppress(OSError):  # some file systems cannot; what else is wrong, the other way meets too
            return os.fdopen(os.open(real.parent, nameless | os.O_RDWR, 0o600), "w+b"), None
    handle, name = _hidden(real)
    return os.fdopen(handle, "wb"), name


def _named(file: BinaryIO, real: Path) -> str:
    """The hidden name that a draft without one is given, now that it is whole."""
    number = file.fileno()
    name = str(real.with_name(f".{real.name[:40]}.{token_hex(8)}.tmp"))
    try:
        # With any `src_dir_fd` Python calls linkat, which alone follows the link to the open file.
        os.link(f"{_OPEN_FILES}/{number}", name, src_dir_fd=number)
    except OSError:  # a file system without links
        handle, name = _hidden(real)
        with os.fdopen(handle, "wb") as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
    return name


def _hidden(real: Path) -> tuple[int, str]:
    return tempfile.mkstemp(prefix=f".{real.name[:40]}.", suffix=".tmp", dir=real.parent)


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder for what is written meanwhile, unless it is there; it goes again if nothing came into it.

    Its parent must be there. Raises Problems.
    """
    try:
        made = _mode(folder) is None
        if made:
            folder.mkdir()
        elif not folder.is_dir():
            raise FileExistsError(errno.EEXIST, "")
    except FileNotFoundError:
        hint = f"先に {folder.parent} を作るか、別の場所を -o で指定してください。"
        raise _refused(folder, f"フォルダー {folder.parent} がないので、この中に作れません。", hint) from None
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        yield
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()


def _mode(path: Path) -> int | None:
    """The mode of what a path leads to, None where there is nothing; OSError for all else."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _head(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)


def _permissions(target: Path) -> int:
    """Permissions of the file that is replaced; else those a new file would get here (mkstemp's are private)."""
    mode = _mode(target)
    if mode is not None:
        return mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(target: Path, error: OSError) -> Problems:
    message, hint = _REASONS.get(error.errno or 0, (f"書き込めません({reason(error)})。", _ELSEWHERE))
    return _refused(target, message, hint)


def _refused(target: Path, message: str, hint: str) -> Problems:
    return Problems([Problem(Place(str(target)), message, hint)])
