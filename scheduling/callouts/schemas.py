"""What the API says about call-outs."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, cast

from ninja import Schema

from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.reading import CallList
from scheduling.signups.schemas import CandidateOut, ReasonOut, ShiftOut, candidate_out, place_facts

CallOutState = Literal["running", "filled", "stopped", "begun", "nobody_left"]
AskState = Literal["silent", "yes", "no", "closed"]
CallOutcome = Literal["yes", "no", "no_answer"]


class CallOutOut(Schema):
    id: int
    session: int
    need: int
    role: str
    state: CallOutState
    asking: bool
    """Whether people are asked by message; else only by telephone."""
    by_hand: bool
    wave: int
    next_look: dt.datetime | None
    """When others are asked, unless somebody comes."""
    asked: int
    declined: int
    unreached: int
    """Whose message did not go out, and nobody has rung them."""
    silent: int


class AskedOut(Schema):
    volunteer: int
    name: str
    phone: str
    state: AskState
    by_message: bool
    unreached: bool
    why: list[ReasonOut]
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    called_at: dt.datetime | None


class CallListOut(Schema):
    need: int
    role: str
    missing: int
    callout: CallOutOut | None
    asked: list[AskedOut]
    next: list[CandidateOut]


class AskOut(ShiftOut):
    """A shift somebody is asked to take, and how that stands."""

    id: int
    state: AskState
    callout: CallOutState


class AskPageOut(Schema):
    name: str
    ask: AskOut


class CallIn(Schema):
    volunteer: int
    outcome: CallOutcome


class AskAnswerIn(Schema):
    coming: bool


def callout_out(row: Any) -> CallOutOut:
    """A row of reading.counted."""
    return CallOutOut(
        id=row.pk,
        session=row.session_id,
        need=row.need_id,
        role=row.need.role,
        state=cast(CallOutState, row.state),
        asking=row.asking,
        by_hand=row.by_id is not None,
        wave=row.wave,
        next_look=row.next_look,
        asked=row.asked,
        declined=row.declined,
        unreached=row.unreached,
        silent=row.silent,
    )


def call_list_out(found: CallList) -> CallListOut:
    return CallListOut(
        need=found.need.pk,
        role=found.need.role,
        missing=found.missing,
        callout=callout_out(found.callout) if found.callout else None,
        asked=[_asked(one) for one in found.asked],
        next=[candidate_out(one) for one in found.next],
    )


def _asked(ask: Any) -> AskedOut:
    person = ask.volunteer.person
    return AskedOut(
        volunteer=ask.volunteer_id,
        name=person.name,
        phone=person.phone,
        state=cast(AskState, ask.state),
        by_message=ask.wave > 0,
        unreached=ask.unreached,
        why=[ReasonOut(**reason) for reason in ask.why],
        asked_at=ask.asked_at,
        answered_at=ask.answered_at,
        called_at=ask.called_at,
    )


def ask_out(ask: Ask) -> AskOut:
    callout: CallOut = ask.callout
    return AskOut(
        **place_facts(callout.session),
        need=callout.need_id,
        role=callout.need.role,
        id=ask.pk,
        state=cast(AskState, ask.state),
        callout=cast(CallOutState, callout.state),
    )
