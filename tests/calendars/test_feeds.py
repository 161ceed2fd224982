"""What a calendar program gets, and when it hears that nothing changed."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Person, Role
from hub.places.models import District
from hub.places.rooms import save_room
from scheduling.bookings.bookings import book_together, cancel_booking
from scheduling.calendars.feeds import set_alarm
from scheduling.calendars.models import Feed
from scheduling.closures.closing import lift_closure
from scheduling.sessions.models import Session
from scheduling.sessions.sessions import cancel_session, edit_session, move_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, assign_by_hand, decline
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.calendars.factories import events_at, fetch, open_address
from tests.closures.factories import make_closure
from tests.signups.factories import make_regular, take
from tests.support.make import (
    MONDAY,
    make_agency,
    make_hub,
    make_need,
    make_person,
    make_program,
    make_room,
    make_session,
)
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db


def test_a_volunteers_shift_says_when_where_and_as_what() -> None:
    hub = make_hub(name="双龙社区联合体", address="文龙街道双龙路8号")
    session = make_session(room=make_room(hub=hub, name="书屋"), program=make_program(name="社区共读"))
    place = take(make_need(session=session, role="领读"))
    (event,) = events_at(open_address(place.volunteer.person, "volunteer"))

    assert event["uid"] == f"{session.uid}@renqi"
    assert (event.start, event.end) == (session.starts_at, session.ends_at)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event["summary"] == "社区共读（领读）"
    assert event["location"] == "双龙社区联合体 书屋（文龙街道双龙路8号）"
    assert (event["geo"].latitude, event["geo"].longitude) == (29.03, 106.65)
    assert (event["status"], event["transp"]) == ("CONFIRMED", "OPAQUE")
    place.refresh_from_db()
    changed = max(place.changed_at, session.changed_at).replace(microsecond=0)
    assert (event.stamp, event.last_modified) == (changed, changed)


def test_in_the_owners_language() -> None:
    place = take(make_need(role="reader", session=make_session(program=make_program(name="Reading"))))
    person = place.volunteer.person
    person.language = "en"
    person.save()
    address = open_address(person, "volunteer")
    assert events_at(address)[0]["summary"] == "Reading (reader)"
    assert "X-WR-CALNAME:Renqi · My shifts" in fetch(address).content.decode()


def test_an_unanswered_shift_is_tentative_until_it_is_answered() -> None:
    volunteer = make_regular()
    place = assign_by_hand(need=make_need().pk, person=volunteer.person_id, by=make_person())
    address = open_address(volunteer.person, "volunteer")
    assert events_at(address)[0]["status"] == "TENTATIVE"
    accept(assignment=place.pk, by=volunteer.person)
    assert events_at(address)[0]["status"] == "CONFIRMED"


def test_a_declined_shift_stays_as_cancelled_with_a_higher_sequence(at_time: Callable[[dt.datetime], None]) -> None:
    now = clock.now()
    place = take(make_need())
    person = place.volunteer.person
    address = open_address(person, "volunteer")
    (before,) = events_at(address)
    at_time(now + dt.timedelta(minutes=5))
    decline(assignment=place.pk, by=person)
    (after,) = events_at(address)
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]
    at_time(now + dt.timedelta(minutes=9))
    take(place.need, place.volunteer)
    (again,) = events_at(address)
    assert (again["uid"], again["status"]) == (before["uid"], "CONFIRMED")
    assert again["sequence"] > after["sequence"]


def coordinator_of(session: Session) -> Person:
    return make_person(Role.COORDINATOR, hub=session.hub)


def test_moving_raises_the_sequence_and_cancelling_strikes() -> None:
    session = make_session()
    address = open_address(coordinator_of(session), "hub", session.hub_id)
    (before,) = events_at(address)
    assert before["transp"] == "TRANSPARENT"  # Of nobody's time.
    moved = move_session(
        session_id=session.pk,
        revision=1,
        hub=session.hub,
        room=None,
        starts_at=clock.at(MONDAY, 600),
        ends_at=clock.at(MONDAY, 660),
        by=None,
    )
    (after,) = events_at(address)
    assert (after["uid"], after["sequence"], after.start) == (before["uid"], before["sequence"] + 1, moved.starts_at)
    cancel_session(session_id=session.pk, revision=moved.revision, reason="停电", by=None)
    (struck,) = events_at(address)
    assert (struck["uid"], struck["status"], struck["sequence"]) == (before["uid"], "CANCELLED", before["sequence"] + 2)


def test_a_hubs_calendar_names_no_child_and_no_volunteer() -> None:
    session = make_reading()
    row = book_for(session)
    place = take(make_need(session=session))
    body = fetch(open_address(coordinator_of(session), "hub", session.hub_id)).content.decode()
    assert body.count("BEGIN:VEVENT") == 1
    assert row.participant.name not in body
    assert place.volunteer.person.name not in body


def test_siblings_share_an_entry_and_a_place_given_back_strikes_it() -> None:
    guardian, children = make_guardian(2)
    session = make_reading(program=make_program(name="共读", kind="reading"))
    rows = book_together(session=session.pk, children=[one.pk for one in children], by=guardian)
    address = open_address(guardian, "family")
    names = [child.person.name[1:] for child in children]
    (event,) = events_at(address)
    assert (event["summary"], event["status"]) == ("共读", "CONFIRMED")
    Feed.objects.update(names=True)
    (event,) = events_at(address)
    assert (event["summary"], event["status"]) == (f"共读（{' '.join(names)}）", "CONFIRMED")
    cancel_booking(booking=rows[0].pk, by=guardian)
    (event,) = events_at(address)
    assert (event["summary"], event["status"]) == (f"共读（{names[1]}）", "CONFIRMED")
    cancel_booking(booking=rows[1].pk, by=guardian)
    (event,) = events_at(address)
    assert event["status"] == "CANCELLED"


def test_waiting_is_tentative() -> None:
    session = make_reading(places=0)
    row = book_for(session)
    address = open_address(row.booked_by, "family")
    (event,) = events_at(address)
    assert (event["status"], event["description"]) == ("TENTATIVE", "候补中")
    Feed.objects.update(names=True)
    (event,) = events_at(address)
    assert event["description"] == f"候补中：{row.participant.name[1:]}"


def test_the_districts_calendar_holds_every_session() -> None:
    district = District.objects.create(name="綦江区")
    sessions = {f"{make_session().uid}@renqi" for _ in range(2)}
    address = open_address(make_person(Role.ADMINISTRATOR), "district", district.pk)
    assert {event["uid"] for event in events_at(address)} == sessions


@pytest.mark.parametrize("scope", ["hub", "room", "agency", "program"])
def test_calendars_of_places_agencies_and_programs_hold_their_own_sessions(scope: str) -> None:
    agency, hub = make_agency(), make_hub()
    program = make_program(agency=agency)
    session = make_session(program=program, room=make_room(hub=hub))
    make_session()
    ids = {"hub": hub.pk, "room": session.room_id, "agency": agency.pk, "program": program.pk}
    (event,) = events_at(open_address(make_person(Role.ADMINISTRATOR), scope, ids[scope]))
    assert event["uid"] == f"{session.uid}@renqi"


def test_an_agencys_calendar_shows_only_what_its_reader_may_see() -> None:
    agency = make_agency()
    program = make_program(agency=agency)
    here, _there = make_session(program=program), make_session(program=program)
    agency.residencies.create(hub=here.hub)
    (event,) = events_at(open_address(coordinator_of(here), "agency", agency.pk))
    assert event["uid"] == f"{here.uid}@renqi"


def test_what_is_closed_stands_in_the_calendars_of_the_places_it_touches() -> None:
    """Whole days as days, taking nobody's time; lifted before it began it stays, struck out."""
    session = make_session(room=make_room())
    room, hub = session.room, session.hub
    assert room is not None
    site, one_room = make_closure(hub, end=2 * 1440), make_closure(room=room, start=540, end=600)
    make_closure(room=make_room(hub=hub), day=MONDAY + dt.timedelta(days=1), reason="漏水")
    make_closure()
    by = make_person(Role.ADMINISTRATOR)
    district = District.objects.create(name="綦江区")
    program = session.program
    counts = {
        scope: fetch(open_address(by, scope, pk)).content.count(b"UID:closure-")
        for scope, pk in (
            *(("hub", hub.pk), ("room", room.pk), ("program", program.pk), ("agency", program.agency_id)),
            ("district", district.pk),
        )
    }
    assert counts == {"hub": 3, "room": 2, "program": 2, "agency": 2, "district": 4}
    address = open_address(by, "room", room.pk)
    whole, part, _ = events_at(address)
    assert (whole["uid"], whole.start, whole.end) == (f"closure-{site.pk}@renqi", MONDAY, MONDAY + dt.timedelta(days=2))
    assert (part.start, part.end) == (one_room.starts_at, one_room.ends_at)
    assert [(event["status"], event["transp"]) for event in (whole, part)] == [("CONFIRMED", "TRANSPARENT")] * 2
    assert "停电" not in fetch(address).content.decode()
    lift_closure(closure_id=site.pk, by=by)
    whole, part, _ = events_at(address)
    assert [(event["uid"], event["status"], event["sequence"]) for event in (whole, part)] == [
        (f"closure-{site.pk}@renqi", "CANCELLED", 1), (f"closure-{one_room.pk}@renqi", "CONFIRMED", 0),
    ]  # fmt: skip


