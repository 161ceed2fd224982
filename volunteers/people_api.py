"""/api/volunteers: everybody, as those who plan with them look them up, and what waits for a look at a proof."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hub.access.operations import acting, planners
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.people.models import Consent
from hub.places.models import Hub
from hub.sealed import mask_phone
from volunteers.availability import ByDay
from volunteers.clearances import record_clearance
from volunteers.consents import ask_guardian, newest_consent, record_paper
from volunteers.corrections import Corrections, correct_profile
from volunteers.models import Skill, Unproven, Volunteer
from volunteers.people import PAGE, Look, counts, find_people
from volunteers.profile import look_into, profile_of
from volunteers.proofs import set_needs_proof, turn_down, verify
from volunteers.schemas import ClearanceOut, ProfileOut, SkillOut, clearance_out, profile_out, skills_out

router = Router()


class WindowIn(Schema):
    weekday: int
    start: int
    end: int


class CorrectionsIn(Schema):
    """What is sent is corrected; null takes a limit or the site away."""

    availability: list[WindowIn] = []
    max_sessions: int | None = None
    max_minutes: int | None = None
    preferred_kinds: list[str] = []
    home: int | None = None
    language: str = ""
    official_no: str = ""


class CheckIn(Schema):
    kind: Literal["child"]
    checked_on: dt.date


class ProofSeenIn(Schema):
    valid_until: dt.date | None = None


class PaperIn(Schema):
    name: str
    granted: bool = True
    signed_on: dt.date


class GuardianIn(Schema):
    name: str
    phone: str


class NeedsProofIn(Schema):
    needs_proof: bool


class VolunteerRowOut(Schema):
    id: int
    name: str
    phone: str
    """Masked."""
    community: str
    home: str
    skills: list[SkillOut]
    active: bool
    unproven: int
    check_until: dt.date | None
    """How long the newest check holds."""


class VolunteersOut(Schema):
    people: list[VolunteerRowOut]
    more: bool


class PeopleCountsOut(Schema):
    people: int
    unproven: int
    """Volunteers with something that waits for a look."""
    ending: int
    """Volunteers with a proof or a check that ends soon."""
    minors: int
    """Minors who may not come yet."""


class VolunteerConsentOut(Schema):
    granted: bool
    given_by: str
    recorded_by: str
    recorded_at: dt.datetime
    signed_on: dt.date | None


class VolunteerRecordOut(Schema):
    profile: ProfileOut
    consent: VolunteerConsentOut | None


class VolunteerPrivateOut(Schema):
    phone: str
    birth_date: dt.date | None
    official_no: str


def corrections(said: CorrectionsIn) -> Corrections:
    """Refused("not_found") for a site that is none."""
    named: Any = said.dict(exclude_unset=True)
    if "availability" in named:
        windows: ByDay = [[one.weekday, one.start, one.end] for one in said.availability]
        named["availability"] = windows
    if "home" in named:
        # Anybody knows the sites.
        named["home"] = None if said.home is None else Hub.objects.filter(pk=said.home).first()
        if named["home"] is None and said.home is not None:
            raise Refused("not_found", model="hub", id=said.home)
    found: Corrections = named
    return found


@router.get("/volunteers", response=VolunteersOut, auth=planners)
def get_people(
    request: HttpRequest,
    q: str = "",
    skill: int | None = None,
    hub: int | None = None,
    look: Look = "all",
    skip: int = 0,
) -> VolunteersOut:
    """By part of the name, by a whole number or its last four digits, by skill and by home."""
    rows = visible(acting(request), "view", Volunteer.objects.all())
    skip = min(max(skip, 0), 100_000)
    found = find_people(rows, q=q, skill=skill, hub=hub, look=look, skip=skip)
    return VolunteersOut(people=[_row(one) for one in found[:PAGE]], more=len(found) > PAGE)


@router.get("/volunteers/counts", response=PeopleCountsOut, auth=planners)
def get_counts(request: HttpRequest) -> PeopleCountsOut:
    return PeopleCountsOut(**counts(visible(acting(request), "view", Volunteer.objects.all())))


def _row(one: Volunteer) -> VolunteerRowOut:
    return VolunteerRowOut(
        id=one.pk,
        name=one.person.name,
        phone=mask_phone(one.person.phone),
        community=one.person.community,
        home=one.home.name if one.home else "",
        skills=skills_out(one),
        active=one.active,
        unproven=len(one.unproven.all()),
        check_until=max((check.valid_until for check in one.clearances.all()), default=None),
    )


def _person(request: HttpRequest, volunteer_id: int, action: str = "view") -> Volunteer:
    return profile_of(fetch(acting(request), action, Volunteer.objects.all(), volunteer_id).person_id)


def _person_out(request: HttpRequest, volunteer_id: int) -> VolunteerRecordOut:
    volunteer = _person(request, volunteer_id)
    return VolunteerRecordOut(profile=profile_out(volunteer), consent=_consent_out(newest_consent(volunteer.person_id)))


def _consent_out(newest: Consent | None) -> VolunteerConsentOut | None:
    if newest is None:
        return None
    return VolunteerConsentOut(
        granted=newest.granted,
        given_by=newest.given_by.name if newest.given_by else "",
        recorded_by=newest.recorded_by.name if newest.recorded_by else "",
        recorded_at=newest.recorded_at,
        signed_on=newest.signed_on,
    )


@router.get("/volunteers/{int:volunteer_id}", response=VolunteerRecordOut, auth=planners)
def get_person(request: HttpRequest, volunteer_id: int) -> VolunteerRecordOut:
    return _person_out(request, volunteer_id)


@router.patch("/volunteers/{int:volunteer_id}", response=VolunteerRecordOut, auth=planners)
def patch_person(request: HttpRequest, volunteer_id: int, said: CorrectionsIn) -> VolunteerRecordOut:
    """For somebody who phones."""
    volunteer = _person(request, volunteer_id, "correct")
    correct_profile(volunteer=volunteer, said=corrections(said), by=acting(request).person)
    return _person_out(request, volunteer_id)


@router.get("/volunteers/{int:volunteer_id}/private", response=VolunteerPrivateOut, auth=planners)
def get_private(request: HttpRequest, response: HttpResponse, volunteer_id: int) -> VolunteerPrivateOut:
    """What is masked elsewhere. Every look is in the journal."""
    volunteer = _person(request, volunteer_id, "look_into")
    person = look_into(volunteer=volunteer, by=acting(request).person)
    response["Cache-Control"] = "no-store"
    return VolunteerPrivateOut(phone=person.phone, birth_date=person.birth_date, official_no=volunteer.official_no)


@router.post("/volunteers/{int:volunteer_id}/clearances", response=ClearanceOut, auth=planners)
def post_clearance(request: HttpRequest, volunteer_id: int, check: CheckIn) -> ClearanceOut:
    """A check whose result one has seen: it holds for a year from its day."""
    volunteer = _person(request, volunteer_id, "verify")
    by = acting(request).person
    return clearance_out(record_clearance(volunteer=volunteer, kind=check.kind, checked_on=check.checked_on, by=by))


@router.post("/volunteers/{int:volunteer_id}/paper-consent", response=VolunteerRecordOut, auth=planners)
def post_paper_consent(request: HttpRequest, volunteer_id: int, paper: PaperIn) -> VolunteerRecordOut:
    """A guardian's consent on a paper that one has seen."""
    record_paper(
        volunteer=_person(request, volunteer_id, "verify"),
        name=paper.name,
        granted=paper.granted,
        signed_on=paper.signed_on,
        by=acting(request).person,
    )
    return _person_out(request, volunteer_id)


