"""All children on one way: held against every possibility."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.bookings.outings import GAP, Offer, Outing, find_outings

NINE = dt.datetime(2026, 12, 14, 1, tzinfo=dt.UTC)
STEP = dt.timedelta(minutes=30)
CHILDREN = (1, 2, 3)


def offer(
    id: int, *, hub: int = 1, start: int = 0, length: int = 2, left: int = 9, children: object = CHILDREN
) -> Offer:
    begin = NINE + start * STEP
    return Offer(id, hub, begin, begin + length * STEP, left, frozenset(children))


def said(outings: list[Outing]) -> list[dict[int, list[int]]]:
    return [{session: list(children) for session, children in one.places.items()} for one in outings]


def test_one_session_for_all_is_best() -> None:
    assert said(find_outings(children=[1, 2], offers=[offer(1), offer(2)])) == [{1: [1, 2]}]


def test_children_of_different_ages_at_one_time_and_site() -> None:
    offers = [offer(1, children=[1]), offer(2, children=[2]), offer(3, hub=2, children=[1])]
    assert said(find_outings(children=[1, 2], offers=offers)) == [{1: [1], 2: [2]}]


def test_one_after_the_other_within_half_an_hour() -> None:
    for start, found in ((2, [{1: [1], 2: [2]}]), (3, [{1: [1], 2: [2]}]), (4, [])):
        offers = [offer(1, children=[1]), offer(2, start=start, children=[2])]
        assert said(find_outings(children=[1, 2], offers=offers)) == found


def test_places_left_are_minded() -> None:
    assert find_outings(children=[1, 2], offers=[offer(1, left=1)]) == []
    assert said(find_outings(children=[1, 2], offers=[offer(1, left=1), offer(2, left=1)])) == [{1: [1], 2: [2]}]


def test_many_children_go_to_one_session() -> None:
    many = list(range(8, 0, -1))
    assert said(find_outings(children=many, offers=[offer(1, children=many)])) == [{1: many}]


def by_brute_force(offers: list[Offer]) -> dict[tuple[int, dt.datetime], object]:
    """(site, beginning) -> the least cost of all ways to send each child somewhere."""
    best: dict[tuple[int, dt.datetime], object] = {}
    for chosen in product(offers, repeat=len(CHILDREN)):
        if any(child not in one.children for child, one in zip(CHILDREN, chosen, strict=True)):
            continue
        taking = {one.id: one for one in chosen}.values()
        if len({one.hub for one in taking}) > 1 or any(chosen.count(one) > one.left for one in taking):
            continue
        starts = sorted({one.starts_at for one in taking})
        ends = [max(one.ends_at for one in taking if one.starts_at == start) for start in starts]
        if any(not end <= start <= end + GAP for end, (_, start) in zip(ends, pairwise(starts), strict=False)):
            continue
        key = (chosen[0].hub, starts[0])
        cost = (len(starts), len(taking), max(ends))
        best[key] = min(best.get(key, cost), cost)  # type: ignore[call-overload]
    return best


some = st.builds(
    lambda hub, start, length, left, children: (hub, start, length, left, frozenset(children)),
    st.integers(1, 2), st.integers(0, 4), st.integers(1, 2), st.integers(0, 3), st.sets(st.sampled_from(CHILDREN)),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(some, max_size=7))
def test_the_best_of_every_possibility_and_nothing_else(drawn: list[tuple[int, int, int, int, frozenset[int]]]) -> None:
    offers = [
        offer(number, hub=hub, start=start, length=length, left=left, children=children)
        for number, (hub, start, length, left, children) in enumerate(drawn, 1)
    ]
    found = find_outings(children=CHILDREN, offers=offers)
    known = {one.id: one for one in offers}
    for one in found:
        assert sorted(child for children in one.places.values() for child in children) == list(CHILDREN)
        for session, children in one.places.items():
            assert set(children) <= known[session].children
            assert len(children) <= known[session].left
    assert {(one.hub, one.starts_at): one.cost for one in found} == by_brute_force(offers)
    assert found == sorted(found, key=lambda one: (one.starts_at, one.hub))


def test_nobody_goes_nowhere() -> None:
    assert find_outings(children=[], offers=[offer(1)]) == []


@pytest.mark.parametrize("children", [[1], [1, 2, 3], [2, 3, 1]])
def test_soonest_first_and_children_as_they_were_named(children: list[int]) -> None:
    offers = [offer(2, start=4), offer(1)]
    assert said(find_outings(children=children, offers=offers)) == [{1: children}, {2: children}]
