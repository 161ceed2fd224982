"""What the hub has on record about a family, for its guardian to check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Consent, FamilyMember, Person
from tests.bookings.factories import make_guardian
from tests.support.make import make_person

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def agree(child: Person, granted: bool) -> None:
    Consent.objects.create(subject=child, kind=Consent.Kind.PHOTO, granted=granted, recorded_at=clock.now())


def test_the_newest_word_on_pictures_holds_and_silence_is_no_yes(sign_in: SignIn) -> None:
    guardian, (asked, unasked) = make_guardian(2)
    agree(asked.person, True)
    agree(asked.person, False)
    children = sign_in(guardian).get("/api/family").json()["children"]
    assert {one["id"]: one["photo"] for one in children} == {asked.pk: False, unasked.pk: None}


def test_who_looks_after_and_who_may_fetch_my_children_and_nobody_elses(sign_in: SignIn) -> None:
    guardian, [child] = make_guardian()
    _, [other] = make_guardian()
    part = FamilyMember.Part
    for family, which, name, relation in (
        (child.family, part.PICKUP, "李四", "邻居"),
        (child.family, part.CAREGIVER, "王奶奶", "奶奶"),
        (other.family, part.PICKUP, "别家", ""),
    ):
        FamilyMember.objects.create(family=family, person=make_person(name=name), part=which, relation=relation)
    helpers = sign_in(guardian).get("/api/family").json()["helpers"]
    assert [(one["part"], one["name"], one["relation"]) for one in helpers] == [
        ("caregiver", "王奶奶", "奶奶"),
        ("pickup", "李四", "邻居"),
    ]