@router.post("/volunteers/{int:volunteer_id}/guardian", response=VolunteerRecordOut, auth=planners)
def post_ask_guardian(request: HttpRequest, volunteer_id: int, guardian: GuardianIn) -> VolunteerRecordOut:
    """Have a guardian asked by a message."""
    volunteer = _person(request, volunteer_id, "verify")
    ask_guardian(volunteer=volunteer, name=guardian.name, phone=guardian.phone, by=acting(request).person)
    return _person_out(request, volunteer_id)


@router.post("/volunteers/proofs/{int:proof_id}/verify", response=VolunteerRecordOut, auth=planners)
def post_verify(request: HttpRequest, proof_id: int, seen: ProofSeenIn) -> VolunteerRecordOut:
    """One has seen the proof: from now on it counts."""
    proof = _proof(request, proof_id)
    verify(unproven=proof, valid_until=seen.valid_until, by=acting(request).person)
    return _person_out(request, proof.volunteer_id)


@router.post("/volunteers/proofs/{int:proof_id}/turn-down", response=VolunteerRecordOut, auth=planners)
def post_turn_down(request: HttpRequest, proof_id: int) -> VolunteerRecordOut:
    proof = _proof(request, proof_id)
    turn_down(unproven=proof, by=acting(request).person)
    return _person_out(request, proof.volunteer_id)


def _proof(request: HttpRequest, proof_id: int) -> Unproven:
    proofs = Unproven.objects.select_related("volunteer__person", "skill")
    return fetch(acting(request), "verify", proofs, proof_id)


@router.put("/skills/{int:skill_id}/needs-proof", response=NeedsProofIn, auth=planners)
def put_needs_proof(request: HttpRequest, skill_id: int, wish: NeedsProofIn) -> NeedsProofIn:
    actor = acting(request)
    skill = fetch(actor, "rule", Skill.objects.all(), skill_id)
    changed = set_needs_proof(skill=skill, needs_proof=wish.needs_proof, by=actor.person)
    return NeedsProofIn(needs_proof=changed.needs_proof)
