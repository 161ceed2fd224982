"""Ledgers of other hubs and other agencies, and words spoken for the other side."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.people.models import Role
from scheduling.residency.entries import enter_casework
from scheduling.residency.models import Casework
from tests.access.foreign import Foreign, foreign
from tests.residency.factories import make_closed, make_held, make_stay
from tests.support.make import make_person

MARCH = dt.date(2026, 3, 1)
MONTH = "2026-03-01"
MONTH_OF = "GET /api/ledger/{residency_id}/months/{month}"
READING = ("GET /api/ledger/{residency_id}", MONTH_OF, f"{MONTH_OF}/report.pdf", f"{MONTH_OF}/report.xlsx")
YES = "POST /api/ledger/{residency_id}/months/{month}/yes"
CORRECT = "POST /api/ledger/{residency_id}/months/{month}/corrections"
CONFIRM = "POST /api/ledger/{residency_id}/corrections/{correction_id}/confirm"
REFUSE = "POST /api/ledger/{residency_id}/corrections/{correction_id}/refuse"
CASEWORK = "/api/ledger/{residency_id}/casework/{casework_id}"
TERMS = {"valid_from": MONTH, "owed": {}}
WORDS: dict[str, Any] = {"seen": "", "figure": "sessions", "change": 1, "reason": "漏记一场"}


@foreign(*READING)
def ledger_of_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"residency_id": make_stay().pk})


@foreign(*READING)
def ledger_of_another_agency_at_the_same_hub() -> Foreign:
    """What an agency owes is between it and the hub."""
    stay = make_stay()
    neighbor = make_stay(hub=stay.hub)
    return Foreign(make_person(Role.SOCIAL_WORKER, agency=neighbor.agency), {"residency_id": stay.pk})


@foreign("POST /api/ledger/{residency_id}/agreements")
def agreement_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"residency_id": make_stay().pk}, TERMS)


@foreign(YES, CORRECT)
def hub_speaks_for_the_agency() -> Foreign:
    stay = make_stay()
    person = make_person(Role.COORDINATOR, hub=stay.hub)
    return Foreign(person, {"residency_id": stay.pk}, WORDS | {"side": "agency"})


@foreign(YES, CORRECT)
def agency_speaks_for_the_hub() -> Foreign:
    stay = make_stay()
    person = make_person(Role.SOCIAL_WORKER, agency=stay.agency)
    return Foreign(person, {"residency_id": stay.pk}, WORDS | {"side": "hub"})


@foreign(CONFIRM, REFUSE)
def correction_of_another_stay() -> Foreign:
    _, correction = make_closed(make_stay())
    mine = make_stay()
    person = make_person(Role.COORDINATOR, hub=mine.hub)
    return Foreign(
        person, {"residency_id": mine.pk, "correction_id": correction.pk}, {"side": "hub", "reason": "没有漏"}
    )


@foreign(CONFIRM, REFUSE)
def correction_confirmed_elsewhere() -> Foreign:
    stay = make_stay()
    _, correction = make_closed(stay)
    return Foreign(
        make_person(Role.COORDINATOR),
        {"residency_id": stay.pk, "correction_id": correction.pk},
        {"side": "hub", "reason": "没有漏"},
    )


def casework() -> Casework:
    return enter_casework(residency=make_stay().pk, day=MARCH, count=2, by=make_person())


@foreign("POST /api/ledger/{residency_id}/casework")
def casework_of_another_agency() -> Foreign:
    stay = make_stay()
    return Foreign(make_person(Role.SOCIAL_WORKER), {"residency_id": stay.pk}, {"day": MONTH, "count": 1})


@foreign("POST /api/ledger/{residency_id}/casework")
def casework_entered_by_the_hub() -> Foreign:
    stay = make_stay()
    person = make_person(Role.COORDINATOR, hub=stay.hub)
    return Foreign(person, {"residency_id": stay.pk}, {"day": MONTH, "count": 1})


@foreign(f"POST {CASEWORK}/confirm")
def casework_at_another_hub() -> Foreign:
    row, mine = casework(), make_stay()
    person = make_person(Role.COORDINATOR, hub=mine.hub)
    return Foreign(person, {"residency_id": mine.pk, "casework_id": row.pk})


@foreign(f"DELETE {CASEWORK}")
def casework_taken_back_by_others() -> Foreign:
    row = casework()
    return Foreign(make_person(Role.SOCIAL_WORKER), {"residency_id": row.residency_id, "casework_id": row.pk})


@foreign("PUT /api/ledger/sessions/{session_id}/turnout")
def people_counted_elsewhere() -> Foreign:
    session = make_held(make_stay(), day=MARCH)
    return Foreign(make_person(Role.COORDINATOR), {"session_id": session.pk}, {"visits": 3})
