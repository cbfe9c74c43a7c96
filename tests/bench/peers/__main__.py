"""One contender in a process of its own: `python -m tests.bench.peers NAME CONTENT.json FOLDER [TARGET.pdf]`.

With a target it sets the first sheet into it and ends. Without one it is asked line by line: `NUMBER TARGET` sets that
sheet and answers with the seconds it took (wall and CPU); the end of the input ends it.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.peers.peer import Session


def main() -> None:
    """Set one sheet, or serve."""
    name, path, folder, *target = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    session = import_module(f"tests.bench.peers.{name}").Session(data["sheet"], folder)
    if target:
        session.render(data["sheet"], {}, target[0])
    else:
        _serve(session, data)
    if hasattr(session, "close"):
        session.close()


def _serve(session: Session, data: dict[str, object]) -> None:
    from tests.bench.leaves import Sheets

    sheets = Sheets(data)
    print("ready", flush=True)
    for line in sys.stdin:
        number, target = line.split(" ", 1)
        said = sheets.turn_to(int(number))
        wall, core = time.perf_counter(), time.process_time()
        session.render(sheets.sheet, said, target.rstrip("\n"))
        print(time.perf_counter() - wall, time.process_time() - core, flush=True)


if __name__ == "__main__":
    main()
