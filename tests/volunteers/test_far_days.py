"""Days that no calendar of ours reaches are refused in words, wherever one may be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Person, Role
from tests.support.make import make_person, make_volunteer
from volunteers.models import Skill, Unproven

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date.min.isoformat(), dt.date.max.isoformat()
PERIODS = [{"first_day": FIRST}, {"last_day": LAST}, {"first_day": FIRST, "last_day": FIRST}, {"first_day": LAST}]


def refused(client: Client, method: str, path: str, body: Any) -> str:
    answer = getattr(client, method)(f"/api/{path}", body, content_type="application/json")
    assert 400 <= answer.status_code < 500, answer.content
    return str(answer.json()["code"])


@pytest.mark.parametrize("period", PERIODS)
def test_a_certificates_period(period: dict[str, str], sign_in: SignIn) -> None:
    me, staff = make_volunteer(), make_person(Role.COORDINATOR)
    assert refused(sign_in(me.person), "post", "certificates", period) == "day_out_of_range"
    assert refused(sign_in(staff), "post", f"volunteers/{me.pk}/certificates", period) == "day_out_of_range"


def test_checks_proofs_and_papers(sign_in: SignIn) -> None:
    staff = sign_in(make_person(Role.COORDINATOR))
    me = make_volunteer(person=make_person(Role.VOLUNTEER, birth_date=clock.today() - dt.timedelta(days=15 * 365)))
    mine = sign_in(me.person)
    skill = Skill.objects.create(name="手语", needs_proof=True)
    proof = Unproven.objects.create(volunteer=me, skill=skill, said_at=clock.now())
    sent = [
        (mine, "volunteers/me/checks", {"kind": "child", "checked_on": FIRST}, "check_expired"),
        (mine, "volunteers/me/checks", {"kind": "child", "checked_on": LAST}, "check_in_future"),
        (staff, f"volunteers/{me.pk}/clearances", {"kind": "child", "checked_on": FIRST}, "check_expired"),
        (staff, f"volunteers/{me.pk}/clearances", {"kind": "child", "checked_on": LAST}, "check_in_future"),
        (staff, f"volunteers/proofs/{proof.pk}/verify", {"valid_until": FIRST}, "proof_over"),
        (staff, f"volunteers/proofs/{proof.pk}/verify", {"valid_until": LAST}, "day_out_of_range"),
        (staff, f"volunteers/{me.pk}/paper-consent", {"name": "王芳", "signed_on": LAST}, "paper_in_future"),
        (staff, f"volunteers/{me.pk}/paper-consent", {"name": "王芳", "signed_on": FIRST}, "day_out_of_range"),
    ]
    assert [refused(client, "post", path, body) for client, path, body, _ in sent] == [code for *_, code in sent]


@pytest.mark.parametrize("week", [FIRST, LAST])
def test_a_rounds_week(week: str, sign_in: SignIn) -> None:
    staff = sign_in(make_person(Role.ADMINISTRATOR))
    assert refused(staff, "post", "rounds", {"week": week}) == "round_week_wrong"
    assert staff.get(f"/api/rounds?week={week}").status_code == 200


def test_from_when_figures_hold(sign_in: SignIn) -> None:
    staff = sign_in(make_person(Role.ADMINISTRATOR))
    wish = {"valid_from": LAST, "star_hours": [1], "silence_days": 1, "entry_working_days": 1}
    assert refused(staff, "put", "settings/hours", wish) == "day_out_of_range"
