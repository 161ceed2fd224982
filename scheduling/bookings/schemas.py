"""What the API says to families."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema

from hub import clock
from hub.people.ages import eldest_first
from hub.people.models import Child
from hub.people.names import given_name
from scheduling.bookings.activities import Activity, Fit, Together
from scheduling.bookings.family import FamilyChild, Place
from scheduling.bookings.lookup import Found
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.series import Judged
from scheduling.sessions.models import Session


class Site(Schema):
    id: int
    name: str
    address: str


class Occasion(Schema):
    """A session as a family sees it."""

    id: int
    program: str
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    hub: Site
    room: str
    cancelled: bool
    cancel_reason: str


class PlaceOut(Schema):
    id: int
    state: Booking.State
    ahead: int
    """Families before them in line."""
    cancellable: bool
    late: bool
    """Given back now, it would be noted as late."""
    turn: int | None
    answer_by: dt.datetime | None
    """Until when an offered place is held."""
    instead_of: Occasion | None
    """The session they would leave for an offered place."""
    session: Occasion


class ChildOut(Schema):
    id: int
    name: str
    age: int | None


class FamilyChildOut(ChildOut):
    photo: bool | None
    places: list[PlaceOut]


class FamilyOut(Schema):
    head: int
    """Where the person's live topic stood when this was read."""
    family: int | None
    children: list[FamilyChildOut]


class ReasonOut(Schema):
    code: str
    facts: dict[str, Any]


FitState = Literal["fits", "booked", "offered", "waiting", "unfit"]


class FitOut(Schema):
    child: int
    state: FitState
    booking: int | None
    reasons: list[ReasonOut]


class ActivityOut(Schema):
    session: Occasion
    age_min: int | None
    age_max: int | None
    description: str
    left: int
    """Places that this family can have at once."""
    waiting: int
    """Families in line."""
    fits: list[FitOut]


class PartOut(Schema):
    session: Occasion
    children: list[int]


class OutingOut(Schema):
    """Which child goes where, when all go on one way."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    steps: int
    """1: all at one time; more: one after the other."""
    parts: list[PartOut]


class TogetherOut(Schema):
    children: list[ChildOut]
    outings: list[OutingOut]


class BookedOut(Schema):
    id: int
    child: int | None
    session: int
    state: Booking.State


class JudgedOut(Schema):
    """What came of one session of a series."""

    session: int
    starts_at: dt.datetime
    bookings: list[BookedOut]
    refused: ReasonOut | None


class TurnPlaceOut(Schema):
    id: int
    child: str
    state: Booking.State


class TurnOut(Schema):
    """What a link opens: an offer, and what became of it."""

    name: str
    answer_by: dt.datetime | None
    places: list[TurnPlaceOut]
    session: Occasion
    instead_of: Occasion | None


class ActivitiesOut(Schema):
    head: int
    children: list[ChildOut]
    activities: list[ActivityOut]
    cursor: str


class FoundChildOut(Schema):
    """A child at the desk: told apart by the guardian."""

    child: int
    name: str
    age: int | None
    guardian: str
    bookable: bool
    reasons: list[ReasonOut]


def occasion(session: Session) -> Occasion:
    return Occasion(
        id=session.pk,
        program=session.program.name,
        kind=session.program.kind,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        hub=Site(id=session.hub_id, name=session.hub.name, address=session.hub.address),
        room=session.room.name if session.room else "",
        cancelled=session.state == Session.State.CANCELLED,
        cancel_reason=session.cancel_reason,
    )


def place_out(place: Place) -> PlaceOut:
    row = place.booking
    old = row.instead_of
    return PlaceOut(
        id=row.pk,
        state=Booking.State(row.state),
        ahead=place.ahead,
        cancellable=place.cancellable,
        late=place.late,
        turn=row.turn_id if row.state == Booking.State.OFFERED else None,
        answer_by=row.turn.answer_by if row.turn and row.state == Booking.State.OFFERED else None,
        instead_of=occasion(old.session) if old and old.state in Booking.OPEN else None,
        session=occasion(row.session),
    )


def child_out(child: Child) -> ChildOut:
    born = child.person.birth_date
    return ChildOut(id=child.pk, name=child.person.name, age=clock.age_on(born, clock.today()) if born else None)


def family_child_out(one: FamilyChild) -> FamilyChildOut:
    return FamilyChildOut(
        **child_out(one.child).dict(), photo=one.photo, places=[place_out(place) for place in one.places]
    )


def fit_out(fit: Fit) -> FitOut:
    reason = next((one for one in fit.reasons if one.code == "already_booked"), None)
    standing: FitState = "unfit" if fit.reasons else "fits"
    return FitOut(
        child=fit.child.pk,
        state=reason.facts["state"] if reason else standing,
        booking=reason.facts["booking"] if reason else None,
        reasons=[ReasonOut(code=one.code, facts=one.facts) for one in fit.reasons],
    )


def found_child_out(found: Found) -> FoundChildOut:
    return FoundChildOut(
        child=found.child.pk,
        name=found.child.person.name,
        age=found.age,
        guardian=found.child.family.guardian.name,
        bookable=found.bookable,
        reasons=[ReasonOut(code=one.code, facts=one.facts) for one in found.reasons],
    )


def outing_out(one: Together) -> OutingOut:
    return OutingOut(
        starts_at=one.outing.starts_at,
        ends_at=one.outing.ends_at,
        steps=one.outing.steps,
        parts=[
            PartOut(session=occasion(session), children=list(one.outing.places[session.pk])) for session in one.sessions
        ],
    )


def judged_out(one: Judged) -> JudgedOut:
    return JudgedOut(
        session=one.session.pk,
        starts_at=one.session.starts_at,
        bookings=[booked_out(row) for row in one.rows],
        refused=ReasonOut(code=one.refused.code, facts=one.refused.facts) if one.refused else None,
    )


def turn_out(turn: Turn, *, name: str) -> TurnOut:
    """Children by given name: whoever holds the link knows them."""
    rows = list(
        turn.bookings.select_related(
            "participant", "session__program", "session__hub", "session__room",
            "instead_of__session__program", "instead_of__session__hub", "instead_of__session__room",
        ).order_by("pk")
    )  # fmt: skip
    rows.sort(key=lambda row: eldest_first(row.participant))
    old = rows[0].instead_of
    return TurnOut(
        name=name,
        answer_by=turn.answer_by,
        places=[
            TurnPlaceOut(id=row.pk, child=given_name(row.participant.name), state=Booking.State(row.state))
            for row in rows
        ],
        session=occasion(rows[0].session),
        instead_of=occasion(old.session) if old and old.state in Booking.OPEN else None,
    )


def activity_out(one: Activity) -> ActivityOut:
    program = one.session.program
    return ActivityOut(
        session=occasion(one.session),
        age_min=program.age_min,
        age_max=program.age_max,
        description=program.description,
        left=one.left,
        waiting=one.waiting,
        fits=[fit_out(fit) for fit in one.fits],
    )


def booked_out(row: Booking) -> BookedOut:
    child: Child | None = getattr(row.participant, "child", None)
    return BookedOut(
        id=row.pk, child=child.pk if child else None, session=row.session_id, state=Booking.State(row.state)
    )
