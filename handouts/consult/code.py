"""Sheet codes: eight random characters and one that checks them, printed XXXX-XXXX-C; they hold nothing of a person."""

from __future__ import annotations

from functools import reduce
from typing import Protocol
from unicodedata import normalize

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capital letters without 0 O 1 I: 32, so that each is an element of the field GF(2⁵)."""
LENGTH = 8
"""Random characters."""
_POLYNOMIAL = 0b100101
"""x⁵ + x² + 1 (primitive): multiplying by x meets all 31 elements but 0 before it comes round."""
_SEPARATORS = str.maketrans("", "", " \t\n-‐‑‒–—―−ー_.")


class Chooser(Protocol):
    """Whatever chooses at random: `secrets.SystemRandom()`, or a seeded `random.Random` in tests."""

    def choice(self, seq: str, /) -> str:
        """One of the characters."""


def new_code(random: Chooser) -> str:
    """A new code in its printed form."""
    body = "".join(random.choice(ALPHABET) for _ in range(LENGTH))
    return _printed(body + check_character(body))


def check_character(body: str) -> str:
    """The ninth character. The nine are weighed by nine different powers of x, and their sum is 0.

    A single wrong character changes the sum, as its weight is not 0; two that changed places do, as their weights
    differ.
    """
    return ALPHABET[_times_x(_sum(body))]


def normal(text: str) -> str:
    """A code as it is printed, from however it was typed (small letters, full width, without hyphens).

    What has another number of characters is given back without its separators: `is_valid` refuses it.
    """
    bare = normalize("NFKC", text).upper().translate(_SEPARATORS)
    return _printed(bare) if len(bare) == LENGTH + 1 else bare


def is_valid(text: str) -> bool:
    """Whether this is a code, however it was typed, and its check character fits."""
    bare = normal(text).replace("-", "")
    return len(bare) == LENGTH + 1 and all(one in ALPHABET for one in bare) and _sum(bare) == 0


def _printed(bare: str) -> str:
    return f"{bare[:4]}-{bare[4:LENGTH]}-{bare[LENGTH:]}"


def _sum(text: str) -> int:
    return reduce(lambda total, one: _times_x(total) ^ ALPHABET.index(one), text, 0)


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ _POLYNOMIAL if doubled > 31 else doubled
