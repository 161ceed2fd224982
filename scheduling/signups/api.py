"""Finding, taking and answering for shifts: the volunteer's side, and the staff's by hand."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.operations import acting, schedulers, volunteers
from hub.access.rules import fetch, visible
from scheduling.sessions.models import Need
from scheduling.signups import answers_api, parties_api, requests_api, signups, standbys_api
from scheduling.signups.candidates import candidates
from scheduling.signups.mine import past_shifts, standbys_of, upcoming_shifts
from scheduling.signups.models import Assignment
from scheduling.signups.schemas import (
    AssignmentOut,
    MyShiftsOut,
    NeedCandidatesOut,
    OpenShiftsOut,
    ReasonIn,
    assignment_out,
    candidates_out,
    my_shift_out,
    my_standby_out,
    open_shift_out,
)
from scheduling.signups.shifts import Which, Wish, find_shifts, programs_on_offer
from volunteers.api import StandingShiftOut, standing_shift_out, wishers
from volunteers.models import Volunteer
from volunteers.wishes import make_standing

router = Router()
router.add_router("", answers_api.router)
router.add_router("", standbys_api.router)
router.add_router("", parties_api.router)
router.add_router("", requests_api.router)


class AnswerIn(Schema):
    coming: bool
    reason: str = ""


class AssignIn(Schema):
    volunteer: int
    coming: bool = False
    """They said on the phone that they come."""


class ProgramOnOffer(Schema):
    id: int
    name: str
    kind: str


@router.get("/shifts/open", response=OpenShiftsOut, auth=volunteers)
def get_open_shifts(
    request: HttpRequest,
    cursor: str = "",
    which: Which = "open",
    day: dt.date | None = None,
    kind: str = "",
    program: int | None = None,
    skill: int | None = None,
    within: int | None = None,
) -> OpenShiftsOut:
    """Soonest first: shifts the volunteer can take, full ones they could wait for, or the others with their reasons."""
    wish = Wish(day, kind, program, skill, within)
    page = find_shifts(person_id=acting(request).person.pk, wish=wish, cursor=cursor, which=which)
    return OpenShiftsOut(shifts=[open_shift_out(shift) for shift in page.shifts], cursor=page.cursor)


@router.get("/shifts/programs", response=list[ProgramOnOffer], auth=volunteers)
def get_programs(request: HttpRequest) -> list[ProgramOnOffer]:
    return [ProgramOnOffer(id=one.pk, name=one.name, kind=one.kind) for one in programs_on_offer()]


@router.get("/shifts/mine", response=MyShiftsOut, auth=volunteers)
def get_my_shifts(request: HttpRequest, past: bool = False) -> MyShiftsOut:
    person = acting(request).person.pk
    shifts, standbys = (past_shifts(person), []) if past else (upcoming_shifts(person), standbys_of(person))
    return MyShiftsOut(
        shifts=[my_shift_out(shift) for shift in shifts], standbys=[my_standby_out(row) for row in standbys]
    )


@router.post("/needs/{need_id}/sign-up", response=AssignmentOut, auth=volunteers)
def post_sign_up(request: HttpRequest, need_id: int, wait: bool = False) -> AssignmentOut:
    """A place, a request, a wish or, with `wait`, a place in line: the answer's state says which."""
    person = acting(request).person
    return assignment_out(signups.sign_up(need=need_id, person=person.pk, by=person, wait=wait))


@router.post("/assignments/{assignment_id}/answer", response=AssignmentOut, auth=volunteers)
def post_answer(request: HttpRequest, assignment_id: int, answer: AnswerIn) -> AssignmentOut:
    """我能来 or 来不了; may be changed until the session begins. A no also takes back what was asked for."""
    actor = acting(request)
    row = fetch(actor, "answer", Assignment.objects.all(), assignment_id)
    if answer.coming:
        return assignment_out(signups.accept(assignment=row.pk, by=actor.person))
    return assignment_out(signups.decline(assignment=row.pk, by=actor.person, reason=answer.reason))


@router.post("/assignments/{assignment_id}/standing", response=StandingShiftOut, auth=wishers)
def post_standing(request: HttpRequest, assignment_id: int) -> StandingShiftOut:
    """This shift becomes the volunteer's own every week: a wish that planning goes by."""
    actor = acting(request)
    rows = Assignment.objects.filter(state__in=Assignment.ACTIVE)
    rows = rows.select_related("volunteer__person", "session__program", "session__hub")
    row = fetch(actor, "make_standing", rows, assignment_id)
    shift = make_standing(
        volunteer=row.volunteer,
        program=row.session.program,
        hub=row.session.hub,
        starts_at=row.session.starts_at,
        by=actor.person,
    )
    return standing_shift_out(shift)


@router.get("/needs/{need_id}/candidates", response=NeedCandidatesOut, auth=schedulers)
def get_need_candidates(request: HttpRequest, need_id: int) -> NeedCandidatesOut:
    """Whom to call for a place: who can take it, best first, then who could if one thing gave way."""
    actor = acting(request)
    need = fetch(actor, "assign", Need.objects.select_related("session__hub", "session__program", "skill"), need_id)
    return candidates_out(candidates(need=need, volunteers=visible(actor, "view", Volunteer.objects.all())))


@router.post("/needs/{need_id}/assign", response=AssignmentOut, auth=schedulers)
def post_assign(request: HttpRequest, need_id: int, wish: AssignIn) -> AssignmentOut:
    """Give a volunteer a place by hand; the same rules as for sign-up."""
    actor = acting(request)
    need = fetch(actor, "assign", Need.objects.all(), need_id)
    volunteer = fetch(actor, "view", Volunteer.objects.all(), wish.volunteer)
    row = signups.assign_by_hand(need=need.pk, person=volunteer.person_id, by=actor.person, coming=wish.coming)
    return assignment_out(row)


@router.post("/assignments/{assignment_id}/called", response=AssignmentOut, auth=schedulers)
def post_called(request: HttpRequest, assignment_id: int, answer: AnswerIn) -> AssignmentOut:
    """What a volunteer said on the phone, written down by staff."""
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    if answer.coming:
        return assignment_out(signups.accept(assignment=row.pk, by=actor.person))
    return assignment_out(signups.decline(assignment=row.pk, by=actor.person, reason=answer.reason))


@router.post("/assignments/{assignment_id}/release", response=AssignmentOut, auth=schedulers)
def post_release(request: HttpRequest, assignment_id: int, wish: ReasonIn) -> AssignmentOut:
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    return assignment_out(signups.release_place(assignment=row.pk, by=actor.person, reason=wish.reason))
