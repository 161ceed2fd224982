"""Looking volunteers up, what waits for a look, and what is masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Person, Role
from tests.support.make import make_hub, make_person, make_volunteer
from tests.support.queries import count_queries
from volunteers.clearances import last_day
from volunteers.models import Clearance, HeldSkill, Skill, Unproven, Volunteer
from volunteers.reminders import remind_of_endings

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sign_in: SignIn) -> Client:
    return sign_in(make_person(Role.COORDINATOR))


def names(client: Client, query: str = "") -> list[str]:
    return [one["name"] for one in client.get(f"/api/volunteers{query}").json()["people"]]


def somebody(name: str, phone: str, **values: Any) -> Volunteer:
    return make_volunteer(person=make_person(Role.VOLUNTEER, name=name, phone=phone), **values)


def checked(volunteer: Volunteer, ends_in: int) -> Clearance:
    until = clock.today() + dt.timedelta(days=ends_in)
    day = until.replace(year=until.year - 1) + dt.timedelta(days=1)
    return Clearance.objects.create(volunteer=volunteer, kind="child", checked_on=day, valid_until=last_day(day))


def test_by_name_number_skill_and_home(desk: Client) -> None:
    hub, skill = make_hub(), Skill.objects.create(name="手语")
    li = somebody("李明珍", "199123456789", home=hub)
    somebody("李光明", "199123450000", active=False)
    li.skills.add(skill)
    assert names(desk) == ["李明珍", "李光明"]
    for query in ("?q=明珍", "?q=6789", "?q=199 1234 56789", f"?skill={skill.pk}", f"?hub={hub.pk}"):
        assert (query, names(desk, query)) == (query, ["李明珍"])
    assert names(desk, "?q=1234") == []
    row = desk.get("/api/volunteers?q=6789").json()["people"][0]
    assert (row["phone"], row["home"], row["skills"][0]["name"]) == ("199****6789", hub.name, "手语")


def test_what_is_to_be_done(desk: Client) -> None:
    skill = Skill.objects.create(name="急救", needs_proof=True)
    claims, ends, renewed, proof, minor = (somebody(f"人{n}", f"19912345678{n}") for n in range(5))
    Unproven.objects.create(volunteer=claims, skill=skill, said_at=clock.now())
    checked(ends, 20)
    checked(renewed, 20)
    checked(renewed, 200)
    HeldSkill.objects.create(volunteer=proof, skill=skill, valid_until=clock.today() + dt.timedelta(days=30))
    minor.person.birth_date = clock.today() - dt.timedelta(days=15 * 365)
    minor.person.save()
    assert [names(desk, f"?look={look}") for look in ("unproven", "ending", "minors")] == [
        ["人0"],
        ["人1", "人3"],
        ["人4"],
    ]
    counts = desk.get("/api/volunteers/counts").json()
    assert counts == {"people": 5, "unproven": 1, "ending": 2, "minors": 1}


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(desk: Client) -> None:
    skill = Skill.objects.create(name="急救")

    def add() -> None:
        one = make_volunteer(home=make_hub())
        one.skills.add(skill)
        checked(one, 100)

    add()
    names(desk)
    one = count_queries(lambda: names(desk))
    for _ in range(29):
        add()
    assert (count_queries(lambda: names(desk)), len(names(desk))) == (one, 30)


def test_what_is_masked_is_shown_to_who_asks_and_the_look_is_kept(sign_in: SignIn) -> None:
    volunteer, by = somebody("李明珍", "199123456789", official_no="500110001234"), make_person(Role.COORDINATOR)
    client = sign_in(by)
    seen = client.get(f"/api/volunteers/{volunteer.pk}").json()["profile"]
    assert (seen["phone"], seen["official_no"]) == ("199****6789", "****1234")
    assert not Entry.objects.filter(action="volunteer.looked_into").exists()
    answer = client.get(f"/api/volunteers/{volunteer.pk}/private")
    assert answer.json() == {"phone": "199123456789", "birth_date": None, "official_no": "500110001234"}
    assert answer["Cache-Control"] == "no-store"
    entry = Entry.objects.get(action="volunteer.looked_into")
    assert (entry.actor_id, entry.for_id, entry.facts) == (by.pk, volunteer.person_id, {})


def test_what_ends_within_thirty_days_is_told_once() -> None:
    skill = Skill.objects.create(name="急救", needs_proof=True)
    soon, late, renewed, gone, proof = (make_volunteer() for _ in range(5))
    checked(soon, 30)
    checked(late, 31)
    checked(renewed, 10)
    checked(renewed, 300)
    checked(gone, -1)
    HeldSkill.objects.create(volunteer=proof, skill=skill, valid_until=clock.today())
    HeldSkill.objects.create(volunteer=make_volunteer(active=False), skill=skill, valid_until=clock.today())
    remind_of_endings()
    remind_of_endings()
    told = Message.objects.order_by("to_id").values_list("to_id", "template")
    assert list(told) == [(soon.person_id, "check_ends"), (proof.person_id, "proof_ends")]
