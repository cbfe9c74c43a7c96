"""Whoever is not our own page in the browser that was opened gets nothing, and leaves nothing behind."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.desk import server as serving
from handouts.desk.app import QUESTIONS
from tests.desk.desks import Page, Running, running

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>"
BODY = b'{"lang":"ja"}'


def secrets(desk: Running) -> list[bytes]:
    """What must never be served to a stranger."""
    return [desk.desk.guard.word.encode(), desk.desk.guard._session.encode(), b"%PDF-", b"\x89PNG"]


def assert_nothing(desk: Running, status: int, body: bytes) -> None:
    """A refusal: no data of ours, nothing of what was asked."""
    assert status in (400, 403, 404, 405, 413, 415, 421), (status, body[:200])
    assert not any(secret in body for secret in secrets(desk))
    assert b"window" not in body.replace(b"windows", b"")


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", "[::1]:{port}"),
        *("127.0.0.1:{port}.evil.example", "0.0.0.0:{port}", "127.0.0.1.:{port}", "LOCALHOST:{port}"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/start?token=x", "/api/window", "/own/open"])
def test_another_host_is_refused(desk: Running, page: Page, host: str, path: str) -> None:
    """DNS rebinding: another name that leads to this machine."""
    headers = {"Host": host.format(port=desk.port), "Cookie": page.cookie, "Sec-Fetch-Site": "same-origin"}
    method = "POST" if path.startswith(("/api", "/own")) else "GET"
    headers |= (
        {"Origin": desk.origin, "Content-Type": "application/json", "X-Handouts-Desk": "1"} if method == "POST" else {}
    )
    answer = desk.ask(method, path, BODY if method == "POST" else None, headers)
    assert answer.status == 421
    assert_nothing(desk, answer.status, answer.body)


def test_two_hosts_or_none_are_refused(desk: Running, page: Page) -> None:
    for hosts in ("", f"Host: 127.0.0.1:{desk.port}\r\nHost: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as raw:
            raw.sendall(f"GET / HTTP/1.1\r\n{hosts}Cookie: {page.cookie}\r\nConnection: close\r\n\r\n".encode())
            said = read_all(raw)
        assert b" 421 " in said.split(b"\r\n", 1)[0] or b" 400 " in said.split(b"\r\n", 1)[0]
        assert_nothing(desk, 400, said)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:{port}", "http://127.0.0.1", ""])
def test_another_origin_is_refused(desk: Running, page: Page, origin: str) -> None:
    answer = page.raw("window", BODY, Origin=origin.format(port=desk.port))
    assert answer.status == 403
    assert_nothing(desk, answer.status, answer.body)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_what_the_browser_says_of_its_source_counts(desk: Running, page: Page, site: str) -> None:
    assert page.raw("window", BODY, Sec_Fetch_Site=site).status == 403
    assert page.get("/page/index.html", Sec_Fetch_Site=site).status == 403
    if site != "none":
        assert page.get("/", Sec_Fetch_Site=site).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Handouts_Desk": ""},
        {"X_Handouts_Desk": "0"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": ""},
    ],
)
def test_a_form_on_another_page_can_do_nothing(desk: Running, page: Page, headers: dict[str, str]) -> None:
    """CSRF: what a page elsewhere can make a browser send without asking us."""
    answer = page.raw("window", BODY, **headers)
    assert answer.status == 403
    assert_nothing(desk, answer.status, answer.body)


@pytest.mark.parametrize("cookie", ["", "handouts-desk-{port}=", "handouts-desk-{port}=x", "x={value}"])
@pytest.mark.parametrize("path", ["/", "/page/index.html", "/fonts/BIZUDPGothic-Regular.ttf", "/cards/running.x.png"])
def test_without_the_cookie_nothing_is_served(desk: Running, page: Page, cookie: str, path: str) -> None:
    said = cookie.format(port=desk.port, value=page.cookie.partition("=")[2])
    answer = page.get(path, Cookie=said)
    assert answer.status == 403
    assert_nothing(desk, answer.status, answer.body)


def test_without_the_cookie_no_question_is_answered(desk: Running, page: Page) -> None:
    for name in QUESTIONS.keys() | {"window"}:
        answer = page.raw(name, json.dumps({"window": page.id}).encode(), Cookie="")
        assert answer.status == 403
        assert_nothing(desk, answer.status, answer.body)


def test_a_token_opens_once(desk: Running) -> None:
    path = desk.desk.guard.address().removeprefix(desk.origin)
    first, second = (desk.ask("GET", path, None, {"Sec-Fetch-Site": "none"}) for _ in range(2))
    assert (first.status, second.status) == (303, 403)
    cookie = first.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Set-Cookie" not in second.headers
    assert "token" not in first.headers["Location"]


def test_a_token_that_nobody_used_runs_out(desk: Running) -> None:
    path = desk.desk.guard.address().removeprefix(desk.origin)
    desk.clock.now += 601
    assert desk.ask("GET", path, None, {}).status == 403


@pytest.mark.parametrize("token", ["", "x", "%00", "é", "a" * 5000])
def test_a_wrong_token_is_refused(desk: Running, token: str) -> None:
    from urllib.parse import quote

    answer = desk.ask("GET", f"/start?token={quote(token)}", None, {"Sec-Fetch-Site": "none"})
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("word", ["", "Bearer ", "Bearer x", "Basic eDp4"])
def test_the_second_starts_door_needs_its_word(desk: Running, word: str) -> None:
    answer = desk.ask("POST", "/own/open", b"{}", {"Authorization": word})
    assert answer.status == 403
    assert_nothing(desk, answer.status, answer.body)


def test_the_second_starts_door_is_closed_to_pages(desk: Running) -> None:
    headers = {"Authorization": f"Bearer {desk.desk.guard.word}", "Origin": desk.origin}
    assert desk.ask("POST", "/own/open", b"{}", headers).status == 403


TRAVERSALS = [
    "../clinic.yaml",
    "..%2fclinic.yaml",
    "%2e%2e/clinic.yaml",
    "%2e%2e%2fclinic.yaml",
    "..%252fclinic.yaml",
    "....//clinic.yaml",
    "..\\clinic.yaml",
    "..%5cclinic.yaml",
    "%c0%ae%c0%ae/clinic.yaml",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "index.html%00.png",
    "index.html/",
    "./index.html",
    "C:%5cWindows%5cwin.ini",
    "file:///etc/passwd",
    "~/.ssh/id_rsa",
]


@pytest.mark.parametrize("name", TRAVERSALS)
@pytest.mark.parametrize("before", ["/page/", "/fonts/", "/", "/pictures/", "/cards/", "/sheets/"])
def test_no_path_leads_out(desk: Running, page: Page, before: str, name: str) -> None:
    for end in ("", ".colour.right.svg", ".x.png", ".pdf"):
        answer = page.get(f"{before}{name}{end}")
        assert answer.status in (400, 404, 405, 410), (answer.status, before, name, end)
        assert b"root:" not in answer.body
        assert b"postal_code" not in answer.body
        assert b"<script" not in answer.body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "HEAD", "PROPFIND"])
def test_other_methods_do_nothing(desk: Running, page: Page, method: str) -> None:
    answer = desk.ask(method, "/api/window", None, {"Cookie": page.cookie, "Origin": desk.origin})
    assert answer.status in (400, 403, 404, 405)
    assert "Access-Control-Allow-Origin" not in answer.headers


FIELDS = ("name", "memo", "practitioner")


@pytest.mark.parametrize("field", FIELDS)
def test_a_script_in_a_field_stays_text(desk: Running, page: Page, field: str) -> None:
    made = page.person(**{field: SCRIPT[:60]})
    answer = page.raw(
        "sheet",
        json.dumps(
            {"window": page.id, "serial": 9, "personal": {"topic": "stairs", "side": "right", field: SCRIPT[:60]}}
        ).encode(),
    )
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert made["sheet"] is not None or made["problems"]
    if made["sheet"]:
        page.ask("print", sheet=made["sheet"]["id"], printer="browser")
        pdf = page.get(f"/sheets/{made['sheet']['id']}.pdf")
        assert b"/JavaScript" not in pdf.body
        assert b"script" not in pdf.headers["Content-Disposition"].encode()


@pytest.mark.parametrize(
    "body",
    [
        {"personal": {"topic": SCRIPT}},
        {"personal": {"topic": "stairs", "side": SCRIPT}},
        {"personal": {"topic": "stairs", "exercises": [{"id": SCRIPT}]}},
        {"personal": {"topic": "stairs", "exercises": [{"id": "calf-wall", "hold": SCRIPT}]}},
        {"personal": {"topic": "stairs", "visit": {"date": SCRIPT}}},
        {"personal": {"topic": "stairs", "visit": {"date": "2026-02-30"}}},
        {"personal": {"topic": "stairs", "exercises": [{"id": "calf-wall"}, {"id": "calf-wall"}]}},
        {"personal": {"topic": "stairs"}, "plain": {"topic": "stairs"}},
        {},
        {"personal": {"topic": "stairs"}, "path": "/etc/passwd"},
        {"personal": {"topic": "stairs", "name": "x" * 201}},
        {"personal": {"topic": "stairs", "answers": ["x"] * 61}},
        {"plain": {"topic": "stairs", "layout": SCRIPT}},
        {"plain": {"topic": "stairs"}, "width": 10**9},
        {"plain": {"topic": "stairs"}, "width": "376"},
    ],
)
def test_what_does_not_fit_its_form_is_refused(desk: Running, page: Page, body: dict[str, object]) -> None:
    answer = page.raw("sheet", json.dumps({"window": page.id, "serial": 1} | body).encode())
    assert (answer.status, answer.body) == (400, b'{"malformed":true}')


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"window":1}', b"[" * 60_000, b'{"a":' * 9_000, b'"\\ud800"']
)
def test_what_is_no_json_of_ours_is_refused(desk: Running, page: Page, body: bytes) -> None:
    for name in ("window", "start", "sheet", "print"):
        assert page.raw(name, body).status == 400


def test_an_exercise_that_there_is_not_is_no_file(desk: Running, page: Page) -> None:
    made = page.person(exercises=[{"id": "no-such-exercise"}])
    assert made["sheet"] is None
    assert made["problems"]


@pytest.mark.parametrize("id_", ["x", "../x", "a" * 22])
def test_a_strangers_sheet_is_not_there(desk: Running, page: Page, id_: str) -> None:
    assert page.get(f"/sheets/{id_}/1.png").status in (404, 410)
    assert page.get(f"/sheets/{id_}.pdf").status in (404, 410)


def read_all(raw: socket.socket) -> bytes:
    """What comes until the other side closes."""
    said = b""
    while True:
        try:
            piece = raw.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            return said
        if not piece:
            return said
        said += piece


def head(desk: Running, page: Page, more: str) -> bytes:
    return (
        f"POST /api/window HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nOrigin: {desk.origin}\r\n"
        f"Cookie: {page.cookie}\r\nContent-Type: application/json\r\nX-Handouts-Desk: 1\r\n{more}\r\n"
    ).encode()


def test_a_body_of_100_mb_is_refused_before_it_is_read(desk: Running, page: Page) -> None:
    size = 100 * 1024 * 1024
    with socket.create_connection(("127.0.0.1", desk.port), timeout=30) as raw:
        raw.sendall(head(desk, page, f"Content-Length: {size}\r\n"))
        sent, piece = 0, b" " * 65536
        try:
            while sent < size:
                sent += raw.send(piece)
        except OSError:
            pass
        said = read_all(raw)
    assert b" 413 " in said.split(b"\r\n", 1)[0] or (not said and sent < size)
    assert sent < size, "it was taken whole"


def test_a_body_without_end_is_refused(desk: Running, page: Page) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=30) as raw:
        raw.sendall(head(desk, page, "Transfer-Encoding: chunked\r\n"))
        try:
            for _ in range(40):
                raw.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
        except OSError:
            pass
        said = read_all(raw)
    assert b" 413 " in said.split(b"\r\n", 1)[0] or not said


def test_headers_without_end_are_refused(desk: Running) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=30) as raw:
        try:
            for _ in range(100):
                raw.sendall(b"X-Long: " + b"x" * 1000 + b"\r\n")
        except OSError:
            pass
        said = read_all(raw)
    assert said.startswith((b"HTTP/1.0 431", b"HTTP/1.1 431", b"HTTP/1.0 400", b"HTTP/1.1 400")) or not said


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A desk that waits for one second."""
    monkeypatch.setattr(serving, "WAIT", 1.0)
    with running() as found:
        yield found


