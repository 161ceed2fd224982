"""Persons, roles and hubs that are not the asking coordinator's."""

from __future__ import annotations

from hub.people.models import FamilyMember, Role
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


@foreign("GET /api/children/{child_id}/looks", "POST /api/families/children/{child_id}/consents")
def child_that_another_guards() -> Foreign:
    child = make_child()
    FamilyMember.objects.create(
        family=child.family, person=(caregiver := make_person(Role.GUARDIAN)), part=FamilyMember.Part.CAREGIVER
    )
    return Foreign(caregiver, {"child_id": child.pk}, {"answers": {"photo": True}})


@foreign(
    "POST /api/families/{family_id}/children",
    "POST /api/families/{family_id}/ask",
    "POST /api/families/{family_id}/guardian",
    "POST /api/families/{family_id}/members",
    "GET /api/families/{family_id}/card",
    "POST /api/families/{family_id}/card/replace",
    "POST /api/families/{family_id}/card/revoke",
)
def another_family() -> Foreign:
    named = {"name": "李四", "phone": "13700001111", "part": "pickup", "born": "2018-03-04"}
    return Foreign(make_person(Role.GUARDIAN), {"family_id": make_child().family_id}, named)


@foreign(
    "POST /api/families/{family_id}/guardian",
    "POST /api/families/{family_id}/members",
    "POST /api/families/{family_id}/card/replace",
    "POST /api/families/{family_id}/card/revoke",
)
def family_that_one_cares_for_without_being_its_guardian() -> Foreign:
    member = _caregiver()
    named = {"name": "李四", "phone": "13700001111", "part": "pickup"}
    return Foreign(member.person, {"family_id": member.family_id}, named)


@foreign(
    "DELETE /api/families/members/{member_id}",
    "PUT /api/families/members/{member_id}",
    "POST /api/families/members/{member_id}/code",
)
def member_of_another_family() -> Foreign:
    allowed = {"may_book": True, "may_name_pickups": True}
    return Foreign(make_person(Role.GUARDIAN), {"member_id": _caregiver().pk}, allowed)


@foreign(
    "DELETE /api/families/members/{member_id}",
    "PUT /api/families/members/{member_id}",
    "POST /api/families/members/{member_id}/code",
)
def oneself_as_a_caregiver() -> Foreign:
    member = _caregiver()
    return Foreign(member.person, {"member_id": member.pk}, {"may_book": True, "may_name_pickups": True})


def _caregiver() -> FamilyMember:
    return FamilyMember.objects.create(
        family=make_child().family, person=make_person(Role.GUARDIAN), part=FamilyMember.Part.CAREGIVER
    )


@foreign("POST /api/families/{family_id}/desk/ask", "POST /api/families/{family_id}/desk/card")
def family_that_the_desk_does_not_know() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"family_id": make_child().family_id}, {"guardian_phone": ""})


@foreign("POST /api/families/children/{child_id}/paper-consent")
def child_that_the_desk_does_not_know() -> Foreign:
    child = make_child()
    paper = {"answers": {"photo": True}, "signed_by": child.family.guardian_id, "signed_on": "2026-03-09"}
    return Foreign(make_person(Role.SOCIAL_WORKER), {"child_id": child.pk}, paper)
