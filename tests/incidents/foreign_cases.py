"""What happened at other sites, and what one was not told."""

from __future__ import annotations

import datetime as dt

from hub.people.models import Person, Role
from tests.access.foreign import Foreign, foreign
from tests.bookings.factories import make_reading
from tests.incidents.factories import make_incident
from tests.support.make import make_person, make_program, make_session

SESSION = ("GET /api/incidents/sessions/{session_id}", "POST /api/incidents/sessions/{session_id}")
INCIDENT = (
    "GET /api/incidents/{incident_id}",
    "POST /api/incidents/{incident_id}/passages",
    "POST /api/incidents/{incident_id}/tell",
)
PAST = dt.date(2026, 9, 8)
NOTE = {"nature": "ordinary", "happened_at": "2026-12-14T09:00:00+08:00"}


def incident_seen_by(person: Person) -> Foreign:
    incident, booking = make_incident(day=PAST)
    return Foreign(person, {"incident_id": incident.pk}, {"child": booking.participant_id, "words": "没事"})


@foreign(*SESSION)
def session_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"session_id": make_reading().pk}, NOTE)


@foreign(*SESSION)
def session_of_another_agency() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"session_id": make_reading().pk}, NOTE)


@foreign(*SESSION)
def session_without_children() -> Foreign:
    session = make_session(program=make_program(kind="group"))
    return Foreign(make_person(Role.COORDINATOR, hub=session.hub), {"session_id": session.pk}, NOTE)


@foreign(*INCIDENT)
def incident_at_another_hub() -> Foreign:
    return incident_seen_by(make_person(Role.COORDINATOR))


@foreign(*INCIDENT)
def incident_of_another_agency() -> Foreign:
    return incident_seen_by(make_person(Role.SOCIAL_WORKER))


@foreign(*INCIDENT)
def incident_seen_by_an_administrator() -> Foreign:
    return incident_seen_by(make_person(Role.ADMINISTRATOR))


@foreign(*INCIDENT)
def suspicion_seen_by_who_was_on_duty() -> Foreign:
    worker = make_person(Role.SOCIAL_WORKER)
    incident, booking = make_incident(day=PAST, nature="suspicion", duty_worker=worker)
    return Foreign(worker, {"incident_id": incident.pk}, {"child": booking.participant_id, "words": "没事"})
