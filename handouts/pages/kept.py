"""What was made before, by all that it was made of: what is the same on sheet after sheet is set once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

Result = TypeVar("Result")

MOST = 1024
"""Results that are kept: the rows of all topics in some layouts."""
BRIEFLY = 64
"""Of those that one sheet alone asks for, while its orders are tried; they would drive out the others."""


class Kept:
    """The results that were asked for last; several threads may share one.

    A result must not be changed by whoever is given it. One that raises is not kept.
    """

    def __init__(self, most: int = MOST, briefly: int = BRIEFLY) -> None:
        self._stores = {False: _Store(most), True: _Store(briefly)}

    def get(self, key: Hashable, make: Callable[[], Result], *, briefly: bool = False) -> Result:
        """The result kept under this key, else a new one."""
        return self._stores[briefly].get(key, make)


class _Store:
    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return cast(Result, self._results[key])
        made = make()
        with self._lock:
            self._results[key] = made
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return made
