"""Signing up together: who may come along, and all of them at once. Wrong names are made slow to guess."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.guessing import made_slow
from hub.access.operations import acting, volunteers
from hub.people.models import Person
from scheduling.signups.parties import MOST, find_companions, housemates, sign_up_together
from scheduling.signups.schemas import AssignmentOut, assignment_out

router = Router()
WRONG_GUESSES = 10
WINDOW = 60 * 60


class Companion(Schema):
    name: str = Field(max_length=60)
    phone: str = Field("", max_length=20)
    """Empty for one who shares my phone."""


class TogetherIn(Schema):
    companions: list[Companion] = Field(min_length=1, max_length=MOST - 1)
    wait: bool = False


def _find(me: Person, named: list[tuple[str, str]]) -> list[int]:
    with made_slow("companion", str(me.pk), wrong="companion_unknown", most=WRONG_GUESSES, window=WINDOW):
        return find_companions(me=me, named=named)


@router.get("/shifts/companions", response=list[str], auth=volunteers)
def get_companions(request: HttpRequest) -> list[str]:
    """The other volunteers who share my phone, by name."""
    return housemates(acting(request).person)


@router.post("/needs/{need_id}/sign-up-together", response=list[AssignmentOut], auth=volunteers)
def post_sign_up_together(request: HttpRequest, need_id: int, wish: TogetherIn) -> list[AssignmentOut]:
    me = acting(request).person
    companions = _find(me, [(one.name.strip(), one.phone.strip()) for one in wish.companions])
    rows = sign_up_together(need=need_id, person=me.pk, companions=companions, by=me, wait=wish.wait)
    return [assignment_out(row) for row in rows]
