"""Rounds around other sites, and what others are asked."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.rounds.factories import make_asked, make_round
from tests.support.make import make_person, make_volunteer

AWAY = {"answer": "away"}


@foreign(
    "GET /api/rounds/{round_id}",
    "GET /api/rounds/{round_id}/people",
    "POST /api/rounds/{round_id}/remind",
    "POST /api/rounds/{round_id}/close",
)
def round_around_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"round_id": make_round().pk})


@foreign("POST /api/rounds/asked/{asked_id}/called", "POST /api/rounds/asked/{asked_id}/missed")
def somebody_asked_around_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"asked_id": make_asked().pk}, AWAY)


@foreign("POST /api/rounds/asked/{asked_id}/answer")
def question_to_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"asked_id": make_asked().pk}, AWAY)
