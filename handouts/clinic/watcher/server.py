"""Serves the watched pages to this machine's browser: its own address, a secret path, a fixed table of answers."""

from __future__ import annotations

import json
import secrets
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from handouts.clinic.watcher.studio import Shown
from handouts.problems import Problem

PAGE = Path(__file__).parent / "page"
FILES = {
    "": ("index.html", "text/html"),
    "style.css": ("style.css", "text/css"),
    "watch.js": ("watch.js", "text/javascript"),
}
OWN = ("img", "style", "script", "connect")
"""What the page may load, from here alone."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; " + "; ".join(f"{kind}-src 'self'" for kind in OWN),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
WAIT = 20.0
"""Seconds that a question for news waits, at the most."""
SEEN = 0.4
"""Seconds that a window has to show what it was told."""


class Server(ThreadingHTTPServer):
    """On 127.0.0.1 alone; `url` has the secret without which nothing is answered."""

    daemon_threads = True

    def __init__(self, title: str, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.title = title
        self.secret = secrets.token_urlsafe(16)
        self.news = threading.Condition()
        self.shown = Shown()
        self.pages: dict[str, bytes] = {}
        self.seen = self.asking = 0
        self.told = False
        self.url = f"http://127.0.0.1:{self.server_port}/{self.secret}/"

    def show(self, shown: Shown) -> None:
        """Tell every window that waits."""
        with self.news:
            # A window may still ask for the pages of which it was told before.
            self.pages = {
                name: page for one in (self.shown, shown) for name, page in zip(one.names, one.pages, strict=True)
            }
            self.shown = shown
            self.told = self.asking > 0
            self.news.notify_all()

    def after(self, number: int) -> Shown:
        """What is shown, as soon as it is newer than `number`, or as it is after a while."""
        with self.news:
            self.seen = max(self.seen, min(number, self.shown.number))
            self.asking += 1
            self.news.notify_all()
            self.news.wait_for(lambda: self.shown.number > number, WAIT)
            self.asking -= 1
            return self.shown

    def await_seen(self) -> None:
        """Return when a window shows what it was told, and asks for more; at once where there is no window."""
        with self.news:
            if self.told:
                self.news.wait_for(lambda: self.seen >= self.shown.number, SEEN)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A window that was closed while it was answered is no fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def start(self) -> None:
        """Answer in the background."""
        threading.Thread(target=self.serve_forever, name="watch", daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "handouts"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together
    timeout = 30

    def do_GET(self) -> None:
        """The page, its two files, the news, a side."""
        host = self.headers.get("Host", "")
        if host not in (f"127.0.0.1:{self.server.server_port}", f"localhost:{self.server.server_port}"):
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        path, _, query = self.path.partition("?")
        lead = f"/{self.server.secret}/"
        if not secrets.compare_digest(path[: len(lead)].encode("ascii", "replace"), lead.encode()):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self._answer(path[len(lead) :], query)

    def _answer(self, name: str, query: str) -> None:
        if name in FILES:
            file, kind = FILES[name]
            self._send((PAGE / file).read_bytes(), f"{kind}; charset=utf-8")
        elif name == "news":
            number = int(query) if query.isascii() and query.isdecimal() and len(query) < 9 else 0
            data = json.dumps(as_data(self.server.after(number), self.server.title), ensure_ascii=False)
            self._send(data.encode(), "application/json; charset=utf-8")
        elif page := self.server.pages.get(name.removeprefix("page-").removesuffix(".jpg")):
            self._send(page, "image/jpeg")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        for key, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(data))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the console tells what was built."""


def as_data(shown: Shown, title: str) -> dict[str, Any]:
    """What the page is told."""
    return {
        "title": title,
        "number": shown.number,
        "pages": shown.names,
        "present": shown.present,
        "draft": shown.draft,
        "checked": shown.checked,
        "milliseconds": round(shown.seconds * 1000),
        "problems": [_problem(problem) for problem in shown.problems],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "place": str(problem.place),
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "rule": problem.rule,
    }
