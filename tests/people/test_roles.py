"""Who may give and take which role."""

from __future__ import annotations

from typing import Any

import pytest

from hub.access.actor import Actor, load_actor
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Person, Role, RoleGrant
from hub.people.roles import appoint, grant_role, revoke_role
from hub.people.signals import roles_changed
from hub.places.models import Residency
from tests.support.make import make_agency, make_child, make_hub, make_person

pytestmark = pytest.mark.django_db


def acting_as(role: str, **scope: Any) -> Actor:
    return load_actor(make_person(role, **scope))


def refusal(call: Any) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_grants_every_role(role: Role) -> None:
    person = make_person()
    grant = grant_role(
        person=person,
        role=role,
        by=acting_as(Role.ADMINISTRATOR),
        hub=make_hub() if role == Role.COORDINATOR else None,
        agency=make_agency() if role == Role.SOCIAL_WORKER else None,
    )
    assert list(person.grants.all()) == [grant]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.GUARDIAN, Role.SOCIAL_WORKER, Role.REGULATOR])
def test_others_grant_nothing(role: Role) -> None:
    actor, person = acting_as(role), make_person()
    assert refusal(lambda: grant_role(person=person, role=Role.VOLUNTEER, by=actor)) == "not_allowed"
    assert RoleGrant.objects.filter(person=person).count() == 0


def test_a_coordinator_appoints_for_their_own_hubs() -> None:
    hub = make_hub()
    below, elsewhere = make_hub(parent=hub, kind="canteen"), make_hub()
    here, there = make_agency(), make_agency()
    Residency.objects.create(agency=here, hub=hub)
    Residency.objects.create(agency=there, hub=elsewhere)
    actor, person = acting_as(Role.COORDINATOR, hub=hub), make_person()

    for scope in ({"hub": hub}, {"hub": below}):
        grant_role(person=person, role=Role.COORDINATOR, by=actor, **scope)
    grant_role(person=person, role=Role.SOCIAL_WORKER, by=actor, agency=here)
    grant_role(person=person, role=Role.VOLUNTEER, by=actor)
    assert person.grants.count() == 4

    refused: list[dict[str, Any]] = [
        {"role": Role.COORDINATOR, "hub": elsewhere},
        {"role": Role.SOCIAL_WORKER, "agency": there},
        {"role": Role.ADMINISTRATOR},
        {"role": Role.REGULATOR},
        {"role": Role.GUARDIAN},
    ]
    for wish in refused:
        assert refusal(lambda wish=wish: grant_role(person=person, by=actor, **wish)) == "not_allowed", wish  # type: ignore[misc]
    assert person.grants.count() == 4


def test_a_coordinator_takes_back_only_at_their_own_hubs() -> None:
    hub, elsewhere = make_hub(), make_hub()
    actor = acting_as(Role.COORDINATOR, hub=hub)
    mine = RoleGrant.objects.get(person=make_person(Role.COORDINATOR, hub=hub))
    theirs = RoleGrant.objects.get(person=make_person(Role.COORDINATOR, hub=elsewhere))
    volunteers = RoleGrant.objects.get(person=make_person(Role.VOLUNTEER))
    revoke_role(grant=mine, by=actor)
    for grant in (theirs, volunteers):
        assert refusal(lambda grant=grant: revoke_role(grant=grant, by=actor)) == "not_allowed"  # type: ignore[misc]


@pytest.mark.parametrize(
    "scope",
    [
        {"role": Role.COORDINATOR},
        {"role": Role.SOCIAL_WORKER},
        {"role": Role.ADMINISTRATOR, "hub": True},
        {"role": Role.COORDINATOR, "agency": True},
        {"role": Role.SOCIAL_WORKER, "agency": True, "hub": True},
    ],
)
def test_a_role_has_its_own_kind_of_scope(scope: dict[str, Any]) -> None:
    scope = dict(scope)
    if scope.pop("hub", False):
        scope["hub"] = make_hub()
    if scope.pop("agency", False):
        scope["agency"] = make_agency()
    assert refusal(lambda: grant_role(person=make_person(), by=None, **scope)) == "scope_wrong"


