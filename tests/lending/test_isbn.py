"""What somebody types, scans or pastes, as 13 digits or as what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import Refused
from programs.lending.isbn import check_digit_10, check_digit_13, read_isbn

LITTLE_PRINCE = "9787020042494"


@pytest.mark.parametrize(
    "written",
    [
        "9787020042494",
        " 978-7-02-004249-4 ",
        "ISBN 978 7 02 004249 4",
        "isbn:978–7–02–004249–4",
        "９７８７０２００４２４９４",
        "EAN_13,9787020042494",
        "7-02-004249-X",
        "７０２００４２４９ｘ",
        "ISBN-10: 702004249X",
    ],
)
def test_one_book_however_it_is_written(written: str) -> None:
    assert read_isbn(written) == LITTLE_PRINCE


def test_the_check_digit_may_be_an_x() -> None:
    assert read_isbn("0-8044-2957-x") == "9780804429573"


@pytest.mark.parametrize(
    ("written", "code", "facts"),
    [
        ("", "isbn_not_digits", {}),
        ("小王子", "isbn_not_digits", {}),
        ("97870200424９X4", "isbn_not_digits", {}),
        ("978702004249", "isbn_length", {"digits": 12}),
        ("978702004249X", "isbn_length", {"digits": 13}),
        ("6901234567892", "isbn_not_a_book", {}),
        ("9787020042495", "isbn_check_digit", {"written": "5", "should": "4"}),
        ("7020042498", "isbn_check_digit", {"written": "8", "should": "X"}),
    ],
)
def test_what_is_wrong_with_it(written: str, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        read_isbn(written)
    assert (refused.value.code, refused.value.facts) == (code, facts)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_every_ten_digits_become_the_thirteen_of_the_same_book(nine: str) -> None:
    thirteen = f"978{nine}"
    assert read_isbn(nine + check_digit_10(nine)) == thirteen + check_digit_13(thirteen)


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(nine: str, place: int, off: int) -> None:
    core = f"978{nine}"
    right = core + check_digit_13(core)
    wrong = right[:place] + str((int(right[place]) + off) % 10) + right[place + 1 :]
    with pytest.raises(Refused):
        read_isbn(wrong)
