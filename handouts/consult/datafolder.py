"""The one folder of this program's own data: on this machine, in its user's account, for its user alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from handouts.disk import reason
from handouts.problems import Place, Problem, Problems

VARIABLE = "HANDOUTS_DATA"
"""The environment variable that names another folder."""
_PRIVATE = 0o700
_OTHERS = 0o077


def data_folder(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """Where the data lies; it need not be there yet. Raises Problems where HANDOUTS_DATA is no whole path.

    HANDOUTS_DATA, else the folder that the system gives programs for data that stay on the machine: it is not the
    clinic's folder, because that one may be shared, synchronised or copied to other machines.
    """
    environ = os.environ if environ is None else environ
    if named := environ.get(VARIABLE):
        if not Path(named).is_absolute():
            hint = f"{VARIABLE} には、ルートから始まるフォルダーの名前を書いてください。"
            raise Problems([Problem(Place(named), "控えを置くフォルダーの名前が、途中から始まっています。", hint)])
        return Path(named)
    return _base(environ, platform) / "handouts"


def _base(environ: Mapping[str, str], platform: str) -> Path:
    home = Path.home()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if platform == "darwin":
        return home / "Library" / "Application Support"
    named = environ.get("XDG_DATA_HOME", "")
    # The XDG base directory specification: a relative path is to be ignored.
    return Path(named) if named.startswith("/") else home / ".local" / "share"


def private_folder(folder: Path) -> Path:
    """The folder, made where it is not there, and closed to everybody but its owner. Raises Problems."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
        # On Windows the account's own folders are closed to others, and these bits say nothing.
        if os.name != "nt" and folder.stat().st_mode & _OTHERS:
            folder.chmod(_PRIVATE)
    except OSError as error:
        message = f"控えを置くフォルダーを、本人だけが開けるように作れません({reason(error)})。"
        hint = f"このフォルダーの権限と空きを確かめるか、{VARIABLE} で別の場所を指定してください。"
        raise Problems([Problem(Place(str(folder)), message, hint)]) from None
    return folder
