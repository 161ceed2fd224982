"""Looking after the lines in the background: offers that nobody answered are passed on, places that came free where
nobody looked are offered. By whichever worker is free, every few minutes and when the next offer runs out. And taking
minors out whose guardian no longer agrees."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min
from django_tasks import task

from hub import clock
from hub.people.ages import is_minor
from hub.people.models import Person
from hub.upkeep import run_by
from scheduling.signups.models import Assignment
from scheduling.signups.waiting import fill_from_line, pass_silent, sessions_to_look_at
from volunteers.consents import newest_consent
from volunteers.models import Volunteer

EVERY = dt.timedelta(minutes=5)


@task
def look_after_lines() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another. Each session is one
    transaction: what was passed on stays so, the rest is found again."""
    run_by(look_after_lines, clock.now() + EVERY)
    done = look()
    later = Assignment.objects.filter(answer_by__gt=clock.now()).aggregate(first=Min("answer_by"))["first"]
    if later:
        run_by(look_after_lines, later)
    return done


def look() -> int:
    """How many offers ran out or were made."""
    silent, free = sessions_to_look_at()
    done = sum(pass_silent(session=session) for session in silent)
    return done + sum(fill_from_line(session=session) for session in free)


def keep_looking() -> None:
    """Have the lines looked after, from the transaction on that makes one: once begun, it goes on."""
    run_by(look_after_lines, clock.now() + EVERY)


@task
def take_minor_out(volunteer_id: int, by_id: int) -> None:
    """Unless the guardian agreed again meanwhile, or they are of age."""
    from scheduling.signups.ahead import take_out

    volunteer = Volunteer.objects.select_related("person").get(pk=volunteer_id)
    newest = newest_consent(volunteer.person_id)
    if is_minor(volunteer.person.birth_date, clock.today()) and not (newest and newest.granted):
        take_out(person=volunteer.person_id, by=Person.objects.get(pk=by_id))
