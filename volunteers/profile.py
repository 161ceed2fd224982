"""What is on record about a volunteer, as they may read it themselves."""

from __future__ import annotations

from django.db.models import Prefetch

from hub.errors import Refused
from volunteers.models import StandingShift, Volunteer


def profile_of(person_id: int) -> Volunteer:
    """With skills, checks, absences and standing shifts loaded. Refused("not_found")."""
    standing = StandingShift.objects.select_related("program", "hub").order_by("weekday", "starts_minute", "pk")
    rows = Volunteer.objects.select_related("person", "home").prefetch_related(
        "skills", "clearances", "absences", Prefetch("standing_shifts", standing)
    )
    volunteer = rows.filter(person=person_id).first()
    if volunteer is None:
        raise Refused("not_found", model="volunteer")
    return volunteer
