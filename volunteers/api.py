"""/api/volunteers: my own record and what I wish; checks as those who plan record them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub import clock
from hub.access.operations import Allow, acting, planners, volunteers
from hub.access.rules import fetch
from hub.people.models import Role
from hub.sealed import mask_phone
from volunteers import wishes_api
from volunteers.clearances import record_clearance
from volunteers.models import Clearance, StandingShift, Volunteer
from volunteers.profile import profile_of
from volunteers.wishes import MOST_PER_WEEK, end_standing, set_wish

router = Router()
router.add_router("", wishes_api.router)
wishers = Allow(Role.VOLUNTEER, Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR)
"""Volunteers for themselves, and who plans for them."""


class SkillOut(Schema):
    id: int
    name: str


class ClearanceOut(Schema):
    kind: str
    checked_on: dt.date
    valid_until: dt.date
    valid: bool


class CheckIn(Schema):
    kind: Literal["child"]
    checked_on: dt.date


class AbsenceOut(Schema):
    starts_at: dt.datetime
    ends_at: dt.datetime


class WindowOut(Schema):
    """A weekday, Monday 0, and minutes after midnight."""

    weekday: int
    start: int
    end: int


class StandingShiftOut(Schema):
    """A shift that is somebody's own, every week: weekday, Monday 0, and minutes after midnight."""

    id: int
    program: str
    kind: str
    hub: str
    weekday: int
    start: int


class WishIn(Schema):
    per_week: int | None = Field(None, ge=0, le=MOST_PER_WEEK)


class ProfileOut(Schema):
    name: str
    phone: str
    community: str
    home: str
    skills: list[SkillOut]
    availability: list[WindowOut]
    availability_text: str
    max_sessions: int | None
    max_minutes: int | None
    wish_per_week: int | None
    standing_shifts: list[StandingShiftOut]
    preferred_kinds: list[str]
    prior_minutes: int
    clearances: list[ClearanceOut]
    absences: list[AbsenceOut]
    active: bool


@router.get("/volunteers/me", response=ProfileOut, auth=volunteers)
def get_profile(request: HttpRequest) -> ProfileOut:
    return profile_out(profile_of(acting(request).person.pk))


@router.put("/volunteers/me/wish", response=ProfileOut, auth=volunteers)
def put_wish(request: HttpRequest, wish: WishIn) -> ProfileOut:
    """How many sessions a week I would like; null for no wish."""
    actor = acting(request)
    return profile_out(set_wish(volunteer=profile_of(actor.person.pk), per_week=wish.per_week, by=actor.person))


@router.delete("/volunteers/standing-shifts/{int:shift_id}", response={204: None}, auth=wishers)
def delete_standing_shift(request: HttpRequest, shift_id: int) -> Status[None]:
    """Nobody's own any more; places already given stay."""
    actor = acting(request)
    shifts = StandingShift.objects.select_related("volunteer")
    end_standing(shift=fetch(actor, "end", shifts, shift_id), by=actor.person)
    return Status(204, None)


def standing_shift_out(shift: StandingShift) -> StandingShiftOut:
    return StandingShiftOut(
        id=shift.pk,
        program=shift.program.name,
        kind=shift.program.kind,
        hub=shift.hub.name,
        weekday=shift.weekday,
        start=shift.starts_minute,
    )


@router.post("/volunteers/{volunteer_id}/clearances", response=ClearanceOut, auth=planners)
def post_clearance(request: HttpRequest, volunteer_id: int, check: CheckIn) -> ClearanceOut:
    """A check whose result one has seen: it holds for a year from its day."""
    actor = acting(request)
    volunteer = fetch(actor, "verify", Volunteer.objects.all(), volunteer_id)
    found = record_clearance(volunteer=volunteer, kind=check.kind, checked_on=check.checked_on, by=actor.person)
    return clearance_out(found)


def profile_out(volunteer: Volunteer) -> ProfileOut:
    now = clock.now()
    newest = sorted(volunteer.clearances.all(), key=lambda one: one.valid_until, reverse=True)
    return ProfileOut(
        name=volunteer.person.name,
        phone=mask_phone(volunteer.person.phone),
        community=volunteer.person.community,
        home=volunteer.home.name if volunteer.home else "",
        skills=[SkillOut(id=skill.pk, name=skill.name) for skill in volunteer.skills.all()],
        availability=[WindowOut(weekday=day, start=start, end=end) for day, start, end in volunteer.availability],
        availability_text=volunteer.availability_text,
        max_sessions=volunteer.max_sessions,
        max_minutes=volunteer.max_minutes,
        wish_per_week=volunteer.wish_per_week,
        standing_shifts=[standing_shift_out(one) for one in volunteer.standing_shifts.all()],
        preferred_kinds=volunteer.preferred_kinds,
        prior_minutes=volunteer.prior_minutes,
        clearances=[clearance_out(one) for one in newest],
        absences=[
            AbsenceOut(starts_at=one.starts_at, ends_at=one.ends_at)
            for one in sorted(volunteer.absences.all(), key=lambda one: one.starts_at)
            if one.ends_at > now
        ],
        active=volunteer.active,
    )


def clearance_out(one: Clearance) -> ClearanceOut:
    return ClearanceOut(
        kind=one.kind,
        checked_on=one.checked_on,
        valid_until=one.valid_until,
        valid=one.valid_until >= clock.today(),
    )
