"""Repairing the live roster over HTTP: the ways out for a session that lacks people, and taking one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from scheduling.planning.repair_rows import repair_rows
from scheduling.planning.repairs import Repairs, apply_repair
from scheduling.planning.review_schemas import PlannedShift, WhyHere
from scheduling.planning.schemas import PlannedPlace
from scheduling.sessions.models import Need, Session
from volunteers.models import Volunteer

router = Router()
MOST_PLACES = 40


class RepairPlace(PlannedShift):
    hub: str


class OpenPlace(RepairPlace):
    missing: int


class RepairPerson(Schema):
    volunteer: int
    name: str
    phone: str


class LostPerson(RepairPerson):
    need: int


class RepairStep(RepairPerson):
    standby: bool
    takes: list[RepairPlace]
    leaves: list[RepairPlace]
    accepted: bool
    """They said they come to what they would leave."""
    why: list[WhyHere]


class SessionStand(Schema):
    session: int
    stand: str
    """A word for how it stood."""


class RepairWay(Schema):
    steps: list[RepairStep]
    stood_down: list[RepairPerson]
    """Newcomers who can't stay, since nobody experienced is left with them."""
    open: list[OpenPlace]
    """What still lacks people after it."""
    freed: list[PlannedPlace]
    taken: list[PlannedPlace]
    seen: list[SessionStand]
    """The sessions it touches. Sent back with the places when this way is taken."""


class RepairsOut(Schema):
    session: int
    missing: int
    offered: int
    """Places that somebody in line is asked about: not missing while they answer."""
    short_of_room: int
    """Adults that the children booked require and no role has room for."""
    lost: list[LostPerson]
    """Who is replaced besides: their check no longer holds."""
    ways: list[RepairWay]


class RepairIn(Schema):
    freed: Annotated[list[PlannedPlace], Field(max_length=MOST_PLACES)]
    taken: Annotated[list[PlannedPlace], Field(min_length=1, max_length=MOST_PLACES)]
    seen: Annotated[list[SessionStand], Field(max_length=MOST_PLACES)]


class RepairedOut(Schema):
    added: int
    released: int
    told: int


@router.get("/planning/sessions/{session_id}/repairs", response=RepairsOut, auth=schedulers)
def get_repairs(request: HttpRequest, session_id: int, move_accepted: bool = False) -> dict[str, object]:
    """At most three ways to fill a session that lacks people, those that touch fewest first."""
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.select_related("hub"), session_id)
    return repair_rows(Repairs(session, actor, move_accepted=move_accepted))


@router.post("/planning/sessions/{session_id}/repairs", response=RepairedOut, auth=schedulers)
def post_repair(request: HttpRequest, session_id: int, way: RepairIn) -> dict[str, object]:
    """Take one of the ways: all of it or, when something has changed since, nothing."""
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.select_related("hub"), session_id)
    needs = {place.need for place in (*way.freed, *way.taken)}
    people = {place.volunteer for place in (*way.freed, *way.taken)}
    ours = visible(actor, "edit", Session.objects.all())
    if Need.objects.filter(pk__in=needs, session__in=ours).count() != len(needs):
        raise Refused("not_found", model="need")
    if visible(actor, "view", Volunteer.objects.filter(pk__in=people)).count() != len(people):
        raise Refused("not_found", model="volunteer")
    done = apply_repair(
        session=session,
        freed=[(place.need, place.volunteer) for place in way.freed],
        taken=[(place.need, place.volunteer) for place in way.taken],
        seen={one.session: one.stand for one in way.seen},
        by=actor.person,
    )
    return asdict(done)
