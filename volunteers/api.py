"""/api/volunteers/me: my own record, and my corrections to it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.operations import Allow, acting, signed_in, volunteers
from hub.access.rules import fetch
from hub.people.models import Role
from hub.places.models import Hub
from programs.kinds import all_kinds
from volunteers import consents_api, people_api, wishes_api
from volunteers.busy import api as busy_api
from volunteers.consents import ask_guardian
from volunteers.corrections import correct_profile
from volunteers.exceptions import add_absence, add_extra_time, remove_absence, remove_extra_time
from volunteers.models import Absence, ExtraTime, Skill, StandingShift, Volunteer
from volunteers.people_api import CorrectionsIn, GuardianIn, corrections
from volunteers.profile import profile_of
from volunteers.proofs import claim_check, claim_skill, drop_skill
from volunteers.schemas import ProfileOut, StandingShiftOut, profile_out, standing_shift_out
from volunteers.wishes import MOST_PER_WEEK, end_standing, set_wish

__all__ = ["StandingShiftOut", "router", "standing_shift_out", "wishers"]
router = Router()
router.add_router("", wishes_api.router)
router.add_router("", people_api.router)
router.add_router("", consents_api.router)
router.add_router("", busy_api.router)
wishers = Allow(Role.VOLUNTEER, Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR)
"""Volunteers for themselves, and who plans for them."""


class HomeChoice(Schema):
    id: int
    name: str


class OwnSkillChoice(HomeChoice):
    needs_proof: bool


class ProfileChoicesOut(Schema):
    skills: list[OwnSkillChoice]
    hubs: list[HomeChoice]
    kinds: list[str]


class WishIn(Schema):
    per_week: int | None = Field(None, ge=0, le=MOST_PER_WEEK)


class TimeSpanIn(Schema):
    starts_at: dt.datetime
    ends_at: dt.datetime


class SkillIn(Schema):
    skill: int


class CheckClaimIn(Schema):
    kind: Literal["child"]
    checked_on: dt.date


@router.get("/volunteers/choices", response=ProfileChoicesOut, auth=signed_in)
def get_choices(request: HttpRequest) -> ProfileChoicesOut:
    """What a record may name."""
    skills = Skill.objects.order_by("name")
    return ProfileChoicesOut(
        skills=[OwnSkillChoice(id=one.pk, name=one.name, needs_proof=one.needs_proof) for one in skills],
        hubs=[HomeChoice(id=pk, name=name) for pk, name in Hub.objects.order_by("pk").values_list("pk", "name")],
        kinds=[kind.code for kind in all_kinds()],
    )


def me(request: HttpRequest) -> Volunteer:
    return profile_of(acting(request).person.pk)


@router.get("/volunteers/me", response=ProfileOut, auth=volunteers)
def get_profile(request: HttpRequest) -> ProfileOut:
    return profile_out(me(request))


@router.patch("/volunteers/me", response=ProfileOut, auth=volunteers)
def patch_profile(request: HttpRequest, said: CorrectionsIn) -> ProfileOut:
    """What is not named stays as it is."""
    actor = acting(request)
    correct_profile(volunteer=me(request), said=corrections(said), by=actor.person)
    return profile_out(me(request))


@router.put("/volunteers/me/wish", response=ProfileOut, auth=volunteers)
def put_wish(request: HttpRequest, wish: WishIn) -> ProfileOut:
    """How many sessions a week I would like; null for no wish."""
    return profile_out(set_wish(volunteer=me(request), per_week=wish.per_week, by=acting(request).person))


@router.post("/volunteers/me/absences", response=ProfileOut, auth=volunteers)
def post_absence(request: HttpRequest, span: TimeSpanIn) -> ProfileOut:
    """A span in which I can't come."""
    add_absence(volunteer=me(request), starts_at=span.starts_at, ends_at=span.ends_at, by=acting(request).person)
    return profile_out(me(request))


@router.delete("/volunteers/absences/{int:absence_id}", response=ProfileOut, auth=volunteers)
def delete_absence(request: HttpRequest, absence_id: int) -> ProfileOut:
    actor = acting(request)
    absences = Absence.objects.select_related("volunteer")
    remove_absence(absence=fetch(actor, "change", absences, absence_id), by=actor.person)
    return profile_out(me(request))


@router.post("/volunteers/me/extra-times", response=ProfileOut, auth=volunteers)
def post_extra_time(request: HttpRequest, span: TimeSpanIn) -> ProfileOut:
    """A span in which I can come for once."""
    add_extra_time(volunteer=me(request), starts_at=span.starts_at, ends_at=span.ends_at, by=acting(request).person)
    return profile_out(me(request))


@router.delete("/volunteers/extra-times/{int:extra_id}", response=ProfileOut, auth=volunteers)
def delete_extra_time(request: HttpRequest, extra_id: int) -> ProfileOut:
    actor = acting(request)
    extras = ExtraTime.objects.select_related("volunteer")
    remove_extra_time(extra=fetch(actor, "change", extras, extra_id), by=actor.person)
    return profile_out(me(request))


@router.post("/volunteers/me/skills", response=ProfileOut, auth=volunteers)
def post_skill(request: HttpRequest, wish: SkillIn) -> ProfileOut:
    """A skill I have; where it needs proof, it counts once somebody has seen one."""
    actor = acting(request)
    claim_skill(volunteer=me(request), skill=fetch(actor, "claim", Skill.objects.all(), wish.skill), by=actor.person)
    return profile_out(me(request))


@router.delete("/volunteers/me/skills/{int:skill_id}", response=ProfileOut, auth=volunteers)
def delete_skill(request: HttpRequest, skill_id: int) -> ProfileOut:
    actor = acting(request)
    drop_skill(volunteer=me(request), skill=fetch(actor, "claim", Skill.objects.all(), skill_id), by=actor.person)
    return profile_out(me(request))


@router.post("/volunteers/me/checks", response=ProfileOut, auth=volunteers)
def post_check(request: HttpRequest, check: CheckClaimIn) -> ProfileOut:
    """A check I had made: it counts once somebody has seen its result."""
    claim_check(volunteer=me(request), kind=check.kind, checked_on=check.checked_on, by=acting(request).person)
    return profile_out(me(request))


@router.post("/volunteers/me/guardian", response=ProfileOut, auth=volunteers)
def post_guardian(request: HttpRequest, guardian: GuardianIn) -> ProfileOut:
    """Have my guardian asked by a message."""
    ask_guardian(volunteer=me(request), name=guardian.name, phone=guardian.phone, by=acting(request).person)
    return profile_out(me(request))


@router.delete("/volunteers/standing-shifts/{int:shift_id}", response={204: None}, auth=wishers)
def delete_standing_shift(request: HttpRequest, shift_id: int) -> Status[None]:
    """Nobody's own any more; places already given stay."""
    actor = acting(request)
    shifts = StandingShift.objects.select_related("volunteer")
    end_standing(shift=fetch(actor, "end", shifts, shift_id), by=actor.person)
    return Status(204, None)
