"""What a tablet that was offline tells of children: once, judged by what held then, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.family_cards import card_of, card_text, replace_card
from hub.people.models import Child, Consent, FamilyMember, Person, Role, RoleGrant
from hub.people.pickups import change_code
from scheduling.attendance.children import arrive, leave, take_back
from scheduling.attendance.children_sheet import guardian_id, stretch_awaited
from scheduling.attendance.children_sync import take_in_children
from scheduling.attendance.comings import wish_comings
from scheduling.attendance.late_pickups import late_for, tell_families
from scheduling.attendance.models import AttendanceEvent, ChildAttendance, Device
from scheduling.bookings.bookings import cancel_booking
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
from tests.bookings.factories import actor_for
from tests.support.make import make_child, make_person, make_program
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
EVENING = HALF_PAST_TEN + 8 * 60
CODE = "204816"


@pytest.fixture
def morning(at_time: AtTime) -> tuple[Booking, Device, Person]:
    """A child awaited, a tablet that has the day's sheet, a grandmother who knows the code; a father who is told."""
    at_time(at(NINE - 30))
    child = make_child(relation="爸爸")
    booking = make_awaited(child=child)
    grandmother = make_pickup(child)
    wish_comings(guardian=child.family.guardian, told=True)
    device, _ = make_device(hub=booking.session.hub)
    stretch_awaited(most=9)
    return booking, device, grandmother


Morning = tuple[Booking, Device, Person]


def state() -> tuple[Any, ...]:
    """Of the child the tests are about."""
    rows = ChildAttendance.objects.order_by("booking")
    row: tuple[Any, ...] = rows.values_list("arrived_at", "left_at", "fetched_by", "code_said", "doubt")[0]
    return row


def doubts() -> list[str]:
    return list(AttendanceEvent.objects.order_by("counter", "pk").values_list("doubt", flat=True))


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("pk").values_list("template", "variables")
    return [(template, variables["time"]) for template, variables in rows]


def test_the_morning_arrives_at_noon_once_and_the_father_hears_how_it_ended(morning: Morning, at_time: AtTime) -> None:
    booking, device, grandmother = morning
    sent = [child_seen(booking, "in", NINE - 2, 1), child_seen(booking, "out", HALF_PAST_TEN, 2, code=CODE)]
    at_time(at(12 * 60))
    assert [tell_children(device, *some) for some in (sent[1:], sent, sent, sent[::-1])] == [1, 1, 0, 0]
    assert state() == (at(NINE - 2), at(HALF_PAST_TEN), grandmother.pk, True, "")
    assert told() == [("child_fetched", "10:30")]
    assert Message.objects.get().variables["with"] == "外婆"
    deeds = Entry.objects.filter(action__startswith="child.").order_by("pk")
    assert [(one.action, one.actor_id, one.for_id, one.facts["device"]) for one in deeds] == [
        ("child.out", None, booking.participant_id, device.pk),
        ("child.in", None, booking.participant_id, device.pk),
    ]


