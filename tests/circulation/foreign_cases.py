"""Books of other families, and those of other hubs."""

from __future__ import annotations

from hub.people.models import Person, Role
from tests.access.foreign import Foreign, foreign
from tests.circulation.factories import hold_for, lend_to
from tests.lending.factories import make_copy
from tests.support.make import make_child, make_hub, make_person

LOAN_OF_STAFF = "POST /api/lending/loans/{loan_id}/lose"
LOAN_OF_ALL = "POST /api/lending/loans/{loan_id}/renew"
HOLDS_OF_STAFF = ("POST /api/lending/holds/{hold_id}/arrive", "POST /api/lending/holds/{hold_id}/miss")
HOLD_OF_ALL = "POST /api/lending/holds/{hold_id}/cancel"
LISTS = (
    "GET /api/lending/hubs/{hub_id}/loans",
    "GET /api/lending/hubs/{hub_id}/holds",
    "GET /api/lending/hubs/{hub_id}/readers",
)


def loan_seen_by(person: Person) -> Foreign:
    return Foreign(person=person, ids={"loan_id": lend_to(make_copy(sticker="S1")).pk})


def hold_seen_by(person: Person) -> Foreign:
    return Foreign(person=person, ids={"hold_id": hold_for(make_copy()).pk}, body={"damaged": False})


@foreign(LOAN_OF_ALL)
def loan_of_another_family() -> Foreign:
    return loan_seen_by(make_person(Role.GUARDIAN))


@foreign(LOAN_OF_ALL, LOAN_OF_STAFF)
def loan_of_another_hub() -> Foreign:
    return loan_seen_by(make_person(Role.COORDINATOR))


@foreign(LOAN_OF_ALL, LOAN_OF_STAFF)
def loan_where_another_agency_is() -> Foreign:
    return loan_seen_by(make_person(Role.SOCIAL_WORKER))


@foreign(HOLD_OF_ALL)
def hold_of_another_family() -> Foreign:
    return hold_seen_by(make_person(Role.GUARDIAN))


@foreign(HOLD_OF_ALL, *HOLDS_OF_STAFF)
def hold_of_another_hub() -> Foreign:
    return hold_seen_by(make_person(Role.COORDINATOR))


@foreign(HOLD_OF_ALL, *HOLDS_OF_STAFF)
def hold_where_another_agency_is() -> Foreign:
    return hold_seen_by(make_person(Role.SOCIAL_WORKER))


@foreign("POST /api/lending/titles/{title_id}/holds")
def a_child_of_another_family_as_reader() -> Foreign:
    copy = make_copy()
    body = {"hub": copy.hub_id, "reader": make_child().person_id}
    return Foreign(person=make_person(Role.GUARDIAN), ids={"title_id": copy.title_id}, body=body)


@foreign("POST /api/lending/stickers/{code}/borrow")
def a_child_of_another_family_as_borrower() -> Foreign:
    copy = make_copy(sticker="S2")
    body = {"reader": make_child().person_id}
    return Foreign(person=make_person(Role.GUARDIAN), ids={"code": copy.sticker}, body=body)


@foreign("GET /api/lending/stickers/{code}")
def a_sticker_that_nobody_wears() -> Foreign:
    return Foreign(person=make_person(Role.GUARDIAN), ids={"code": "NOBODY"})


@foreign("GET /api/lending/titles/{title_id}")
def a_title_that_is_not_there() -> Foreign:
    return Foreign(person=make_person(Role.GUARDIAN), ids={"title_id": 10**9})


@foreign(*LISTS)
def another_hub() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"hub_id": make_hub().pk})


@foreign("GET /api/lending/hubs/{hub_id}/copies")
def copies_looked_up_at_another_hub() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"hub_id": make_hub().pk}, query="code=x")


@foreign("POST /api/lending/hubs/{hub_id}/take-back")
def taking_back_at_another_hub() -> Foreign:
    copy = make_copy()
    lend_to(copy)
    return Foreign(person=make_person(Role.COORDINATOR), ids={"hub_id": copy.hub_id}, body={"copy_id": copy.pk})


def lending(person: Person, hub: int, copy: int) -> Foreign:
    child = make_child()
    reader = {"reader": child.person_id, "child": child.person_id, "said": child.person.name}
    return Foreign(person=person, ids={"hub_id": hub}, body={"copy_id": copy, **reader})


GIVING = ("POST /api/lending/hubs/{hub_id}/lend", "POST /api/lending/hubs/{hub_id}/credit")


@foreign(*GIVING)
def giving_at_another_hub() -> Foreign:
    copy = make_copy()
    return lending(make_person(Role.COORDINATOR), copy.hub_id, copy.pk)


@foreign(*GIVING)
def giving_the_copy_of_another_hub() -> Foreign:
    hub = make_hub()
    return lending(make_person(Role.COORDINATOR, hub=hub), hub.pk, make_copy().pk)


@foreign(*GIVING)
def giving_to_a_child_nobody_here_knows() -> Foreign:
    copy = make_copy()
    return lending(make_person(Role.COORDINATOR, hub=copy.hub), copy.hub_id, copy.pk)
