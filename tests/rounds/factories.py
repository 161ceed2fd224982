"""Rounds as their rules start them."""

from __future__ import annotations

import datetime as dt

from hub.people.models import Role
from hub.places.models import Hub
from tests.support.make import make_hub, make_person, make_volunteer
from volunteers.models import Volunteer
from volunteers.rounds.models import Asked, Round
from volunteers.rounds.rounds import next_week, start_round


def make_round(*, hub: Hub | None = None, volunteer: Volunteer | None = None, week: dt.date | None = None) -> Round:
    """About next week or another, around a hub where a volunteer lives."""
    hub = hub or (volunteer and volunteer.home) or make_hub()
    if not Volunteer.objects.filter(home=hub).exists():
        make_volunteer(home=hub)
    return start_round(week=week or next_week(), hub=hub, by=make_person(Role.COORDINATOR, hub=hub))


def make_asked(*, hub: Hub | None = None) -> Asked:
    asked: Asked = make_round(hub=hub).asked.select_related("round", "volunteer__person").get()
    return asked
