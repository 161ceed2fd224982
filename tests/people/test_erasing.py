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
from hub.notify.models import Message, Reply
from hub.notify.outbox import queue
from hub.notify.sending import send_due
from hub.people.erasing import erase_child, erase_person
from hub.people.models import Child, Consent, Family, FamilyMember, Person, Role, RoleGrant, User, phone_key, phone_tail
from hub.sealed import keyed_hash, seal, unseal
from hub.workbook.models import Baseline, Upload
from scheduling.bookings.models import Booking
from scheduling.calendars.feeds import open_feed
from scheduling.calendars.scopes import Target
from scheduling.planning.models import Bar, Pin
from scheduling.sessions.models import Claim
from scheduling.signups.models import Assignment
from scheduling.signups.signups import assign_by_hand, sign_up
from tests.bookings.factories import book_for, make_reading
from tests.support.clients import client_for
from tests.support.make import make_child, make_need, make_person, make_session, make_volunteer
from volunteers.models import Absence, Clearance, ConsentLink, Skill, StandingShift, Volunteer

pytestmark = pytest.mark.django_db
BORN = dt.date(1961, 3, 9)
CHILD_BORN = dt.date(2018, 7, 21)
PHONE = "13987651234"


def actor(person: Person) -> Any:
    return load_actor(Person.objects.get(pk=person.pk))


def person_with_everything(name: str = "欧阳明月", phone: str = PHONE) -> Person:
    """A volunteer who is a guardian, too, with something of theirs in every table that can hold it."""
    person = make_person(Role.VOLUNTEER, name=name, phone=phone, birth_date=BORN, community=f"{name}的小区")
    RoleGrant.objects.create(person=person, role=Role.GUARDIAN)
    skill, _ = Skill.objects.get_or_create(name="手语")
    me = make_volunteer(
        person=person,
        prior_minutes=600,
        note=f"{name}膝盖不好",
        availability_text=f"{name}周二",
        official_no="500110000123",
        official_no_key=keyed_hash("official", "500110000123"),
    )
    me.skills.add(skill)
    Absence.objects.create(volunteer=me, starts_at=clock.now(), ends_at=clock.now() + dt.timedelta(days=1))
    Clearance.objects.create(volunteer=me, kind="child", checked_on=clock.today(), valid_until=clock.today())
    staff = make_person(Role.ADMINISTRATOR)
    coming = make_need()
    sign_up(need=coming.pk, person=person.pk, by=person)
    assign_by_hand(need=make_need(session=make_session(start=840)).pk, person=person.pk, by=staff)
    done = make_session(day=dt.date(2026, 9, 7))
    Assignment.objects.create(
        need=make_need(session=done), session=done, volunteer=me, state="accepted", source="self", reason=f"{name}迟到",
        created_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    StandingShift.objects.create(volunteer=me, program=done.program, hub=done.hub, weekday=1, starts_minute=540)
    Pin.objects.create(need=coming, volunteer=me)
    Bar.objects.create(session=done, volunteer=me)
    open_feed(target=Target("volunteer", me.pk), owner=person)
    identity = keyed_hash("child", phone, f"{name}小宝", CHILD_BORN.isoformat())
    child = make_child(guardian=person, born=CHILD_BORN, identity_key=identity, care_note=f"{name}说对花生过敏")
    Person.objects.filter(pk=child.person_id).update(name=f"{name}小宝")
    family = Family.objects.get(guardian=person)
    grandmother = make_person(name=f"{name}的婆婆", phone="")
    FamilyMember.objects.create(family=family, person=grandmother, part="caregiver", relation="婆婆")
    book_for(make_reading(start=600), Child.objects.get(pk=child.pk))
    old = make_reading(day=dt.date(2026, 9, 8))
    Booking.objects.create(
        session=old, participant=child.person, booked_by=person, state="booked",
        created_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    queue(to_id=person.pk, template="booking_moved_up", dedupe_key=f"b{name}", variables={"children": f"{name}小宝"})
    for template, key in (("swap_asked", "name"), ("party_asked", "leader")):
        queue(to_id=staff.pk, template=template, dedupe_key=f"{template}{person.pk}", variables={key: name})
    queue(to_id=None, phone=phone, template="sign_in_code", dedupe_key=f"c{name}", variables={"code": "123456"})
    send_due()
    Reply.objects.create(provider_id=f"p{person.pk}", from_id=person.pk, outcome="x", received_at=clock.now())
    for subject in (person, child.person):
        Consent.objects.create(
            subject=subject, kind="data", granted=True, given_by=person, recorded_by=staff, recorded_at=clock.now()
        )
    ConsentLink.objects.create(volunteer=me, guardian=person, token_hash="x" * 64, sent_at=clock.now())
    Upload.objects.create(
        person_id=person.pk, file_name=f"{name}.xlsx", content=seal(name.encode(), label="workbook.upload.content"),
        created_at=clock.now(), expires_at=clock.now(),
    )  # fmt: skip
    Baseline.objects.create(
        sheet="志愿者", key=keyed_hash("workbook", "志愿者", phone, name), cells={"name": keyed_hash("cell", name)[:16]}
    )
    client_for(person)
    return person


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
    official = [keyed_hash("official", "500110000123"), "500110000123"]
    phone = [person.phone, phone_key(person.phone), phone_tail(person.phone)]
    return [person.name, str(BORN), str(CHILD_BORN), child.identity_key, cell, *phone, *official]


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
    Volunteer.objects.filter(person=person).update(official_no_key="")


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
    deeds = Entry.objects.filter(action="person.erased").order_by("pk").values_list("actor_id", "for_id")
    assert list(deeds) == [(person.pk, child.person_id), (person.pk, person.pk)]


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


def test_nobody_signed_in_erases_nothing() -> None:
    assert Client().post("/api/my-data/erase", {}, content_type="application/json").status_code == 401
