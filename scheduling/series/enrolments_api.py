"""/api/series/{id}/members: who is in a closed group. Reading the names of children is logged."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.journal.append import append
from hub.people.names import given_name
from scheduling.bookings.lookup import bookable_children
from scheduling.series.enrolments import enrol, leave_group
from scheduling.series.held import members
from scheduling.series.models import Series
from scheduling.series.schemas import EnrolIn, EnrolledOut, Member

router = Router()


def _group(request: HttpRequest, series_id: int) -> Series:
    """Who runs a group knows its children."""
    return fetch(acting(request), "edit", Series.objects.filter(removed_at=None), series_id)


@router.get("/series/{int:series_id}/members", response=list[Member], auth=schedulers)
@transaction.atomic
def get_members(request: HttpRequest, series_id: int) -> Any:
    """By given name alone."""
    series, actor = _group(request, series_id), acting(request)
    since = dict(series.enrolments.filter(ended_at=None).values_list("participant", "created_at"))
    append(action="members.read", subject=series, actor_id=actor.person.pk, hub_id=series.hub_id)
    return [
        {"child": child.pk, "name": given_name(child.person.name), "since": since[child.person_id]}
        for child in members(series)
    ]


@router.post("/series/{int:series_id}/members", response=EnrolledOut, auth=schedulers)
def post_members(request: HttpRequest, series_id: int, wish: EnrolIn) -> Any:
    series, actor = _group(request, series_id), acting(request)
    known = bookable_children(actor=actor, text=wish.guardian_phone).filter(pk__in=wish.children)
    if set(wish.children) - set(known.values_list("pk", flat=True)):
        raise Refused("not_found", model="child")
    return {"left_out": enrol(series_id=series.pk, children=wish.children, by=actor.person)}


@router.delete("/series/{int:series_id}/members/{int:child_id}", response={204: None}, auth=schedulers)
def delete_member(request: HttpRequest, series_id: int, child_id: int) -> Status[None]:
    series = _group(request, series_id)
    leave_group(series_id=series.pk, child=child_id, by=acting(request).person)
    return Status(204, None)
