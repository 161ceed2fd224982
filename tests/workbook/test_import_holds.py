"""What a week's sessions hold: rooms with their times, and whoever has a place in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.places.models import Kit, Room
from hub.workbook.confirm import import_workbook
from scheduling.sessions.claims import kit_resource, person_resource, place
from scheduling.sessions.models import Claim, Session
from scheduling.sessions.signals import session_moved
from tests.sessions.factories import added
from tests.support.make import make_person, make_program
from tests.workbook.bringing import ROWS, bring, totals
from tests.workbook.files import READING, only, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
MONDAY = dt.date(2026, 12, 14)


def test_sessions_to_come_hold_a_room_with_its_new_times() -> None:
    bring()
    session = Session.objects.get(code="A1")
    assert session.room is not None
    window = Claim.objects.filter(session=session, resource=f"room:{session.room_id}").values_list
    bring(("场地", "E2", 15), ("场地", "F2", 30))
    assert window("starts_at", "ends_at").get() == (clock.at(MONDAY, 16 * 60 + 15), clock.at(MONDAY, 18 * 60 + 30))
    other = added(room=Room.objects.get(pk=session.room_id), program=make_program(name="讲座"), start=18 * 60 + 45)
    rooms = workbook(("场地", "E2", 15), ("场地", "F2", 60), sheets=only("服务站点", "场地"))
    found = import_workbook(data=rooms, file_name="rooms.xlsx").book.faults
    assert [(one.place, one.code, one.facts) for one in found] == [
        (
            *("场地!F2", "room_times_clash"),
            {"one": READING, "one_at": "2026-12-14 16:30", "other": "讲座", "other_at": "2026-12-14 18:45"},
        )
    ]
    assert (other.room_id, Room.objects.get(pk=session.room_id).clearup_minutes) == (session.room_id, 30)


def test_a_room_takes_longer_and_its_session_gives_way_in_one_import() -> None:
    """The other session comes to where the first one's new time to clear up ends, and back where it is shorter."""
    bring(("场次", "E3", "2026-12-14 18:00"), ("场次", "F3", "2026-12-14 19:00"))
    longer = ("场地", "F2", 30), ("场次", "E3", "2026-12-14 18:30"), ("场次", "F3", "2026-12-14 19:30")
    shorter = ("场地", "F2", 0), ("场次", "E3", "2026-12-14 18:00"), ("场次", "F3", "2026-12-14 19:00")
    assert totals(bring(*longer)) == totals(bring(*shorter)) == (0, 2, ROWS - 2)
    room = Room.objects.get(name="书屋")
    assert list(
        Claim.objects.filter(resource=f"room:{room.pk}").order_by("starts_at").values_list("starts_at", "ends_at")
    ) == [(clock.at(MONDAY, 990), clock.at(MONDAY, 1080)), (clock.at(MONDAY, 1080), clock.at(MONDAY, 1140))]


def test_a_room_that_takes_longer_is_judged_by_the_sessions_of_any_week() -> None:
    bring()
    room, day = Room.objects.get(name="书屋"), MONDAY + dt.timedelta(weeks=3)
    for start in (9 * 60, 10 * 60):
        added(room=room, day=day, start=start)
    found = import_workbook(data=workbook(("场地", "E2", 10)), file_name="rooms.xlsx").book.faults
    assert [(one.place, one.facts["one_at"], one.facts["other_at"]) for one in found] == [
        ("场地!E2", "2027-01-04 09:00", "2027-01-04 10:00")
    ]


def test_whoever_serves_and_what_is_taken_along_is_in_one_session_at_a_time() -> None:
    """On either database, and before anything is written."""
    bring()
    first, second = Session.objects.get(code="A1"), Session.objects.get(code="A3")
    helper = make_person(name="何丽")
    kit = Kit.objects.create(hub=first.hub, name="书箱")
    for session in (first, second):
        for resource in (person_resource(helper.pk), kit_resource(kit.pk)):
            place(session=session, resource=resource)
    changes = ("场次", "E4", "2026-12-14 17:00"), ("场次", "F4", "2026-12-14 18:30")
    outcome = import_workbook(data=workbook(*changes), file_name="week.xlsx")
    assert [(one.place, one.code, one.facts) for one in outcome.book.faults] == [
        ("场次!E4", "kit_taken", {"name": "书箱", "other": "A1"}),
        ("场次!E4", "person_taken", {"name": "何丽", "other": "A1"}),
    ]
    assert bring(("场次", "E4", "2026-12-14 18:00"), ("场次", "F4", "2026-12-14 18:30")).written


def test_a_duty_worker_in_two_places_is_warned_of_in_the_later_row() -> None:
    at_once = ("场次", "E3", "2026-12-14 17:00"), ("场次", "F3", "2026-12-14 19:00"), ("场次", "D3", "活动室")
    told = [("场次!H3", "duty_elsewhere", {"name": "袁佳琪", "other": "A1"})]
    for outcome in (bring(*at_once, dry_run=True), bring() and bring(*at_once)):
        found = [(one.place, one.code, one.facts) for one in outcome.book.warnings if one.sheet == "场次"]
        assert found == told
    assert bring(*at_once, ("场次", "I3", "带伞")).book.warnings == []


def test_a_moved_session_tells_and_takes_its_holds_along() -> None:
    bring()
    heard: list[dict[str, Any]] = []

    def listen(**facts: Any) -> None:
        heard.append(facts)

    session_moved.connect(listen)
    try:
        bring(("场次", "E2", "2026-12-14 17:00"), ("场次", "F2", "2026-12-14 18:30"))
    finally:
        session_moved.disconnect(listen)
    session = Session.objects.get(code="A1")
    assert session.sequence == 1
    assert [(one["session"], one["before"]["starts_at"]) for one in heard] == [(session, clock.at(MONDAY, 990))]
    windows = set(Claim.objects.filter(session=session).values_list("starts_at", "ends_at"))
    assert windows == {(clock.at(MONDAY, 1020), clock.at(MONDAY, 1110))}
    assert Claim.objects.filter(session=session).count() == 4
