"""What nobody foresaw is told by its kind and its line of code alone: an exception's text may hold a patient's name."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from handouts.paths import PACKAGE
from handouts.problems import NOWHERE, Problem, Problems


@contextmanager
def discreet() -> Iterator[None]:
    """Turn every unforeseen exception into Problems; those that say on purpose what they say go on as they are."""
    try:
        yield
    except (Problems, OSError):
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] == "click":
            raise
        message = f"プログラムの中で失敗しました({type(error).__name__}、{_where(error.__traceback__)})。"
        hint = "この行を、handouts を世話している人に伝えてください。お名前は入っていません。"
        raise Problems([Problem(NOWHERE, message, hint)]) from None


def _where(trace: TracebackType | None) -> str:
    """The last line of ours that was reached."""
    frames = [frame for frame in traceback.extract_tb(trace) if Path(frame.filename).is_relative_to(PACKAGE)]
    # This module's own frame is always the first.
    last = frames[-1]
    return f"{Path(last.filename).relative_to(PACKAGE.parent).as_posix()}:{last.lineno}"
