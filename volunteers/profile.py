"""What is on record about a volunteer, as they may read it themselves."""

from __future__ import annotations

from django.db.models import Prefetch

from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from volunteers.models import StandingShift, Volunteer


def profile_of(person_id: int) -> Volunteer:
    """With skills, checks, differing dates and standing shifts loaded. Refused("not_found")."""
    standing = StandingShift.objects.select_related("program", "hub").order_by("weekday", "starts_minute", "pk")
    rows = Volunteer.objects.select_related("person", "home").prefetch_related(
        "held_skills__skill",
        "unproven__skill",
        "clearances",
        "absences",
        "extra_times",
        Prefetch("standing_shifts", standing),
    )
    volunteer = rows.filter(person=person_id).first()
    if volunteer is None:
        raise Refused("not_found", model="volunteer")
    return volunteer


def look_into(*, volunteer: Volunteer, by: Person) -> Person:
    """For who needs what is masked elsewhere: every look is in the journal."""
    append(action="volunteer.looked_into", subject=volunteer, actor_id=by.pk, for_id=volunteer.person_id)
    return volunteer.person
