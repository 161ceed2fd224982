"""What a site has: rooms with their times, and kits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person, Role
from hub.places.models import Kit, Room
from hub.places.rooms import add_kit, remove_kit, save_room
from scheduling.sessions.models import Claim
from tests.sessions.factories import added
from tests.support.make import MONDAY, make_hub, make_person, make_room

pytestmark = pytest.mark.django_db


def saved(room: Room, **values: Any) -> Room:
    kept = {name: getattr(room, name) for name in ("name", "capacity", "equipment", "setup_minutes", "clearup_minutes")}
    return save_room(hub=room.hub, room=room, by=make_person(), **kept | values)


def code_of(call: Callable[[], object]) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code, refused.value.facts


def windows(room: Room) -> list[tuple[Any, Any]]:
    return list(
        Claim.objects.filter(resource=f"room:{room.pk}").order_by("starts_at").values_list("starts_at", "ends_at")
    )


def test_sessions_to_come_hold_a_room_with_its_new_times() -> None:
    room = make_room()
    added(room=room)
    second = added(room=room, start=600 + 30)
    saved(room, setup_minutes=15, clearup_minutes=15)
    assert windows(room) == [
        (clock.at(MONDAY, 525), clock.at(MONDAY, 615)),
        (clock.at(MONDAY, 615), clock.at(MONDAY, 705)),
    ]
    assert Entry.objects.latest("pk").facts == {"changed": ["setup_minutes", "clearup_minutes"]}
    code, facts = code_of(lambda: saved(Room.objects.get(pk=room.pk), setup_minutes=20))
    assert (code, facts["clearup"]) == ("clash", 15)
    assert Room.objects.get(pk=room.pk).setup_minutes == 15
    saved(Room.objects.get(pk=room.pk), setup_minutes=0, clearup_minutes=0)
    assert windows(room)[1] == (second.starts_at, second.ends_at)


def test_what_is_over_or_has_begun_keeps_what_it_held(at_time: Callable[[dt.datetime], None]) -> None:
    room = make_room()
    for start in (540, 610, 720):
        added(room=room, start=start)
    at_time(clock.at(MONDAY, 605))
    code, facts = code_of(lambda: saved(room, setup_minutes=15))
    assert (code, facts["starts_at"]) == ("clash", clock.at(MONDAY, 540).isoformat())
    at_time(clock.at(MONDAY, 615))
    saved(Room.objects.get(pk=room.pk), setup_minutes=15, clearup_minutes=30)
    assert windows(room) == [
        (clock.at(MONDAY, 540), clock.at(MONDAY, 600)),
        (clock.at(MONDAY, 610), clock.at(MONDAY, 700)),
        (clock.at(MONDAY, 705), clock.at(MONDAY, 810)),
    ]


def test_names_and_bounds() -> None:
    room = make_room(name="书屋")
    other = make_room(hub=room.hub)
    assert code_of(lambda: saved(other, name="书屋 "))[0] == "name_taken"
    assert code_of(lambda: saved(other, name=" "))[0] == "name_missing"
    assert code_of(lambda: saved(other, setup_minutes=241))[0] == "turnaround_too_long"
    assert saved(other, equipment=["投影 ", "投影", ""]).equipment == ["投影"]


def test_kits() -> None:
    hub, by = make_hub(), make_person()
    kit = add_kit(hub=hub, name=" 流动书箱 ", by=by)
    assert kit.name == "流动书箱"
    assert code_of(lambda: add_kit(hub=hub, name="流动书箱", by=by))[0] == "name_taken"
    added(hub=hub, kits=[kit])
    assert code_of(lambda: remove_kit(kit=kit, by=by)) == ("kit_in_use", {"name": "流动书箱", "count": 1})
    Claim.objects.all().delete()
    remove_kit(kit=kit, by=by)
    assert Kit.objects.count() == 0


def test_over_http(sign_in: Callable[[Person], Client]) -> None:
    hub = make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))

    def send(method: str, path: str, body: Any = None) -> int:
        return getattr(client, method)(path, body, content_type="application/json").status_code

    assert send("post", f"/api/hubs/{hub.pk}/rooms", {"name": "书屋", "setup_minutes": 10}) == 201
    room = Room.objects.get()
    assert send("put", f"/api/rooms/{room.pk}", {"name": "大书屋", "capacity": 30}) == 204
    assert send("post", f"/api/hubs/{hub.pk}/kits", {"name": "书箱"}) == 201
    (place,) = client.get("/api/places").json()
    kit = Kit.objects.get()
    assert place["kits"] == [{"id": kit.pk, "name": "书箱"}]
    assert place["rooms"] == [
        {"id": room.pk, "name": "大书屋", "capacity": 30, "equipment": [], "setup_minutes": 0, "clearup_minutes": 0}
    ]
    assert send("delete", f"/api/kits/{kit.pk}") == 204