def test_nothing_changed_is_304_without_reading_and_any_change_is_not() -> None:
    session = make_session()
    take(make_need(session=session))
    address = open_address(coordinator_of(session), "hub", session.hub_id)
    first = fetch(address)
    tag, modified = first["ETag"], first["Last-Modified"]
    fetch(address)

    again = fetch(address, if_none_match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert fetch(address, if_modified_since=modified).status_code == 304
    assert count_queries(lambda: fetch(address, if_none_match=tag)) == 3

    edit_session(session_id=session.pk, revision=1, by=None, places=5, duty_worker=None, note="")
    changed = fetch(address, if_none_match=tag)
    assert (changed.status_code, changed["ETag"] == tag) == (200, False)


def test_a_volunteers_unchanged_feed_takes_two_queries_however_much_stands_in_it() -> None:
    volunteer = make_regular()
    address = open_address(volunteer.person, "volunteer")
    for count in (1, 30):
        while Assignment.objects.count() < count:
            day = MONDAY + dt.timedelta(Assignment.objects.count())
            take(make_need(session=make_session(day=day)), volunteer)
        tag = fetch(address)["ETag"]
        assert count_queries(lambda tag=tag: fetch(address, if_none_match=tag)) == 2  # type: ignore[misc]
        assert fetch(address, if_none_match=tag).status_code == 304


def test_who_sees_something_else_gets_it_anew_though_no_session_changed() -> None:
    agency = make_agency()
    session = make_session(program=make_program(agency=agency))
    agency.residencies.create(hub=session.hub)
    worker = make_person(Role.SOCIAL_WORKER, agency=make_agency())
    stays = worker.grants.get().agency.residencies.create(hub=session.hub)
    address = open_address(worker, "hub", session.hub_id)
    first = fetch(address)
    assert first.content.count(b"BEGIN:VEVENT") == 1
    stays.delete()
    again = fetch(address, if_none_match=first["ETag"])
    assert (again.status_code, again.content.count(b"BEGIN:VEVENT")) == (200, 0)


@pytest.mark.parametrize("scope", ["volunteer", "hub"])
def test_a_room_is_called_by_its_new_name(scope: str, at_time: Callable[[dt.datetime], None]) -> None:
    room = make_room(name="书屋")
    session = make_session(room=room)
    person = take(make_need(session=session)).volunteer.person
    theirs = scope == "volunteer"
    address = open_address(person if theirs else coordinator_of(session), scope, *(() if theirs else (room.hub_id,)))
    first = fetch(address)
    at_time(clock.now() + dt.timedelta(minutes=5))
    save_room(
        hub=room.hub, room=room, name="阅览室", capacity=20, equipment=[], setup_minutes=0, clearup_minutes=0, by=person
    )
    for asked in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        assert fetch(address, **asked).status_code == 200
    (event,) = events_at(address)
    assert (event["location"], event["sequence"]) == (f"{room.hub} 阅览室", 0)
    assert event.last_modified == clock.now().replace(microsecond=0)


def test_an_alarm_is_new_to_who_asks_by_tag_or_by_date(at_time: Callable[[dt.datetime], None]) -> None:
    place = take(make_need())
    person = place.volunteer.person
    address = open_address(person, "volunteer")
    first = fetch(address)
    assert b"VALARM" not in first.content
    at_time(clock.now() + dt.timedelta(minutes=5))
    set_alarm(feed=Feed.objects.get(), minutes=120, by=person)
    for asked in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        again = fetch(address, **asked)
        assert (again.status_code, again.content.count(b"TRIGGER:-PT2H")) == (200, 1)


def test_it_travels_packed() -> None:
    address = open_address(take(make_need()).volunteer.person, "volunteer")
    plain, packed = fetch(address), fetch(address, accept_encoding="gzip")
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert fetch(address, accept_encoding="gzip", if_none_match=packed["ETag"]).status_code == 304


def test_what_comes_stays_where_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    hub, monday = make_hub(), clock.monday_of(clock.today())
    days = [monday + dt.timedelta(days) for days in (-3, -2, 1, 2)]
    sessions = [make_session(hub=hub, day=day) for day in days]
    address = open_address(make_person(Role.ADMINISTRATOR), "hub", hub.pk)
    monkeypatch.setattr("scheduling.calendars.entries.MOST_ENTRIES", 3)
    assert [event["uid"] for event in events_at(address)] == [f"{one.uid}@renqi" for one in sessions[1:]]


@pytest.mark.parametrize("change", [accept, decline])
def test_an_answer_changes_the_volunteers_tag(change: Callable[..., Assignment]) -> None:
    volunteer = make_regular()
    place = assign_by_hand(need=make_need().pk, person=volunteer.person_id, by=make_person())
    address = open_address(volunteer.person, "volunteer")
    tag = fetch(address)["ETag"]
    assert fetch(address, if_none_match=tag).status_code == 304
    change(assignment=place.pk, by=volunteer.person)
    assert fetch(address, if_none_match=tag).status_code == 200


def test_head_answers_without_a_body() -> None:
    address = open_address(take(make_need()).volunteer.person, "volunteer")
    response = Client().head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == fetch(address)["ETag"]
    assert Client().post(address).status_code == 405


def test_the_table_holds_no_token_and_its_use_is_noted_hourly(at_time: Callable[[dt.datetime], None]) -> None:
    now = clock.now()
    address = open_address(make_regular().person, "volunteer")
    feed = Feed.objects.get()
    assert feed.token_hash not in address
    assert (feed.last_used_at, len(address) > 50) == (None, True)

    def used(after: dt.timedelta) -> dt.datetime | None:
        at_time(now + after)
        fetch(address)
        feed.refresh_from_db()
        return feed.last_used_at

    assert used(dt.timedelta(minutes=1)) == now + dt.timedelta(minutes=1)
    assert used(dt.timedelta(minutes=50)) == now + dt.timedelta(minutes=1)
    assert used(dt.timedelta(minutes=70)) == now + dt.timedelta(minutes=70)


def test_who_left_the_staff_reads_no_places_calendar() -> None:
    session = make_session()
    person = coordinator_of(session)
    address = open_address(person, "hub", session.hub_id)
    person.grants.all().delete()
    assert fetch(address).status_code == 404


def test_too_many_fetches_are_refused_and_no_address_is_logged(
    at_time: Callable[[dt.datetime], None], caplog: pytest.LogCaptureFixture
) -> None:
    at_time(clock.now())
    assert fetch("/calendar/nothing.ics").status_code == 404
    address = open_address(make_regular().person, "volunteer")
    assert {fetch(address).status_code for _ in range(60)} == {200}
    assert (fetch(address).status_code, caplog.text) == (429, "")


def test_a_calendar_costs_the_same_for_one_shift_and_for_thirty() -> None:
    volunteer, hub, program = make_regular(), make_hub(), make_program()
    address = open_address(volunteer.person, "volunteer")

    def shifts(days: range) -> None:
        for day in days:
            take(make_need(session=make_session(day=MONDAY + dt.timedelta(day), hub=hub, program=program)), volunteer)

    shifts(range(1))
    assert len(events_at(address)) == 1
    one = count_queries(lambda: fetch(address))
    shifts(range(1, 30))
    assert len(events_at(address)) == 30
    assert count_queries(lambda: fetch(address)) == one
