"""Opens the desk's page: in a window without an address bar where a browser can do that, else as the system does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 1.5
"""s in which a browser that cannot start has said so."""
_running: list[subprocess.Popen[bytes]] = []
"""Browsers that were started: they live on after us, and are nobody's to wait for."""
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_WINDOWS = (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)


def open_page(address: str) -> bool:
    """Whether a browser was started on the page."""
    return any(_started([program, f"--app={address}"]) for program in _app_browsers()) or _usual(address)


def _app_browsers() -> Iterator[str]:
    """Browsers that have windows without an address bar: they leave the page the height that it needs."""
    if "BROWSER" in os.environ:  # somebody has chosen another one
        return
    if sys.platform == "win32":
        roots = (os.environ.get(name) for name in ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA"))
        yield from (str(path) for root in roots if root for name in _WINDOWS if (path := Path(root) / name).is_file())
    elif sys.platform == "darwin":
        yield from (path for path in _MAC if Path(path).is_file())
    elif _has_display():
        yield from (path for name in _PROGRAMS if (path := shutil.which(name)))


def _started(command: list[str]) -> bool:
    """Whether a program is running, or did its work: a browser that is open already hands the page to that and ends."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        _running.append(process)
        return True


def _usual(address: str) -> bool:
    """As the system opens pages; not in a browser of the terminal, which would take that over."""
    if sys.platform not in ("win32", "darwin") and not (_has_display() or "BROWSER" in os.environ):
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
