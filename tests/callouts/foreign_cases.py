"""Needs and call-outs at other hubs and of other agencies, questions to other volunteers."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.callouts.factories import first_wave, helpers, short_need, the_callout
from tests.support.make import make_person, make_volunteer

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
