"""A volunteer reads their own record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Person, Role
from tests.support.make import make_hub, make_person, make_volunteer
from volunteers.corrections import correct_profile
from volunteers.models import Absence, Clearance, Skill

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def test_my_record(sign_in: SignIn) -> None:
    person = make_person(Role.VOLUNTEER, name="陈桂芳", phone="199123456789", community="沙溪社区")
    me = make_volunteer(
        person=person, home=make_hub(name="沙溪"), availability=[[0, 480, 1050]], prior_minutes=600, max_sessions=3
    )
    me.skills.add(Skill.objects.create(name="讲故事"))
    correct_profile(volunteer=me, said={"official_no": "5001 1000 1234"}, by=person)
    today = clock.today()
    for days in (-1, 30):
        Clearance.objects.create(
            volunteer=me,
            kind="child",
            checked_on=today - dt.timedelta(days=365 - days),
            valid_until=today + dt.timedelta(days=days),
        )
    Absence.objects.create(volunteer=me, starts_at=clock.at(today), ends_at=clock.at(today, 1440))
    Absence.objects.create(volunteer=me, starts_at=clock.at(today, -1440), ends_at=clock.at(today))
    record = sign_in(person).get("/api/volunteers/me").json()
    assert record | {"skills": [], "clearances": [], "absences": []} == {
        "id": me.pk,
        "name": "陈桂芳",
        "phone": "199****6789",
        "volunteer_no": f"QZ{me.pk:06d}",
        "official_no": "****1234",
        "language": "",
        "community": "沙溪社区",
        "home": "沙溪",
        "home_id": me.home_id,
        "skills": [],
        "unproven": [],
        "availability": [{"weekday": 0, "start": 480, "end": 1050}],
        "availability_text": "",
        "max_sessions": 3,
        "max_minutes": None,
        "wish_per_week": None,
        "standing_shifts": [],
        "preferred_kinds": [],
        "prior_minutes": 600,
        "clearances": [],
        "absences": [],
        "extra_times": [],
        "consent": "not_needed",
        "active": True,
    }
    assert [skill["name"] for skill in record["skills"]] == ["讲故事"]
    assert [one["valid"] for one in record["clearances"]] == [True, False]
    assert len(record["absences"]) == 1


def test_only_volunteers_have_one(sign_in: SignIn) -> None:
    assert Client().get("/api/volunteers/me").status_code == 401
    assert sign_in(make_person(Role.GUARDIAN)).get("/api/volunteers/me").status_code == 403
