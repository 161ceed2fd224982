"""Who may fetch the children, their codes, caregivers, and the family's card."""

from __future__ import annotations

import pytest
from django.db import connection

from hub.errors import Refused
from hub.people.family_cards import card_of, card_text, find_by_code, replace_card, revoke_card
from hub.people.models import Child, FamilyMember, Person, Role, RoleGrant
from hub.people.pickups import add_caregiver, add_pickup, allow_caregiver, remove_member
from tests.people.family_factories import started_by_grandmother
from tests.support.clients import client_for
from tests.support.make import make_child, make_person

pytestmark = pytest.mark.django_db


def with_caregiver(child: Child) -> FamilyMember:
    family = child.family
    return add_caregiver(family=family, name="周桂芳", phone="13700004321", relation="外婆", by=family.guardian)


def test_codes_are_not_stored_as_they_are_said() -> None:
    child = make_child()
    member = add_pickup(family=child.family, name="李四", phone="", relation="", by=child.family.guardian)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM people_familymember WHERE id = %s", [member.pk])
        assert member.code not in cursor.fetchone()[0]


def test_a_caregiver_names_pickup_people_when_the_guardian_says_so() -> None:
    child = make_child()
    member = with_caregiver(child)
    with pytest.raises(Refused, match="not_found"):
        add_pickup(family=child.family, name="李四", phone="", relation="", by=member.person)
    with pytest.raises(Refused, match="not_found"):
        allow_caregiver(member=member, may_book=True, may_name_pickups=True, by=member.person)
    allow_caregiver(member=member, may_book=False, may_name_pickups=True, by=child.family.guardian)
    added = add_pickup(family=child.family, name="李四", phone="", relation="", by=member.person)
    remove_member(member=added, by=member.person)
    with pytest.raises(Refused, match="not_found"):
        remove_member(member=member, by=member.person)


def test_a_caregiver_sees_their_own_code_alone_and_a_guardian_all() -> None:
    child = make_child()
    member = with_caregiver(child)
    add_pickup(family=child.family, name="李四", phone="", relation="", by=child.family.guardian)

    def codes(person: Person) -> dict[str, bool]:
        [family] = client_for(person).get("/api/families/mine").json()
        return {one["name"]: bool(one["code"]) for one in family["members"] if one["part"] == "pickup"}

    assert codes(child.family.guardian) == {"周桂芳": True, "李四": True}
    assert codes(member.person) == {"周桂芳": True, "李四": False}


def test_a_caregiver_with_a_phone_is_let_in_and_out() -> None:
    child = make_child()
    member = with_caregiver(child)
    grants = RoleGrant.objects.filter(person=member.person, role=Role.GUARDIAN)
    assert grants.count() == 1
    remove_member(member=member, by=child.family.guardian)
    assert grants.count() == 0
    # They may still fetch the children, until that is taken back too.
    assert FamilyMember.objects.filter(family=child.family, person=member.person).count() == 1


def test_who_is_there_already_and_how_many() -> None:
    child = make_child()
    guardian = child.family.guardian
    for number in range(10):
        add_pickup(family=child.family, name=f"人{number}", phone="", relation="", by=guardian)
    with pytest.raises(Refused, match="already_there"):
        add_pickup(family=child.family, name="人3", phone="", relation="", by=guardian)
    with pytest.raises(Refused, match="too_many_around"):
        add_pickup(family=child.family, name="李四", phone="", relation="", by=guardian)


def test_a_card_is_of_its_family_until_it_is_replaced_or_revoked() -> None:
    family = make_child().family
    first = card_text(card_of(family))
    number = first[2:10]
    assert [find_by_code(text) for text in (first, first.lower(), number, f"{number[:4]} {number[4:]}")] == [family] * 4
    second = card_text(replace_card(family=family, by=family.guardian))
    assert [find_by_code(text) for text in (first, second)] == [None, family]
    revoke_card(family=family, by=family.guardian)
    assert [find_by_code(text) for text in (second, number)] == [None, None]
    third = card_text(replace_card(family=family, by=family.guardian))
    assert [find_by_code(text) for text in (second, third, "RF", "", "RQ" + third[2:])] == [
        None,
        family,
        None,
        None,
        None,
    ]


def test_no_card_before_a_guardian_agreed() -> None:
    with pytest.raises(Refused, match="family_unconfirmed"):
        card_of(started_by_grandmother(grandmother=make_person()))
