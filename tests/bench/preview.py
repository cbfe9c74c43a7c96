"""Previews in a row: `python -m tests.bench.preview [COUNT]` prints their time, the memory, the files left. Not a test.

Each is what one keystroke or click costs: the request for a changed sheet, and that for its picture, over the socket,
with one connection kept open as a browser does. The server is a process of its own, as `handouts desk` is.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
WARM = 20
"""Previews before those that count."""
WIDTH = 376


@dataclass
class Client:
    """A page on one kept connection."""

    connection: HTTPConnection
    origin: str
    cookie: str
    window: str = ""

    def post(self, name: str, **fields: Any) -> Any:
        """What the desk answers."""
        headers = {"Cookie": self.cookie, "Origin": self.origin, "X-Handouts-Desk": "1"}
        headers["Content-Type"] = "application/json"
        body = json.dumps(({"window": self.window} if self.window else {}) | fields).encode()
        self.connection.request("POST", f"/api/{name}", body, headers)
        return json.loads(self.connection.getresponse().read())

    def get(self, path: str) -> bytes:
        """A picture."""
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        return self.connection.getresponse().read()


def main(count: int) -> None:
    """Start a desk, ask for `count` previews, and say what they cost."""
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder) / "tmp"
        temporary.mkdir()
        fields = {"HANDOUTS_DATA": str(Path(folder) / "data"), "TMPDIR": str(temporary)}
        command = [sys.executable, "-u", "-m", "handouts", "desk", "--no-browser"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=REPOSITORY, env=os.environ | fields
        ) as process:
            try:
                assert process.stdout is not None
                address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
                _report(_client(address), process.pid, count)
                print(f"temporary files left: {sum(1 for _ in temporary.iterdir())}")
                print(f"files kept: {sorted(path.name for path in (Path(folder) / 'data').iterdir())}")
            finally:
                process.terminate()


def _client(address: str) -> Client:
    origin, _, path = address.partition("/start")
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=60)
    connection.request("GET", f"/start{path}", headers={"Sec-Fetch-Site": "none"})
    answer = connection.getresponse()
    answer.read()
    client = Client(connection, origin, (answer.getheader("Set-Cookie") or "").partition(";")[0])
    client.window = client.post("window")["window"]
    return client


def _report(client: Client, pid: int, count: int) -> None:
    time.sleep(5)  # the server warms itself after its start
    for serial in range(WARM):
        _preview(client, serial)
    before = _memory(pid)
    times, memory = [], [before]
    for serial in range(WARM, WARM + count):
        started = time.perf_counter()
        _preview(client, serial)
        times.append((time.perf_counter() - started) * 1000)
        if serial % 100 == 0:
            memory.append(_memory(pid))
    times.sort()
    at = {name: times[min(len(times) - 1, int(len(times) * part))] for name, part in (("p50", 0.5), ("p99", 0.99))}
    print(f"{count} previews, {WIDTH} px: p50 {at['p50']:.1f} ms, p99 {at['p99']:.1f} ms, worst {times[-1]:.1f} ms")
    print(f"memory: {before:.0f} MB before, {_memory(pid):.0f} MB after, {max(memory):.0f} MB at the most")


def _preview(client: Client, number: int) -> None:
    """One change, as somebody types, taps and steps: name, knee, dose, note."""
    personal = {
        "topic": ("stairs", "running", "walking")[number // 50 % 3],
        "name": "髙橋 美咲花子"[: 1 + number % 7],
        "side": ("right", "left", "both")[number % 3],
        "memo": "痛みが強い日は休みます。"[: number % 13],
        "exercises": [{"id": "hamstring-floor", "hold": f"{30 + number % 31}秒"}, {"id": "hamstring-chair"}],
        "visit": {"date": f"2027-01-{12 + number % 5}", "time": "10:00"},
        "answers": [f"visit:2027-01-{12 + number % 5}"],
    }
    said = client.post("sheet", serial=number, width=WIDTH, personal=personal)
    assert said["sheet"], said
    picture = client.get(said["sheet"]["picture"])
    assert picture.startswith(b"\x89PNG")


def _memory(pid: int) -> float:
    """Resident memory of a process, MB; 0 where the system has no /proc."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
