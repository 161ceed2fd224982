"""Who may follow a run as it goes."""

from __future__ import annotations

from hub.access.actor import load_actor
from hub.access.rules import visible
from hub.people.models import Person
from scheduling.planning.models import Run


def may_follow(person_id: int, run_id: int) -> bool:
    person = Person.objects.filter(pk=person_id).first()
    return person is not None and visible(load_actor(person), "view", Run.objects.filter(pk=run_id)).exists()
