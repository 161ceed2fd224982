"""The person behind a volunteer: locked before anything of theirs changes, told after."""

from __future__ import annotations

from hub.live.publish import publish
from hub.people.models import Person
from volunteers.models import Volunteer


def lock(volunteer: Volunteer) -> None:
    """The person, and the volunteer's row as it is now."""
    Person.objects.select_for_update(no_key=True).get(pk=volunteer.person_id)
    volunteer.refresh_from_db(fields=[field.attname for field in Volunteer._meta.concrete_fields])


def other(volunteer: Volunteer, by: Person) -> int | None:
    """For whom somebody else acts; none where they act for themselves."""
    return volunteer.person_id if by.pk != volunteer.person_id else None


def tell(volunteer: Volunteer) -> None:
    publish([f"person:{volunteer.person_id}"], "volunteer.changed", volunteer=[volunteer.pk])
