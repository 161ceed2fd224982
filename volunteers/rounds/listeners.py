"""Who may follow a round as it is answered."""

from __future__ import annotations

from hub.access.actor import load_actor
from hub.access.rules import visible
from hub.people.models import Person
from volunteers.rounds.models import Round


def may_follow(person_id: int, round_id: int) -> bool:
    person = Person.objects.filter(pk=person_id).first()
    return person is not None and visible(load_actor(person), "view", Round.objects.filter(pk=round_id)).exists()
