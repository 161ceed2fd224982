"""What a tablet holds of children: enough to work without a network, and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.people.family_cards import card_of, card_text, revoke_card
from hub.people.models import Child, Consent, FamilyMember, Role
from hub.people.pickups import change_code, remove_member
from hub.upkeep import waiting
from scheduling.attendance.children import arrive
from scheduling.attendance.devices import offer_pairing
from scheduling.attendance.models import Device
from scheduling.attendance.tasks import STRETCHED_AT_ONCE, stretch_codes
from tests.attendance.factories import NINE, at, make_awaited, make_device, make_pickup, stretched
from tests.support.make import MONDAY, make_child, make_hub, make_person
from tests.support.queries import count_queries

AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
JSON = "application/json"


def sync(token: str, **told: Any) -> dict[str, Any]:
    body = {"now": clock.now().isoformat(), **told}
    answer = Client().post("/api/device/sync", body, JSON, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def paired(hub: Any) -> tuple[str, str]:
    """As a tablet is: its token, and its key, told this once."""
    _, code = offer_pairing(hub=hub, name="门口", by=make_person(Role.ADMINISTRATOR))
    told = Client().post("/api/device/pair", {"code": code}, JSON).json()
    return told["token"], told["code_key"]


def test_the_day_s_families_as_little_as_it_takes(at_time: AtTime) -> None:
    at_time(at(NINE))
    child = make_child(care_note="对花生过敏", relation="爸爸")
    hub = make_hub()
    booking = make_awaited(child=child, hub=hub)
    sibling = make_child(guardian=child.family.guardian)
    later = make_awaited(child=sibling, hub=hub, start=NINE + 120)
    mother = make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=mother, part="guardian", relation="妈妈")
    grandmother = make_pickup(child)
    Consent.objects.create(subject=sibling.person, kind="home_alone", granted=True, recorded_at=at(0))
    card = card_of(child.family)
    arrive(booking=booking.pk, by=make_person())
    make_awaited()  # elsewhere
    token, key = paired(hub)
    stretch_codes.call()
    told = sync(token)
    (family,) = told["families"]
    assert told["complete"]
    assert (family["number"], family["proof"]) == (card.number, hashlib.sha256(card_text(card).encode()).hexdigest())
    assert [one["relation"] for one in family["guardians"]] == ["爸爸", "妈妈"]
    assert [(one["name"], one["may_go_alone"]) for one in family["children"]] == [
        (child.person.name, False),
        (sibling.person.name, True),
    ]
    assert [(one["places"][0]["booking"], one["places"][0]["arrived_at"]) for one in family["children"]] == [
        (booking.pk, "2026-12-14T01:00:00+00:00"),
        (later.pk, None),
    ]
    # The code as the tablet compares it: stretched, bound to its key and the day.
    bound = f"{MONDAY}.{stretched('204816', child.family_id).hex()}"
    assert family["codes"] == [hmac.new(key.encode(), bound.encode(), hashlib.sha256).hexdigest()]
    people = (child.family.guardian, mother, grandmother)
    secrets = ("204816", "花生", "外婆", key, *(one.name for one in people), *(one.phone for one in people))
    assert [one for one in secrets if one in json.dumps(told, ensure_ascii=False)] == []


def test_a_code_or_a_person_that_ended_is_gone_with_the_next_sync(at_time: AtTime) -> None:
    at_time(at(NINE))
    child = make_child()
    hub = make_awaited(child=child).session.hub
    make_pickup(child)
    member = FamilyMember.objects.get(family=child.family, part="pickup")
    token, _ = paired(hub)
    stretch_codes.call()
    first = sync(token)["families"][0]["codes"]
    change_code(member=member, by=child.family.guardian)
    stretch_codes.call()
    second = sync(token)["families"][0]["codes"]
    assert (len(first), len(second), first == second) == (1, 1, False)
    remove_member(member=member, by=child.family.guardian)
    card_of(child.family)
    revoke_card(family=child.family, by=child.family.guardian)
    (family,) = sync(token)["families"]
    assert (family["codes"], family["number"], family["proof"]) == ([], "", "")


def test_no_tablet_s_marks_are_another_s(at_time: AtTime) -> None:
    at_time(at(NINE))
    child = make_child()
    hub = make_awaited(child=child).session.hub
    make_pickup(child)
    tokens = [paired(hub)[0] for _ in range(2)]
    stretch_codes.call()
    families = [sync(token)["families"][0] for token in tokens]
    assert families[0]["codes"] != families[1]["codes"]
    assert families[0]["guardians"] != families[1]["guardians"]


def test_what_is_lacking_is_stretched_in_the_background(at_time: AtTime) -> None:
    at_time(at(NINE))
    hub = make_hub()
    for _ in range(STRETCHED_AT_ONCE + 1):
        child = make_child()
        make_pickup(child)
        make_awaited(child=child, hub=hub)
    token, _ = paired(hub)
    told = [sync(token), sync(token)]
    assert waiting(stretch_codes).count() == 1
    for _ in range(2):
        stretch_codes.call()
        told.append(sync(token))
    assert [(one["complete"], sum(len(family["codes"]) for family in one["families"])) for one in told] == [
        (False, 0),
        (False, 0),
        (False, STRETCHED_AT_ONCE),
        (True, STRETCHED_AT_ONCE + 1),
    ]


def test_thirty_children_ask_no_more_of_the_database(at_time: AtTime) -> None:
    at_time(at(NINE))
    first = make_awaited()
    hub = first.session.hub
    device, token = make_device(hub=hub)
    few = count_queries(lambda: sync(token))
    for _ in range(30):
        make_awaited(hub=hub)
    assert count_queries(lambda: sync(token)) == few
    assert Device.objects.get(pk=device.pk).last_seen_at == at(NINE)
    assert Child.objects.count() == 31
