"""Swaps: with whom, proposing, answering in the app or by the link of a message."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.guessing import by_token
from hub.access.operations import acting, anyone, volunteers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.sealed import mask_name
from scheduling.callouts.models import Swap
from scheduling.callouts.partners import partners
from scheduling.callouts.swaps import (
    RELATED,
    accept_swap,
    decline_swap,
    find_swap,
    open_swaps,
    propose_swap,
    state_of,
    withdraw_swap,
)
from scheduling.signups.models import Assignment
from scheduling.signups.schemas import ShiftOut, place_facts

router = Router()
SwapState = Literal["proposed", "done", "declined", "withdrawn"]
PLACES = Assignment.objects.filter(state__in=Assignment.ACTIVE).select_related(
    "need__skill", "session__hub", "session__program", "session__room", "volunteer__person"
)


class ColleagueOut(Schema):
    volunteer: int
    name: str
    """Family name and a star."""
    together: int


class OfferOut(ShiftOut):
    assignment: int
    name: str


class PartnersOut(Schema):
    colleagues: list[ColleagueOut]
    shifts: list[OfferOut]


class ProposalIn(Schema):
    """One of the two: the place to take for mine, or who takes mine over."""

    yours: int | None = None
    volunteer: int | None = None


class SwapOut(Schema):
    id: int
    state: SwapState
    by_me: bool
    other: str
    """Who asks, by name; who is asked, by family name and a star."""
    given: ShiftOut
    """The shift of whoever proposed it."""
    wanted: ShiftOut | None
    """What they would take for it."""
    place: int
    """The assignment that is given."""
    expires_at: dt.datetime


class SwapPageOut(Schema):
    name: str
    swap: SwapOut


class SwapAnswerIn(Schema):
    agreed: bool


def _shift(row: Assignment) -> ShiftOut:
    return ShiftOut(**place_facts(row.session), need=row.need_id, role=row.need.role)


def swap_out(swap: Swap, *, by_me: bool) -> SwapOut:
    return SwapOut(
        id=swap.pk,
        state=cast(SwapState, str(state_of(swap))),
        by_me=by_me,
        other=mask_name(swap.asked.person.name) if by_me else swap.mine.volunteer.person.name,
        given=_shift(swap.mine),
        wanted=_shift(swap.yours) if swap.yours else None,
        place=swap.mine_id,
        expires_at=swap.expires_at,
    )


@router.get("/assignments/{assignment_id}/partners", response=PartnersOut, auth=volunteers)
def get_partners(request: HttpRequest, assignment_id: int) -> PartnersOut:
    """With whom I could change this shift, and who could take it over."""
    found = partners(fetch(acting(request), "answer", PLACES, assignment_id))
    return PartnersOut(
        colleagues=[
            ColleagueOut(volunteer=one.volunteer.pk, name=mask_name(one.volunteer.person.name), together=one.together)
            for one in found.colleagues
        ],
        shifts=[
            OfferOut(**dict(_shift(one)), assignment=one.pk, name=mask_name(one.volunteer.person.name))
            for one in found.shifts
        ],
    )


@router.post("/assignments/{assignment_id}/swap", response=SwapOut, auth=volunteers)
def post_swap(request: HttpRequest, assignment_id: int, wish: ProposalIn) -> SwapOut:
    """Only to those whom `partners` names: who may be asked is no more than who may be seen."""
    actor = acting(request)
    mine = fetch(actor, "answer", PLACES, assignment_id)
    found = partners(mine)
    if wish.yours and wish.yours not in [one.pk for one in found.shifts]:
        raise Refused("not_found", model="assignment", id=wish.yours)
    if not wish.yours and wish.volunteer not in [one.volunteer.pk for one in found.colleagues]:
        raise Refused("not_found", model="volunteer")
    swap = propose_swap(mine=mine.pk, yours=wish.yours, asked=wish.volunteer, by=actor.person)
    return swap_out(_read(swap.pk), by_me=True)


@router.get("/swaps", response=list[SwapOut], auth=volunteers)
def get_swaps(request: HttpRequest) -> list[SwapOut]:
    """What is open between me and others."""
    me = acting(request).person.pk
    return [swap_out(row, by_me=row.mine.volunteer.person_id == me) for row in open_swaps(me)]


@router.post("/swaps/{swap_id}/answer", response=SwapOut, auth=volunteers)
def post_swap_answer(request: HttpRequest, swap_id: int, given: SwapAnswerIn) -> SwapOut:
    actor = acting(request)
    row = fetch(actor, "answer", Swap.objects.all(), swap_id)
    (accept_swap if given.agreed else decline_swap)(swap=row.pk, by=actor.person)
    return swap_out(_read(row.pk), by_me=False)


@router.post("/swaps/{swap_id}/withdraw", response=SwapOut, auth=volunteers)
def post_withdraw(request: HttpRequest, swap_id: int) -> SwapOut:
    actor = acting(request)
    row = fetch(actor, "withdraw", Swap.objects.all(), swap_id)
    return swap_out(_read(withdraw_swap(swap=row.pk, by=actor.person).pk), by_me=True)


@router.get("/swapped/{token}", response=SwapPageOut, auth=anyone)
def get_swapped(request: HttpRequest, token: str) -> SwapPageOut:
    return _page(by_token(request, token, find_swap))


@router.post("/swapped/{token}", response=SwapPageOut, auth=anyone)
def post_swapped(request: HttpRequest, token: str, given: SwapAnswerIn) -> SwapPageOut:
    swap = by_token(request, token, find_swap)
    (accept_swap if given.agreed else decline_swap)(swap=swap.pk, by=swap.asked.person)
    return _page(_read(swap.pk))


def _page(swap: Swap) -> SwapPageOut:
    return SwapPageOut(name=mask_name(swap.asked.person.name), swap=swap_out(swap, by_me=False))


def _read(swap: int) -> Swap:
    return Swap.objects.select_related(*RELATED).get(pk=swap)
