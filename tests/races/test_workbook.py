"""A week's workbook is written while others are at the same room: one of them has it, the other is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.people.models import Role
from hub.places.models import Hub, Kit, Room
from hub.places.rooms import remove_kit
from hub.workbook.confirm import Outcome, import_workbook
from scheduling.closures.closing import close_place
from scheduling.sessions.models import Closure, Session
from tests.sessions.factories import added
from tests.support.make import MONDAY, make_hub, make_person, make_program
from tests.workbook.files import HUB, only, workbook

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


@pytest.fixture
def places() -> tuple[Hub, Room]:
    import_workbook(data=workbook(sheets=only("服务站点", "场地", "社工机构", "工作人员", "项目")), file_name="a.xlsx")
    return Hub.objects.get(name=HUB), Room.objects.get(name="书屋")


def week_with(code: str, day: dt.date) -> bytes:
    sheets = only("场次")
    sheets["场次"] = [sheets["场次"][0], [code, *sheets["场次"][1][1:4], f"{day} 09:00", f"{day} 10:00", 2, None, None]]
    return workbook(sheets=sheets)


def said(result: object) -> str:
    if isinstance(result, Outcome):
        return "written" if result.written else ",".join(one.code for one in result.book.faults)
    return result.code if isinstance(result, Refused) else type(result).__name__


def test_importing_against_adding(at_once: AtOnce, places: tuple[Hub, Room]) -> None:
    _, room = places
    program = make_program()
    for ahead in range(ROUNDS):
        day = MONDAY + dt.timedelta(days=ahead)
        data = week_with(f"A{ahead}", day)
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
        data = week_with(f"C{ahead}", day)
        at_once(
            [
                partial(import_workbook, data=data, file_name="c.xlsx"),
                partial(close_place, seen=shown.seen, **wish),
            ]
        )
        there = Session.objects.filter(room=room, starts_at__date=day).count()
        assert (there, Closure.objects.filter(starts_at=wish["starts_at"]).count()) in {(1, 0), (0, 1)}


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
