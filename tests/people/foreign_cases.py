"""Persons, roles and hubs that are not the asking coordinator's."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_child, make_hub, make_person


@foreign("GET /api/people/{person_id}/roles", "POST /api/people/{person_id}/roles")
def coordinator_of_another_hub() -> Foreign:
    other = make_person(Role.COORDINATOR)
    return Foreign(make_person(Role.COORDINATOR), {"person_id": other.pk}, {"role": "volunteer"})


@foreign("POST /api/people/{person_id}/roles")
def another_hub_in_the_wish() -> Foreign:
    volunteer = make_person(Role.VOLUNTEER)
    body = {"role": "coordinator", "hub_id": make_hub().pk}
    return Foreign(make_person(Role.COORDINATOR), {"person_id": volunteer.pk}, body)


@foreign("DELETE /api/people/roles/{grant_id}")
def role_at_another_hub() -> Foreign:
    other = make_person(Role.COORDINATOR)
    return Foreign(make_person(Role.COORDINATOR), {"grant_id": other.grants.get().pk})


@foreign("GET /api/children/{child_id}/care-note", "PUT /api/children/{child_id}/care-note")
def child_of_another_family() -> Foreign:
    child = make_child(care_note="对花生过敏")
    return Foreign(make_person(Role.GUARDIAN), {"child_id": child.pk}, {"note": ""}, "?reason=own_child")


@foreign("GET /api/children/{child_id}/care-note")
def child_booked_with_another_agency() -> Foreign:
    child = make_child(care_note="对花生过敏")
    return Foreign(make_person(Role.SOCIAL_WORKER), {"child_id": child.pk}, query="?reason=at_session")
