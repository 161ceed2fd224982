"""What the hub has on record about a family, for its guardian to check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Consent, Person
from tests.bookings.factories import make_guardian

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
