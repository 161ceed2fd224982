"""/api/sessions: adding, moving, editing and cancelling. Reading is the board's (scheduling.board.api)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.actor import Actor
from hub.access.operations import acting, schedulers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.people.models import Person, Role
from hub.places.models import Hub, Kit, Room
from programs.models import Program
from scheduling.sessions import sessions
from scheduling.sessions.checks import social_worker
from scheduling.sessions.look_api import router as look_router
from scheduling.sessions.models import Session
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.overrides import Bearing
from scheduling.sessions.roster_settings import router as settings_router
from volunteers.models import Skill

if TYPE_CHECKING:
    from collections.abc import Sequence

router = Router()
router.add_router("", settings_router)
router.add_router("", look_router)


class SkillChoice(Schema):
    id: int
    name: str


class ProgramChoice(Schema):
    id: int
    name: str
    kind: str
    agency: int


class WorkerChoice(Schema):
    id: int
    name: str
    agencies: list[int]


class SessionChoices(Schema):
    programs: list[ProgramChoice]
    workers: list[WorkerChoice]
    skills: list[SkillChoice]
    hubs: list[int]
    """The sites whose rooms this person may fill."""


class SessionNeed(Schema):
    id: int | None = None
    role: str = Field(max_length=40)
    min: int = Field(ge=0, le=500)
    target: int = Field(ge=0, le=500)
    priority: int = 2
    skill_id: int | None = None
    clearance: str = ""
    mode: Literal["instant", "approval", "plan", "invited"] = "instant"


class SessionBorne(Schema):
    """What is borne that stands against it."""

    confirmed: bool = False
    """Yes to what was asked (a duty worker in two places at once)."""
    borne: list[str] = Field(default_factory=list, max_length=10)
    """The clashes that are borne all the same, by code, where whoever saves may do so."""
    borne_reason: str | None = Field(None, max_length=200)


class SessionWhen(SessionBorne):
    hub: int
    room: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime


class SessionNew(SessionWhen):
    program: int
    places: int | None = Field(None, ge=0, le=10_000)
    duty_worker: int | None = None
    note: str = Field("", max_length=2000)
    kits: list[int] = Field(default_factory=list, max_length=20)
    needs: list[SessionNeed] = Field(default_factory=list, max_length=20)


class SessionMove(SessionWhen):
    revision: int


class SessionEdit(SessionBorne):
    revision: int
    places: int | None = Field(None, ge=0, le=10_000)
    duty_worker: int | None = None
    note: str = Field("", max_length=2000)
    kits: list[int] | None = Field(None, max_length=20)
    needs: list[SessionNeed] = Field(default_factory=list, max_length=20)


class SessionCancel(Schema):
    revision: int
    reason: str = Field(max_length=200)


class SessionSaved(Schema):
    id: int
    revision: int
    week: dt.date


def _aware(*moments: dt.datetime) -> None:
    if any(moment.tzinfo is None for moment in moments):
        raise Refused("invalid", places=[{"place": "body.starts_at", "code": "time_without_zone"}])


def _room(actor: Actor, pk: int | None) -> Room | None:
    return fetch(actor, "view", Room.objects.all(), pk) if pk else None


def _kits(actor: Actor, pks: list[int]) -> list[Kit]:
    return [fetch(actor, "view", Kit.objects.all(), pk) for pk in sorted(set(pks))]


def _bearing(wish: SessionBorne) -> Bearing:
    return Bearing(codes=wish.borne, reason=wish.borne_reason or "")


def need_wishes(needs: Sequence[SessionNeed]) -> list[NeedWish]:
    return [NeedWish(**need.dict()) for need in needs]


def _saved(session: Session) -> SessionSaved:
    return SessionSaved(id=session.pk, revision=session.revision, week=session.week)


@router.get("/sessions/choices", response=SessionChoices, auth=schedulers)
def get_choices(request: HttpRequest) -> SessionChoices:
    """What the form of a new session offers this person."""
    actor = acting(request)
    workers: dict[int, WorkerChoice] = {}
    grants = Person.objects.filter(grants__role=Role.SOCIAL_WORKER).order_by("name", "pk")
    for pk, name, agency in grants.values_list("pk", "name", "grants__agency"):
        workers.setdefault(pk, WorkerChoice(id=pk, name=name, agencies=[])).agencies.append(agency)
    programs = visible(actor, "schedule", Program.objects.order_by("name"))
    return SessionChoices(
        programs=[ProgramChoice(id=one.pk, name=one.name, kind=one.kind, agency=one.agency_id) for one in programs],
        workers=list(workers.values()),
        skills=[SkillChoice(id=one.pk, name=one.name) for one in Skill.objects.order_by("name")],
        hubs=list(visible(actor, "schedule", Hub.objects.order_by("pk")).values_list("pk", flat=True)),
    )


@router.post("/sessions", response={201: SessionSaved}, auth=schedulers)
def post_session(request: HttpRequest, wish: SessionNew) -> Status[SessionSaved]:
    actor = acting(request)
    _aware(wish.starts_at, wish.ends_at)
    session = sessions.add_session(
        program=fetch(actor, "schedule", Program.objects.all(), wish.program),
        hub=fetch(actor, "schedule", Hub.objects.all(), wish.hub),
        room=_room(actor, wish.room),
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        places=wish.places,
        duty_worker=social_worker(wish.duty_worker),
        note=wish.note,
        needs=need_wishes(wish.needs),
        kits=_kits(actor, wish.kits),
        confirmed=wish.confirmed,
        bearing=_bearing(wish),
        by=actor.person,
    )
    return Status(201, _saved(session))


@router.post("/sessions/{int:session_id}/move", response=SessionSaved, auth=schedulers)
def post_move(request: HttpRequest, session_id: int, wish: SessionMove) -> SessionSaved:
    actor = acting(request)
    _aware(wish.starts_at, wish.ends_at)
    session = fetch(actor, "edit", Session.objects.all(), session_id)
    hub = session.hub if wish.hub == session.hub_id else fetch(actor, "schedule", Hub.objects.all(), wish.hub)
    moved = sessions.move_session(
        session_id=session.pk,
        revision=wish.revision,
        hub=hub,
        room=_room(actor, wish.room),
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        confirmed=wish.confirmed,
        bearing=_bearing(wish),
        by=actor.person,
    )
    return _saved(moved)


@router.patch("/sessions/{int:session_id}", response=SessionSaved, auth=schedulers)
def patch_session(request: HttpRequest, session_id: int, wish: SessionEdit) -> SessionSaved:
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.all(), session_id)
    edited = sessions.edit_session(
        session_id=session.pk,
        revision=wish.revision,
        places=wish.places,
        duty_worker=social_worker(wish.duty_worker),
        note=wish.note,
        needs=need_wishes(wish.needs),
        kits=None if wish.kits is None else _kits(actor, wish.kits),
        confirmed=wish.confirmed,
        bearing=_bearing(wish),
        by=actor.person,
    )
    return _saved(edited)


@router.post("/sessions/{int:session_id}/cancel", response=SessionSaved, auth=schedulers)
def post_cancel(request: HttpRequest, session_id: int, wish: SessionCancel) -> SessionSaved:
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.all(), session_id)
    return _saved(
        sessions.cancel_session(session_id=session.pk, revision=wish.revision, reason=wish.reason, by=actor.person)
    )
