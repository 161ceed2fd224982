"""What events come to, as a table and as properties."""

from __future__ import annotations

import datetime as dt
import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.attendance.folding import How, Kind, Noted, Outcome, concerns, fold, fold_child
from tests.attendance.factories import HALF_PAST_TEN, NINE, at

END = at(HALF_PAST_TEN)


def noted(kind: str, minute: int, how: str = How.DEVICE, serial: int = 0) -> Noted:
    return Noted(kind, how, at(minute), uuid.uuid4(), serial=serial)


def told(outcome: Outcome) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Minutes after nine."""

    def minutes(one: Noted | None) -> int | None:
        return (one.at - at(NINE)) // dt.timedelta(minutes=1) if one else None

    return minutes(outcome.came), minutes(outcome.went), outcome.doubts


SCAN, IN, OUT = Kind.SCAN, Kind.IN, Kind.OUT


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], (None, None, ())),
        ([(SCAN, 535), (SCAN, 630)], (-5, 90, ())),
        # The same card held up twice, and looking in at half time: the last time before the end is going.
        ([(SCAN, 535), (SCAN, 537)], (-5, None, ())),
        ([(SCAN, 535), (SCAN, 580), (SCAN, 628)], (-5, 88, ())),
        # Gone is gone: whoever comes by later moves nothing.
        ([(SCAN, 535), (SCAN, 631), (SCAN, 700)], (-5, 91, ())),
        ([(SCAN, 640)], (None, None, ("out_without_in",))),
        ([(OUT, 600), (IN, 605)], (65, None, ("out_without_in",))),
        ([(IN, 540), (OUT, 560), (IN, 575), (OUT, 630)], (0, 90, ())),
        ([(IN, 540), (OUT, 630), (IN, 631)], (0, 90, ())),
        ([(IN, 540), (SCAN, 630)], (0, 90, ())),
    ],
)
def test_what_events_come_to(events: list[tuple[str, int]], expected: tuple[object, ...]) -> None:
    assert told(fold([noted(kind, minute) for kind, minute in events], ends_at=END)) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([(IN, 540), (OUT, 600), (IN, 610), (OUT, 630), (OUT, 640)], (0, 90, ())),
        # Noted by two: whoever was first stands, for coming and for going.
        ([(IN, 541), (IN, 543), (OUT, 628), (OUT, 631)], (1, 88, ())),
        ([(IN, 540), (OUT, 600), (IN, 610)], (0, None, ())),
        ([(OUT, 600)], (None, None, ("out_without_in",))),
    ],
)
def test_what_a_child_s_events_come_to(events: list[tuple[str, int]], expected: tuple[object, ...]) -> None:
    assert told(fold_child([noted(kind, minute) for kind, minute in events])) == expected


def test_an_assumed_end_gives_way_to_a_known_one() -> None:
    came, assumed = noted(IN, 540), noted(OUT, 630, How.ASSUMED)
    assert told(fold([came, assumed], ends_at=END)) == (0, 90, ())
    assert told(fold([assumed, came, noted(SCAN, 600)], ends_at=END)) == (0, 60, ())
    assert told(fold([assumed], ends_at=END)) == (None, None, ())


def test_who_was_seen_did_not_miss_it() -> None:
    missed = noted(Kind.MISSED, 630, How.HAND)
    assert fold([missed], ends_at=END).missed
    outcome = fold([missed, noted(SCAN, 545)], ends_at=END)
    assert (outcome.missed, outcome.doubts) == (False, ("missed_but_seen",))


def test_a_correction_stands_and_says_when_somebody_tells_otherwise() -> None:
    before = [noted(SCAN, 560, serial=1), noted(SCAN, 600, serial=2), noted(Kind.MISSED, 630, How.HAND, serial=3)]
    corrected = [noted(Kind.CORRECTED, 650, How.HAND, 4), noted(IN, 541, How.HAND, 5), noted(OUT, 629, How.HAND, 6)]
    assert told(fold(before + corrected, ends_at=END)) == (1, 89, ())
    # Put right while they are still here: they sign out themselves later on.
    early = [noted(SCAN, 560, serial=1), noted(Kind.CORRECTED, 565, How.HAND, 2), noted(IN, 541, How.HAND, 3)]
    assert told(fold([*early, noted(OUT, 632, How.QR, 4)], ends_at=END)) == (1, 92, ())
    late = noted(SCAN, 535, serial=7)
    assert told(fold([late, *before, *corrected], ends_at=END)) == (1, 89, ("seen_after_correction",))


EVENTS = st.lists(
    st.builds(
        Noted,
        st.sampled_from([SCAN, SCAN, IN, OUT, Kind.MISSED]),
        st.sampled_from([How.DEVICE, How.QR, How.HAND]),
        st.integers(505, 760).map(at),
        st.uuids(),
        st.integers(0, 9),
    ),
    max_size=12,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_no_order_of_arrival_matters(events: list[Noted], shuffling: random.Random) -> None:
    shuffled = list(events)
    shuffling.shuffle(shuffled)
    assert fold(shuffled, ends_at=END) == fold(events, ends_at=END)
    assert fold_child(shuffled) == fold_child(events)


@given(EVENTS)
def test_nobody_goes_before_they_come_and_nothing_is_made_up(events: list[Noted]) -> None:
    outcome = fold(events, ends_at=END)
    assert {one for one in (outcome.came, outcome.went) if one} <= set(events)
    assert not outcome.went or (outcome.came is not None and outcome.came.at <= outcome.went.at)
    assert not (outcome.missed and outcome.came)


def test_between_two_sessions_in_a_row_both_are_meant() -> None:
    first, second = (at(540), at(600)), (at(600), at(660))
    assert [concerns(at(600), *one) for one in (first, second)] == [True, True]
    assert [concerns(at(509), *one) for one in (first, second)] == [False, False]
    assert [concerns(at(569), *one) for one in (first, second)] == [True, False]
