"""Who may ask at all: this machine's browser, our own page in it, and nobody else; what every answer forbids.

A page elsewhere can make the browser send requests to any address, and can make its own name lead to this machine (DNS
rebinding). So the Host must be the very address that was opened, an Origin must be ours, what the browser says of where
a request comes from (Fetch Metadata) must be our own page, a POST must carry a header that no foreign page may set, and
all but the first request the cookie that only the opened browser has.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable

from werkzeug.wrappers import Request, Response

HEADER = "X-Handouts-Desk"
TOKEN_LIFE = 600
"""s for which a token that opens the page can be used, once."""
_MOST_TOKENS = 16
_OWN = ("same-origin",)
_OPENED = ("same-origin", "none")
"""`none`: typed, or opened by another program."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""For pictures: even opened by themselves they load and run nothing."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Refused(Exception):
    """A request that our own page never makes; `status` is what is answered."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Guard:
    """The secrets of one run: the cookie, the one-time tokens, the word by which a second start is known."""

    def __init__(self, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.host = f"127.0.0.1:{port}"
        self.origin = f"http://{self.host}"
        self.cookie = f"handouts-desk-{port}"
        self.word = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._clock = clock
        self._tokens: dict[str, float] = {}
        self._lock = threading.Lock()

    def new_token(self) -> str:
        """A token that opens the page once, and only for a while."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._tokens) >= _MOST_TOKENS:
                del self._tokens[next(iter(self._tokens))]
            self._tokens[token] = self._clock() + TOKEN_LIFE
        return token

    def address(self) -> str:
        """The address by which the page is opened once."""
        return f"{self.origin}/start?token={self.new_token()}"

    def check_place(self, request: Request) -> None:
        """The request was sent to us by name, and not from another site's page. Raises Refused."""
        if request.headers.getlist("Host") != [self.host]:
            raise Refused(421)
        origin = request.headers.get("Origin")
        if origin is not None and origin != self.origin:
            raise Refused(403)
        site = request.headers.get("Sec-Fetch-Site")
        opened = request.method == "GET" and request.path in ("/", "/start")
        if site is not None and site not in (_OPENED if opened else _OWN):
            raise Refused(403)
        if request.method == "POST" and request.path.startswith("/api/"):
            _check_post(request, origin)

    def use_token(self, token: str) -> bool:
        """Whether a token opens the page; it does so once."""
        with self._lock:
            ends = next((self._tokens.pop(one) for one in list(self._tokens) if _same(one, token)), None)
        return ends is not None and self._clock() <= ends

    def admit(self, response: Response) -> None:
        """Give the browser the cookie: for our own page alone, out of reach of scripts, gone with the browser."""
        response.set_cookie(self.cookie, self._session, httponly=True, samesite="Strict", path="/")

    def is_ours(self, request: Request) -> bool:
        """Whether the request carries the cookie."""
        return _same(self._session, request.cookies.get(self.cookie, ""))

    def is_second_start(self, request: Request) -> bool:
        """Whether this is `handouts desk` itself, which has read the owner's file."""
        return "Origin" not in request.headers and _same(
            f"Bearer {self.word}", request.headers.get("Authorization", "")
        )


def _check_post(request: Request, origin: str | None) -> None:
    if origin is None or request.headers.get(HEADER) != "1" or request.mimetype != "application/json":
        raise Refused(403)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode(errors="replace"))


def guarded(response: Response) -> Response:
    """The response with all that it forbids; a policy or a cache's word that it has already stays."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Server", None)
    return response
