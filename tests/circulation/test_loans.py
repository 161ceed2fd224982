"""Lending, taking back anywhere, staying longer, loss and damage without blame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.consents import answer
from hub.people.models import Consent, Family, FamilyMember
from programs.lending.circulation.loans import lend, lose, renew, take_back
from programs.lending.circulation.models import LendingFigures, Loan, Step
from programs.lending.models import Copy
from tests.circulation.factories import hold_for, lend_to, make_copies, make_keeper
from tests.closures.factories import make_closure
from tests.lending.factories import make_copy
from tests.support.make import make_child, make_hub, make_person

pytestmark = pytest.mark.django_db
State = Copy.State
At = Callable[[dt.datetime], None]
TODAY = dt.date(2026, 11, 2)
DUE = TODAY + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _today(at_time: At) -> None:
    at_time(clock.at(TODAY, 600))


def code(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_a_book_goes_out_for_thirty_days() -> None:
    child, keeper, copy = make_child(), make_keeper(), make_copy()
    loan = lend(copy=copy.pk, reader=child.person_id, by=keeper)
    copy.refresh_from_db()
    assert (loan.due_on, loan.family, loan.hub, copy.state) == (DUE, child.family, copy.hub, State.LENT)
    deed = Entry.objects.get(action="loan.made")
    assert (deed.actor_id, deed.for_id, deed.chain) == (keeper.pk, child.person_id, copy.hub_id)
    assert deed.facts == {"copy": copy.pk, "due_on": DUE.isoformat()}


def test_due_when_the_site_is_open() -> None:
    hub = make_hub(opening=[[DUE.weekday() + 1, 540, 1080]])
    assert lend_to(make_copy(hub=hub)).due_on == DUE + dt.timedelta(days=1)
    hub = make_hub()
    make_closure(hub, day=DUE)
    assert lend_to(make_copy(hub=hub)).due_on == DUE + dt.timedelta(days=1)


def test_who_is_not_of_a_family_is_no_reader() -> None:
    stranger = make_person()
    assert code(lambda: lend(copy=make_copy().pk, reader=stranger.pk, by=stranger)) == "not_a_reader"


def test_a_grandmother_borrows_for_herself_and_has_no_snail() -> None:
    child, grandmother = make_child(), make_person()
    FamilyMember.objects.create(family=child.family, person=grandmother, part="caregiver")
    loan = lend(copy=make_copy().pk, reader=grandmother.pk, by=grandmother)
    assert (loan.family, Step.objects.count()) == (child.family, 0)


def test_so_many_at_a_time() -> None:
    LendingFigures.objects.create(most_loans=2)
    child = make_child()
    for _ in range(2):
        lend_to(make_copy(), child)
    assert code(lambda: lend_to(make_copy(), child)) == "too_many_loans"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.LENT, "copy_lent"),
        (State.SET_ASIDE, "set_aside_for_another"),
        (State.DAMAGED, "copy_out_of_use"),
        (State.LOST, "copy_out_of_use"),
        (State.WITHDRAWN, "copy_out_of_use"),
    ],
)
def test_what_is_not_on_the_shelf(state: State, expected: str) -> None:
    assert code(lambda: lend_to(make_copy(state=state))) == expected


def test_given_back_at_another_hub_it_stays_there() -> None:
    copy, elsewhere = make_copy(), make_hub()
    lend_to(copy)
    keeper = make_keeper(elsewhere)
    loan = take_back(copy=copy.pk, hub=elsewhere.pk, by=keeper)
    copy.refresh_from_db()
    assert (loan.ended, loan.ended_by, copy.state, copy.hub) == ("returned", keeper, State.ON_SHELF, elsewhere)
    assert code(lambda: take_back(copy=copy.pk, hub=elsewhere.pk, by=keeper)) == "not_lent"


def test_damaged_it_leaves_the_shelf_and_nobody_is_kept_from_borrowing() -> None:
    copy, child = make_copy(), make_child()
    lend_to(copy, child)
    loan = take_back(copy=copy.pk, hub=copy.hub_id, by=make_keeper(), damaged=True)
    copy.refresh_from_db()
    assert (loan.ended, copy.state) == ("damaged", State.DAMAGED)
    assert lend_to(make_copy(), child).ended == ""


def test_lost_and_found() -> None:
    copy = make_copy()
    loan, keeper = lend_to(copy), make_keeper()
    lose(loan=loan.pk, by=keeper)
    assert lose(loan=loan.pk, by=keeper).ended == "lost"
    assert Copy.objects.get(pk=copy.pk).state == State.LOST
    assert take_back(copy=copy.pk, hub=copy.hub_id, by=keeper).ended == "returned"
    assert Copy.objects.get(pk=copy.pk).state == State.ON_SHELF
    assert code(lambda: lose(loan=loan.pk, by=keeper)) == "loan_over"


def test_once_more_from_the_day_it_is_due() -> None:
    """That day is New Year, with a weekend behind it."""
    loan = lend_to(make_copy())
    again = renew(loan=loan.pk, by=loan.family.guardian)
    assert (again.due_on, again.renewals) == (dt.date(2027, 1, 4), 1)
    assert code(lambda: renew(loan=loan.pk, by=loan.family.guardian)) == "renewed_enough"


def test_not_when_others_wait_or_it_is_late(at_time: At) -> None:
    copy = make_copy()
    loan = lend_to(copy)
    by = loan.family.guardian
    hold = hold_for(copy)
    assert (hold.state, code(lambda: renew(loan=loan.pk, by=by))) == ("waiting", "others_wait")
    hold.delete()
    at_time(clock.at(DUE + dt.timedelta(days=1), 600))
    assert code(lambda: renew(loan=loan.pk, by=by)) == "overdue"
    take_back(copy=copy.pk, hub=copy.hub_id, by=by)
    assert code(lambda: renew(loan=loan.pk, by=by)) == "loan_over"


def test_steps_of_a_snail(at_time: At) -> None:
    """For borrowing and for bringing back in time, once a title; late brings nobody back."""
    child, (copy, other) = make_child(), make_copies(2)
    for one in (copy, other):
        lend_to(one, child)
        take_back(copy=one.pk, hub=one.hub_id, by=make_keeper())
    steps = list(Step.objects.filter(child=child.person).order_by("pk").values_list("reason", "points"))
    assert steps == [("borrowed", 1), ("in_time", 1)]
    late = make_copy()
    lend_to(late, child)
    at_time(clock.at(DUE + dt.timedelta(days=9), 600))
    take_back(copy=late.pk, hub=late.hub_id, by=make_keeper())
    assert Step.objects.filter(child=child.person).count() == 3


def test_a_copy_is_lent_once_whatever_happens() -> None:
    loan = lend_to(make_copy())
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.create(
            copy=loan.copy, reader=loan.reader, family=loan.family, hub=loan.hub, lent_at=clock.now(), due_on=TODAY
        )


def test_nothing_before_the_guardians_yes() -> None:
    child = make_child(consented=False)
    assert code(lambda: lend_to(make_copy(), child)) == "family_unconfirmed"
    Family.objects.update(confirmed_at=clock.now())
    assert code(lambda: lend_to(make_copy(), child)) == "consent_missing"
    assert code(lambda: hold_for(make_copy(), child)) == "consent_missing"


def test_a_consent_taken_back_gives_up_what_was_asked_for() -> None:
    child, copy = make_child(), make_copy()
    lend_to(make_copy(), child)
    hold = hold_for(copy, child)
    answer(child=child, answers={Consent.Kind.DATA: False}, by=child.family.guardian)
    hold.refresh_from_db()
    copy.refresh_from_db()
    assert (hold.state, copy.state, Loan.objects.filter(ended="").count()) == ("cancelled", State.ON_SHELF, 1)
