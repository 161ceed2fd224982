"""Two tablets without a network and staff's page note the same children: whenever and however often the tablets tell,
it comes to what it would had everybody told at once."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.errors import Refused
from hub.people.models import Consent, FamilyMember, Person
from hub.people.pickups import change_code, remove_member
from scheduling.attendance.children import arrive, leave
from scheduling.attendance.children_sheet import stretch_awaited
from scheduling.attendance.children_sync import ChildSent
from scheduling.attendance.comings import wish_comings
from scheduling.attendance.models import AttendanceEvent, ChildAttendance, Device
from scheduling.bookings.models import Booking
from tests.attendance.factories import (
    HALF_PAST_TEN,
    NINE,
    at,
    child_seen,
    make_awaited,
    make_device,
    make_pickup,
    tell_children,
)
from tests.support.make import make_child, make_person

AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
GRANDMOTHER, AUNT = "204816", "555555"
ENDED = NINE + 60
"""When the aunt is taken off the list."""


@dataclass
class Stage:
    bookings: Sequence[Booking]
    """Of two siblings and a child that may go home alone."""
    tablets: Sequence[Device]
    staff: Person
    at_time: AtTime

    def after(self, steps: Sequence[tuple[int, Callable[[], object]]]) -> tuple[object, ...]:
        """Each at its minute of the day, refused or not; then how everybody stands."""
        ChildAttendance.objects.all().delete()
        AttendanceEvent.objects.all().delete()
        for minute, step in steps:
            self.at_time(at(minute))
            with suppress(Refused):
                step()
        rows = ChildAttendance.objects.order_by("booking")
        return tuple(rows.values_list("booking", "arrived_at", "left_at", "fetched_by", "code_said", "doubt"))


@pytest.fixture
def stage(at_time: AtTime) -> Stage:
    at_time(at(NINE - 60))
    child = make_child()
    first = make_awaited(child=child)
    sibling = make_awaited(child=make_child(guardian=child.family.guardian), session=first.session)
    alone = make_awaited(session=first.session)
    Consent.objects.create(subject=alone.participant, kind="home_alone", granted=True, recorded_at=at(0))
    make_pickup(child, code=GRANDMOTHER)
    aunt = make_pickup(child, code=AUNT, relation="姨妈")
    wish_comings(guardian=child.family.guardian, told=True)
    tablets = [make_device(hub=first.session.hub)[0] for _ in range(2)]
    stretch_awaited(most=9)
    at_time(at(ENDED))
    remove_member(member=FamilyMember.objects.get(person=aunt), by=child.family.guardian)
    change_code(member=FamilyMember.objects.get(part="pickup"), by=child.family.guardian)
    FamilyMember.objects.filter(part="pickup").update(code="")
    return Stage([first, sibling, alone], tablets, make_person(), at_time)


WAYS = ("in", GRANDMOTHER, AUNT, "999999", "alone")
NOTED = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.sampled_from(WAYS), st.integers(NINE - 20, HALF_PAST_TEN - 1)),
    min_size=1,
    max_size=8,
)
BY_STAFF = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["arrive", "leave"]), st.integers(NINE - 20, HALF_PAST_TEN - 1)),
    max_size=4,
)
TOLD = st.lists(st.tuples(st.integers(0, 1), st.integers(NINE - 20, HALF_PAST_TEN + 60)), max_size=5)


def sent_by(stage: Stage, noted: Sequence[tuple[int, int, str, int]]) -> dict[int, list[ChildSent]]:
    sent: dict[int, list[ChildSent]] = defaultdict(list)
    for tablet, child, way, minute in sorted(noted, key=lambda one: one[3]):
        kind = "in" if way == "in" else "out"
        code = "" if way in ("in", "alone") or child == 2 else way
        sent[tablet].append(child_seen(stage.bookings[child], kind, minute, len(sent[tablet]) + 1, code=code))
    return sent


def by_staff(stage: Stage, child: int, what: str) -> Callable[[], object]:
    booking = stage.bookings[child]
    if what == "arrive":
        return lambda: arrive(booking=booking.pk, by=stage.staff)
    guardian = booking.participant.child.family.guardian_id
    return lambda: leave(booking=booking.pk, fetched_by=guardian, by=stage.staff)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(NOTED, BY_STAFF, TOLD, st.randoms(use_true_random=False))
def test_whenever_the_tablets_tell_it_comes_to_the_same(
    stage: Stage,
    noted: list[tuple[int, int, str, int]],
    staff: list[tuple[int, str, int]],
    told: list[tuple[int, int]],
    chance: random.Random,
) -> None:
    sent = sent_by(stage, noted)
    tablets = range(len(stage.tablets))

    def tell(tablet: int, minute: int) -> Callable[[], object]:
        """All it has noted by then, some of it for the second time, in any order."""
        known = [one for one in sent[tablet] if one.at <= at(minute)]
        chance.shuffle(known)
        return lambda: tell_children(stage.tablets[tablet], *known)

    steps = [
        *((minute, by_staff(stage, child, what)) for child, what, minute in staff),
        *((minute, tell(tablet, minute)) for tablet, minute in told),
        *((HALF_PAST_TEN + 90, tell(tablet, HALF_PAST_TEN + 90)) for tablet in tablets),
    ]
    standing = stage.after(sorted(steps, key=lambda one: one[0]))
    events = list(AttendanceEvent.objects.order_by("pk"))
    assert len(events) == len(noted) + sum(one.device_id is None for one in events)
    check_each_went_as_allowed(stage)

    # The same, each told the moment it happened: of one moment tablets come first, in order.
    events.sort(key=lambda one: (one.at, one.device_id is None, one.device_id, one.counter, one.pk))
    at_once = [((one.at - at(0)) // dt.timedelta(minutes=1), again(stage, one, sent)) for one in events]
    assert stage.after(at_once) == standing


def again(stage: Stage, event: AttendanceEvent, sent: dict[int, list[ChildSent]]) -> Callable[[], object]:
    if event.device_id is None:
        child = next(number for number, row in enumerate(stage.bookings) if row.pk == event.booking_id)
        return by_staff(stage, child, "arrive" if event.kind == "in" else "leave")
    tablet = next(number for number, one in enumerate(stage.tablets) if one.pk == event.device_id)
    (one,) = (one for one in sent[tablet] if one.uid == event.uid)
    return lambda: tell_children(stage.tablets[tablet], one)


def check_each_went_as_allowed(stage: Stage) -> None:
    for row in ChildAttendance.objects.exclude(left_at=None).select_related("booking__participant__child__family"):
        child = row.booking.participant.child
        assert row.arrived_at is not None
        assert row.left_at is not None
        assert row.arrived_at <= row.left_at
        in_time = row.left_at < at(ENDED)
        may = (
            row.fetched_by_id == child.family.guardian_id
            or (row.code_said and row.fetched_by_id is not None and in_time)
            or (row.fetched_by_id is None and not row.code_said and row.booking == stage.bookings[2])
        )
        assert may == (row.doubt == "")
