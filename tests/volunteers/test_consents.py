"""A guardian's consent to a minor's volunteering: by link, on paper, taken back; and who may come with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Consent, Person, Role
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.signups import sign_up
from scheduling.signups.standbys import name_standby
from scheduling.signups.tasks import take_minor_out
from tests.support.make import make_need, make_person, make_session, make_volunteer
from volunteers.consents import ask_guardian, record_paper
from volunteers.models import ConsentLink, Volunteer

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
PHONE = "199123456700"


def make_minor(years: int = 16, **values: Any) -> Volunteer:
    born = clock.today().replace(day=1) - dt.timedelta(days=years * 366)
    return make_volunteer(person=make_person(Role.VOLUNTEER, name="陈小禾", birth_date=born), **values)


def token_sent() -> str:
    return Message.objects.order_by("pk").last().link.rpartition("/")[2]


def say(client: Client, token: str, granted: bool, name: str = "陈建国") -> Any:
    return client.post(f"/api/consents/{token}", {"name": name, "granted": granted}, content_type="application/json")


def test_asked_answered_and_taken_back_by_one_link(sign_in: SignIn) -> None:
    me = make_minor()
    client, guardian = sign_in(me.person), Client()
    record = client.post(
        "/api/volunteers/me/guardian", {"name": "陈建国", "phone": PHONE}, content_type="application/json"
    ).json()
    assert record["consent"] == "asked"
    message = Message.objects.get()
    assert (message.template, message.variables) == ("consent_asked", {"name": "陈*"})
    token = token_sent()
    assert ConsentLink.objects.get().token_hash != token
    page = guardian.get(f"/api/consents/{token}").json()
    assert (page["minor"], page["guardian"], page["answer"]) == ("陈*", "陈建国", "open")
    assert [say(guardian, token, granted).json()["answer"] for granted in (True, False, True)] == [
        "given",
        "refused",
        "given",
    ]
    assert client.get("/api/volunteers/me").json()["consent"] == "given"
    person = Person.objects.get(name="陈建国")
    assert list(Consent.objects.order_by("pk").values_list("granted", "given_by", "recorded_by")) == [
        (granted, person.pk, person.pk) for granted in (True, False, True)
    ]
    actions = Entry.objects.filter(action__startswith="consent.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["consent.asked", "consent.given", "consent.refused", "consent.given"]


def test_a_minor_takes_no_place_before_and_one_after(sign_in: SignIn) -> None:
    session = make_session(day=clock.today() + dt.timedelta(days=3))
    need, me = make_need(session=session), make_minor(home=session.hub, prior_minutes=100_000)
    client = sign_in(me.person)
    address = f"/api/needs/{need.pk}/sign-up"
    assert client.post(address).json()["code"] == "minor_without_consent"
    ask_guardian(volunteer=me, name="陈建国", phone=PHONE, by=me.person)
    token = token_sent()
    say(Client(), token, True)
    assert client.post(address).status_code == 200
    say(Client(), token, False)
    assert client.post(f"/api/needs/{make_need(session=session).pk}/sign-up").json()["code"] == "minor_without_consent"


def work_off() -> None:
    """As a worker would, one task after the other."""
    for waiting in DBTaskResult.objects.filter(status="READY", task_path=take_minor_out.module_path):
        waiting.task.call(*waiting.args_kwargs["args"])
        waiting.delete()


def test_taken_back_it_frees_what_was_to_come_and_the_minor_is_told() -> None:
    past, soon, later = (make_session(day=clock.today() + dt.timedelta(days=days)) for days in (-3, 3, 4))
    me = make_minor(home=soon.hub, prior_minutes=100_000)
    ask_guardian(volunteer=me, name="陈建国", phone=PHONE, by=me.person)
    token = token_sent()
    say(Client(), token, True)
    need = make_need(session=soon)
    sign_up(need=need.pk, person=me.person_id, by=me.person)
    name_standby(session=make_need(session=later).session_id, person=me.person_id, by=make_person())
    served = Assignment.objects.create(
        need=make_need(session=past), session=past, volunteer=me, state="accepted", source="self",
        created_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    say(Client(), token, False)
    say(Client(), token, True)
    work_off()
    assert Assignment.objects.get(need=need).state == "accepted", "agreed again before anybody was taken out"
    say(Client(), token, False)
    work_off()
    states = dict(Assignment.objects.values_list("need", "state"))
    assert states == {need.pk: "declined", served.need_id: "accepted"}
    assert [row.state for row in Standby.objects.all()] == ["declined"]
    assert Claim.objects.filter(resource=person_resource(me.person_id), starts_at__gt=clock.now()).count() == 0
    told = Message.objects.filter(to_id=me.person_id).order_by("pk").values_list("template", flat=True)
    assert list(told)[-2:] == ["shifts_released", "standby_released"]


def test_a_signature_makes_nobody_twice() -> None:
    me = make_minor()
    ask_guardian(volunteer=me, name="陈建过", phone=PHONE, by=me.person)
    token, before = token_sent(), Person.objects.count()
    assert say(Client(), token, True, "陈建国").json()["guardian"] == "陈建国"
    assert say(Client(), token, False, "王芳").json()["code"] == "signed_by_other"
    for granted in (False, True):
        assert say(Client(), token, granted, "陈建国").json()["answer"] == ("given" if granted else "refused")
    record_paper(volunteer=me, name="陈建国", granted=True, signed_on=clock.today(), by=make_person())
    assert Person.objects.count() == before + 1, "who saw the paper"
    for _ in range(2):
        record_paper(volunteer=me, name="王芳", granted=True, signed_on=clock.today(), by=make_person())
    assert Person.objects.filter(name="王芳").count() == 1


def test_a_signature_renames_nobody_who_is_known_here() -> None:
    me, father = make_minor(), make_person(Role.GUARDIAN, name="陈建国", phone=PHONE)
    ask_guardian(volunteer=me, name="陈建国", phone=PHONE, by=me.person)
    say(Client(), token_sent(), True, "王芳")
    father.refresh_from_db()
    signer = Consent.objects.get().given_by
    assert (father.name, signer and signer.name, signer and signer.phone) == ("陈建国", "王芳", PHONE)


def test_under_sixteen_only_beside_somebody_experienced(sign_in: SignIn) -> None:
    session = make_session(day=clock.today() + dt.timedelta(days=3))
    need, me = make_need(session=session), make_minor(14, home=session.hub, prior_minutes=100_000)
    record_paper(volunteer=me, name="陈建国", granted=True, signed_on=clock.today(), by=make_person())
    client = sign_in(me.person)
    assert client.post(f"/api/needs/{need.pk}/sign-up").json()["code"] == "needs_experienced"
    old = make_volunteer(home=session.hub, prior_minutes=100_000)
    assert sign_in(old.person).post(f"/api/needs/{need.pk}/sign-up").status_code == 200
    assert client.post(f"/api/needs/{need.pk}/sign-up").status_code == 200


def test_a_paper_is_recorded_with_who_saw_it(sign_in: SignIn) -> None:
    me, by = make_minor(), make_person(Role.COORDINATOR, name="王红")
    client, day = sign_in(by), clock.today() - dt.timedelta(days=1)
    address = f"/api/volunteers/{me.pk}/paper-consent"
    body = {"name": "陈建国", "signed_on": day.isoformat()}
    record = client.post(address, body, content_type="application/json").json()
    assert record["profile"]["consent"] == "given"
    told = record["consent"] | {"recorded_at": ""}
    assert told == {
        "granted": True,
        "given_by": "陈建国",
        "recorded_by": "王红",
        "recorded_at": "",
        "signed_on": day.isoformat(),
    }
    late = body | {"signed_on": (clock.today() + dt.timedelta(days=1)).isoformat()}
    assert client.post(address, late, content_type="application/json").json()["code"] == "paper_in_future"


def test_whom_one_may_not_ask() -> None:
    me, grown = make_minor(), make_volunteer()
    with pytest.raises(Refused, match="not_a_minor"):
        ask_guardian(volunteer=grown, name="陈建国", phone=PHONE, by=grown.person)
    with pytest.raises(Refused, match="guardian_is_self"):
        ask_guardian(volunteer=me, name="陈建国", phone=me.person.phone, by=me.person)
    with pytest.raises(Refused, match="not_a_phone"):
        ask_guardian(volunteer=me, name="陈建国", phone="12345", by=me.person)
    for _ in range(3):
        ask_guardian(volunteer=me, name="陈建国", phone=PHONE, by=me.person)
    with pytest.raises(Refused, match="asked_too_often"):
        ask_guardian(volunteer=me, name="陈建国", phone=PHONE, by=me.person)
    assert Message.objects.count() == 3


def test_a_link_that_never_was_and_one_outgrown(at_time: Callable[[dt.datetime], None]) -> None:
    me = make_minor()
    ask_guardian(volunteer=me, name="陈建国", phone=PHONE, by=me.person)
    token, client = token_sent(), Client()
    assert (client.get("/api/consents/nothing").status_code, say(client, token, True, " ").json()["code"]) == (
        404,
        "name_missing",
    )
    at_time(clock.now() + dt.timedelta(days=3 * 366))
    assert client.get(f"/api/consents/{token}").json()["code"] == "link_expired"
