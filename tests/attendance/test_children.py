"""Children coming and going: who may fetch them, who hears of it, and who is told when nobody comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Child, Consent, FamilyMember, Person, Role
from scheduling.attendance.children import arrive, leave, take_back
from scheduling.attendance.comings import wish_comings
from scheduling.attendance.late_pickups import tell_families
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_awaited, make_pickup
from tests.support.make import make_child, make_person
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
JSON = "application/json"


def child_of(booking: Booking) -> Child:
    child: Child = booking.participant.child
    return child


def consent(booking: Booking, kind: str, *, granted: bool = True) -> None:
    Consent.objects.create(subject=booking.participant, kind=kind, granted=granted, recorded_at=at(0))


def came(booking: Booking, at_time: AtTime) -> Person:
    by = make_person()
    at_time(at(NINE))
    arrive(booking=booking.pk, by=by)
    return by


def test_a_child_comes_and_goes_with_its_grandmother_once(at_time: AtTime) -> None:
    booking = make_awaited()
    grandmother = make_pickup(child_of(booking))
    by = came(booking, at_time)
    arrive(booking=booking.pk, by=by)
    at_time(at(HALF_PAST_TEN))
    for _ in range(2):
        leave(booking=booking.pk, fetched_by=grandmother.pk, code="204816", by=by)
    found = ChildAttendance.objects.get(booking=booking)
    assert (found.arrived_at, found.left_at) == (at(NINE), at(HALF_PAST_TEN))
    assert (found.fetched_by, found.code_said) == (grandmother, True)
    assert list(AttendanceEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["in", "out"]
    deeds = Entry.objects.filter(action__startswith="child.").order_by("pk").values_list("action", "for_id")
    assert list(deeds) == [("child.in", booking.participant_id), ("child.out", booking.participant_id)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"code": "000000"}, "code_wrong_pickup"),
        ({"code": "000000", "known": True}, "code_wrong_pickup"),
        ({}, "code_missing"),
    ],
)
def test_whom_the_family_named_says_the_code(at_time: AtTime, said: dict[str, Any], code: str) -> None:
    booking = make_awaited()
    grandmother = make_pickup(child_of(booking))
    by = came(booking, at_time)
    with pytest.raises(Refused) as refused:
        leave(booking=booking.pk, fetched_by=grandmother.pk, by=by, **said)
    assert (refused.value.code, ChildAttendance.objects.get().left_at) == (code, None)


def test_staff_may_let_a_child_go_with_whom_they_know_and_it_says_so(at_time: AtTime) -> None:
    booking = make_awaited()
    grandmother = make_pickup(child_of(booking))
    by = came(booking, at_time)
    found = leave(booking=booking.pk, fetched_by=grandmother.pk, known=True, by=by)
    assert (found.fetched_by, found.code_said) == (grandmother, False)


def test_a_guardian_needs_no_code_and_a_stranger_takes_nobody(at_time: AtTime) -> None:
    booking = make_awaited()
    by = came(booking, at_time)
    other = make_pickup(make_child())
    with pytest.raises(Refused, match="not_a_pickup"):
        leave(booking=booking.pk, fetched_by=other.pk, code="204816", by=by)
    guardian = child_of(booking).family.guardian
    assert leave(booking=booking.pk, fetched_by=guardian.pk, by=by).fetched_by == guardian


def test_home_alone_only_where_a_guardian_agreed_and_agrees_still(at_time: AtTime) -> None:
    booking = make_awaited()
    by = came(booking, at_time)
    for granted in (None, True, False):
        if granted is not None:
            consent(booking, "home_alone", granted=granted)
        if granted:
            continue
        with pytest.raises(Refused, match="home_alone_not_allowed"):
            leave(booking=booking.pk, fetched_by=None, by=by)
    consent(booking, "home_alone")
    found = leave(booking=booking.pk, fetched_by=None, by=by)
    assert (found.left_at, found.fetched_by) == (at(NINE), None)


def test_when_one_may_come_and_what_must_come_first(at_time: AtTime) -> None:
    booking, by = make_awaited(), make_person()
    for minute, code in ((NINE - 31, "too_early"), (HALF_PAST_TEN, "session_over")):
        at_time(at(minute))
        with pytest.raises(Refused, match=code):
            arrive(booking=booking.pk, by=by)
    with pytest.raises(Refused, match="not_here"):
        leave(booking=booking.pk, fetched_by=None, by=by)
    booking.state = "waiting"
    booking.save()
    with pytest.raises(Refused, match="no_place"):
        arrive(booking=booking.pk, by=by)


def test_what_was_another_childs_is_taken_back_and_stays_on_record(at_time: AtTime) -> None:
    booking = make_awaited()
    by = came(booking, at_time)
    assert take_back(booking=booking.pk, by=by).arrived_at is None
    assert AttendanceEvent.objects.filter(booking=booking).count() == 2
    at_time(at(NINE + 5))
    assert arrive(booking=booking.pk, by=by).arrived_at == at(NINE + 5)


def test_guardians_far_away_hear_of_it_only_if_they_wish(at_time: AtTime) -> None:
    booking = make_awaited()
    child = child_of(booking)
    father, mother = child.family.guardian, make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=mother, part="guardian")
    grandmother = make_pickup(child)
    wish_comings(guardian=father, told=True)
    by = came(booking, at_time)
    leave(booking=booking.pk, fetched_by=grandmother.pk, code="204816", by=by)
    told = Message.objects.order_by("pk").values_list("to_id", "template")
    assert list(told) == [(father.pk, "child_arrived"), (father.pk, "child_fetched")]
    assert Message.objects.get(template="child_fetched").variables["with"] == "外婆"
    wish_comings(guardian=father, told=False)
    take_back(booking=booking.pk, by=by)
    arrive(booking=booking.pk, by=by)
    assert Message.objects.count() == 2


def test_whom_nobody_fetched_its_family_hears_of_it_once_after_a_quarter_of_an_hour(at_time: AtTime) -> None:
    booking = make_awaited()
    child = child_of(booking)
    people = {child.family.guardian_id, make_pickup(child).pk}
    make_pickup(child, phone="", relation="姨妈")
    by = came(booking, at_time)
    gone = make_awaited()
    arrive(booking=gone.pk, by=by)
    leave(booking=gone.pk, fetched_by=child_of(gone).family.guardian_id, by=by)
    at_time(at(HALF_PAST_TEN + 14))
    assert tell_families() == 0
    at_time(at(HALF_PAST_TEN + 15))
    assert [tell_families(), tell_families()] == [1, 0]
    assert set(Message.objects.filter(template="child_waits").values_list("to_id", flat=True)) == people


def test_who_stays_for_the_next_session_waits_for_its_end(at_time: AtTime) -> None:
    booking = make_awaited()
    after = make_awaited(child=child_of(booking), hub=booking.session.hub, start=HALF_PAST_TEN)
    by = came(booking, at_time)
    at_time(at(HALF_PAST_TEN))
    arrive(booking=after.pk, by=by)
    at_time(at(HALF_PAST_TEN + 15))
    assert tell_families() == 0
    at_time(at(HALF_PAST_TEN + 90 + 15))
    assert tell_families() == 1
    assert ChildAttendance.objects.get(late_told_at__isnull=False).booking == after


def test_after_half_an_hour_staff_see_it_with_numbers_that_are_looked_up_on_record(
    at_time: AtTime, sign_in: SignIn
) -> None:
    booking = make_awaited()
    came(booking, at_time)
    boss = make_person(Role.COORDINATOR, hub=booking.session.hub)
    client = sign_in(boss)
    at_time(at(HALF_PAST_TEN + 29))
    assert client.get("/api/attendance/children/late").json() == []
    at_time(at(HALF_PAST_TEN + 30))
    assert [one["booking"] for one in client.get("/api/attendance/children/late").json()] == [booking.pk]
    guardian = child_of(booking).family.guardian
    numbers = client.post(f"/api/attendance/children/{booking.pk}/numbers").json()
    assert [(one["name"], one["phone"]) for one in numbers] == [(guardian.name, guardian.phone)]
    deed = Entry.objects.get(action="child.numbers_read")
    assert (deed.actor_id, deed.for_id) == (boss.pk, booking.participant_id)


def test_the_day_at_the_door_flags_and_the_family_from_afar(at_time: AtTime, sign_in: SignIn) -> None:
    child = make_child(care_note="对花生过敏")
    booking = make_awaited(child=child)
    grandmother = make_pickup(child)
    hub = booking.session.hub
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    at_time(at(NINE))
    (row,) = client.get(f"/api/attendance/children/day?hub={hub.pk}").json()
    assert (row["no_photo"], row["has_note"], row["may_go_alone"]) == (True, True, False)
    assert [(one["person"], one["has_code"]) for one in row["fetching"]] == [
        (child.family.guardian_id, False),
        (grandmother.pk, True),
    ]
    assert [told for told in ("204816", "花生") if told in str(row)] == []
    client.post(f"/api/attendance/children/{booking.pk}/arrive")
    body = {"fetched_by": grandmother.pk, "code": "204816"}
    answer = client.post(f"/api/attendance/children/{booking.pk}/leave", body, JSON).json()
    assert (answer["went_with"], answer["code_said"]) == (grandmother.name, True)
    father = sign_in(child.family.guardian)
    seen = father.get("/api/attendance/children/mine").json()
    assert (seen["told"], [(one["went_with"], one["relation"]) for one in seen["today"]]) == (
        False,
        [(grandmother.name, "外婆")],
    )
    assert father.put("/api/attendance/children/mine", {"told": True}, JSON).json()["told"]


def test_a_long_list_asks_no_more_of_the_database(at_time: AtTime, sign_in: SignIn) -> None:
    booking = make_awaited()
    hub = booking.session.hub
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    at_time(at(NINE))
    address = f"/api/attendance/children/day?hub={hub.pk}"
    client.get(address)
    few = count_queries(lambda: client.get(address))
    for _ in range(30):
        other = make_awaited(hub=hub)
        make_pickup(child_of(other))
        arrive(booking=other.pk, by=make_person())
    assert (count_queries(lambda: client.get(address)), len(client.get(address).json())) == (few, 31)
