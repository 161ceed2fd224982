"""Families are asked once, by a link that says nothing of them, and on the tablet; each counts once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.attendance.devices import offer_pairing, pair
from scheduling.attendance.models import ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.files.asking import KEPT, ask_families, ask_families_of
from scheduling.files.faces import take_taps
from scheduling.files.models import FaceCount, FaceLink, FamilyAsked
from scheduling.files.records import Words, finish_record, go_without, reopen_record, save_draft
from scheduling.sessions.models import Session
from tests.files.factories import all_came, make_held
from tests.reading.factories import DAY, read_at
from tests.support.clients import client_for
from tests.support.make import make_child, make_hub, make_person
from tests.support.queries import count_queries

AtTime = Callable[[dt.datetime], None]
JSON = "application/json"
ENDS = clock.at(DAY, 10 * 60 + 30)
LATER = ENDS + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def an_hour_after(at_time: AtTime) -> None:
    at_time(LATER)


def held(children: int = 3, **values: Any) -> tuple[Session, list[Booking]]:
    session, _, bookings = make_held(children, **values)
    all_came(session)
    return session, bookings


def counts() -> dict[str, tuple[int, int, int]]:
    return {row.source: (row.good, row.fair, row.bad) for row in FaceCount.objects.all()}


def links() -> list[str]:
    sent = Message.objects.filter(template="faces_asked").order_by("pk")
    return [message.link.rpartition("/m/")[2] for message in sent]


def say(token: str, face: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = Client().post(f"/api/face-links/{token}", {"face": face}, JSON).json()
    return found


def close(session: Session) -> None:
    by = make_person()
    save_draft(session=session.pk, words=Words(process="读了书"), revision=0, by=by)
    finish_record(session=session.pk, by=by)


@pytest.mark.django_db
def test_each_family_that_came_is_asked_once(at_time: AtTime) -> None:
    session, bookings = held(4)
    sibling = read_at(session, make_child(family=bookings[0].participant.child.family))
    ChildAttendance.objects.create(booking=sibling, arrived_at=session.starts_at, changed_at=session.ends_at)
    ChildAttendance.objects.filter(booking=bookings[3]).update(arrived_at=None)
    at_time(LATER - dt.timedelta(seconds=1))
    assert ask_families() == 0
    at_time(LATER)
    assert (ask_families(), ask_families(), ask_families_of(session=session.pk)) == (3, 0, 0)
    families = {one.participant.child.family for one in bookings[:3]}
    told = Message.objects.filter(template="faces_asked")
    assert sorted(told.values_list("to_id", flat=True)) == sorted(family.guardian_id for family in families)
    assert set(FamilyAsked.objects.values_list("family", flat=True)) == {family.pk for family in families}


@pytest.mark.django_db
def test_who_was_noted_later_is_asked_later_where_they_are_enough() -> None:
    session, bookings = held(6)
    late = ChildAttendance.objects.filter(booking__in=bookings[3:])
    late.update(arrived_at=None)
    assert ask_families() == 3
    late.filter(booking__in=bookings[4:]).update(arrived_at=session.starts_at)
    assert (ask_families(), ask_families_of(session=session.pk)) == (0, 0)
    late.update(arrived_at=session.starts_at)
    assert (ask_families(), FamilyAsked.objects.count()) == (3, 6)


@pytest.mark.django_db
def test_nobody_is_asked_where_a_count_would_name_them_nor_where_nobody_wants_to_know(at_time: AtTime) -> None:
    hub = make_hub()
    held(2, hub=hub)
    without, _ = held(hub=hub, start=600, minutes=30)
    go_without(session=without.pk, sheet=False, photos=False, faces=True, by=make_person())
    held(hub=hub, start=570, minutes=20, state="cancelled")
    assert ask_families() == 0
    held(hub=hub, start=540, minutes=15)
    at_time(ENDS + dt.timedelta(days=2))
    assert ask_families() == 0


@pytest.mark.django_db
def test_a_family_counts_once_and_may_change_its_word_until_the_file_is_closed() -> None:
    session, _ = held()
    ask_families()
    first, second, third = links()
    assert say(first, "good")["face"] == "good"
    say(first, "good")
    say(second, "fair")
    assert counts() == {"links": (1, 1, 0)}
    assert say(first, "bad") == {
        "program": session.program.name, "hub": session.hub.name, "starts_at": "2026-12-14T01:00:00+00:00",
        "ends_at": "2026-12-14T02:30:00+00:00", "face": "bad", "open": True,
    }  # fmt: skip
    assert counts() == {"links": (0, 1, 1)}
    close(session)
    assert Client().get(f"/api/face-links/{first}").json()["open"] is False
    assert say(first, "good")["code"] == "answer_stands"
    # Who closes a file in a hurry leaves no family unheard.
    assert say(third, "bad")["open"] is False
    assert counts() == {"links": (0, 1, 2)}
    reopen_record(session=session.pk, by=make_person())
    say(first, "good")
    assert counts() == {"links": (1, 1, 1)}


@pytest.mark.django_db
def test_a_link_says_nothing_of_its_family_and_ends(at_time: AtTime) -> None:
    held()
    ask_families()
    token = links()[0]
    columns = {field.name for field in FaceLink._meta.get_fields()}
    assert columns == {"id", "session", "token_hash", "expires_at", "face"}
    assert Client().get("/api/face-links/23456789ab").json()["code"] == "not_found"
    at_time(ENDS + dt.timedelta(days=7))
    assert say(token, "good")["code"] == "link_expired"
    at_time(ENDS + KEPT)
    ask_families()
    assert (FaceLink.objects.count(), FamilyAsked.objects.count(), counts()) == (0, 0, {})


@pytest.mark.django_db
def test_a_tap_on_the_tablet_counts_once_and_asks_nobody_again() -> None:
    session, bookings = held(5)
    _, (stranger,) = held(1)
    _, code = offer_pairing(hub=session.hub, name="门口", by=make_person(Role.COORDINATOR, hub=session.hub))
    _, token = pair(code=code)
    taps = [
        {"booking": bookings[0].pk, "face": "good"},
        {"booking": bookings[1].pk, "face": "bad"},
        {"booking": bookings[0].pk, "face": "bad"},
        {"booking": stranger.pk, "face": "bad"},
        {"booking": 0, "face": "bad"},
    ]

    def sync() -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return Client().post("/api/device/faces", {"taps": taps}, JSON, headers=headers).status_code

    assert (sync(), sync(), counts()) == (204, 204, {"taps": (1, 0, 1)})
    assert (ask_families(), FaceCount.objects.get().session) == (3, session)
    assert Client().post("/api/device/faces", {"taps": taps}, JSON).json()["code"] == "device_unknown"


def later_that_day(morning: Session, bookings: list[Booking], *, came: bool = True) -> tuple[Session, list[Booking]]:
    """Their families' next session that day, an hour after the first."""
    noon, _, _ = make_held(0, hub=morning.hub, start=11 * 60, minutes=30)
    rows = [read_at(noon, one.participant.child) for one in bookings]
    if came:
        all_came(noon)
    return noon, rows


