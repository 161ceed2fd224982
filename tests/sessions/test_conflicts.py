"""What stands against a session, rule by rule; who may bear it; the engine against a slow one that counts minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person, Role
from hub.places.models import Hub, Kit, MarkedDay, Room
from programs.models import Program
from scheduling.sessions import claims
from scheduling.sessions.claims import room_window
from scheduling.sessions.conflicts import Known, Wish, clashes, is_free
from scheduling.sessions.known import wishes_of
from scheduling.sessions.models import Claim, Closure, Override, Session
from scheduling.sessions.nearest import Surroundings, nearest
from scheduling.sessions.overrides import Bearing
from scheduling.sessions.sessions import edit_session
from tests.closures.factories import make_closure
from tests.sessions.factories import added, moved
from tests.support.make import MONDAY, make_hub, make_person, make_program, make_room
from tests.support.queries import count_queries

OPEN = [[weekday, 8 * 60, 18 * 60] for weekday in range(5)]
SUNDAY = MONDAY + dt.timedelta(days=6)


def code_of(call: Callable[[], object]) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code, refused.value.facts


@pytest.mark.django_db
class TestRules:
    def test_setting_up_and_clearing_up_hold_the_room(self) -> None:
        room = make_room(setup_minutes=15, clearup_minutes=30)
        first = added(room=room)
        claim = Claim.objects.get(session=first, resource=f"room:{room.pk}")
        assert (claim.starts_at, claim.ends_at) == room_window(room, first.starts_at, first.ends_at)
        code, facts = code_of(lambda: added(room=room, start=10 * 60 + 30))
        assert (code, facts["session"], facts["setup"], facts["clearup"]) == ("clash", first.pk, 15, 30)
        assert facts["ends_at"] == clock.at(MONDAY, 600).isoformat()
        second = added(room=room, start=10 * 60 + 45)
        assert moved(second, start=11 * 60).starts_at == clock.at(MONDAY, 660)

    def test_a_kit_is_with_one_session_at_a_time(self) -> None:
        hub = make_hub()
        kit = Kit.objects.create(hub=hub, name="流动书箱")
        first, second = added(hub=hub, kits=[kit]), added(hub=hub)
        assert code_of(lambda: added(hub=hub, kits=[kit], start=9 * 60 + 30))[1]["session"] == first.pk
        keeping = {"places": None, "duty_worker": None, "note": "", "by": None}
        wish = {"session_id": second.pk, "revision": 1, "kits": [kit], **keeping}
        assert code_of(lambda: edit_session(**wish))[1]["resource"] == f"kit:{kit.pk}"
        edit_session(session_id=first.pk, revision=1, kits=[], **keeping)
        assert edit_session(**wish).revision == 2
        assert claims.ids_held(second.pk, "kit") == [kit.pk]
        assert Entry.objects.latest("pk").facts == {"changed": ["kits"]}

    def test_a_kit_of_another_site_stays_there(self) -> None:
        kit = Kit.objects.create(hub=make_hub(), name="流动书箱")
        assert code_of(lambda: added(hub=make_hub(), kits=[kit])) == ("kit_elsewhere", {"name": kit.name})
        keeping = {"places": None, "duty_worker": None, "note": "", "by": None, "kits": [kit]}
        session = added()
        assert code_of(lambda: edit_session(session_id=session.pk, revision=1, **keeping))[0] == "kit_elsewhere"
        taken = moved(added(hub=kit.hub, kits=[kit]), start=14 * 60, hub=make_hub())
        assert edit_session(session_id=taken.pk, revision=2, **keeping).revision == 2

    def test_who_serves_comes_along_or_keeps_it_where_it_is(self) -> None:
        one, other = added(), added(start=14 * 60)
        for session in (one, other):
            claims.place(session=session, resource="person:77")
        assert code_of(lambda: moved(one, start=14 * 60))[1]["resource"] == "person:77"

    def test_children_elsewhere_are_told_not_kept_back(self) -> None:
        one, other = added(), added(start=14 * 60)
        for session in (one, other):
            claims.place(session=session, resource="person:77", exclusive=False)
        assert moved(one, start=14 * 60).revision == 2

    def test_what_is_closed(self) -> None:
        room = make_room()
        make_closure(room=room, start=9 * 60, end=12 * 60)
        code, facts = code_of(lambda: added(room=room))
        assert (code, facts["room"], facts["reason"]) == ("closed", room.name, "停电")
        assert added(room=room, start=12 * 60).room == room
        assert added(hub=room.hub).room is None
        make_closure(room.hub, start=14 * 60, end=15 * 60)
        assert code_of(lambda: added(hub=room.hub, start=14 * 60 + 59))[0] == "closed"

    def test_too_small_and_what_it_lacks(self) -> None:
        room = make_room(capacity=10, equipment=["投影"])
        assert code_of(lambda: added(room=room, places=11)) == (
            "too_small",
            {"room": room.name, "capacity": 10, "places": 11},
        )
        film = make_program(equipment=["投影", "音响"])
        assert code_of(lambda: added(room=room, program=film)) == (
            "equipment_missing",
            {"room": room.name, "missing": ["音响"]},
        )
        assert added(room=room, places=10, program=make_program(equipment=["投影"])).places == 10

    def test_opening_hours_and_days_off(self) -> None:
        hub = make_hub(opening=OPEN, opening_text="工作日 08:00-18:00")
        assert code_of(lambda: added(hub=hub, start=17 * 60 + 30))[0] == "outside_hours"
        assert code_of(lambda: added(hub=hub, day=SUNDAY))[0] == "outside_hours"
        assert added(hub=hub, start=17 * 60).hub == hub
        MarkedDay.objects.create(day=SUNDAY, works=True, instead_of=MONDAY + dt.timedelta(days=8))
        assert added(hub=hub, day=SUNDAY).hub == hub
        MarkedDay.objects.create(day=MONDAY, works=False)
        assert code_of(lambda: added(hub=hub)) == ("day_off", {"day": MONDAY.isoformat()})
        assert added(hub=hub, meant=("day_off",)).hub == hub


@pytest.mark.django_db
class TestBearing:
    BORNE = Bearing(codes=["too_small"], reason="多加几把椅子")

    def test_a_coordinator_bears_it_with_a_reason(self) -> None:
        room = make_room(capacity=10)
        by = make_person(Role.COORDINATOR, hub=room.hub)
        code, facts = code_of(lambda: added(room=room, places=11, by=by))
        assert (code, facts["may_override"]) == ("too_small", True)
        assert code_of(lambda: added(room=room, places=11, by=by, bearing=Bearing(["too_small"], " ")))[0] == (
            "reason_missing"
        )
        session = added(room=room, places=11, by=by, bearing=self.BORNE)
        assert list(Override.objects.values_list("session", "code", "reason", "by")) == [
            (session.pk, "too_small", "多加几把椅子", by.pk)
        ]
        assert Entry.objects.filter(action="session.overridden").get().facts == {"code": "too_small"}
        # Decided once: another hour asks for nothing, more places do, fewer need no exception.
        session = moved(session, start=14 * 60, by=by)
        keeping = {"session_id": session.pk, "duty_worker": None, "note": "", "by": by}
        assert code_of(lambda: edit_session(places=12, revision=2, **keeping))[0] == "too_small"
        edit_session(places=10, revision=2, **keeping)
        assert Override.objects.count() == 0

    def test_nobody_else_does(self) -> None:
        room = make_room(capacity=10)
        for by in (None, make_person(Role.COORDINATOR), make_person(Role.SOCIAL_WORKER), make_person(Role.REGULATOR)):
            code, facts = code_of(lambda by=by: added(room=room, places=11, by=by, bearing=self.BORNE))
            assert (code, "may_override" in facts) == ("too_small", False)
        assert Session.objects.count() == 0

    def test_what_was_not_named_is_not_borne(self) -> None:
        room = make_room(capacity=10, hub=make_hub(opening=OPEN))
        by = make_person(Role.ADMINISTRATOR)
        assert code_of(lambda: added(room=room, places=11, start=18 * 60, by=by, bearing=self.BORNE))[0] == (
            "outside_hours"
        )

    def test_what_is_held_never_gives_way(self) -> None:
        room, by = make_room(), make_person(Role.ADMINISTRATOR)
        added(room=room)
        assert (
            code_of(lambda: added(room=room, by=by, bearing=Bearing(["clash"], "必须")))[1].get("may_override") is None
        )
        assert Session.objects.count() == 1


QUARTER = 15
DAY_OF_QUARTERS = 8 * 4
MORNING = 8 * 60
SPAN = st.tuples(st.integers(0, DAY_OF_QUARTERS - 1), st.integers(1, 6))


def at(quarter: int) -> dt.datetime:
    return clock.at(MONDAY, MORNING + quarter * QUARTER)


def held(session: int, resource: str, span: tuple[int, int], setup: int = 0, clearup: int = 0) -> Claim:
    start, end = at(span[0]), at(span[0] + span[1])
    other = Session(pk=session, starts_at=start, ends_at=end, program=PROGRAM, hub_id=1)
    window = room_window(Room(setup_minutes=setup, clearup_minutes=clearup), start, end)
    return Claim(session=other, resource=resource, starts_at=window[0], ends_at=window[1], exclusive=True)


PROGRAM = Program(pk=1, name="共读")


@given(
    rooms=st.lists(st.tuples(st.integers(1, 2), SPAN), max_size=6),
    people=st.lists(st.tuples(st.integers(1, 3), SPAN), max_size=6),
    closures=st.lists(st.tuples(st.integers(0, 2), SPAN), max_size=2),
    wish=SPAN,
    room=st.integers(1, 2),
    serving=st.sets(st.integers(1, 3)),
    turnaround=st.sampled_from([(0, 0), (15, 0), (15, 30)]),
    capacity=st.integers(5, 15),
    opening=st.sampled_from([[], [[0, MORNING, MORNING + 5 * 60]], [[0, MORNING, MORNING + 120], [0, 660, 900]]]),
)
@settings(max_examples=120, deadline=None)
def test_the_engine_says_what_counting_minutes_says(
    rooms: list[Any], people: list[Any], closures: list[Any], wish: Any, room: int, serving: set[int],
    turnaround: tuple[int, int], capacity: int, opening: list[Any],
) -> None:  # fmt: skip
    """Every minute of the day is a set of what holds it: no interval is compared with another."""
    hub = Hub(pk=1, name="站", opening=opening)
    place = Room(
        pk=room, hub=hub, name="室", capacity=capacity, setup_minutes=turnaround[0], clearup_minutes=turnaround[1]
    )
    holds: dict[str, list[Claim]] = {}
    for number, (pk, span) in enumerate(rooms):
        holds.setdefault(f"room:{pk}", []).append(held(number + 1, f"room:{pk}", span, *turnaround))
    for number, (pk, span) in enumerate(people):
        holds.setdefault(f"person:{pk}", []).append(held(number + 100, f"person:{pk}", span))
    shut = [
        Closure(pk=number + 1, hub=hub, room_id=pk or None, starts_at=at(span[0]), ends_at=at(sum(span)), reason="停电")
        for number, (pk, span) in enumerate(closures)
    ]
    known = Known({key: sorted(some, key=lambda one: one.starts_at) for key, some in holds.items()}, shut)
    wished = Wish(hub, place, at(wish[0]), at(sum(wish)), places=10, people=serving)

    first, last = MORNING + wish[0] * QUARTER, MORNING + sum(wish) * QUARTER
    minutes = set(range(first, last))
    wide = set(range(first - turnaround[0], last + turnaround[1]))

    def spanned(span: tuple[int, int], before: int = 0, after: int = 0) -> set[int]:
        return set(range(MORNING + span[0] * QUARTER - before, MORNING + sum(span) * QUARTER + after))

    expected = set()
    if any(pk in (0, room) and spanned(span) & minutes for pk, span in closures):
        expected.add("closed")
    if any(pk == room and spanned(span, *turnaround) & wide for pk, span in rooms) or any(
        pk in serving and spanned(span) & minutes for pk, span in people
    ):
        expected.add("clash")
    if opening and not any(minutes <= set(range(since, until)) for _, since, until in opening):
        expected.add("outside_hours")
    if capacity < 10:
        expected.add("too_small")
    found = {clash.code for clash in clashes(wished, known)}
    assert (found, is_free(wished, known)) == (expected, not expected)


@pytest.mark.django_db
class TestNearest:
    def test_the_smallest_room_that_suffices_and_the_nearest_hour(self) -> None:
        hub = make_hub(opening=OPEN)
        room, large, small = (make_room(hub=hub, capacity=size) for size in (20, 60, 12))
        make_room(hub=hub, capacity=5)
        added(room=room)
        wish = Wish(hub, room, clock.at(MONDAY, 570), clock.at(MONDAY, 630), places=10)
        offers = nearest(wish, session=None, since=clock.at(MONDAY))
        assert [(one.room, one.starts_at) for one in offers] == [
            (small, wish.starts_at),
            (large, wish.starts_at),
            (room, clock.at(MONDAY, 600)),
            (room, clock.at(MONDAY, 480)),
        ]

    def test_it_breaks_nothing_for_those_who_serve(self) -> None:
        hub = make_hub(opening=[[0, 540, 720]])
        room = make_room(hub=hub)
        busy = added(start=600)
        claims.place(session=busy, resource="person:77")
        added(room=room, start=540)
        wish = Wish(hub, room, clock.at(MONDAY, 540), clock.at(MONDAY, 600), people=(77,))
        offers = nearest(wish, session=None, since=clock.at(MONDAY), reach=0)
        assert [one.starts_at for one in offers] == [clock.at(MONDAY, 660)]

    def test_both_where_one_does_not_do(self) -> None:
        hub = make_hub(opening=[[0, 540, 660]])
        room, other = make_room(hub=hub), make_room(hub=hub)
        for one, start in ((room, 540), (room, 600), (other, 540)):
            added(room=one, start=start)
        wish = Wish(hub, room, clock.at(MONDAY, 540), clock.at(MONDAY, 600))
        (offer,) = nearest(wish, session=None, since=clock.at(MONDAY), reach=0)
        assert (offer.room, offer.starts_at) == (other, clock.at(MONDAY, 600))

    def test_a_full_week_costs_as_many_queries_as_an_empty_one(self) -> None:
        room = make_room()
        wish = Wish(room.hub, room, clock.at(MONDAY, 540), clock.at(MONDAY, 600))
        look = lambda: nearest(wish, session=None, since=clock.at(MONDAY))  # noqa: E731
        look()
        few = count_queries(look)
        sessions = [added(room=room, start=start, minutes=15) for start in range(540, 990, 15)]
        assert count_queries(look) == few

        def each(some: list[Session]) -> None:
            wishes = wishes_of(some)
            around = Surroundings(wishes, since=clock.at(MONDAY))
            for session, one in zip(some, wishes, strict=True):
                around.nearest(one, session=session.pk)

        assert [count_queries(lambda n=n: each(sessions[:n])) for n in (1, 30)] == [few + 1, few + 1]  # type: ignore[misc]

    def test_what_moved_meanwhile_is_where_it_moved_to(self) -> None:
        hub = make_hub(opening=[[0, 540, 720]])
        room, other = make_room(hub=hub), make_room(hub=hub)
        one, two = added(room=room), added(room=room, start=600)
        wishes = wishes_of([one, two])
        around = Surroundings(wishes, since=clock.at(MONDAY), reach=0)
        look = lambda: [(offer.room, offer.starts_at) for offer in around.nearest(wishes[1], session=two.pk)]  # noqa: E731
        assert look() == [(other, clock.at(MONDAY, 600)), (room, clock.at(MONDAY, 615))]
        moved(one, start=600, room=other)
        around.follow(one.pk)
        assert look() == [(room, clock.at(MONDAY, 615)), (room, clock.at(MONDAY, 585))]


@pytest.mark.django_db
def test_looking_before_saving(sign_in: Callable[[Person], Client]) -> None:
    room = make_room(capacity=10)
    first = added(room=room)
    client = sign_in(make_person(Role.COORDINATOR, hub=room.hub))
    body = {
        "program": first.program_id, "hub": room.hub_id, "room": room.pk, "places": 12,
        "starts_at": "2026-12-14T09:30:00+08:00", "ends_at": "2026-12-14T10:30:00+08:00",
    }  # fmt: skip

    def look(**more: Any) -> dict[str, Any]:
        return client.post("/api/sessions/look", body | more, content_type="application/json").json()

    assert [(one["code"], one["may_override"]) for one in look()["clashes"]] == [("clash", False), ("too_small", True)]
    free = look(places=8)["offers"][0]
    assert (free["room"], free["starts_at"]) == (room.pk, "2026-12-14T10:00:00+08:00")
    assert look(session=first.pk, places=None) == {"clashes": [], "offers": []}
    full = added(room=room, start=14 * 60, places=12, by=make_person(Role.ADMINISTRATOR), bearing=TestBearing.BORNE)
    moved_there = look(session=full.pk)
    assert [one["code"] for one in moved_there["clashes"]] == ["clash"]
    assert moved_there["offers"][0]["starts_at"] == "2026-12-14T10:00:00+08:00"
    assert (
        look(session=full.pk, places=13, starts_at="2026-12-14T10:00:00+08:00", ends_at="2026-12-14T11:00:00+08:00")[
            "offers"
        ]
        == []
    )
    child = make_person()
    claims.place(session=first, resource=claims.person_resource(child.pk), exclusive=False)
    assert look(duty_worker=child.pk)["code"] == "not_a_social_worker"
    elsewhere = sign_in(make_person(Role.COORDINATOR))
    assert elsewhere.post("/api/sessions/look", body, content_type="application/json").status_code == 404
    assert Session.objects.count() == 2
