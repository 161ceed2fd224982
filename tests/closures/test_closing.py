"""Closing a room or a site: where its sessions go, who is told, what is refused from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Person, Role
from hub.places.models import Hub, Room
from scheduling.closures.closing import Choice, close_place, lift_closure
from scheduling.series.outcome import Outcome
from scheduling.sessions.models import Closure, Session
from scheduling.sessions.overrides import Bearing
from scheduling.signups.models import Assignment
from tests.sessions.factories import added
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_room, make_volunteer

pytestmark = pytest.mark.django_db


def closed(hub: Hub, room: Room | None = None, *, start: int = 540, end: int = 720, **values: Any) -> Outcome:
    """Looked at, and saved as it was shown."""
    wish: dict[str, Any] = {
        "hub": hub, "room": room, "starts_at": clock.at(MONDAY, start), "ends_at": clock.at(MONDAY, end),
        "reason": "停电", "choices": {}, "by": make_person(Role.ADMINISTRATOR),
    } | values  # fmt: skip
    shown = close_place(seen="", **wish)
    assert (shown.saved, Closure.objects.count()) == (False, 0)
    return close_place(seen=shown.seen, **wish)


def whats(outcome: Outcome) -> list[tuple[str, Any, int]]:
    return [(row.what, row.room.name if row.room else "", row.people) for row in outcome.rows]  # type: ignore[attr-defined]


def serving(session: Session) -> Assignment:
    now = clock.now()
    need = make_need(session=session)
    return Assignment.objects.create(
        need=need, session=session, volunteer=make_volunteer(), state="accepted", source="hand",
        created_at=now, changed_at=now,
    )  # fmt: skip


def test_a_room_is_emptied_into_the_others() -> None:
    hub = make_hub(opening=[[0, 540, 720]])
    room, other = make_room(hub=hub, name="书屋"), make_room(hub=hub, name="阅览室")
    first, second = added(room=room), added(room=room, start=600, minutes=120)
    added(room=other, start=660)
    serving(second)
    outcome = closed(hub, room)
    assert outcome.saved
    # The second finds no room for two hours: it is cancelled, and told.
    assert whats(outcome) == [("moved", "阅览室", 0), ("cancelled", "书屋", 1)]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.room, second.state, second.cancel_reason) == (other, "cancelled", "停电")
    assert Message.objects.count() == 1
    assert [one.action for one in Entry.objects.filter(action__startswith="closure.")] == ["closure.made"]


def test_a_site_goes_to_another_hour_and_each_is_told_once() -> None:
    hub = make_hub(opening=[[0, 540, 900]])
    session = added(hub=hub)
    serving(session)
    outcome = closed(hub, end=660)
    assert whats(outcome) == [("moved", "", 1)]
    session.refresh_from_db()
    assert session.starts_at == clock.at(MONDAY, 660)
    assert Message.objects.count() == 1


def test_staff_choose_otherwise() -> None:
    room, other = make_room(), make_room()
    one, two = added(room=room), added(room=room, start=600)
    there = Choice("move", room, clock.at(MONDAY, 900))
    outcome = closed(room.hub, room, choices={one.pk: Choice("cancel"), two.pk: there})
    assert [row.what for row in outcome.rows] == ["cancelled", "moved"]
    two.refresh_from_db()
    assert (two.room, two.starts_at) == (room, clock.at(MONDAY, 900))
    assert other.sessions.count() == 0


def test_what_is_borne_already_keeps_it_from_no_other_room() -> None:
    room, by = make_room(capacity=10), make_person(Role.ADMINISTRATOR)
    make_room(hub=room.hub, name="阅览室", capacity=12)
    session = added(room=room, places=20, by=by, bearing=Bearing(["too_small"], "站着听"))
    assert whats(closed(room.hub, room)) == [("moved", "阅览室", 0)]
    assert list(session.overrides.values_list("code", flat=True)) == ["too_small"]


def test_what_was_chosen_but_is_taken_stays_with_the_reason() -> None:
    room = make_room()
    taken = added(room=room, start=900)
    one = added(room=room)
    outcome = closed(room.hub, room, choices={one.pk: Choice("move", room, taken.starts_at)})
    (row,) = outcome.rows
    assert (row.what, row.reasons[0].code, row.reasons[0].facts["session"]) == ("stays", "clash", taken.pk)


@pytest.mark.parametrize("other_room", [False, True])
def test_what_was_chosen_but_is_closed_too_stays(other_room: bool) -> None:
    hub = make_hub()
    room, other = make_room(hub=hub), make_room(hub=hub)
    one = added(room=room)
    outcome = closed(hub, choices={one.pk: Choice("move", other if other_room else room, one.starts_at)})
    (row,) = outcome.rows
    assert (row.what, row.reasons[0].code) == ("stays", "closed")
    one.refresh_from_db()
    assert (one.room, one.revision) == (room, 1)


def test_it_is_saved_only_as_it_was_shown() -> None:
    room = make_room()
    wish: dict[str, Any] = {
        "hub": room.hub, "room": room, "starts_at": clock.at(MONDAY, 540), "ends_at": clock.at(MONDAY, 720),
        "reason": "停电", "choices": {}, "by": make_person(Role.ADMINISTRATOR),
    }  # fmt: skip
    shown = close_place(seen="", **wish)
    added(room=room)
    again = close_place(seen=shown.seen, **wish)
    assert (again.saved, len(again.rows), Closure.objects.count()) == (False, 1, 0)


def test_what_began_stays(at_time: Any) -> None:
    room = make_room()
    added(room=room)
    at_time(clock.at(MONDAY, 570))
    outcome = closed(room.hub, room)
    assert [(row.what, row.reasons[0].code) for row in outcome.rows] == [("stays", "running")]


def test_nothing_is_put_there_until_it_is_lifted(at_time: Any) -> None:
    room, by = make_room(), make_person(Role.ADMINISTRATOR)
    closed(room.hub)
    with pytest.raises(Refused, match="closed"):
        added(room=room)
    lift_closure(closure_id=Closure.objects.get().pk, by=by)
    assert Closure.objects.count() == 0
    added(room=room)
    closed(room.hub, start=660)
    at_time(clock.at(MONDAY, 675))
    lift_closure(closure_id=Closure.objects.get().pk, by=by)
    assert Closure.objects.get().ends_at == clock.at(MONDAY, 675)
    with pytest.raises(Refused, match="closure_over"):
        lift_closure(closure_id=Closure.objects.get().pk, by=by)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"end": 540}, "impossible_time"),
        ({"starts_at": clock.at(dt.date(2020, 1, 1)), "ends_at": clock.at(dt.date(2020, 1, 2))}, "closure_over"),
    ],
)
def test_what_cannot_be(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        closed(make_hub(), **values)


def test_over_http(sign_in: Callable[[Person], Client]) -> None:
    room = make_room(name="书屋")
    session = added(room=room)
    client = sign_in(make_person(Role.COORDINATOR, hub=room.hub))
    body = {
        "hub": room.hub_id, "room": room.pk, "reason": "漏水",
        "starts_at": "2026-12-14T09:00:00+08:00", "ends_at": "2026-12-14T18:00:00+08:00",
    }  # fmt: skip

    def send(path: str, body: Any = None, who: Client = client) -> Any:
        return who.post(path, body, content_type="application/json")

    shown = send("/api/closures", body).json()
    assert (shown["saved"], [row["session"] for row in shown["rows"]]) == (False, [session.pk])
    assert send("/api/closures", body | {"seen": shown["seen"]}).json()["saved"] is True
    (row,) = client.get("/api/closures?week=2026-12-16").json()
    assert (row["room_name"], row["reason"], row["editable"]) == ("书屋", "漏水", True)
    other = sign_in(make_person(Role.COORDINATOR))
    assert other.get("/api/closures").json()[0]["editable"] is False
    assert send("/api/closures", body, other).status_code == 404
    assert send("/api/closures", body | {"room": make_room().pk}).status_code == 404
    assert send(f"/api/closures/{row['id']}/lift").status_code == 204
    assert client.get("/api/closures").json() == []