@pytest.mark.django_db
def test_a_family_at_two_sessions_of_a_day_is_asked_about_the_last(at_time: AtTime) -> None:
    morning, bookings = held(6)
    noon, _ = later_that_day(morning, bookings[:3])
    assert (ask_families(), set(FaceLink.objects.values_list("session", flat=True))) == (3, {morning.pk})
    at_time(noon.ends_at + dt.timedelta(hours=1))
    assert (ask_families(), ask_families()) == (3, 0)
    assert Message.objects.values("to_id").distinct().count() == FamilyAsked.objects.count() == 6
    assert sorted(FaceLink.objects.values_list("session", flat=True)) == [morning.pk] * 3 + [noon.pk] * 3


@pytest.mark.django_db
def test_who_did_not_come_to_the_last_is_asked_about_the_one_before(at_time: AtTime) -> None:
    morning, bookings = held()
    noon, later = later_that_day(morning, bookings, came=False)
    assert ask_families() == 0
    at_time(noon.ends_at + dt.timedelta(hours=1))
    assert (ask_families(), {one.session for one in FamilyAsked.objects.all()}) == (3, {morning})
    for one in later:
        ChildAttendance.objects.create(booking=one, arrived_at=noon.starts_at, changed_at=noon.ends_at)
    assert ask_families() == 0, "one message a day, whatever is noted later"


@pytest.mark.django_db
def test_a_family_that_wishes_not_to_be_asked_is_not() -> None:
    _, bookings = held(4)
    guardian = bookings[0].participant.child.family.guardian
    mine = client_for(guardian)
    assert mine.get("/api/faces/mine").json() == {"asked": True}
    for _ in range(2):
        assert mine.put("/api/faces/mine", {"asked": False}, JSON).json() == {"asked": False}
    assert (ask_families(), Message.objects.filter(to_id=guardian.pk).count()) == (3, 0)
    mine.put("/api/faces/mine", {"asked": True}, JSON)
    assert mine.get("/api/faces/mine").json() == {"asked": True}
    kept = Entry.objects.filter(action__startswith="faces.").order_by("pk").values_list("action", flat=True)
    assert list(kept) == ["faces.unwished", "faces.wished"]


@pytest.mark.django_db
def test_thirty_families_cost_no_more_than_three() -> None:
    hub = make_hub()
    few, _ = held(3, hub=hub)
    many, _ = held(30, hub=hub, start=600, minutes=30)
    count_queries(lambda: ask_families_of(session=few.pk))
    FamilyAsked.objects.all().delete()
    Message.objects.all().delete()
    asking = count_queries(lambda: ask_families_of(session=few.pk))
    assert count_queries(lambda: ask_families_of(session=many.pk)) == asking


@pytest.mark.django_db(transaction=True)
def test_told_at_once_a_family_counts_once(at_once: Callable[..., list[object]]) -> None:
    session, bookings = held()
    device, _ = offer_pairing(hub=session.hub, name="门口", by=make_person(Role.COORDINATOR, hub=session.hub))
    tap = [(one.pk, "good") for one in bookings]
    at_once([lambda: take_taps(device=device, taps=tap), lambda: take_taps(device=device, taps=tap)] * 2)
    assert (counts(), FamilyAsked.objects.count()) == ({"taps": (3, 0, 0)}, 3)


@pytest.mark.django_db(transaction=True)
def test_asked_from_two_workers_at_once_each_hears_once(at_once: Callable[..., list[object]]) -> None:
    session, _ = held()
    assert sorted(at_once([lambda: ask_families_of(session=session.pk)] * 2)) == [0, 3]  # type: ignore[type-var]
    assert (len(links()), FaceLink.objects.count()) == (3, 3)
