"""Call-outs: the staff's side, and that of those who are asked."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from hub import clock
from hub.access.operations import acting, schedulers, volunteers
from hub.access.rules import fetch, visible
from scheduling.callouts import asked_api, swaps_api
from scheduling.callouts.answers import Outcome, record_call, say_no, say_yes
from scheduling.callouts.callouts import start_call_out, stop_call_out
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.reading import asks_of, call_list, counted, with_session
from scheduling.callouts.schemas import (
    AskAnswerIn,
    AskOut,
    CallIn,
    CallListOut,
    CallOutOut,
    ask_out,
    call_list_out,
    callout_out,
)
from scheduling.sessions.models import Need
from volunteers.models import Volunteer

router = Router()
router.add_router("", asked_api.router)
router.add_router("", swaps_api.router)
NEEDS = Need.objects.select_related("session__hub", "session__program", "skill")


@router.get("/call-outs", response=list[CallOutOut], auth=schedulers)
def get_call_outs(request: HttpRequest) -> list[CallOutOut]:
    """Those for sessions ahead where this person would call around, soonest session first: running, or at their wits'
    end."""
    ahead = CallOut.objects.filter(state__in=CallOut.OPEN, session__starts_at__gt=clock.now())
    return [callout_out(row) for row in counted(visible(acting(request), "view", ahead.select_related("need")))]


@router.post("/needs/{need_id}/call-out", response=CallOutOut, auth=schedulers)
def post_call_out(request: HttpRequest, need_id: int) -> CallOutOut:
    """Have stand-ins asked, wave by wave."""
    actor = acting(request)
    need = fetch(actor, "assign", Need.objects.all(), need_id)
    return _counted(start_call_out(need=need.pk, by=actor.person))


@router.post("/call-outs/{callout_id}/stop", response=CallOutOut, auth=schedulers)
def post_stop(request: HttpRequest, callout_id: int) -> CallOutOut:
    actor = acting(request)
    row = fetch(actor, "stop", CallOut.objects.all(), callout_id)
    return _counted(stop_call_out(callout=row.pk, by=actor.person))


@router.get("/needs/{need_id}/call-list", response=CallListOut, auth=schedulers)
def get_call_list(request: HttpRequest, need_id: int) -> CallListOut:
    """Whom to ring: who was asked and is silent first, then who has not been asked."""
    return call_list_out(call_list(fetch(acting(request), "assign", NEEDS, need_id)))


@router.post("/needs/{need_id}/calls", response=CallListOut, auth=schedulers)
def post_call(request: HttpRequest, need_id: int, call: CallIn) -> CallListOut:
    """What somebody said on the telephone. A yes signs them up."""
    actor = acting(request)
    need = fetch(actor, "assign", NEEDS, need_id)
    volunteer = fetch(actor, "view", Volunteer.objects.all(), call.volunteer)
    record_call(need=need.pk, volunteer=volunteer.pk, outcome=Outcome(call.outcome), by=actor.person)
    return call_list_out(call_list(need))


@router.get("/asks", response=list[AskOut], auth=volunteers)
def get_asks(request: HttpRequest) -> list[AskOut]:
    """What I am asked to step in for."""
    return [ask_out(ask) for ask in asks_of(acting(request).person.pk)]


@router.post("/asks/{ask_id}/answer", response=AskOut, auth=volunteers)
def post_ask_answer(request: HttpRequest, ask_id: int, given: AskAnswerIn) -> AskOut:
    """我能来 or 不方便."""
    actor = acting(request)
    row = fetch(actor, "answer", Ask.objects.all(), ask_id)
    answer = say_yes if given.coming else say_no
    answer(ask=row.pk, by=actor.person)
    return ask_out(with_session(Ask.objects.filter(pk=row.pk)).get())


def _counted(callout: CallOut) -> CallOutOut:
    return callout_out(counted(CallOut.objects.filter(pk=callout.pk).select_related("need")).get())
