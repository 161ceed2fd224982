"""The ledger through its addresses: who sees what, and what the pages are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub.people.models import Person, Role
from hub.places.models import Residency
from scheduling.residency.closing import say_yes, seen_of
from scheduling.residency.ledger import month
from scheduling.residency.models import Closing
from tests.residency.factories import (
    DECEMBER,
    MIDDLE,
    NOVEMBER,
    come,
    count_people,
    make_agreement,
    make_held,
    make_stay,
    record_hours,
)
from tests.support.make import make_hub, make_person, make_room
from tests.support.queries import count_queries

AtTime = Callable[[dt.datetime], None]
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _in_december(at_time: AtTime) -> None:
    at_time(MIDDLE)


def post(client: Client, address: str, **body: object) -> object:
    answer = client.post(f"/api/ledger/{address}", body, content_type="application/json")
    return answer.json()


@pytest.mark.django_db
def test_who_sees_whose(sign_in: SignIn) -> None:
    hub, other = make_hub(name="甲"), make_hub(name="乙")
    stay = make_stay(hub=hub)
    neighbor, elsewhere = make_stay(hub=hub), make_stay(hub=other)
    ended = make_stay(hub=hub, ends_on=NOVEMBER)
    readers = {
        make_person(Role.COORDINATOR, hub=hub): {stay.pk, neighbor.pk},
        make_person(Role.SOCIAL_WORKER, agency=stay.agency): {stay.pk},
        make_person(Role.REGULATOR): {stay.pk, neighbor.pk, elsewhere.pk},
    }
    for person, seen in readers.items():
        told = sign_in(person).get("/api/ledger").json()
        assert (told["month"], {one["residency"] for one in told["stays"]}) == ("2026-12-01", seen)
    earlier = sign_in(make_person(Role.COORDINATOR, hub=hub)).get("/api/ledger?month=2026-11-09").json()
    assert ended.pk in {one["residency"] for one in earlier["stays"]}


@pytest.mark.django_db
def test_worst_first(sign_in: SignIn) -> None:
    hub = make_hub()
    fine, bare, worst, bad = (make_stay(hub=hub) for _ in range(4))
    make_agreement(fine, owed={"sessions": 0})
    make_agreement(worst, owed={"sessions": 9, "visits": 90})
    make_agreement(bad, owed={"sessions": 9})
    for day in range(1, 5):
        come(make_held(bad, day=DECEMBER.replace(day=day)))
        make_held(bad, day=DECEMBER.replace(day=day + 20))
    come(make_held(bad, day=DECEMBER))
    told = sign_in(make_person(Role.COORDINATOR, hub=hub)).get("/api/ledger").json()
    first, *_, last = [one["residency"] for one in told["stays"]]
    assert (first, last) == (worst.pk, bare.pk)


@pytest.mark.django_db
def test_a_month_with_its_sources(sign_in: SignIn) -> None:
    stay = make_stay()
    room = make_room(hub=stay.hub)
    booked = make_held(stay, day=DECEMBER, room=room)
    come(booked)
    come(booked, arrived=False)
    record_hours(booked)
    open_house = make_held(stay, day=dt.date(2026, 12, 3))
    count_people(open_house, 5, 4)
    make_held(stay, day=dt.date(2026, 12, 30))
    client = sign_in(make_person(Role.SOCIAL_WORKER, agency=stay.agency))
    told = client.get(f"/api/ledger/{stay.pk}/months/2026-12-01").json()
    names = (
        "id",
        "over",
        "on_record",
        "booked",
        "children",
        "counted",
        "volunteer_minutes",
        "room_minutes",
        "may_count",
    )
    assert [tuple(one[name] for name in names) for one in told["sources"]][:2] == [
        (booked.pk, True, True, 2, 1, None, 90, 90, False),
        (open_house.pk, True, True, 0, 0, 5, 0, 0, True),
    ]
    assert [one["may_count"] for one in told["sources"]] == [False, True, False]
    assert told["sides"] == ["agency"]
    done = {one["indicator"]: one["done"] for one in told["of_month"]["lines"]}
    assert done == {"sessions": 2, "visits": 6, "people": 5, "casework": 0, "volunteer_minutes": 90}


@pytest.mark.django_db
def test_from_agreement_to_closed_month(sign_in: SignIn) -> None:
    stay = make_stay(starts_on=dt.date(2026, 10, 1), monthly_minutes=3600)
    stay.rooms.add(make_room(hub=stay.hub))
    coordinator = sign_in(make_person(Role.COORDINATOR, hub=stay.hub))
    worker = sign_in(make_person(Role.SOCIAL_WORKER, agency=stay.agency))
    suggested = coordinator.get(f"/api/ledger/{stay.pk}").json()["suggested"]
    assert (suggested["owed"], suggested["rooms"]) == ({"volunteer_minutes": 3600}, [stay.rooms.get().pk])
    told = post(
        coordinator, f"{stay.pk}/agreements", **suggested | {"valid_from": "2026-10-01", "owed": {"casework": 2}}
    )
    assert [one["month"] for one in told["months"]] == ["2026-12-01", "2026-11-01", "2026-10-01"]  # type: ignore[index]
    entered = post(worker, f"{stay.pk}/casework", day="2026-11-20", count=2)["casework"][0]  # type: ignore[index]
    post(coordinator, f"{stay.pk}/casework/{entered['id']}/confirm")
    seen = worker.get(f"/api/ledger/{stay.pk}/months/2026-11-01").json()["seen"]
    post(worker, f"{stay.pk}/months/2026-11-01/yes", side="agency", seen=seen)
    come(make_held(stay, day=NOVEMBER))
    changed = worker.get(f"/api/ledger/{stay.pk}/months/2026-11-01").json()
    assert changed["of_month"]["yes"] == {}
    seen = changed["seen"]
    post(worker, f"{stay.pk}/months/2026-11-01/yes", side="agency", seen=seen)
    closed = post(coordinator, f"{stay.pk}/months/2026-11-01/yes", side="hub", seen=seen)["of_month"]  # type: ignore[index]
    assert (closed["phase"], set(closed["yes"])) == ("closed", {"agency", "hub"})
    words = {"side": "agency", "figure": "visits", "change": 3, "reason": "漏记"}
    row = post(worker, f"{stay.pk}/months/2026-11-01/corrections", **words)["corrections"][0]  # type: ignore[index]
    told = post(coordinator, f"{stay.pk}/corrections/{row['id']}/confirm", side="hub")
    assert told["of_month"]["lines"][1]["done"] == 4  # type: ignore[index]


@pytest.mark.django_db
def test_as_many_queries_for_thirty(sign_in: SignIn) -> None:
    hub = make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))

    def grow(stays: int, sessions: int) -> None:
        for _ in range(stays):
            stay = make_stay(hub=hub)
            make_agreement(stay, owed={"sessions": 3})
            for day in range(1, sessions + 1):
                come(make_held(stay, day=DECEMBER.replace(day=day)))

    grow(1, 1)
    first = client.get("/api/ledger").json()["stays"][0]["residency"]
    addresses = ["/api/ledger", f"/api/ledger/{first}", f"/api/ledger/{first}/months/2026-12-01"]
    few = [count_queries(lambda address=address: client.get(address)) for address in addresses]
    grow(10, 1)
    for day in range(2, 15):
        come(make_held(Residency.objects.get(pk=first), day=DECEMBER.replace(day=day)))
    many = [count_queries(lambda address=address: client.get(address)) for address in addresses]
    assert many == few


@pytest.mark.django_db(transaction=True)
def test_both_say_yes_at_once(at_once: Callable[..., list[object]]) -> None:
    stay = make_stay()
    make_agreement(stay, owed={"sessions": 1})
    seen = seen_of(month(stay.pk, NOVEMBER))
    people = {side: make_person() for side in ("agency", "hub")}
    at_once(
        [
            lambda side=side, by=by: say_yes(residency=stay.pk, of=NOVEMBER, side=side, seen=seen, by=by)
            for side, by in people.items()
        ]
    )
    row = Closing.objects.get()
    assert (row.agency_by, row.hub_by, row.closed_at) == (people["agency"], people["hub"], MIDDLE)
