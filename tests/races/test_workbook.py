"""A week's workbook is written while others are at the same room: one of them has it, the other is told."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person, Role
from hub.places.models import Hub, Kit, Room
from hub.places.rooms import remove_kit
from hub.workbook.confirm import Outcome, import_workbook, writing
from scheduling.bookings.models import Booking
from scheduling.closures.closing import close_place
from scheduling.series.outcome import Outcome as Closing
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Closure, Session
from tests.bookings.factories import book_for
from tests.sessions.factories import added
from tests.support.make import MONDAY, make_child, make_hub, make_person, make_program
from tests.workbook.files import HUB, Rows, only, workbook
from volunteers.models import Volunteer

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


@pytest.fixture
def places() -> tuple[Hub, Room]:
    import_workbook(data=workbook(sheets=only("服务站点", "场地", "社工机构", "工作人员", "项目")), file_name="a.xlsx")
    return Hub.objects.get(name=HUB), Room.objects.get(name="书屋")


def week_with(code: str, day: dt.date, *, places: int = 2, note: str | None = None) -> dict[str, Rows]:
    header, row = only("场次")["场次"][:2]
    return {"场次": [header, [code, *row[1:4], f"{day} 09:00", f"{day} 10:00", places, None, note]]}


def said(result: object) -> str:
    if isinstance(result, Outcome):
        return "written" if result.written else ",".join(one.code for one in result.book.faults)
    if isinstance(result, Closing):
        return "saved" if result.saved else "shown"
    return result.code if isinstance(result, Refused) else type(result).__name__


def test_importing_against_adding(at_once: AtOnce, places: tuple[Hub, Room]) -> None:
    _, room = places
    program = make_program()
    for ahead in range(ROUNDS):
        day = MONDAY + dt.timedelta(days=ahead)
        data = workbook(sheets=week_with(f"A{ahead}", day))
        found = at_once(
            [
                partial(import_workbook, data=data, file_name="b.xlsx"),
                partial(added, room=room, program=program, day=day, start=9 * 60 + 30, code=f"H{ahead}"),
            ]
        )
        assert tuple(map(said, found)) in {
            ("written", "clash"),
            ("changed_meanwhile", "Session"),
            ("room_taken", "Session"),
        }
        assert Session.objects.filter(room=room, starts_at__date=day).count() == 1


WAITING = """SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (
    SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE datname = current_database())"""


def until_one_waits() -> None:
    with connection.cursor() as cursor:
        given_up = time.monotonic() + 30
        while time.monotonic() < given_up:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waits for a lock")


@pytest.mark.postgres
def test_while_it_waits_for_a_session_an_import_holds_no_room(at_once: AtOnce, places: tuple[Hub, Room]) -> None:
    """As whoever moves a session does: who held the room already would wait for the other, and be waited for."""
    _, room = places
    import_workbook(data=workbook(sheets=week_with("A1", MONDAY)), file_name="d.xlsx")
    session = Session.objects.get(code="A1")
    data = workbook(("场地", "C2", 30), sheets=only("场地") | week_with("A1", MONDAY, note="带伞"))
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            lock_session(session.pk)
            importing = other.submit(at_once, [partial(import_workbook, data=data, file_name="e.xlsx")])
            until_one_waits()
            assert Room.objects.select_for_update(nowait=True, no_key=True).get(pk=room.pk).capacity == 24
        assert list(map(said, importing.result())) == ["written"]
    session.refresh_from_db()
    assert (session.note, Room.objects.get(pk=room.pk).capacity) == ("带伞", 30)


def test_the_same_workbook_twice_at_once(at_once: AtOnce) -> None:
    """It is written once, whoever was first; what the other brought is not half there."""
    for week in range(ROUNDS):
        bring = partial(import_workbook, data=workbook(), file_name="f.xlsx", as_week=MONDAY + dt.timedelta(weeks=week))
        found = sorted(map(said, at_once([bring, bring])))
        assert found in (["changed_meanwhile", "written"], ["written", "written"])
    assert (Session.objects.count(), Booking.objects.count()) == (3 * ROUNDS, 3 * ROUNDS)
    assert (Volunteer.objects.count(), Person.objects.count()) == (2, len({*Person.objects.values_list("name")}))


@pytest.mark.postgres
def test_of_two_that_wait_for_each_other_one_is_told(at_once: AtOnce) -> None:
    first, second = make_person(), make_person()
    ready = Barrier(2)

    def write(*people: Person) -> str:
        with writing():
            lock_people([people[0].pk])
            ready.wait(timeout=30)
            lock_people([people[1].pk])
            return "written"

    found = at_once([partial(write, first, second), partial(write, second, first)])
    assert sorted(one if isinstance(one, str) else said(one) for one in found) == ["changed_meanwhile", "written"]


def test_importing_against_closing(at_once: AtOnce, places: tuple[Hub, Room]) -> None:
    hub, room = places
    by = make_person(Role.ADMINISTRATOR)
    for ahead in range(ROUNDS):
        day = MONDAY + dt.timedelta(days=ahead)
        wish: dict[str, Any] = {
            "hub": hub, "room": room, "reason": "停电", "choices": {}, "by": by,
            "starts_at": clock.at(day, 8 * 60), "ends_at": clock.at(day, 12 * 60),
        }  # fmt: skip
        shown = close_place(seen="", **wish)
        data = workbook(sheets=week_with(f"C{ahead}", day))
        imported, closing = at_once(
            [
                partial(import_workbook, data=data, file_name="c.xlsx"),
                partial(close_place, seen=shown.seen, **wish),
            ]
        )
        there = Session.objects.filter(room=room, starts_at__date=day).count()
        closures = Closure.objects.filter(starts_at=wish["starts_at"]).count()
        # Whoever closes is shown the new session before it goes; whoever imports reads that the room is closed.
        assert (said(imported), said(closing), there, closures) in {
            ("written", "shown", 1, 0),
            ("written", "people_changed", 1, 0),
            ("changed_meanwhile", "saved", 0, 1),
            ("closed", "saved", 0, 1),
        }


def test_importing_against_booking_the_last_place(at_once: AtOnce, places: tuple[Hub, Room]) -> None:
    """Places are counted under the session's lock: whoever is later waits, or is told."""
    child = make_child()
    for ahead in range(ROUNDS):
        sheets = week_with(f"B{ahead}", MONDAY + dt.timedelta(days=ahead), places=1)
        import_workbook(data=workbook(sheets=sheets), file_name="g.xlsx")
        session = Session.objects.get(code=f"B{ahead}")
        header, row = only("家庭")["家庭"][:2]
        data = workbook(sheets=sheets | {"家庭": [header, [*row[:9], session.code]]})
        imported, booked = at_once(
            [
                partial(import_workbook, data=data, file_name="h.xlsx"),
                partial(book_for, session, child),
            ]
        )
        states = tuple(sorted(Booking.objects.filter(session=session).values_list("state", flat=True)))
        assert (said(imported), said(booked), states) in {
            ("written", "Booking", ("booked", "waiting")),
            ("changed_meanwhile", "Booking", ("booked",)),
        }


def test_taking_a_kit_away_against_taking_it_along(at_once: AtOnce) -> None:
    hub, program, by = make_hub(), make_program(), make_person(Role.ADMINISTRATOR)
    for number in range(ROUNDS):
        kit = Kit.objects.create(hub=hub, name=f"书箱{number}")
        found = at_once(
            [
                partial(remove_kit, kit=kit, by=by),
                partial(added, hub=hub, program=program, kits=[kit], start=(9 + number) * 60, code=f"K{number}"),
            ]
        )
        assert tuple(map(said, found)) in {("NoneType", "not_found"), ("kit_in_use", "Session")}
