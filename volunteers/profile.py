"""What is on record about a volunteer, as they may read it themselves."""

from __future__ import annotations

from hub.errors import Refused
from volunteers.models import Volunteer


def profile_of(person_id: int) -> Volunteer:
    """With skills, checks and absences loaded. Refused("not_found")."""
    rows = Volunteer.objects.select_related("person", "home").prefetch_related("skills", "clearances", "absences")
    volunteer = rows.filter(person=person_id).first()
    if volunteer is None:
        raise Refused("not_found", model="volunteer")
    return volunteer
