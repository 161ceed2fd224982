"""A volunteer's record as it goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from ninja import Schema

from hub import clock
from hub.people.ages import is_minor
from hub.sealed import mask_phone
from volunteers.availability import ByDay, said_absences
from volunteers.consents import newest_consent
from volunteers.models import Absence, Clearance, ExtraTime, StandingShift, Unproven, Volunteer

Standing = Literal["held", "claimed", "verified", "expired"]
ConsentState = Literal["not_needed", "missing", "asked", "given", "refused"]
OFFICIAL_SHOWN = 4


class SkillOut(Schema):
    """`held` needs no proof; `claimed` waits for somebody to see one."""

    id: int
    name: str
    state: Standing
    valid_until: dt.date | None


class ClearanceOut(Schema):
    kind: str
    checked_on: dt.date
    valid_until: dt.date
    valid: bool


class ExceptionOut(Schema):
    id: int
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


class ProofOut(Schema):
    """Said, and not seen yet: a skill, or a check of this day."""

    id: int
    skill: str
    checked_on: dt.date | None
    said_at: dt.datetime


class ProfileOut(Schema):
    id: int
    name: str
    phone: str
    volunteer_no: str
    official_no: str
    """Masked, like the phone."""
    language: str
    community: str
    home: str
    home_id: int | None
    skills: list[SkillOut]
    unproven: list[ProofOut]
    availability: list[WindowOut]
    availability_text: str
    max_sessions: int | None
    max_minutes: int | None
    wish_per_week: int | None
    standing_shifts: list[StandingShiftOut]
    preferred_kinds: list[str]
    prior_minutes: int
    clearances: list[ClearanceOut]
    absences: list[ExceptionOut]
    extra_times: list[ExceptionOut]
    consent: ConsentState
    active: bool


def profile_out(volunteer: Volunteer) -> ProfileOut:
    newest = sorted(volunteer.clearances.all(), key=lambda one: one.valid_until, reverse=True)
    return ProfileOut(
        id=volunteer.pk,
        name=volunteer.person.name,
        phone=mask_phone(volunteer.person.phone),
        volunteer_no=volunteer.volunteer_no,
        official_no=mask_number(volunteer.official_no),
        language=volunteer.person.language,
        community=volunteer.person.community,
        home=volunteer.home.name if volunteer.home else "",
        home_id=volunteer.home_id,
        skills=skills_out(volunteer),
        unproven=[proof_out(one) for one in volunteer.unproven.all()],
        availability=windows_out(volunteer.availability),
        availability_text=volunteer.availability_text,
        max_sessions=volunteer.max_sessions,
        max_minutes=volunteer.max_minutes,
        wish_per_week=volunteer.wish_per_week,
        standing_shifts=[standing_shift_out(one) for one in volunteer.standing_shifts.all()],
        preferred_kinds=volunteer.preferred_kinds,
        prior_minutes=volunteer.prior_minutes,
        clearances=[clearance_out(one) for one in newest],
        absences=spans_out(said_absences(volunteer)),
        extra_times=spans_out(volunteer.extra_times.all()),
        consent=consent_state(volunteer),
        active=volunteer.active,
    )


def spans_out(spans: Iterable[Absence | ExtraTime]) -> list[ExceptionOut]:
    """Those that are not over."""
    ahead = [one for one in spans if one.ends_at > clock.now()]
    ahead.sort(key=lambda one: one.starts_at)
    return [ExceptionOut(id=one.pk, starts_at=one.starts_at, ends_at=one.ends_at) for one in ahead]


def mask_number(number: str) -> str:
    return f"****{number[-OFFICIAL_SHOWN:]}" if number else ""


def windows_out(by_day: ByDay) -> list[WindowOut]:
    return [WindowOut(weekday=day, start=start, end=end) for day, start, end in by_day]


def skills_out(volunteer: Volunteer) -> list[SkillOut]:
    """Those that count or did, then those that wait: a skill that is renewed stands once, as what holds."""
    today = clock.today()
    found = {}
    for held in volunteer.held_skills.all():
        over = held.valid_until is not None and held.valid_until < today
        proven = held.skill.needs_proof or held.verified_by_id is not None
        state: Standing = "expired" if over else "verified" if proven else "held"
        found[held.skill_id] = SkillOut(
            id=held.skill_id, name=held.skill.name, state=state, valid_until=held.valid_until
        )
    for said in volunteer.unproven.all():
        skill = said.skill
        if skill and (skill.pk not in found or found[skill.pk].state == "expired"):
            found[skill.pk] = SkillOut(id=skill.pk, name=skill.name, state="claimed", valid_until=None)
    return sorted(found.values(), key=lambda one: one.name)


def proof_out(one: Unproven) -> ProofOut:
    return ProofOut(
        id=one.pk, skill=one.skill.name if one.skill else "", checked_on=one.checked_on, said_at=one.said_at
    )


def standing_shift_out(shift: StandingShift) -> StandingShiftOut:
    return StandingShiftOut(
        id=shift.pk,
        program=shift.program.name,
        kind=shift.program.kind,
        hub=shift.hub.name,
        weekday=shift.weekday,
        start=shift.starts_minute,
    )


def clearance_out(one: Clearance) -> ClearanceOut:
    return ClearanceOut(
        kind=one.kind,
        checked_on=one.checked_on,
        valid_until=one.valid_until,
        valid=one.valid_until >= clock.today(),
    )


def consent_state(volunteer: Volunteer) -> ConsentState:
    if not is_minor(volunteer.person.birth_date, clock.today()):
        return "not_needed"
    newest = newest_consent(volunteer.person_id)
    if newest is not None:
        return "given" if newest.granted else "refused"
    return "asked" if volunteer.consent_links.exists() else "missing"
