"""Volunteers as sign-up knows them: neither newcomers, who need company, nor old hands, who are company."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.people.models import Consent, Role
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.signups import sign_up
from scheduling.signups.standbys import name_standby
from tests.support.make import make_need, make_person, make_volunteer
from volunteers.models import Volunteer


def make_regular(**values: Any) -> Volunteer:
    return make_volunteer(**{"prior_minutes": 600} | values)


def make_young(**values: Any) -> Volunteer:
    """Fifteen years old, with a guardian's consent: comes only where somebody experienced is."""
    person = make_person(Role.VOLUNTEER, birth_date=dt.date(2011, 8, 1))
    consent = {"given_by": make_person(), "recorded_by": person, "recorded_at": clock.now()}
    Consent.objects.create(subject=person, kind=Consent.Kind.VOLUNTEERING, granted=True, **consent)
    return make_volunteer(person=person, **values)


def take(need: Need, volunteer: Volunteer | None = None) -> Assignment:
    """A place taken by sign-up."""
    person = (volunteer or make_regular()).person
    return sign_up(need=need.pk, person=person.pk, by=person)


def make_standby(need: Need | None = None, volunteer: Volunteer | None = None) -> Standby:
    person = (volunteer or make_regular()).person
    return name_standby(session=(need or make_need()).session_id, person=person.pk, by=make_person())