def test_while_it_lasts_coming_is_news_and_late_it_is_not(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    at_time(at(NINE + 10))
    tell_children(device, child_seen(booking, "in", NINE - 2))
    assert told() == [("child_arrived", "08:58")]
    # Staff noted it too, minutes apart: no second message.
    tell_children(device, child_seen(booking, "in", NINE - 4, 2))
    assert (state()[0], told()) == (at(NINE - 4), [("child_arrived", "08:58")])
    other = make_awaited(hub=booking.session.hub)
    wish_comings(guardian=other.participant.child.family.guardian, told=True)
    at_time(at(HALF_PAST_TEN))
    tell_children(device, child_seen(other, "in", NINE, 3))
    assert told() == [("child_arrived", "08:58")]
    at_time(at(NINE + 24 * 60))
    tell_children(device, child_seen(booking, "out", HALF_PAST_TEN, 4, code=CODE))
    assert (state()[1], told()) == (at(HALF_PAST_TEN), [("child_arrived", "08:58")])


def test_a_clock_that_is_off_is_put_right_within_bounds(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    at_time(at(EVENING))
    slow = dt.timedelta(hours=3)
    take_in_children(device=device, sent=[child_seen(booking, "in", NINE - 180)], device_now=clock.now() - slow)
    assert state()[0] == at(NINE)
    lost = child_seen(booking, "out", 0, 2, code=CODE, at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    take_in_children(device=device, sent=[lost], device_now=lost.at)
    assert (doubts(), state()[1]) == (["", "clock_off"], None)


def leave_with(how: str, child: Child, device: Device) -> dict[str, Any]:
    father = child.family.guardian
    card = card_text(card_of(child.family))
    ids = partial(guardian_id, device=device.pk)
    ways: dict[str, dict[str, Any]] = {
        "code": {"code": CODE},
        "wrong code": {"code": "999999"},
        "forged": {"proof": "0" * 64},
        "guardian": {"guardian": ids(person=father.pk), "card": card},
        "no card": {"guardian": ids(person=father.pk)},
        "number": {"guardian": ids(person=father.pk), "card": card[:10]},
        "other card": {
            "guardian": ids(person=father.pk),
            "card": card_text(card_of(make_child().family)),
        },
        "stranger": {"guardian": ids(person=make_person().pk), "card": card},
        "alone": {},
    }
    return ways[how]


@pytest.mark.parametrize(
    ("how", "who", "allowed"),
    [
        ("code", "grandmother", True),
        ("wrong code", None, False),
        ("forged", None, False),
        ("guardian", "father", True),
        ("no card", "father", False),
        ("number", "father", False),
        ("other card", "father", False),
        ("stranger", None, False),
        ("alone", None, False),
    ],
)
def test_with_whom_a_child_goes_is_proven(
    morning: Morning, at_time: AtTime, how: str, who: str | None, allowed: bool
) -> None:
    booking, device, grandmother = morning
    child = booking.participant.child
    people = {None: None, "grandmother": grandmother.pk, "father": child.family.guardian_id}
    at_time(at(HALF_PAST_TEN))
    out = child_seen(booking, "out", HALF_PAST_TEN - 1, 2, **leave_with(how, child, device))
    tell_children(device, child_seen(booking, "in", NINE, 1), out)
    doubt = "" if allowed else "not_allowed"
    assert (state()[1:3], state()[4]) == ((at(HALF_PAST_TEN - 1), people[who]), doubt)
    assert [template for template, _ in told()] == ["child_fetched" if allowed else "child_left_unclear"]


def test_alone_by_the_consent_of_that_moment(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    subject = booking.participant
    Consent.objects.create(subject=subject, kind="home_alone", granted=True, recorded_at=at(NINE))
    Consent.objects.create(subject=subject, kind="home_alone", granted=False, recorded_at=at(HALF_PAST_TEN))
    at_time(at(EVENING))
    tell_children(device, child_seen(booking, "in", NINE), child_seen(booking, "out", HALF_PAST_TEN - 5, 2))
    assert (state()[1:], told()) == ((at(HALF_PAST_TEN - 5), None, False, ""), [("child_went_alone", "10:25")])
    other = make_awaited(hub=booking.session.hub)
    Consent.objects.create(subject=other.participant, kind="home_alone", granted=True, recorded_at=at(HALF_PAST_TEN))
    tell_children(device, child_seen(other, "in", NINE, 3), child_seen(other, "out", HALF_PAST_TEN - 5, 4))
    assert ChildAttendance.objects.get(booking=other).doubt == "not_allowed"


def test_a_code_ended_meanwhile_holds_for_what_was_before_and_is_shown_after(
    morning: Morning, at_time: AtTime, sign_in: SignIn
) -> None:
    booking, device, grandmother = morning
    child = booking.participant.child
    sibling = make_awaited(child=make_child(guardian=child.family.guardian), hub=booking.session.hub)
    at_time(at(HALF_PAST_TEN))
    change_code(member=FamilyMember.objects.get(person=grandmother), by=child.family.guardian)
    at_time(at(EVENING))
    tell_children(
        device,
        child_seen(booking, "in", NINE, 1),
        child_seen(sibling, "in", NINE, 2),
        child_seen(booking, "out", HALF_PAST_TEN - 1, 3, code=CODE),
        child_seen(sibling, "out", HALF_PAST_TEN + 1, 4, code=CODE),
    )
    rows = ChildAttendance.objects.order_by("booking").values_list("fetched_by", "doubt")
    assert list(rows) == [(grandmother.pk, ""), (grandmother.pk, "not_allowed")]
    assert sorted(told()) == [("child_fetched", "10:29"), ("child_left_unclear", "10:31")]
    hub = booking.session.hub
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    (loose,) = client.get(f"/api/attendance/children/loose?hub={hub.pk}").json()
    assert (loose["name"], loose["kind"], loose["went_with"], loose["doubt"]) == (
        sibling.participant.name,
        "out",
        grandmother.name,
        "not_allowed",
    )
    assert client.post(f"/api/attendance/sightings/{loose['id']}/set-aside").status_code == 204
    assert client.get(f"/api/attendance/children/loose?hub={hub.pk}").json() == []
    assert ChildAttendance.objects.get(booking=sibling).left_at == at(HALF_PAST_TEN + 1)


def test_a_place_given_back_meanwhile_is_shown_to_staff(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    cancel_booking(booking=booking.pk, by=booking.participant.child.family.guardian)
    elsewhere = make_awaited()
    at_time(at(EVENING))
    unknown = replace(child_seen(booking, "in", NINE, 4), booking=2**40)
    tell_children(
        device,
        child_seen(booking, "in", NINE - 2),
        child_seen(booking, "out", NINE + 2, 2, code=CODE),
        child_seen(elsewhere, "in", NINE, 3),
        unknown,
        child_seen(booking, "in", NINE - 31, 5),
    )
    kept = AttendanceEvent.objects.order_by("counter").values_list("booking", "doubt")
    assert list(kept) == [
        (booking.pk, "no_place"),
        (booking.pk, "no_place"),
        (None, "no_place"),
        (None, "no_place"),
        (booking.pk, "no_place"),
    ]
    assert (ChildAttendance.objects.count(), [one for one, _ in told() if one.startswith("child_")]) == (0, [])


def test_what_staff_took_back_stays_so(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    by = make_person()
    at_time(at(NINE))
    arrive(booking=booking.pk, by=by)
    at_time(at(NINE + 5))
    take_back(booking=booking.pk, by=by)
    at_time(at(NINE + 10))
    tell_children(device, child_seen(booking, "in", NINE + 2))
    assert (state()[0], doubts()[-1]) == (None, "put_right")
    tell_children(device, child_seen(booking, "in", NINE + 8, 2))
    assert state()[0] == at(NINE + 8)


def test_who_was_first_stands_and_going_without_coming_is_said(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    at_time(at(NINE + 30))
    tell_children(device, child_seen(booking, "out", NINE + 20, 2, code=CODE))
    assert state() == (None, None, None, False, "out_without_in")
    by = make_person()
    arrive(booking=booking.pk, by=by)
    leave(booking=booking.pk, fetched_by=booking.participant.child.family.guardian_id, by=by)
    tell_children(device, child_seen(booking, "in", NINE, 1))
    # Two saw it go, and one of them that it was here again in between.
    assert state() == (at(NINE), at(NINE + 30), booking.participant.child.family.guardian_id, False, "")


def test_wrong_codes_are_noted_and_change_nothing(morning: Morning, at_time: AtTime, sign_in: SignIn) -> None:
    booking, device, _ = morning
    hub = booking.session.hub
    at_time(at(NINE + 30))
    tell_children(device, child_seen(booking, "in", NINE, 1), child_seen(booking, "try", NINE + 20, 2))
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    (row,) = client.get(f"/api/attendance/children/day?hub={hub.pk}").json()
    assert (row["wrong_codes"], row["left_at"]) == (1, None)
    assert client.get(f"/api/attendance/children/loose?hub={hub.pk}").json() == []


def test_whom_nobody_fetched_the_tablet_knew_of(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    gone, strange = (make_awaited(hub=booking.session.hub) for _ in range(2))
    at_time(at(HALF_PAST_TEN + 20))
    guardian = {
        "guardian": guardian_id(device=device.pk, person=gone.participant.child.family.guardian_id),
        "card": card_text(card_of(gone.participant.child.family)),
    }
    tell_children(
        device,
        *(child_seen(one, "in", NINE, number) for number, one in enumerate((booking, gone, strange), 1)),
        child_seen(gone, "out", HALF_PAST_TEN, 4, **guardian),
        child_seen(strange, "out", HALF_PAST_TEN + 24 * 60, 5),
    )
    assert doubts() == ["", "", "", "", "clock_off"]
    assert tell_families() == 1
    assert ChildAttendance.objects.get(late_told_at__isnull=False).booking == booking
    at_time(at(HALF_PAST_TEN + 40))
    boss = actor_for(make_person(Role.ADMINISTRATOR))
    assert [one.booking for one in late_for(boss)] == [booking, strange]


def test_a_replaced_card_is_no_guardian(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    child = booking.participant.child
    way = leave_with("guardian", child, device)
    replace_card(family=child.family, by=child.family.guardian)
    at_time(at(HALF_PAST_TEN))
    tell_children(device, child_seen(booking, "in", NINE, 1), child_seen(booking, "out", NINE + 60, 2, **way))
    assert state()[4] == "not_allowed"


def test_only_who_notes_its_children_sees_what_does_not_fit(morning: Morning, at_time: AtTime, sign_in: SignIn) -> None:
    booking, device, _ = morning
    hub = booking.session.hub
    at_time(at(NINE))
    tell_children(device, child_seen(booking, "in", NINE - 40))
    event = AttendanceEvent.objects.get()
    stranger = sign_in(make_person(Role.COORDINATOR))
    assert stranger.get(f"/api/attendance/children/loose?hub={hub.pk}").status_code == 404
    assert stranger.post(f"/api/attendance/sightings/{event.pk}/set-aside").status_code == 404
    # At home here, by another agency's session: a child's name is not theirs to see.
    resident = make_person(Role.SOCIAL_WORKER)
    agency = RoleGrant.objects.get(person=resident).agency
    make_awaited(hub=hub, program=make_program(kind="reading", agency=agency))
    client = sign_in(resident)
    assert client.get(f"/api/attendance/children/loose?hub={hub.pk}").json() == []
    assert client.post(f"/api/attendance/sightings/{event.pk}/set-aside").status_code == 404


def test_it_takes_as_many_queries_for_one_as_for_thirty(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    crowd = [make_awaited(session=booking.session) for _ in range(31)]
    at_time(at(NINE))
    few = count_queries(partial(tell_children, device, child_seen(crowd[0], "in", NINE - 5)))
    many = count_queries(partial(tell_children, device, *(child_seen(one, "in", NINE - 5, 9) for one in crowd[1:])))
    # Each child has a journal entry, its row, and its family's screens.
    assert many - few <= 29 * 5
    assert ChildAttendance.objects.filter(arrived_at=at(NINE - 5)).count() == 31


def test_sent_twice_by_two_tabs_it_is_there_once(morning: Morning, at_time: AtTime) -> None:
    booking, device, _ = morning
    at_time(at(NINE))
    one = child_seen(booking, "in", NINE - 5, uid=uuid.uuid4())
    assert [tell_children(device, one, one), tell_children(device, one)] == [1, 0]
    assert AttendanceEvent.objects.count() == 1
