"""Incidents: only added to, read by few and never unseen, told in words of their own, a suspicion to nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import FamilyMember, Person, Role
from scheduling.incidents.incidents import Words, amend_incident, tell_guardians, write_incident
from scheduling.incidents.models import Incident, Passage
from tests.incidents.factories import KNEE, make_incident
from tests.reading.factories import AFTER, BEFORE, make_shared
from tests.support.make import make_agency, make_person, make_program
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture(autouse=True)
def after_the_session(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(AFTER)


def reads() -> list[tuple[int | None, str]]:
    return list(Entry.objects.filter(action="incident.read").order_by("pk").values_list("actor_id", "subject"))


def note(**values: Any) -> dict[str, Any]:
    return {"nature": "ordinary", "happened_at": "2026-12-14T09:10:00+08:00", "what": "摔了一跤"} | values


def test_every_reading_leaves_its_row_and_a_list_tells_nothing(sign_in: SignIn) -> None:
    incident, booking = make_incident()
    boss = make_person(Role.COORDINATOR, hub=incident.session.hub)
    client = sign_in(boss)
    (line,) = client.get("/api/incidents").json()["incidents"]
    assert (sorted(line), reads()) == (["happened_at", "id", "session", "written_by"], [])
    found = client.get(f"/api/incidents/{incident.pk}").json()
    assert [(one["what"], one["done"]) for one in found["passages"]] == [(KNEE.what, KNEE.done)]
    assert [(one["name"], one["told_at"]) for one in found["concerned"]] == [(booking.participant.name, None)]
    assert reads() == [(boss.pk, f"incidents.incident:{incident.pk}")]


def test_written_at_the_session_for_children_who_were_there(sign_in: SignIn) -> None:
    agency = make_agency()
    session, bookings = make_shared(2, program=make_program(kind="reading", agency=agency))
    worker = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))
    assert [one["id"] for one in worker.get("/api/incidents").json()["sessions"]] == [session.pk]
    there = worker.get(f"/api/incidents/sessions/{session.pk}").json()["children"]
    assert [one["booking"] for one in there] == [one.pk for one in bookings]
    answer = worker.post(f"/api/incidents/sessions/{session.pk}", note(children=[bookings[0].pk]), JSON).json()
    assert [one["child"] for one in answer["concerned"]] == [bookings[0].participant_id]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"what": "  "}, "what_missing"),
        ({"happened_at": "2026-12-14T11:30:00+08:00"}, "in_future"),
        ({"children": [0]}, "not_found"),
        ({"reported_to": "派出所"}, "reported_to_whom"),
        ({"reported_at": "2026-12-14T09:20:00+08:00"}, "reported_to_whom"),
        ({"reported_at": "2026-12-14T11:20:00+08:00", "reported_to": "派出所"}, "in_future"),
    ],
)
def test_what_is_refused_leaves_nothing(sign_in: SignIn, wrong: dict[str, Any], code: str) -> None:
    session, _ = make_shared()
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    answer = client.post(f"/api/incidents/sessions/{session.pk}", note(**wrong), JSON).json()
    assert (answer["code"], Incident.objects.count()) == (code, 0)


def test_not_before_it_began(at_time: Callable[[dt.datetime], None]) -> None:
    session, _ = make_shared()
    at_time(BEFORE)
    with pytest.raises(Refused, match="not_begun"):
        write_incident(
            session=session.pk, nature="ordinary", happened_at=BEFORE, bookings=[], words=KNEE, by=make_person()
        )


def test_what_is_added_leaves_what_was_written() -> None:
    incident, _ = make_incident()
    by = make_person()
    said = Words(reported_at=AFTER, reported_to="文龙派出所")
    amend_incident(incident=incident.pk, words=said, suspicion=False, by=by)
    rows = Passage.objects.filter(incident=incident).order_by("pk")
    assert [(one.what, one.reported_to) for one in rows] == [(KNEE.what, ""), ("", "文龙派出所")]
    with pytest.raises(Refused, match="nothing_added"):
        amend_incident(incident=incident.pk, words=Words(" ", " "), suspicion=False, by=by)


def test_guardians_are_told_in_words_written_for_them(sign_in: SignIn) -> None:
    incident, booking = make_incident()
    child = booking.participant.child
    second = make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=second, part="guardian")
    boss = incident.written_by
    tell_guardians(incident=incident.pk, child=booking.participant_id, words="擦破了一点皮", by=boss)
    guardians = {child.family.guardian_id, second.pk}
    assert set(Message.objects.filter(template="incident_told").values_list("to_id", flat=True)) == guardians
    for guardian in (child.family.guardian, second):
        (told,) = sign_in(guardian).get("/api/incidents/told").json()
        assert (told["child"], told["words"], told["told_by"]) == (booking.participant.name, "擦破了一点皮", boss.name)
    assert sign_in(make_person(Role.GUARDIAN)).get("/api/incidents/told").json() == []
    with pytest.raises(Refused, match="already_told"):
        tell_guardians(incident=incident.pk, child=booking.participant_id, words="再说一遍", by=boss)


def test_a_suspicion_is_told_to_no_guardian_by_nobody_and_nothing(sign_in: SignIn) -> None:
    incident, booking = make_incident(nature="suspicion")
    with pytest.raises(Refused, match="suspicion_not_told"):
        tell_guardians(incident=incident.pk, child=booking.participant_id, words="没事", by=incident.written_by)
    client = sign_in(booking.participant.child.family.guardian)
    assert client.get("/api/incidents/told").json() == []
    assert "incidents" not in client.get("/api/my-data").content.decode()
    assert (Event.objects.filter(kind__startswith="incident").count(), Message.objects.count()) == (0, 0)
    facts = [entry.facts | {"for": entry.for_id} for entry in Entry.objects.filter(action__startswith="incident")]
    assert facts == [{"session": incident.session_id, "for": None}]


def test_what_turns_out_to_be_harm_is_shown_no_longer_and_never_ordinary_again(sign_in: SignIn) -> None:
    incident, booking = make_incident()
    boss = incident.written_by
    tell_guardians(incident=incident.pk, child=booking.participant_id, words="擦破了一点皮", by=boss)
    amend_incident(incident=incident.pk, words=Words(), suspicion=True, by=boss)
    amend_incident(incident=incident.pk, words=Words("派出所来过了"), suspicion=False, by=boss)
    incident.refresh_from_db()
    assert incident.is_suspicion
    assert sign_in(booking.participant.child.family.guardian).get("/api/incidents/told").json() == []


def test_who_was_on_duty_opens_the_ordinary_and_is_told_of_no_suspicion(sign_in: SignIn) -> None:
    worker = make_person(Role.SOCIAL_WORKER)
    ordinary, _ = make_incident(duty_worker=worker)
    make_incident(nature="suspicion", duty_worker=worker)
    found = sign_in(worker).get("/api/incidents").json()["incidents"]
    assert [one["id"] for one in found] == [ordinary.pk]


def test_the_table_says_neither_what_nor_of_which_nature() -> None:
    incident, _ = make_incident(nature="suspicion")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nature FROM incidents_incident")
        natures = cursor.fetchall()
        cursor.execute("SELECT what, done FROM incidents_passage")
        words = cursor.fetchall()
    told = " ".join(str(value) for row in [*natures, *words] for value in row)
    assert [word for word in ("suspicion", KNEE.what, KNEE.done) if word in told] == []
    assert incident.is_suspicion


def test_a_long_list_asks_no_more_of_the_database(sign_in: SignIn) -> None:
    incident, _ = make_incident()
    hub = incident.session.hub
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    client.get("/api/incidents")
    few = count_queries(lambda: client.get("/api/incidents"))
    for number in range(30):
        make_incident(hub=hub, start=480 + number)
    assert count_queries(lambda: client.get("/api/incidents")) == few
    page = client.get("/api/incidents").json()
    rest = client.get(f"/api/incidents?skip={page['size']}").json()
    assert (len(page["incidents"]), page["more"], len(rest["incidents"]), rest["more"]) == (20, True, 11, False)
