"""Chromium kept running without a window, asked over DevTools' pipe: one tab, its document replaced and printed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from tests.bench.peers.html import html, style
from tests.bench.peers.peer import Content

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
)
PRINT = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}


def program() -> str | None:
    """The browser's file, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Session:
    """The browser and its tab are kept, and what the page loaded."""

    def __init__(self, content: Content, folder: str) -> None:
        browser = program()
        assert browser is not None
        self._profile = tempfile.mkdtemp(dir=folder)
        blank = os.path.join(folder, "blank.html")
        with open(blank, "w", encoding="utf-8") as file:
            file.write("<!doctype html>")
        self._style = style(content)
        self._number = 0
        self._read = b""
        self._start(browser)
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        # A page from a file may load the fonts, which are files too; the answer comes when the page is there.
        self._call("Page.navigate", self._session, url=f"file://{blank}")

    def _start(self, browser: str) -> None:
        """DevTools' pipe is file 3 to the browser and file 4 from it; a shell moves them there."""
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        command = [browser, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={self._profile}", "about:blank"]
        moved = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            ["bash", "-c", moved, "bash", *command], pass_fds=(theirs_in, theirs_out), stdout=quiet, stderr=quiet
        )
        os.close(theirs_in)
        os.close(theirs_out)

    def _call(self, method: str, session: str | None = None, **params: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]

    def _message(self) -> Any:
        while b"\0" not in self._read:
            piece = os.read(self._in, 1 << 20)
            if not piece:
                raise EOFError("the browser has gone")
            self._read += piece
        raw, self._read = self._read.split(b"\0", 1)
        return json.loads(raw)

    def render(self, content: Content, changes: dict[str, str], target: str) -> None:
        page = json.dumps(html(content, self._style))
        written = f"document.open(); document.write({page}); document.close(); document.fonts.ready.then(() => 1)"
        self._call("Runtime.evaluate", self._session, expression=written, awaitPromise=True)
        made = self._call("Page.printToPDF", self._session, **PRINT)
        with open(target, "wb") as file:
            file.write(base64.b64decode(made["data"]))

    def close(self) -> None:
        """End the browser."""
        try:
            self._call("Browser.close")
        except (EOFError, OSError) as gone:
            print(gone, file=sys.stderr)
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