@pytest.mark.parametrize("piece", [b"", b"X"])
def test_a_slow_client_is_let_go_and_holds_nobody_up(hurried: Running, piece: bytes) -> None:
    """A request that drips in, and one that stops: both end; a page asks meanwhile and is answered."""
    slow = [socket.create_connection(("127.0.0.1", hurried.port), timeout=30) for _ in range(20)]
    try:
        for raw in slow:
            raw.sendall(b"POST /api/window HTTP/1.1\r\nHost: x\r\n")
        page = hurried.open()
        assert page.ask("here")["others"] == 0
        alive = list(slow)
        for _ in range(200):
            for raw in list(alive):
                try:
                    if piece:
                        raw.sendall(piece)
                    raw.setblocking(False)
                    if raw.recv(100) == b"":
                        alive.remove(raw)
                except BlockingIOError:
                    pass
                except OSError:
                    alive.remove(raw)
                finally:
                    raw.setblocking(True)
            if not alive:
                break
            time.sleep(0.05)
        assert alive == [], "they were not let go"
        assert page.ask("here")["others"] == 0
    finally:
        for raw in slow:
            raw.close()


def test_smuggled_requests_are_refused(desk: Running, page: Page) -> None:
    both = "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as raw:
        raw.sendall(
            head(desk, page, both + "Connection: close\r\n") + b"0\r\n\r\nGET /page/index.html HTTP/1.1\r\n\r\n"
        )
        said = read_all(raw)
    assert b"<script" not in said
    assert b'"window"' not in said or said.count(b"HTTP/1.1 ") == 1


def test_every_answer_forbids_what_it_should(desk: Running, page: Page) -> None:
    made = page.person(name="髙橋")
    page.ask("print", sheet=made["sheet"]["id"], printer="browser")
    version = page.ask("start")["folder"]
    paths = ["/", f"/sheets/{made['sheet']['id']}/1.png", f"/sheets/{made['sheet']['id']}.pdf", "/nothing"]
    paths += [f"/cards/running.{version}.png", "/pictures/back-body.colour.both.svg"]
    for path in paths:
        headers = page.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert headers["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "unsafe-eval" not in headers["Content-Security-Policy"], path
        assert "Server" not in headers, path
    policy = page.get("/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'self'" in policy


def test_only_this_machine_can_reach_it(desk: Running) -> None:
    listening = desk.server._socket.getsockname()
    assert listening[0] == "127.0.0.1"


def test_nothing_is_written_anywhere(
    desk: Running, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused requests and sheets that were only looked at leave no file: not ours, not a temporary one."""
    import tempfile

    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page.raw("window", BODY, Origin="https://evil.example")
    page.raw("sheet", b"x" * 1000)
    page.person(name="髙橋 美咲")
    page.sheet(plain={"topic": "running"})
    assert list(tmp_path.iterdir()) == []
