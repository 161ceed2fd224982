"""Skills and checks that are said first and seen later."""

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
from tests.support.make import make_need, make_person, make_session, make_volunteer
from volunteers.models import Clearance, HeldSkill, Skill, Unproven, Volunteer
from volunteers.proofs import claim_check, claim_skill, drop_skill, set_needs_proof, turn_down, verify

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def state_of(client: Client) -> list[tuple[str, str | None]]:
    skills = client.get("/api/volunteers/me").json()["skills"]
    return [(skill["state"], skill["valid_until"]) for skill in skills]


def test_a_skill_counts_at_once_where_no_proof_is_needed(sign_in: SignIn) -> None:
    me, skill = make_volunteer(), Skill.objects.create(name="讲故事")
    client = sign_in(me.person)
    client.post("/api/volunteers/me/skills", {"skill": skill.pk}, content_type="application/json")
    assert state_of(client) == [("held", None)]
    client.delete(f"/api/volunteers/me/skills/{skill.pk}")
    assert (state_of(client), HeldSkill.objects.count()) == ([], 0)
    told = Entry.objects.filter(action__startswith="skill.").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["skill.claimed", "skill.dropped"]


def test_claimed_then_verified_then_expired(sign_in: SignIn, at_time: Callable[[dt.datetime], None]) -> None:
    me, skill = make_volunteer(), Skill.objects.create(name="急救", needs_proof=True)
    client, by = sign_in(me.person), make_person(Role.COORDINATOR)
    claim_skill(volunteer=me, skill=skill, by=me.person)
    claim_skill(volunteer=me, skill=skill, by=me.person)
    assert (state_of(client), HeldSkill.objects.count()) == ([("claimed", None)], 0)
    until = clock.today() + dt.timedelta(days=10)
    desk = sign_in(by)
    proof = Unproven.objects.get()
    answer = desk.post(
        f"/api/volunteers/proofs/{proof.pk}/verify", {"valid_until": until.isoformat()}, content_type="application/json"
    )
    assert answer.status_code == 200
    assert state_of(client) == [("verified", until.isoformat())]
    assert HeldSkill.objects.get().verified_by == by
    again = desk.post(f"/api/volunteers/proofs/{proof.pk}/turn-down")
    assert again.status_code == 404
    with pytest.raises(Refused, match="already_settled"):
        turn_down(unproven=proof, by=by)
    later = clock.now() + dt.timedelta(days=11)
    at_time(later)
    assert state_of(client) == [("expired", until.isoformat())]


def test_only_a_proof_that_holds_on_the_sessions_day_counts(sign_in: SignIn) -> None:
    skill, by = Skill.objects.create(name="急救", needs_proof=True), make_person(Role.COORDINATOR)
    day = clock.monday_of(clock.today()) + dt.timedelta(days=9)
    session = make_session(day=day)
    need = make_need(session=session, skill=skill)
    me = make_volunteer(home=session.hub, prior_minutes=100_000)
    address = f"/api/needs/{need.pk}/sign-up"
    client = sign_in(me.person)
    claim_skill(volunteer=me, skill=skill, by=me.person)
    assert client.post(address).json()["code"] == "no_skill"
    verify(unproven=Unproven.objects.get(), valid_until=day - dt.timedelta(days=1), by=by)
    assert client.post(address).json()["code"] == "no_skill"
    claim_skill(volunteer=me, skill=skill, by=me.person)
    verify(unproven=Unproven.objects.get(), valid_until=day, by=by)
    assert client.post(address).status_code == 200


def test_who_had_a_skill_before_proof_was_asked_keeps_it() -> None:
    skill, me = Skill.objects.create(name="急救"), make_volunteer()
    me.skills.add(skill)
    set_needs_proof(skill=skill, needs_proof=True, by=make_person(Role.COORDINATOR))
    claim_skill(volunteer=me, skill=skill, by=me.person)
    assert (HeldSkill.objects.count(), Unproven.objects.count()) == (1, 0)
    drop_skill(volunteer=me, skill=skill, by=me.person)
    assert HeldSkill.objects.count() == 0


def test_a_check_counts_once_its_result_was_seen(sign_in: SignIn) -> None:
    me, by = make_volunteer(), make_person(Role.COORDINATOR)
    day = clock.today() - dt.timedelta(days=2)
    body: dict[str, Any] = {"kind": "child", "checked_on": day.isoformat()}
    record = sign_in(me.person).post("/api/volunteers/me/checks", body, content_type="application/json").json()
    assert [(one["skill"], one["checked_on"]) for one in record["unproven"]] == [("", day.isoformat())]
    assert not Clearance.objects.exists()
    verify(unproven=Unproven.objects.get(), valid_until=None, by=by)
    found = Clearance.objects.get()
    assert (found.checked_on, found.checked_by) == (day, by)
    claim_check(volunteer=me, kind="child", checked_on=day, by=me.person)
    assert not Unproven.objects.exists()


def test_nobody_sees_their_own_proof_and_none_that_is_over() -> None:
    by = make_person(Role.COORDINATOR)
    me = make_volunteer(person=by)
    claim_skill(volunteer=me, skill=Skill.objects.create(name="急救", needs_proof=True), by=by)
    proof = Unproven.objects.select_related("volunteer").get()
    with pytest.raises(Refused, match="proof_of_own"):
        verify(unproven=proof, valid_until=None, by=by)
    with pytest.raises(Refused, match="proof_over"):
        verify(unproven=proof, valid_until=clock.today() - dt.timedelta(days=1), by=make_person())
    assert Volunteer.objects.get().held_skills.count() == 0
