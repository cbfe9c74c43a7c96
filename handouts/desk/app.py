"""The desk's addresses: a fixed table of what may be asked, each answer from memory, none from a path in a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from handouts.consult.discreet import discreet
from handouts.desk import previews, wire
from handouts.desk.answers import Answers
from handouts.desk.cardpictures import CardPictures
from handouts.desk.counter import Counter
from handouts.desk.files import Files
from handouts.desk.guard import FILE_POLICY, Guard, Refused, guarded
from handouts.desk.pictures import svg
from handouts.desk.shelf import Shelves
from handouts.desk.windows import Gone, Windows
from handouts.desk.words import say
from handouts.problems import NOWHERE, Problem, Problems

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_URLS = Map(
    [
        Rule("/", endpoint="index", methods=["GET"]),
        Rule("/start", endpoint="enter", methods=["GET"]),
        Rule("/page/<path:name>", endpoint="file", methods=["GET"]),
        Rule("/fonts/<name>", endpoint="font", methods=["GET"]),
        Rule("/pictures/<name>.<any(colour,mono):theme>.<any(right,left,both):side>.svg", endpoint="drawing"),
        Rule("/cards/<name>.<version>.png", endpoint="card", methods=["GET"]),
        Rule("/sheets/<id_>/<int(max=64):page>.png", endpoint="page", methods=["GET"]),
        Rule("/sheets/<id_>.pdf", endpoint="pdf", methods=["GET"]),
        Rule("/own/open", endpoint="own", methods=["POST"]),
        Rule("/api/<name>", endpoint="api", methods=["POST"]),
    ],
    strict_slashes=True,
    merge_slashes=False,
)
QUESTIONS: dict[str, tuple[type[wire.Request], str]] = {
    "start": (wire.Start, "answers"),
    "topic": (wire.AskTopic, "answers"),
    "sheet": (wire.AskSheet, "answers"),
    "erase": (wire.Request, "answers"),
    "here": (wire.Here, "answers"),
    "news": (wire.AskNews, "answers"),
    "close": (wire.Request, "answers"),
    "stop": (wire.Request, "answers"),
    "printers": (wire.Request, "counter"),
    "print": (wire.Print, "counter"),
    "job": (wire.AskJob, "counter"),
    "cancel": (wire.AskJob, "counter"),
    "came": (wire.Came, "counter"),
    "last": (wire.Request, "counter"),
}
"""What may be asked, each with the form of the question and who answers it."""
_NO_TOUCH = ("here", "news", "job", "last")
"""What a page asks by itself: nobody has touched it."""


class Desk:
    """The application (WSGI). `today` says the day that is printed, `stop` ends the server."""

    def __init__(
        self,
        guard: Guard,
        clinic: Path | None,
        stop: Callable[[], None],
        *,
        today: Callable[[], date] = date.today,
        windows: Windows | None = None,
    ) -> None:
        self.guard = guard
        self.shelves = Shelves(clinic, today=today)
        self.windows = windows or Windows()
        self.answers = Answers(self.shelves, self.windows, today, self._ended)
        self.counter = Counter()
        self._stop = stop
        self._files = Files()
        self._cards = CardPictures(self.shelves, today)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; nothing that went wrong within is told to the browser but by its kind."""
        request = Request(environ)
        request.max_content_length = wire.BODY
        try:
            with discreet():
                response = self._answered(request)
        except Problems as problems:
            response = _json({"problems": [_trouble(one) for one in problems]}, 500)
        except OSError:
            response = _json({"problems": [_trouble(Problem(NOWHERE, say("ja", "failed")))]}, 500)
        return guarded(response)(environ, start_response)

    def tick(self) -> None:
        """What is done every second: idle windows are erased, and a new shelf is made warm. Returns at once."""
        self.windows.sweep()
        self._cards.warm()

    def _ended(self) -> None:
        self._cards.end()
        self._stop()

    def _answered(self, request: Request) -> Response:
        try:
            self.guard.check_place(request)
            endpoint, values = _URLS.bind_to_environ(request.environ).match()
            if endpoint == "own":
                return self._own(request)
            if endpoint == "enter":
                return self._enter(request)
            if not self.guard.is_ours(request):
                raise Refused(403)
            answer: Response = getattr(self, f"_get_{endpoint}")(request, **values)
            return answer
        except Refused as refused:
            return self._files.refusal(refused.status)
        except (wire.Malformed, Problems) as error:
            if isinstance(error, Problems):
                raise
            return _json({"malformed": True}, 400)
        except Gone as gone:
            return _json({"gone": gone.what}, 410)
        except HTTPException as wrong:
            # Never werkzeug's own pages: they may repeat what was asked.
            return self._files.refusal(wrong.code or 400)

    # -- what opens the page --

    def _enter(self, request: Request) -> Response:
        """Exchange the one-time token for the cookie, and lead away from the address that has it."""
        known = self.guard.is_ours(request)
        if not self.guard.use_token(request.args.get("token", "")) and not known:
            raise Refused(403)
        response = Response(status=303, headers={"Location": "/"})
        self.guard.admit(response)
        return response

    def _own(self, request: Request) -> Response:
        """A second start asks for another window."""
        if not self.guard.is_second_start(request):
            raise Refused(403)
        return _json({"url": self.guard.address()})

    # -- files --

    def _get_index(self, request: Request) -> Response:
        return self._files.page("index.html")

    def _get_file(self, request: Request, name: str) -> Response:
        return self._files.page(name)

    def _get_font(self, request: Request, name: str) -> Response:
        return self._files.font(name)

    def _get_drawing(self, request: Request, name: str, theme: str, side: str) -> Response:
        found = svg(self.shelves.now().library, name, theme, side)
        return _file(found, "image/svg+xml") if found else self._files.refusal(404)

    def _get_card(self, request: Request, name: str, version: str) -> Response:
        found = self._cards.picture(name)
        return _file(found, "image/png") if found else self._files.refusal(404)

    def _get_page(self, request: Request, id_: str, page: int) -> Response:
        window, sheet = self.windows.of_sheet(id_)
        width = request.args.get("w", "376")
        if not (width.isascii() and width.isdigit() and 1 <= int(width[:5]) <= previews.MOST):
            raise wire.Malformed
        key = id_, page, int(width)
        found = window.pictures.get(key)
        if found is None:
            try:
                found = previews.picture(sheet.data, page, int(width))
            except previews.NoPage:
                return self._files.refusal(404)
            window.remember(key, found)
        return _file(found, "image/png")

    def _get_pdf(self, request: Request, id_: str) -> Response:
        window, sheet = self.windows.of_sheet(id_)
        if id_ not in window.released:
            raise Refused(403)
        response = Response(sheet.data, mimetype="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{sheet.title}.pdf"'
        # The browser's own viewer draws it with styles of its own; it is our bytes, and they hold no script.
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
        )
        return response

    def _get_api(self, request: Request, name: str) -> Response:
        body = request.get_data(cache=False)
        if name == "window":
            wire.read(wire.OpenWindow, body)
            return _json(self.answers.window())
        if name not in QUESTIONS:
            return self._files.refusal(404)
        type_, room = QUESTIONS[name]
        asked = wire.read(type_, body)
        touch = name not in _NO_TOUCH and not getattr(asked, "by_itself", False)
        window = self.windows.find(asked.window, touch=touch)
        return _json(getattr(getattr(self, room), name)(window, asked))


def _trouble(problem: Problem) -> wire.Trouble:
    return wire.Trouble("failed", "wrong", "sheet", problem.message, detail=problem.hint)


def _json(answer: Any, status: int = 200) -> Response:
    return Response(wire.written(answer), status, mimetype="application/json")


def _file(data: bytes, type_: str) -> Response:
    response = Response(data, mimetype=type_)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
