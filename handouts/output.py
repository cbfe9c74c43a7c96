"""An output file is written whole or not at all: a temporary file beside it, then a rename."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from handouts.problems import Place, Problem, Problems

_REASONS = {
    errno.EACCES: ("書き込む権限がありません。", "別のフォルダーを -o で指定してください。"),
    errno.EPERM: ("書き込む権限がありません。", "別のフォルダーを -o で指定してください。"),
    errno.EROFS: ("書き込めない場所です。", "別のフォルダーを -o で指定してください。"),
    errno.ENOSPC: ("空き容量がありません。", "不要なファイルを消すか、別の場所を -o で指定してください。"),
    errno.EDQUOT: ("使える容量の上限に達しました。", "不要なファイルを消すか、別の場所を -o で指定してください。"),
    errno.ENOENT: ("フォルダーがありません。", "フォルダーを作るか、別の場所を -o で指定してください。"),
    errno.ENOTDIR: ("途中の名前がフォルダーではありません。", "-o の指定を確かめてください。"),
    errno.EISDIR: ("同じ名前のフォルダーがあります。", "別の名前を -o で指定してください。"),
    errno.ENAMETOOLONG: ("ファイル名が長すぎます。", "短い名前を -o で指定してください。"),
}


def write_whole(target: Path, data: bytes) -> None:
    """Put `data` at `target`; an existing file stays as it is until the new one is complete. Raises Problems."""
    temporary: str | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        message, hint = _REASONS.get(error.errno or 0, (f"書き込めません({error.strerror})。", ""))
        raise Problems([Problem(Place(str(target)), message, hint)]) from None
    finally:
        if temporary is not None:
            os.unlink(temporary)


def _mode(target: Path) -> int:
    """Permissions of the file that is replaced; else those a new file would get here (mkstemp's are private)."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
