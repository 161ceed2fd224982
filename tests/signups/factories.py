"""Volunteers as sign-up knows them: neither newcomers, who need company, nor old hands, who are company."""

from __future__ import annotations

from typing import Any

from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.signups import sign_up
from scheduling.signups.standbys import name_standby
from tests.support.make import make_need, make_person, make_volunteer
from volunteers.models import Volunteer


def make_regular(**values: Any) -> Volunteer:
    return make_volunteer(**{"prior_minutes": 600} | values)


def take(need: Need, volunteer: Volunteer | None = None) -> Assignment:
    """A place taken by sign-up."""
    person = (volunteer or make_regular()).person
    return sign_up(need=need.pk, person=person.pk, by=person)


def make_standby(need: Need | None = None, volunteer: Volunteer | None = None) -> Standby:
    person = (volunteer or make_regular()).person
    return name_standby(session=(need or make_need()).session_id, person=person.pk, by=make_person())