def test_granting_twice_changes_nothing() -> None:
    person = make_person()
    first = grant_role(person=person, role=Role.VOLUNTEER, by=None)
    assert grant_role(person=person, role=Role.VOLUNTEER, by=None) == first
    assert Entry.objects.filter(action="role.granted").count() == 1


def test_a_child_holds_no_role() -> None:
    child = make_child()
    assert refusal(lambda: grant_role(person=child.person, role=Role.VOLUNTEER, by=None)) == "is_a_child"


def test_the_last_administrator_stays() -> None:
    first = acting_as(Role.ADMINISTRATOR)
    second = make_person(Role.ADMINISTRATOR)
    revoke_role(grant=RoleGrant.objects.get(person=second), by=first)
    assert refusal(lambda: revoke_role(grant=first.grants[0], by=first)) == "last_administrator"
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_leave_one(at_once: Any) -> None:
    actors = [acting_as(Role.ADMINISTRATOR), acting_as(Role.ADMINISTRATOR)]
    calls = [lambda by=by, of=of: revoke_role(grant=of.grants[0], by=by) for by, of in (actors, actors[::-1])]
    results = at_once(calls)
    refused = [result.code for result in results if isinstance(result, Refused)]
    # The loser may find that they are no administrator any more, or that they are the last.
    assert [result for result in results if not isinstance(result, Refused)] == [None]
    assert refused in (["last_administrator"], ["not_allowed"])
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_a_change_is_recorded_and_told() -> None:
    heard: list[int] = []

    def hear(sender: object, person_id: int, **kwargs: Any) -> None:
        heard.append(person_id)

    roles_changed.connect(hear)
    try:
        actor, person, hub = acting_as(Role.ADMINISTRATOR), make_person(), make_hub()
        grant = grant_role(person=person, role=Role.COORDINATOR, by=actor, hub=hub)
        revoke_role(grant=grant, by=actor)
    finally:
        roles_changed.disconnect(hear)
    facts = {"role": "coordinator", "hub": hub.pk, "agency": None}
    entries = Entry.objects.order_by("pk").values_list("chain", "actor_id", "action", "subject", "facts")
    subject = f"people.person:{person.pk}"
    assert list(entries) == [
        (hub.pk, actor.person.pk, "role.granted", subject, facts),
        (hub.pk, actor.person.pk, "role.revoked", subject, facts),
    ]
    assert heard == [person.pk, person.pk]
    told = Event.objects.filter(topic__name=f"person:{person.pk}").order_by("seq").values_list("kind", "ids")
    assert list(told) == [("roles.changed", {"person": [person.pk]})] * 2


def test_a_receiver_that_fails_undoes_the_grant() -> None:
    def fail(sender: object, **kwargs: Any) -> None:
        raise RuntimeError("no")

    person = make_person()
    roles_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            grant_role(person=person, role=Role.VOLUNTEER, by=None)
    finally:
        roles_changed.disconnect(fail)
    assert (person.grants.count(), Entry.objects.count()) == (0, 0)


def test_appointing_someone_new_adds_them_once() -> None:
    actor, hub = acting_as(Role.ADMINISTRATOR), make_hub()
    for _ in range(2):
        grant = appoint(name=" 王 秀英 ", phone="138 1234 5678", role=Role.COORDINATOR, hub=hub, by=actor)
    assert (grant.person.name, grant.person.phone) == ("王 秀英", "13812345678")
    assert Person.objects.filter(name="王 秀英").count() == 1


def test_an_appointment_that_is_refused_adds_nobody() -> None:
    actor = acting_as(Role.COORDINATOR)
    code = refusal(lambda: appoint(name="王秀英", phone="13812345678", role=Role.ADMINISTRATOR, by=actor))
    assert (code, Person.objects.filter(name="王秀英").count()) == ("not_allowed", 0)


@pytest.mark.parametrize(("name", "phone", "code"), [
    ("", "13812345678", "name_missing"),
    ("王" * 61, "13812345678", "name_too_long"),
    ("王秀英", "12345", "not_a_phone"),
])  # fmt: skip
def test_an_appointment_needs_a_name_and_a_number(name: str, phone: str, code: str) -> None:
    assert refusal(lambda: appoint(name=name, phone=phone, role=Role.VOLUNTEER, by=None)) == code
