"""Real connections at the same moment: one copy is lent once, a line has one order, waiting comes before renewing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub.errors import Refused
from programs.lending.circulation.holds import cancel_hold, expire_hold
from programs.lending.circulation.loans import lend, renew, take_back
from programs.lending.circulation.models import Hold, LendingFigures, Loan
from programs.lending.models import Copy
from tests.circulation.factories import hold_for, lend_to, make_copies, make_keeper
from tests.lending.factories import make_copy
from tests.support.make import make_child

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
State = Hold.State


def outcome(result: object) -> str:
    if isinstance(result, Hold):
        return result.state
    if isinstance(result, Loan):
        return result.ended or "lent"
    return result.code if isinstance(result, Refused) else repr(result)


def test_one_copy_twenty_children(at_once: AtOnce) -> None:
    copy, children = make_copy(), [make_child() for _ in range(20)]
    results = at_once([partial(lend_to, copy, child) for child in children])
    assert Counter(map(outcome, results)) == {"lent": 1, "copy_lent": 19}
    assert Loan.objects.filter(copy=copy, ended="").count() == 1


def test_one_child_twenty_books(at_once: AtOnce) -> None:
    LendingFigures.objects.create(most_loans=5)
    child, copies = make_child(), [make_copy() for _ in range(20)]
    results = at_once([partial(lend, copy=copy.pk, reader=child.person_id, by=child.person) for copy in copies])
    assert Counter(map(outcome, results)) == {"lent": 5, "too_many_loans": 15}


def test_a_crowd_before_three_copies(at_once: AtOnce) -> None:
    (copy, *_rest) = make_copies(3)
    results = at_once([partial(hold_for, copy, make_child()) for _ in range(20)])
    assert Counter(map(outcome, results)) == {"ready": 3, "waiting": 17}
    order = list(Hold.objects.order_by("pk").values_list("state", flat=True))
    assert order == [State.READY] * 3 + [State.WAITING] * 17


def test_all_come_back_while_people_ask_and_give_up(at_once: AtOnce) -> None:
    copies = make_copies(6)
    for copy in copies:
        lend_to(copy)
    held = [hold_for(copies[0]) for _ in range(8)]
    keeper = make_keeper()
    calls = [partial(take_back, copy=copy.pk, hub=copy.hub_id, by=keeper) for copy in copies]
    calls += [partial(hold_for, copies[0], make_child()) for _ in range(6)]
    calls += [partial(cancel_hold, hold=hold.pk, by=keeper) for hold in held[:3]]
    results = at_once(calls)
    assert [one for one in results if isinstance(one, Exception)] == []
    ready = list(Hold.objects.filter(state=State.READY).order_by("pk").values_list("pk", flat=True))
    waiting = list(Hold.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True))
    assert (len(ready), len(waiting)) == (6, 5)
    assert max(ready) < min(waiting)
    assert Copy.objects.filter(state=Copy.State.SET_ASIDE).count() == 6


def test_renewing_and_asking_at_once(at_once: AtOnce) -> None:
    """Whichever was first: who asked first keeps the renewal from happening, who renewed first is waited for."""
    for _ in range(5):
        copy = make_copy()
        loan = lend_to(copy)
        by = loan.family.guardian
        results = [
            outcome(one)
            for one in at_once([partial(renew, loan=loan.pk, by=by), partial(hold_for, copy, make_child())])
        ]
        assert results in (["lent", "waiting"], ["others_wait", "waiting"])


def test_fetching_at_the_last_moment(at_once: AtOnce) -> None:
    for _ in range(5):
        copy = make_copy()
        hold = hold_for(copy)
        Hold.objects.filter(pk=hold.pk).update(fetch_by="2026-01-01")
        next_one = hold_for(copy)
        results = at_once(
            [
                partial(lend, copy=copy.pk, reader=hold.reader_id, by=hold.reader),
                partial(expire_hold, hold=hold.pk),
                partial(lend, copy=copy.pk, reader=next_one.reader_id, by=next_one.reader),
            ]
        )
        lent = [one for one in results if isinstance(one, Loan)]
        assert len(lent) <= 1
        states = (Hold.objects.get(pk=hold.pk).state, Hold.objects.get(pk=next_one.pk).state)
        assert states in (
            (State.FETCHED, State.WAITING),
            (State.EXPIRED, State.READY),
            (State.EXPIRED, State.FETCHED),
        )
