"""Whether a guardian is told by message when their children come and go: off until they wish for it."""

from __future__ import annotations

from django.db import transaction

from hub import clock
from hub.journal.append import append
from hub.people.models import Person
from scheduling.attendance.models import ComingsTold
from scheduling.sessions.claims import lock_people


def hears_of_comings(guardian: Person) -> bool:
    return ComingsTold.objects.filter(guardian=guardian).exists()


@transaction.atomic
def wish_comings(*, guardian: Person, told: bool) -> None:
    """Again is harmless."""
    lock_people([guardian.pk])
    if told == hears_of_comings(guardian):
        return
    if told:
        ComingsTold.objects.create(guardian=guardian, created_at=clock.now())
    else:
        ComingsTold.objects.filter(guardian=guardian).delete()
    append(action="comings.wished" if told else "comings.unwished", subject=guardian, actor_id=guardian.pk)
