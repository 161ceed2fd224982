"""/api/volunteers/me: my own record."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema

from hub import clock
from hub.access.operations import acting, volunteers
from hub.sealed import mask_phone
from volunteers.models import Volunteer
from volunteers.profile import profile_of

router = Router()


class SkillOut(Schema):
    id: int
    name: str


class ClearanceOut(Schema):
    kind: str
    checked_on: dt.date
    valid_until: dt.date
    valid: bool


class AbsenceOut(Schema):
    starts_at: dt.datetime
    ends_at: dt.datetime


class WindowOut(Schema):
    """A weekday, Monday 0, and minutes after midnight."""

    weekday: int
    start: int
    end: int


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
    preferred_kinds: list[str]
    prior_minutes: int
    clearances: list[ClearanceOut]
    absences: list[AbsenceOut]
    active: bool


@router.get("/volunteers/me", response=ProfileOut, auth=volunteers)
def get_profile(request: HttpRequest) -> ProfileOut:
    return profile_out(profile_of(acting(request).person.pk))


def profile_out(volunteer: Volunteer) -> ProfileOut:
    today, now = clock.today(), clock.now()
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
        preferred_kinds=volunteer.preferred_kinds,
        prior_minutes=volunteer.prior_minutes,
        clearances=[
            ClearanceOut(
                kind=one.kind,
                checked_on=one.checked_on,
                valid_until=one.valid_until,
                valid=one.valid_until >= today,
            )
            for one in newest
        ],
        absences=[
            AbsenceOut(starts_at=one.starts_at, ends_at=one.ends_at)
            for one in sorted(volunteer.absences.all(), key=lambda one: one.starts_at)
            if one.ends_at > now
        ],
        active=volunteer.active,
    )
