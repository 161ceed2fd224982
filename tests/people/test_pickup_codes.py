"""Codes as a tablet checks them: each stretched once, each known for as long as a tablet may tell of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable

import pytest
from django.db import connection

from hub import clock
from hub.people.models import FamilyMember, PickupCode
from hub.people.pickup_codes import Checked, codes_checked, stretch, stretch_new, stretched_codes
from hub.people.pickups import add_pickup, change_code, remove_member
from tests.support.make import make_child
from tests.support.queries import count_queries

AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 12, 14, 4, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def named(*names: str) -> list[FamilyMember]:
    family = make_child().family
    return [add_pickup(family=family, name=name, phone="", relation="", by=family.guardian) for name in names]


def known_by(proof: str, family: int) -> Checked | None:
    return next((one for one in codes_checked([family]).get(family, ()) if one.proves(proof, "what")), None)


def said(code: str, family: int) -> str:
    return hmac.new(bytes.fromhex(stretch(code, family)), b"what", hashlib.sha256).hexdigest()


def test_a_code_is_stretched_once_and_a_few_at_a_time() -> None:
    members = named("李四", "王五", "赵六")
    family = members[0].family_id
    codes = [stretch(one.code, family) for one in members]
    assert stretched_codes([family]) == ({}, False)
    assert stretch_new([family], most=2) is False
    assert stretched_codes([family]) == ({family: codes[:2]}, False)
    assert stretch_new([family], most=2) is True
    assert stretched_codes([family]) == ({family: codes}, True)
    assert (stretch_new([family], most=2), PickupCode.objects.count()) == (True, 3)
    assert count_queries(lambda: stretched_codes([family])) == 2


def test_a_code_names_one_of_this_family_for_as_long_as_it_stands(at_time: AtTime) -> None:
    at_time(NOON)
    first, second = named("李四", "王五")
    family = first.family_id
    stretch_new([family, make_child().family_id], most=9)
    old = said(first.code, family)
    assert [known_by(said(one.code, family), family) for one in (first, second)] == [
        Checked(one.person_id, bytes.fromhex(stretch(one.code, family)), True, None) for one in (first, second)
    ]
    change_code(member=first, by=first.family.guardian)
    remove_member(member=second, by=second.family.guardian)
    at_time(NOON + HOUR)
    stretch_new([family], most=9)
    ended, current = known_by(old, family), known_by(said(first.code, family), family)
    assert ended is not None
    assert current is not None
    assert (ended.person_id, [ended.holds(NOON + span) for span in (-HOUR, HOUR)]) == (first.person_id, [True, False])
    assert (current.person_id, current.holds(NOON)) == (first.person_id, True)
    removed = known_by(said(second.code, family), family)
    assert removed is not None
    assert [removed.holds(NOON + span) for span in (-HOUR, HOUR)] == [True, False]
    assert known_by(said("000000" if first.code != "000000" else "000001", family), family) is None


def test_a_code_that_was_changed_behind_our_back_holds_no_more() -> None:
    (member,) = named("李四")
    stretch_new([member.family_id], most=9)
    old = said(member.code, member.family_id)
    FamilyMember.objects.filter(pk=member.pk).delete()
    found = known_by(old, member.family_id)
    assert found is not None
    assert not found.holds(clock.now())


def test_nothing_of_it_lies_in_the_clear() -> None:
    (member,) = named("李四")
    stretch_new([member.family_id], most=9)
    found, _ = stretched_codes([member.family_id])
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, stretched FROM people_pickupcode")
        stored = str(cursor.fetchall())
    assert [told for told in (member.code, *found[member.family_id]) if told in stored] == []
