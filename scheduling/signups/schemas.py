"""What the API says about shifts."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, cast

from ninja import Schema

from scheduling.sessions.models import Session
from scheduling.signups.candidates import Candidate, Candidates
from scheduling.signups.eligibility import Reason
from scheduling.signups.mine import MyShift
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.shifts import OpenShift

State = Assignment.State
# Written out: enum classes that share a name (State) would become one in the OpenAPI document.
AnswerState = Literal[
    "requested", "wished", "waiting", "offered", "agreed",
    "published", "accepted", "declined", "released", "passed", "refused", "withdrawn",
]  # fmt: skip
NeedMode = Literal["instant", "approval", "plan", "invited"]
PlaceSource = Literal["self", "hand", "planner", "import"]


class SiteOut(Schema):
    id: int
    name: str
    address: str
    longitude: float | None
    latitude: float | None


class ReasonOut(Schema):
    code: str
    facts: dict[str, Any]


class SessionFactsOut(Schema):
    """When, where, what."""

    session: int
    program: str
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    hub: SiteOut
    room: str


class ShiftOut(SessionFactsOut):
    """A session's place for somebody who serves."""

    need: int
    role: str


class OpenShiftOut(ShiftOut):
    skill: str
    missing: int
    target: int
    travel_minutes: int
    mode: NeedMode
    waiting: int
    """How many stand in line, or have asked for a place."""
    may_wait: bool
    """Taken, and nothing else keeps them from waiting for it, or from asking."""
    reasons: list[ReasonOut]


class OpenShiftsOut(Schema):
    shifts: list[OpenShiftOut]
    cursor: str


class MyShiftOut(ShiftOut):
    id: int
    state: AnswerState
    source: PlaceSource
    cancelled: bool
    cancel_reason: str
    answerable: bool
    company: list[str]
    duty_worker: str
    standing_id: int | None
    """The standing shift by which it is theirs every week."""
    together: bool
    """With a party: all of them or none."""
    ahead: int | None
    """How many stand before them in line."""
    answer_by: dt.datetime | None
    """Until when an offered place is held."""
    reason: str
    """Why a request was refused; the code why a turn went by."""


class MyStandbyOut(SessionFactsOut):
    """机动: what they keep their time for."""

    id: int


class MyShiftsOut(Schema):
    shifts: list[MyShiftOut]
    standbys: list[MyStandbyOut]


class StandbyOut(Schema):
    id: int
    session: int
    volunteer: int
    state: Literal["ready", "stepped_in", "declined", "released"]


class AssignmentOut(Schema):
    id: int
    need: int
    session: int
    state: AnswerState


class RequestOut(Schema):
    """Somebody who waits for a yes."""

    assignment: int
    name: str
    state: Literal["requested", "wished"]
    session: int
    program: str
    role: str
    hub: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    free: int
    """Places of the role that nobody holds."""


class ReasonIn(Schema):
    reason: str = ""


class CandidateOut(Schema):
    volunteer: int
    name: str
    phone: str
    why: list[ReasonOut]
    against: list[ReasonOut]


class NeedCandidatesOut(Schema):
    free: list[CandidateOut]
    free_count: int
    near: list[CandidateOut]
    others: dict[str, int]


class AnswerPageOut(Schema):
    name: str
    shifts: list[MyShiftOut]


def reason_out(reason: Reason) -> ReasonOut:
    return ReasonOut(code=reason.code, facts=dict(reason.facts))


def place_facts(session: Session) -> dict[str, Any]:
    hub = session.hub
    return {
        "session": session.pk,
        "program": session.program.name,
        "kind": session.program.kind,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "hub": SiteOut(id=hub.pk, name=hub.name, address=hub.address, longitude=hub.longitude, latitude=hub.latitude),
        "room": session.room.name if session.room else "",
    }


def open_shift_out(shift: OpenShift) -> OpenShiftOut:
    need = shift.need
    return OpenShiftOut(
        **place_facts(need.session),
        need=need.pk,
        role=need.role,
        skill=need.skill.name if need.skill else "",
        missing=max(0, need.target - shift.taken),
        target=need.target,
        travel_minutes=shift.travel_minutes,
        mode=cast(NeedMode, need.mode),
        waiting=shift.waiting,
        may_wait=shift.may_wait,
        reasons=[reason_out(reason) for reason in shift.reasons],
    )


def my_shift_out(shift: MyShift) -> MyShiftOut:
    row = shift.assignment
    session = row.session
    return MyShiftOut(
        **place_facts(session),
        need=row.need_id,
        role=row.need.role,
        id=row.pk,
        state=cast(AnswerState, row.state),
        source=cast(PlaceSource, row.source),
        cancelled=session.state == Session.State.CANCELLED,
        cancel_reason=session.cancel_reason,
        answerable=shift.answerable,
        company=list(shift.company),
        duty_worker=session.duty_worker.name if session.duty_worker else "",
        standing_id=shift.standing_id,
        together=row.party_id is not None,
        ahead=shift.ahead,
        answer_by=row.answer_by,
        reason=row.reason if row.state in (State.REFUSED, State.PASSED) else "",
    )


def my_standby_out(row: Standby) -> MyStandbyOut:
    return MyStandbyOut(**place_facts(row.session), id=row.pk)


def standby_out(row: Standby) -> StandbyOut:
    return StandbyOut(id=row.pk, session=row.session_id, volunteer=row.volunteer_id, state=cast(Any, row.state))


def request_out(row: Assignment) -> RequestOut:
    """A row of awaiting_answer."""
    session = row.session
    return RequestOut(
        assignment=row.pk,
        name=row.volunteer.person.name,
        state=cast(Literal["requested", "wished"], row.state),
        session=session.pk,
        program=session.program.name,
        role=row.need.role,
        hub=session.hub.name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        free=max(0, row.free),  # type: ignore[attr-defined]
    )


def candidates_out(found: Candidates) -> NeedCandidatesOut:
    return NeedCandidatesOut(
        free=[candidate_out(one) for one in found.free],
        free_count=found.free_count,
        near=[candidate_out(one) for one in found.near],
        others=dict(found.others),
    )


def candidate_out(one: Candidate) -> CandidateOut:
    person = one.volunteer.person
    return CandidateOut(
        volunteer=one.volunteer.pk,
        name=person.name,
        phone=person.phone,
        why=[reason_out(reason) for reason in one.why],
        against=[reason_out(reason) for reason in one.against],
    )


def assignment_out(row: Assignment) -> AssignmentOut:
    return AssignmentOut(id=row.pk, need=row.need_id, session=row.session_id, state=cast(AnswerState, row.state))
