"""Being erased: nothing anywhere says who it was, what law obliges stays, and nobody is left waiting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session as SignIn
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import clock
from hub.access.actor import load_actor
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.erasing import erase_child, erase_person
from hub.people.models import Child, Consent, Family, FamilyMember, Person, Role, User, phone_key, phone_tail
from hub.people.my_data import all_parts
from hub.sealed import keyed_hash, unseal
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Claim
from scheduling.signups.models import Assignment
from tests.people.everything import BORN, CHILD_BORN, OFFICIAL_NO, PHONE, person_with_everything
from tests.support.clients import client_for
from tests.support.make import make_child, make_person, make_session, make_volunteer
from volunteers.consents import ask_guardian, record_paper
from volunteers.models import Clearance, ConsentLink, Volunteer

pytestmark = pytest.mark.django_db


def actor(person: Person) -> Any:
    return load_actor(Person.objects.get(pk=person.pk))


def everything_stored() -> Iterator[tuple[str, str]]:
    """(where, what) of every value of every row, as stored and as opened."""
    for model in apps.get_models(include_auto_created=True):
        columns = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*columns):
            for column, value in zip(columns, row, strict=True):
                if isinstance(value, bytes | memoryview) and value:
                    value = unseal(bytes(value), label="workbook.upload.content").decode(errors="replace")
                yield f"{model._meta.label}.{column}", str(value)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for raw in cursor.fetchall():
                yield model._meta.db_table, " ".join(map(str, raw))
    for session in SignIn.objects.all():
        yield "session", str(session.get_decoded())


def traces(*terms: str) -> set[str]:
    return {f"{where}: {term}" for where, value in everything_stored() for term in terms if term in value}


def terms_of(person: Person) -> list[str]:
    child = Child.objects.get(family__guardian=person)
    cell = keyed_hash("cell", person.name)[:16]
    official = [keyed_hash("official", OFFICIAL_NO), OFFICIAL_NO]
    phone = [person.phone, phone_key(person.phone), phone_tail(person.phone)]
    return [person.name, str(BORN), str(CHILD_BORN), child.identity_key, cell, *phone, *official]


def test_there_is_something_in_every_table_that_parts_answer_for() -> None:
    person_with_everything()
    models = {model for part in all_parts() for model in part.fields}
    assert {model for model in models if not apps.get_model(model)._base_manager.exists()} == set()


def test_before_there_are_traces_and_afterwards_none() -> None:
    person = person_with_everything()
    terms = terms_of(person)
    assert {term for term in terms if not traces(term)} == set(), "else the test would prove nothing"
    erase_person(by=actor(person), with_children=True)
    assert traces(*terms) == set()


NAMES = st.text(st.sampled_from("王李赵钱孙周吴郑欧阳诸葛甲乙丙丁"), min_size=3, max_size=6).map(
    lambda name: f"{name}某"
)
PHONES = st.from_regex(r"1[3-9]\d{9}", fullmatch=True)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, phone=PHONES)
def test_whatever_they_are_called(name: str, phone: str) -> None:
    person = person_with_everything(name=name, phone=phone)
    terms = [name, phone, phone_key(phone)]
    erase_person(by=actor(person), with_children=True)
    assert traces(*terms) == set()
    SignIn.objects.all().delete()


def test_what_law_obliges_stays_by_number() -> None:
    person = person_with_everything()
    me = Volunteer.objects.get(person=person)
    child = Child.objects.get(family__guardian=person)
    erase_person(by=actor(person), with_children=True)
    for one in (person, child.person):
        one.refresh_from_db()
        assert (one.name, one.phone, one.erased_at is not None) == (f"#{one.pk}", "", True)
    assert sorted(Assignment.objects.filter(volunteer=me).values_list("state", flat=True)) == [
        "accepted",
        "declined",
        "declined",
    ]
    assert sorted(Booking.objects.filter(participant=child.person).values_list("state", flat=True)) == [
        "booked",
        "cancelled",
    ]
    kept = (Consent.objects.count(), Clearance.objects.count(), Message.objects.filter(to_id=person.pk).count())
    assert kept == (2, 1, 0)
    assert Claim.objects.filter(resource__startswith="person:").count() == 0
    named = Person.objects.filter(erased_at__isnull=False, child__isnull=True, volunteer__isnull=True).order_by("pk")
    deeds = Entry.objects.filter(action="person.erased").order_by("pk").values_list("actor_id", "for_id")
    assert list(deeds) == [(person.pk, one) for one in (child.person_id, person.pk, *(one.pk for one in named))]
    assert named.count() == 2, "the grandmother, and who was asked to be the second guardian"


def test_signing_in_afterwards_starts_anew() -> None:
    person = person_with_everything()
    client = client_for(person)
    answer = client.post("/api/my-data/erase", {"with_children": True}, content_type="application/json")
    assert answer.status_code == 204
    assert client.get("/api/me").json()["signed_in"] is False
    assert (User.objects.filter(phone_key=phone_key(PHONE)).count(), SignIn.objects.count()) == (0, 0)
    again = make_person(Role.VOLUNTEER, name="欧阳明月", phone=PHONE)
    assert again.pk != person.pk
    about = client_for(again).get("/api/my-data").json()
    assert [[one["name"] for one in who["kept"]] for who in about] == [["self", "roles"]]


def test_somebody_else_behind_the_number_keeps_it() -> None:
    person = person_with_everything()
    other = make_person(Role.VOLUNTEER, name="另一位", phone=PHONE)
    client = client_for(other)
    erase_person(by=actor(person), with_children=True)
    me = client.get("/api/me").json()
    assert (me["person"]["id"], [one["name"] for one in me["persons"]]) == (other.pk, ["另一位"])


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR])
def test_an_office_is_handed_over_first(role: Role) -> None:
    person = make_person(role, name="欧阳明月")
    with pytest.raises(Refused, match="hand_over_first") as refused:
        erase_person(by=actor(person))
    assert refused.value.facts == {"roles": [role]}
    assert Person.objects.get(pk=person.pk).name == "欧阳明月"


def test_a_duty_to_come_is_handed_over_first() -> None:
    person = make_person(Role.VOLUNTEER)
    make_session(duty_worker=person)
    with pytest.raises(Refused, match="duties_ahead"):
        erase_person(by=actor(person))


def test_children_are_said_apart() -> None:
    person = person_with_everything()
    with pytest.raises(Refused, match="children_first") as refused:
        erase_person(by=actor(person))
    assert (refused.value.facts, Assignment.objects.filter(state="declined").count()) == ({"count": 1}, 0)


def test_a_child_alone() -> None:
    person = person_with_everything()
    child = Child.objects.get(family__guardian=person)
    name = child.person.name
    client = client_for(person)
    body = {"child_id": child.person_id}
    assert client.post("/api/my-data/erase", body, content_type="application/json").status_code == 204
    assert traces(name, str(CHILD_BORN), child.identity_key, "花生") == set()
    assert client.get("/api/me").json()["person"]["name"] == "欧阳明月"
    assert [who["child"] for who in client.get("/api/my-data").json()] == [False]
    again = client.post("/api/my-data/erase", body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    erase_person(by=actor(person))


def test_a_child_of_others_is_not_theirs_to_erase() -> None:
    child = make_child()
    with pytest.raises(Refused, match="not_found"):
        erase_child(child=child.person_id, by=actor(make_person(Role.GUARDIAN)))
    assert Person.objects.get(pk=child.person_id).erased_at is None


def test_a_caregiver_who_is_somebody_here_stays() -> None:
    person = person_with_everything()
    neighbor = make_person(Role.VOLUNTEER, name="邻居")
    FamilyMember.objects.create(family=Family.objects.get(guardian=person), person=neighbor, part="pickup")
    erase_person(by=actor(person), with_children=True)
    neighbor.refresh_from_db()
    assert (neighbor.name, neighbor.memberships.count()) == ("邻居", 0)


def minor() -> Volunteer:
    return make_volunteer(person=make_person(Role.VOLUNTEER, birth_date=clock.today() - dt.timedelta(days=15 * 365)))


def test_who_signed_for_a_minor_on_paper_goes_with_them() -> None:
    me, staff = minor(), make_person(Role.ADMINISTRATOR)
    signed = {"granted": True, "signed_on": clock.today(), "by": staff}
    for name in ("欧阳大山", "欧阳小河"):
        consent = record_paper(volunteer=me, name=name, **signed)
        assert traces(name) != set()
    erase_person(by=actor(me.person))
    assert traces("欧阳大山", "欧阳小河") == set()
    consent.refresh_from_db()
    assert (consent.granted, consent.signed_on) == (True, clock.today())


def test_who_was_asked_for_a_minor_goes_with_the_last_of_theirs() -> None:
    """And what they were written."""
    older, younger = minor(), minor()
    for me in (older, younger):
        ask_guardian(volunteer=me, name="欧阳大山", phone=PHONE, by=me.person)
    erase_person(by=actor(older.person))
    guardian = Person.objects.get(phone_key=phone_key(PHONE))
    assert (guardian.name, Message.objects.filter(to_id=guardian.pk).count()) == ("欧阳大山", 2)
    erase_person(by=actor(younger.person))
    assert traces("欧阳大山", PHONE, phone_key(PHONE)) == set()
    assert Message.objects.filter(to_id=guardian.pk).count() == 0


@pytest.mark.parametrize("known_as", ["guardian", "volunteer", "signed in"])
def test_a_guardian_who_is_somebody_here_stays(known_as: str) -> None:
    guardian = make_person(name="欧阳大山", phone=PHONE)
    if known_as == "guardian":
        make_child(guardian=guardian)
    elif known_as == "volunteer":
        make_volunteer(person=guardian)
    else:
        client_for(guardian)
    me = minor()
    ask_guardian(volunteer=me, name="欧阳大山", phone=PHONE, by=me.person)
    erase_person(by=actor(me.person))
    guardian.refresh_from_db()
    assert (guardian.name, guardian.phone, ConsentLink.objects.count()) == ("欧阳大山", PHONE, 0)


def test_nobody_signed_in_erases_nothing() -> None:
    assert Client().post("/api/my-data/erase", {}, content_type="application/json").status_code == 401
