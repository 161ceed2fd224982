"""Yes or no to those who asked for a place, and who waits for it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from scheduling.signups import requests
from scheduling.signups.awaiting import awaiting_answer
from scheduling.signups.models import Assignment
from scheduling.signups.schemas import AssignmentOut, ReasonIn, RequestOut, assignment_out, request_out

router = Router()


@router.get("/requests", response=list[RequestOut], auth=schedulers)
def get_requests(request: HttpRequest) -> list[RequestOut]:
    """Who waits for a yes to a place in sessions that the actor may change, oldest first."""
    return [request_out(row) for row in awaiting_answer(acting(request))]


@router.post("/assignments/{assignment_id}/approve", response=AssignmentOut, auth=schedulers)
def post_approve(request: HttpRequest, assignment_id: int) -> AssignmentOut:
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    return assignment_out(requests.approve(assignment=row.pk, by=actor.person))


@router.post("/assignments/{assignment_id}/refuse", response=AssignmentOut, auth=schedulers)
def post_refuse(request: HttpRequest, assignment_id: int, wish: ReasonIn) -> AssignmentOut:
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    return assignment_out(requests.refuse(assignment=row.pk, by=actor.person, reason=wish.reason))
