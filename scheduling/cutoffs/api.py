"""/api/cutoffs: the staff see which children's sessions lack adults near their cut-off, and may step in or wait."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from scheduling.cutoffs.coming import Coming, coming_cutoffs
from scheduling.cutoffs.cutoffs import extend, step_in
from scheduling.cutoffs.models import CutOff

router = Router()


class CutOffOut(Schema):
    session: int
    title: str
    hub: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: Literal["coming", "asking", "calling", "moving", "cancelled", "stepped_in", "last_hour"]
    next_look: dt.datetime | None
    """When the next step is taken; none where nothing more happens by itself, as in the last hour before it begins."""
    lacking: int
    """Adults."""
    silent: int
    """Volunteers who were asked once more and have not answered."""
    families: int
    children: int
    """Who are not covered."""


class ExtendIn(Schema):
    hours: int = Field(ge=1, le=24)


def _out(one: Coming) -> CutOffOut:
    session = one.session
    return CutOffOut(
        session=session.pk,
        title=session.program.name,
        hub=session.hub.name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        state=one.state,  # type: ignore[arg-type]
        next_look=one.next_look,
        lacking=one.lacking,
        silent=one.silent,
        families=len(one.over),
        children=sum(map(len, one.over)),
    )


@router.get("/cutoffs", response=list[CutOffOut], auth=schedulers)
def get_cutoffs(request: HttpRequest) -> list[CutOffOut]:
    return [_out(one) for one in coming_cutoffs(acting(request))]


@router.post("/cutoffs/{int:session_id}/extend", response={204: None}, auth=schedulers)
def post_extend(request: HttpRequest, session_id: int, wish: ExtendIn) -> Status[None]:
    """Take the next step later."""
    actor = acting(request)
    fetch(actor, "change", CutOff.objects.filter(session=session_id), _key(session_id))
    extend(session=session_id, hours=wish.hours, by=actor.person)
    return Status(204, None)


@router.post("/cutoffs/{int:session_id}/step-in", response={204: None}, auth=schedulers)
def post_step_in(request: HttpRequest, session_id: int) -> Status[None]:
    """See to it oneself: nothing more happens by itself."""
    actor = acting(request)
    fetch(actor, "change", CutOff.objects.filter(session=session_id), _key(session_id))
    step_in(session=session_id, by=actor.person)
    return Status(204, None)


def _key(session: int) -> int:
    return CutOff.objects.filter(session=session).values_list("pk", flat=True).first() or 0
