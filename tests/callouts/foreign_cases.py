"""Needs and call-outs at other hubs and of other agencies, questions to other volunteers."""

from __future__ import annotations

from hub.people.models import Role
from scheduling.callouts.swaps import propose_swap
from tests.access.foreign import Foreign, foreign
from tests.callouts.factories import first_wave, helpers, short_need, the_callout
from tests.signups.factories import make_regular, take
from tests.support.make import make_need, make_person, make_volunteer

NEED = (
    "POST /api/needs/{need_id}/call-out",
    "GET /api/needs/{need_id}/call-list",
    "POST /api/needs/{need_id}/calls",
)


@foreign(*NEED)
def need_at_another_hub() -> Foreign:
    body = {"volunteer": make_volunteer().pk, "outcome": "no"}
    return Foreign(make_person(Role.COORDINATOR), {"need_id": short_need()[0].pk}, body)


@foreign(*NEED)
def need_of_another_agency() -> Foreign:
    body = {"volunteer": make_volunteer().pk, "outcome": "no"}
    return Foreign(make_person(Role.SOCIAL_WORKER), {"need_id": short_need()[0].pk}, body)


@foreign("POST /api/call-outs/{callout_id}/stop")
def call_out_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"callout_id": the_callout(short_need()[0]).pk})


@foreign("POST /api/asks/{ask_id}/answer")
def question_to_another_volunteer() -> Foreign:
    need, _ = short_need()
    helpers(1)
    (ask,) = first_wave(need)
    return Foreign(make_volunteer().person, {"ask_id": ask.pk}, {"coming": True})


@foreign("GET /api/assignments/{assignment_id}/partners", "POST /api/assignments/{assignment_id}/swap")
def place_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"assignment_id": take(make_need()).pk}, {"volunteer": 1})


@foreign("POST /api/swaps/{swap_id}/answer", "POST /api/swaps/{swap_id}/withdraw")
def swap_between_others() -> Foreign:
    mine = take(make_need())
    swap = propose_swap(mine=mine.pk, asked=make_regular().pk, by=mine.volunteer.person)
    return Foreign(make_volunteer().person, {"swap_id": swap.pk}, {"agreed": True})


@foreign("POST /api/swaps/{swap_id}/answer")
def my_own_proposal_is_not_mine_to_accept() -> Foreign:
    mine = take(make_need())
    swap = propose_swap(mine=mine.pk, asked=make_regular().pk, by=mine.volunteer.person)
    return Foreign(mine.volunteer.person, {"swap_id": swap.pk}, {"agreed": True})
