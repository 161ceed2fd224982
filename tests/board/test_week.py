"""The week's board: what it says of each session, to whom, at what cost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.access.actor import Actor, load_actor
from hub.errors import Refused
from hub.people.models import Person, Role
from hub.places.models import Hub
from programs.models import AdultRatio
from scheduling.board.week import day_board, rows_of, week_board
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Need, Session
from scheduling.signups.models import Assignment
from tests.support.make import (
    MONDAY,
    make_agency,
    make_child,
    make_hub,
    make_need,
    make_person,
    make_program,
    make_room,
    make_session,
    make_volunteer,
)
from tests.support.queries import count_queries
from volunteers.models import Clearance

pytestmark = pytest.mark.django_db


def acting(role: str, **scope: Any) -> Actor:
    return load_actor(make_person(role, **scope))


def assign(need: Need, state: str = "accepted", *, checked: dt.date | None = None) -> Assignment:
    now, volunteer = clock.now(), make_volunteer()
    if checked:
        Clearance.objects.create(
            volunteer=volunteer, kind="child", checked_on=checked, valid_until=checked + dt.timedelta(days=364)
        )
    return Assignment.objects.create(
        need=need, session=need.session, volunteer=volunteer, state=state, source="hand", created_at=now, changed_at=now
    )


def book(session: Session, state: str = "booked", born: dt.date = dt.date(2019, 3, 1)) -> Booking:
    now, child = clock.now(), make_child(born=born)
    return Booking.objects.create(
        session=session,
        participant=child.person,
        booked_by=child.family.guardian,
        state=state,
        created_at=now,
        changed_at=now,
    )


def row(session: Session) -> dict[str, Any]:
    (found,) = rows_of(actor=acting(Role.ADMINISTRATOR), ids=[session.pk])
    return found


def test_a_row_says_everything() -> None:
    room, worker = make_room(), make_person(Role.SOCIAL_WORKER)
    session = make_session(room=room, places=12, duty_worker=worker)
    need = make_need(session=session, role="引导员", min=1, target=2)
    for state in ("published", "accepted", "declined", "released"):
        assign(need, state)
    for state in ("booked", "waiting", "cancelled"):
        book(session, state)
    assert row(session) == {
        "id": session.pk,
        "revision": 1,
        "state": "full",
        "missing": 0,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "hub": room.hub_id,
        "room": room.pk,
        "program": session.program_id,
        "title": session.program.name,
        "kind": "event",
        "agency": session.program.agency.name,
        "duty_worker": worker.name,
        "places": 12,
        "booked": 1,
        "waiting": 1,
        "needs": [{"id": need.pk, "role": "引导员", "skill": "", "min": 1, "target": 2, "filled": 2}],
        "adults": None,
        "editable": True,
    }


@pytest.mark.parametrize(
    ("minimums", "filled", "expected"),
    [
        ([], 0, ("full", 0)),
        ([0], 0, ("full", 0)),
        ([2], 2, ("full", 0)),
        ([2], 1, ("short", 1)),
        ([2], 0, ("empty", 2)),
        ([1, 2], 1, ("short", 2)),
    ],
)
def test_how_a_session_stands(minimums: list[int], filled: int, expected: tuple[str, int]) -> None:
    session = make_session()
    needs = [make_need(session=session, min=low, target=low + 1) for low in minimums]
    for _ in range(filled):
        assign(needs[0])
    assert (row(session)["state"], row(session)["missing"]) == expected


def test_a_cancelled_session_misses_nobody() -> None:
    session = make_session(state="cancelled")
    make_need(session=session, min=3, target=3)
    assert (row(session)["state"], row(session)["missing"]) == ("cancelled", 0)


class TestChildren:
    """Two adults; one to 6 up to age 8, one to 8 up to 12; the duty social worker and cleared volunteers count."""

    @pytest.fixture(autouse=True)
    def _ratios(self) -> None:
        AdultRatio.objects.all().delete()
        for age, children in ((8, 6), (12, 8)):
            AdultRatio.objects.create(valid_from=dt.date(2020, 1, 1), up_to_age=age, children_per_adult=children)

    def reading(self, **values: Any) -> tuple[Session, Need]:
        session = make_session(program=make_program(kind="reading"), **values)
        return session, make_need(session=session, min=1, target=5)

    def test_nobody_booked_still_asks_for_two(self) -> None:
        session, need = self.reading(duty_worker=make_person(Role.SOCIAL_WORKER))
        assert row(session)["adults"] == {"required": 2, "present": 1}
        assign(need, checked=dt.date(2026, 3, 1))
        assert (row(session)["adults"], row(session)["state"]) == ({"required": 2, "present": 2}, "full")

    def test_children_booked_raise_it(self) -> None:
        session, _ = self.reading()
        for _ in range(12):
            book(session)
        book(session, born=dt.date(2015, 1, 1))
        book(session, "waiting")
        assert row(session)["adults"] == {"required": 3, "present": 0}
        assert row(session)["missing"] == 3

    def test_only_a_check_that_holds_on_the_day_counts(self) -> None:
        session, need = self.reading()
        held, over, early = dt.date(2026, 1, 1), dt.date(2025, 12, 1), dt.date(2026, 12, 15)
        for checked in (held, over, early, None):
            assign(need, checked=checked)
        assign(need, "declined", checked=held)
        assert row(session)["adults"] == {"required": 2, "present": 1}
        assert (row(session)["state"], row(session)["missing"]) == ("short", 1)


def shown(actor: Actor, **wish: Any) -> set[int]:
    return {one["id"] for one in week_board(actor=actor, week=MONDAY, **wish)["sessions"]}


def test_who_sees_what() -> None:
    ours, theirs = make_hub(), make_hub()
    canteen = make_hub(parent=ours, kind=Hub.Kind.CANTEEN)
    agency, other = make_agency(), make_agency()
    agency.residencies.create(hub=theirs)
    mine = make_session(hub=ours, program=make_program(agency=agency))
    below = make_session(hub=canteen, program=make_program(agency=other))
    away = make_session(hub=theirs, program=make_program(agency=other))
    make_session(hub=ours, day=MONDAY + dt.timedelta(days=7))
    seen = {
        "administrator": shown(acting(Role.ADMINISTRATOR)),
        "regulator": shown(acting(Role.REGULATOR)),
        "coordinator": shown(acting(Role.COORDINATOR, hub=ours)),
        "social_worker": shown(acting(Role.SOCIAL_WORKER, agency=agency)),
        "volunteer": shown(acting(Role.VOLUNTEER)),
        "guardian": shown(acting(Role.GUARDIAN)),
    }
    assert seen == {
        "administrator": {mine.pk, below.pk, away.pk},
        "regulator": {mine.pk, below.pk, away.pk},
        "coordinator": {mine.pk, below.pk},
        "social_worker": {mine.pk, away.pk},
        "volunteer": set(),
        "guardian": set(),
    }


def test_who_may_change_what_they_see() -> None:
    agency = make_agency()
    session = make_session(program=make_program(agency=agency))
    agency.residencies.create(hub=session.hub)
    other = make_session(hub=session.hub)
    people = {
        "administrator": acting(Role.ADMINISTRATOR),
        "regulator": acting(Role.REGULATOR),
        "coordinator": acting(Role.COORDINATOR, hub=session.hub),
        "social_worker": acting(Role.SOCIAL_WORKER, agency=agency),
    }
    editable = {
        name: [one["editable"] for one in rows_of(actor=actor, ids=[session.pk, other.pk])]
        for name, actor in people.items()
    }
    assert editable == {
        "administrator": [True, True],
        "regulator": [False, False],
        "coordinator": [True, True],
        "social_worker": [True, False],
    }


def test_sites_stand_below_their_hub_with_their_rooms() -> None:
    first, second = make_hub(), make_hub()
    point = make_hub(parent=first, kind=Hub.Kind.MEAL_POINT)
    room = make_room(hub=second, capacity=30)
    board = week_board(actor=acting(Role.ADMINISTRATOR), week=MONDAY)
    assert [site["id"] for site in board["sites"]] == [first.pk, point.pk, second.pk]
    assert board["sites"][2]["rooms"] == [{"id": room.pk, "name": room.name, "capacity": 30}]
    assert board["heads"] == {f"hub:{hub.pk}": 0 for hub in (first, point, second)}


def test_one_site() -> None:
    ours, theirs = make_hub(), make_hub()
    session = make_session(hub=ours)
    make_session(hub=theirs)
    actor = acting(Role.COORDINATOR, hub=ours)
    board = week_board(actor=actor, week=MONDAY, hub_id=ours.pk)
    assert ([one["id"] for one in board["sessions"]], list(board["heads"])) == ([session.pk], [f"hub:{ours.pk}"])
    with pytest.raises(Refused):
        week_board(actor=actor, week=MONDAY, hub_id=theirs.pk)


def test_a_day_shows_ones_own_work() -> None:
    agency = make_agency()
    hub = make_hub()
    agency.residencies.create(hub=hub)
    ours = make_session(hub=hub, program=make_program(agency=agency))
    make_session(hub=hub)
    make_session(hub=hub, program=ours.program, day=MONDAY + dt.timedelta(days=1))
    board = day_board(actor=acting(Role.SOCIAL_WORKER, agency=agency), day=MONDAY)
    assert [one["id"] for one in board["sessions"]] == [ours.pk]


def fill(hub: Hub, many: int) -> None:
    program = make_program(kind="reading")
    room = make_room(hub=hub)
    for number in range(many):
        session = make_session(program=program, room=room, day=MONDAY + dt.timedelta(days=number % 7))
        need = make_need(session=session)
        assign(need, checked=dt.date(2026, 3, 1))
        book(session)


def test_thirty_sessions_cost_as_many_queries_as_one() -> None:
    hub = make_hub()
    fill(hub, 1)
    coordinator: Person = make_person(Role.COORDINATOR, hub=hub)

    def ask() -> None:
        week_board(actor=load_actor(coordinator), week=MONDAY)

    one = count_queries(ask)
    fill(hub, 29)
    assert (count_queries(ask), one <= 10) == (one, True)
