"""A proposal as it is looked through."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema

from scheduling.planning.schemas import PlanTotals


class PlannedShift(Schema):
    need: int
    role: str
    session: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime


class PlannedVolunteer(Schema):
    volunteer: int
    name: str


class WhyHere(Schema):
    code: str
    facts: dict[str, Any]


class PlannedRow(PlannedVolunteer):
    why: list[WhyHere]
    by_hand: bool
    pinned: bool
    accepted: bool
    is_new: bool
    """Not in the roster in force."""
    published: bool
    """In a session whose part of the proposal was published: nothing is changed here any more."""
    waived: str | None
    """The rule that gives way here, as the person agreed."""


class NearMiss(PlannedVolunteer):
    code: str


class PlannedNeed(Schema):
    id: int
    role: str
    min: int
    target: int
    filled: int
    missing: int
    reasons: dict[str, int]
    near: list[NearMiss]
    rows: list[PlannedRow]


class PlannedSession(Schema):
    id: int
    title: str
    kind: str
    hub: int
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    published: bool
    needs: list[PlannedNeed]


class PlannedSessions(Schema):
    count: int
    sessions: list[PlannedSession]


class PersonsRow(PlannedRow):
    shift: PlannedShift


class PlannedPerson(PlannedVolunteer):
    history: int
    limit: int
    rows: list[PersonsRow]


class PlannedPeople(Schema):
    count: int
    people: list[PlannedPerson]


class PersonsChanges(PlannedVolunteer):
    comes: list[PlannedShift]
    goes: list[PlannedShift]


class ChangesOut(Schema):
    kept: int
    """Places that stay as they are."""
    count: int
    people: list[PersonsChanges]


class UnkeptPlace(PlannedVolunteer):
    code: str
    shift: PlannedShift


class RestoredOut(Schema):
    at: dt.datetime
    """When the earlier roster was published."""
    without: list[UnkeptPlace]
    """Its places that could not be again, each with the reason."""
    besides: list[UnkeptPlace]
    """Places that it did not have and that stay."""


class ProposalOut(Schema):
    totals: PlanTotals
    changes: int
    told: int
    """How many people hear of them."""
    has_published: bool
    published_sessions: int
    """Whose part of the proposal is in force already."""
    left_out: dict[str, int]
    unkept: list[UnkeptPlace]
    restored: RestoredOut | None


class PlanCandidate(PlannedVolunteer):
    why: list[WhyHere]


class CandidatesOut(Schema):
    need: int
    free_count: int
    free: list[PlanCandidate]
    near: list[NearMiss]


class Part(Schema):
    """A session as it is chosen for publishing."""

    session: int
    title: str
    hub: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    missing: int
    changes: int
    people: list[int]
    """Volunteers who would hear of it."""
