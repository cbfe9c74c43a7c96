"""Sheet codes: one wrong character and two that changed places are always noticed; nothing is guessed."""

from __future__ import annotations

import random
import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.consult.code import ALPHABET, LENGTH, check_character, is_valid, new_code, normal

bodies = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_the_alphabet_has_no_characters_that_look_alike() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("0O1I")


def test_a_new_code_has_its_printed_form_and_is_valid() -> None:
    codes = [new_code(random.Random(seed)) for seed in range(200)]
    assert all(re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]", code) for code in codes)
    assert all(is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)


@given(bodies)
def test_every_single_wrong_character_is_noticed(body: str) -> None:
    code = body + check_character(body)
    assert is_valid(code)
    wrong = [code[:at] + other + code[at + 1 :] for at in range(len(code)) for other in ALPHABET if other != code[at]]
    assert len(wrong) == 9 * 31
    assert not [one for one in wrong if is_valid(one)]


@given(bodies)
def test_every_two_characters_that_changed_places_are_noticed(body: str) -> None:
    """Neighbours, the check character among them; and, more than was asked, any two."""
    code = body + check_character(body)
    for i, j in combinations(range(len(code)), 2):
        swapped = list(code)
        swapped[i], swapped[j] = code[j], code[i]
        assert is_valid("".join(swapped)) == (code[i] == code[j])


def test_it_is_proved_for_all_codes_by_the_difference_alone() -> None:
    """The check is linear: a wrong character is noticed in all codes if its difference is in one, at each place.

    So 9 × 31 differences, and 8 × 31 of neighbours that changed places, stand for every code there is.
    """

    def weight(at: int, difference: int) -> int:
        body = [ALPHABET[0]] * LENGTH
        if at == LENGTH:
            return difference
        body[at] = ALPHABET[difference]
        return ALPHABET.index(check_character("".join(body)))

    for difference in range(1, 32):
        effects = [weight(at, difference) for at in range(LENGTH + 1)]
        assert all(effects)
        assert all(left != right for left, right in pairwise(effects))


@given(bodies)
def test_however_it_is_typed_it_is_the_same_code(body: str) -> None:
    bare = body + check_character(body)
    printed = normal(bare)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in bare)
    for typed in (bare.lower(), f" {printed} ", wide, printed.replace("-", "−"), printed.replace("-", "ー")):
        assert normal(typed) == printed
        assert is_valid(typed)


@pytest.mark.parametrize("text", ["", "ABCD", "ABCD-EFGH-", "0000-0000-0", "OOOO-IIII-1", "膝", "22222222222"])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert not is_valid(text)
