"""What the API says of incidents."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from ninja import Field, Schema
from pydantic import AwareDatetime

from scheduling.bookings.models import Booking
from scheduling.incidents.incidents import Words
from scheduling.incidents.models import Concerned, Incident, Passage
from scheduling.incidents.reading import Opened
from scheduling.sessions.models import Session

Nature = Literal["ordinary", "suspicion"]
LONGEST = 4000


class IncidentSession(Schema):
    id: int
    program: str
    hub: str
    starts_at: dt.datetime
    ends_at: dt.datetime


class IncidentLine(Schema):
    id: int
    session: IncidentSession
    happened_at: dt.datetime
    written_by: str


class IncidentsOut(Schema):
    incidents: list[IncidentLine]
    size: int
    more: bool
    sessions: list[IncidentSession]
    """Where one may be written down."""


class ChildThere(Schema):
    booking: int
    name: str


class IncidentStart(Schema):
    session: IncidentSession
    children: list[ChildThere]


class PassageIn(Schema):
    what: str = Field("", max_length=LONGEST)
    done: str = Field("", max_length=LONGEST)
    reported_at: AwareDatetime | None = None
    reported_to: str = Field("", max_length=100)


class IncidentIn(PassageIn):
    nature: Nature
    happened_at: AwareDatetime
    children: list[int] = Field(default_factory=list, max_length=100)


class AmendIn(PassageIn):
    suspicion: bool = False


class TellIn(Schema):
    child: int
    words: str = Field(max_length=LONGEST)


class PassageOut(Schema):
    id: int
    what: str
    done: str
    reported_at: dt.datetime | None
    reported_to: str
    by: str
    at: dt.datetime


class ConcernedOut(Schema):
    child: int
    name: str
    words: str
    told_by: str
    told_at: dt.datetime | None


class IncidentOut(IncidentLine):
    nature: Nature
    passages: list[PassageOut]
    concerned: list[ConcernedOut]


class ToldOut(Schema):
    """What a guardian reads."""

    id: int
    child: str
    program: str
    happened_at: dt.datetime
    words: str
    told_by: str


def words_of(wish: PassageIn) -> Words:
    return Words(wish.what, wish.done, wish.reported_at, wish.reported_to)


def session_out(session: Session) -> IncidentSession:
    return IncidentSession(
        id=session.pk,
        program=session.program.name,
        hub=session.hub.name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )


def line_out(one: Incident) -> IncidentLine:
    return IncidentLine(
        id=one.pk,
        session=session_out(one.session),
        happened_at=one.happened_at,
        written_by=one.written_by.name,
    )


def child_out(row: Booking) -> ChildThere:
    return ChildThere(booking=row.pk, name=row.participant.name)


def incident_out(opened: Opened) -> IncidentOut:
    return IncidentOut(
        **line_out(opened.incident).dict(),
        nature=cast(Nature, opened.incident.nature),
        passages=[_passage(one) for one in opened.passages],
        concerned=[_concerned(one) for one in opened.concerned],
    )


def told_out(one: Concerned) -> ToldOut:
    return ToldOut(
        id=one.pk,
        child=one.child.name,
        program=one.incident.session.program.name,
        happened_at=one.incident.happened_at,
        words=one.words,
        told_by=one.told_by.name if one.told_by else "",
    )


def _passage(one: Passage) -> PassageOut:
    return PassageOut(
        id=one.pk,
        what=one.what,
        done=one.done,
        reported_at=one.reported_at,
        reported_to=one.reported_to,
        by=one.by.name,
        at=one.at,
    )


def _concerned(one: Concerned) -> ConcernedOut:
    return ConcernedOut(
        child=one.child_id,
        name=one.child.name,
        words=one.words,
        told_by=one.told_by.name if one.told_by else "",
        told_at=one.told_at,
    )
