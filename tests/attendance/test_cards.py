"""Cards: what they say, and what a slip or a forger gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.card_numbers import check_digit
from scheduling.attendance.cards import Read, card_of, card_text, cards_of, read_cards, replace_card
from scheduling.attendance.models import Card
from tests.support.make import make_volunteer
from tests.support.queries import count_queries


def read(text: str) -> Read:
    return read_cards([text])[text]


@pytest.mark.django_db
def test_a_card_says_whose_it_is_and_not_who() -> None:
    me = make_volunteer()
    card = card_of(me)
    assert read(card_text(card)) == Read(me.pk, typed=False, doubt="")
    assert read(card_text(card).lower()) == Read(me.pk, typed=False, doubt="")
    for typed in (card.number, f"{card.number[:4]} {card.number[4:]}", f"{card.number[:4]}-{card.number[4:]}"):
        assert read(typed) == Read(me.pk, typed=True, doubt="")
    assert card_of(me) == card


@pytest.mark.django_db
def test_a_card_with_another_code_is_nobodys() -> None:
    me, other = make_volunteer(), make_volunteer()
    mine, theirs = card_text(card_of(me)), card_text(card_of(other))
    assert read(mine[:10] + theirs[10:]) == Read(me.pk, typed=False, doubt="bad_card")
    assert read("RQ00000000").doubt == "unknown_card"
    for nonsense in ("", "https://example.com", "RQ1234", mine[:-1], mine + "0"):
        assert read(nonsense) == Read(None, typed=False, doubt="unknown_card")


@pytest.mark.django_db
def test_a_new_card_ends_the_lost_one() -> None:
    me = make_volunteer()
    lost = card_text(card_of(me))
    found = card_text(replace_card(volunteer=me, by=me.person))
    assert read(lost).doubt == "bad_card"
    assert read(found) == Read(me.pk, typed=False, doubt="")


@pytest.mark.django_db
def test_cards_are_made_for_all_at_once() -> None:
    some = [make_volunteer().pk for _ in range(3)]
    many = [make_volunteer().pk for _ in range(30)]
    assert count_queries(lambda: cards_of(some)) == count_queries(lambda: cards_of(many)) == 3
    assert Card.objects.count() == 33


@given(st.integers(10**6, 10**7 - 1), st.integers(0, 7), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(drawn: int, place: int, off: int) -> None:
    number = f"{drawn}{check_digit(str(drawn))}"
    wrong = number[:place] + str((int(number[place]) + off) % 10) + number[place + 1 :]
    assert check_digit(wrong[:-1]) != wrong[-1]
