"""Whatever people do, in whatever order, and however time passes: a copy is with one reader or set aside for one, each
line is served in its order, no copy stands on a shelf where somebody waits, and no snail goes back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hub import clock
from hub.errors import Refused
from hub.people.models import Child
from hub.places.models import Hub
from programs.lending.circulation.copies import LIVING
from programs.lending.circulation.holds import arrive, cancel_hold, miss, place_hold
from programs.lending.circulation.loans import lend, lose, renew, take_back
from programs.lending.circulation.models import Hold, LendingFigures, Loan, RenewLink, Step
from programs.lending.circulation.upkeep import look
from programs.lending.models import Copy, Title
from scheduling.bookings.bookings import book, cancel_booking
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from tests.bookings.factories import make_reading
from tests.circulation.factories import make_keeper
from tests.lending.factories import make_copy, make_title
from tests.support.make import MONDAY, make_child, make_hub

pytestmark = pytest.mark.django_db
State = Hold.State
which = st.integers(0, 10**6)
MOST = 3


class Shelves(RuleBasedStateMachine):
    """Two titles at two hubs, few copies, four children, sessions in the next weeks."""

    copies: list[Copy]
    children: list[Child]
    hubs: list[Hub]
    titles: list[Title]
    sessions: list[Session]

    def __init__(self) -> None:
        super().__init__()
        self.real_now = clock.now
        self.moment = clock.at(MONDAY, 10 * 60)
        clock.now = lambda: self.moment
        self.steps = 0

    def teardown(self) -> None:
        clock.now = self.real_now

    @initialize()
    def begin(self) -> None:
        for model in (RenewLink, Step, Hold, Loan, Copy, Booking):
            model.objects.all().delete()
        LendingFigures.objects.update_or_create(pk=1, defaults={"most_loans": MOST})
        self.keeper = make_keeper()
        self.hubs = [make_hub(), make_hub()]
        self.titles = [make_title(), make_title()]
        self.copies = [make_copy(title=title, hub=hub) for title in self.titles for hub in self.hubs]
        self.copies.append(make_copy(title=self.titles[0], hub=self.hubs[0]))
        self.children = [make_child() for _ in range(4)]
        self.sessions = [
            make_reading(day=MONDAY + dt.timedelta(days=days), hub=self.hubs[0], start=600) for days in (2, 9, 16)
        ]

    def attempt(self, deed: Any, **values: Any) -> None:
        with suppress(Refused):
            deed(**values)

    @rule(copy=which, child=which)
    def borrows(self, copy: int, child: int) -> None:
        reader = self.children[child % 4].person
        self.attempt(lend, copy=self.copies[copy % 5].pk, reader=reader.pk, by=reader)

    @rule(copy=which, hub=st.integers(0, 1), damaged=st.sampled_from([False, False, False, True]))
    def comes_back(self, copy: int, hub: int, damaged: bool) -> None:
        self.attempt(take_back, copy=self.copies[copy % 5].pk, hub=self.hubs[hub].pk, by=self.keeper, damaged=damaged)

    @rule(number=which, deed=st.sampled_from([renew, renew, lose]))
    def of_what_is_out(self, number: int, deed: Any) -> None:
        loans = list(Loan.objects.order_by("pk").values_list("pk", flat=True))
        if loans:
            self.attempt(deed, loan=loans[number % len(loans)], by=self.keeper)

    @rule(title=st.integers(0, 1), hub=st.integers(0, 1), child=which, with_session=st.booleans())
    def asks_for(self, title: int, hub: int, child: int, with_session: bool) -> None:
        reader = self.children[child % 4].person
        self.attempt(
            place_hold,
            title=self.titles[title].pk,
            hub=self.hubs[hub].pk,
            reader=reader.pk,
            with_session=with_session,
            by=reader,
        )

    @rule(number=which, deed=st.sampled_from([cancel_hold, arrive]))
    def of_what_is_waited_for(self, number: int, deed: Any) -> None:
        holds = list(Hold.objects.filter(state__in=Hold.ACTIVE).order_by("pk").values_list("pk", flat=True))
        if holds:
            self.attempt(deed, hold=holds[number % len(holds)], by=self.keeper)

    @rule(number=which, damaged=st.booleans())
    def is_not_there(self, number: int, damaged: bool) -> None:
        holds = list(Hold.objects.filter(state__in=Hold.HAS_COPY).order_by("pk").values_list("pk", flat=True))
        if holds:
            self.attempt(miss, hold=holds[number % len(holds)], damaged=damaged, by=self.keeper)

    @rule(number=which)
    def is_mended(self, number: int) -> None:
        """By the catalog's rule, which knows no line."""
        Copy.objects.filter(pk=self.copies[number % 5].pk, state=Copy.State.DAMAGED).update(state=Copy.State.ON_SHELF)
        look()

    @rule(number=which, child=which)
    def books(self, number: int, child: int) -> None:
        mine = self.children[child % 4]
        self.attempt(book, session=self.sessions[number % 3].pk, child=mine.pk, by=mine.family.guardian)

    @rule(number=which)
    def gives_a_place_back(self, number: int) -> None:
        rows = list(Booking.objects.filter(state="booked").order_by("pk").values_list("pk", flat=True))
        if rows:
            self.attempt(cancel_booking, booking=rows[number % len(rows)], by=self.keeper, as_staff=True)
        look()

    @rule(days=st.sampled_from([1, 3, 8, 31]))
    def time_passes(self, days: int) -> None:
        self.moment += dt.timedelta(days=days)
        look()
        assert not Hold.objects.filter(state=State.READY, fetch_by__lt=clock.today()).exists()

    @invariant()
    def a_copy_is_in_one_place(self) -> None:
        states = dict(Copy.objects.values_list("pk", "state"))
        out = Counter(Loan.objects.filter(ended="").values_list("copy", flat=True))
        kept = Counter(Hold.objects.filter(state__in=Hold.HAS_COPY).values_list("copy", flat=True))
        assert out == {pk: 1 for pk, state in states.items() if state == Copy.State.LENT}
        assert kept == {pk: 1 for pk, state in states.items() if state == Copy.State.SET_ASIDE}
        for hold in Hold.objects.filter(state__in=Hold.HAS_COPY).select_related("copy"):
            assert hold.copy is not None
            assert (hold.copy.title_id, hold.copy.hub_id) == (hold.title_id, hold.hub_id)
            assert (hold.fetch_by is not None) == (hold.state == State.READY)

    @invariant()
    def lines_are_served_in_their_order(self) -> None:
        for waiting in Hold.objects.filter(state=State.WAITING):
            here = Copy.objects.filter(title=waiting.title_id, hub=waiting.hub_id, state__in=LIVING)
            assert not here.filter(state=Copy.State.ON_SHELF).exists()
            if not here.exists():
                elsewhere = Copy.objects.filter(title=waiting.title_id, state=Copy.State.ON_SHELF)
                assert not elsewhere.exists()
        for served in Hold.objects.filter(state__in=Hold.HAS_COPY):
            before = Hold.objects.filter(title=served.title_id, hub=served.hub_id, pk__lt=served.pk)
            # Whose copy was damaged or missing goes on waiting, before the next copy goes to anybody.
            assert not before.filter(state=State.WAITING, pk__in=self.never_missed()).exists()

    def never_missed(self) -> list[int]:
        from hub.journal.models import Entry

        missed = Entry.objects.filter(action="hold.missed").values_list("subject", flat=True)
        ids = {int(subject.partition(":")[2]) for subject in missed}
        return [pk for pk in Hold.objects.values_list("pk", flat=True) if pk not in ids]

    @invariant()
    def nobody_has_too_much(self) -> None:
        loans = Counter(Loan.objects.filter(ended="").values_list("reader", flat=True))
        holds = Counter(Hold.objects.filter(state__in=Hold.ACTIVE).values_list("reader", flat=True))
        assert max([0, *loans.values(), *holds.values()]) <= MOST

    @invariant()
    def no_snail_goes_back(self) -> None:
        steps = Step.objects.count()
        assert steps >= self.steps
        self.steps = steps


class TestShelves(TestCase):
    def test_whatever_people_do(self) -> None:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Shelves,
            settings=settings(
                max_examples=15,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
