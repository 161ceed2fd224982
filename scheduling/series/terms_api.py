"""/api/terms: the district's school terms, and a site's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from hub.access.actor import Actor
from hub.access.operations import acting, planners, staff
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.people.models import Role
from hub.places.models import Hub
from scheduling.series.models import Term
from scheduling.series.schemas import TermIn, TermOut
from scheduling.series.terms import remove_term, set_term

router = Router()


@router.get("/terms", response=list[TermOut], auth=staff)
def get_terms(request: HttpRequest) -> Any:
    actor = acting(request)
    editable = set(visible(actor, "edit", Term.objects.all()).values_list("pk", flat=True))
    return [
        _term(term, term.pk in editable) for term in visible(actor, "view", Term.objects.order_by("-first_day", "pk"))
    ]


@router.post("/terms", response={201: TermOut}, auth=planners)
def post_term(request: HttpRequest, wish: TermIn) -> Any:
    return Status(201, _term(_set(acting(request), None, wish), True))


@router.put("/terms/{int:term_id}", response=TermOut, auth=planners)
def put_term(request: HttpRequest, term_id: int, wish: TermIn) -> Any:
    actor = acting(request)
    return _term(_set(actor, fetch(actor, "edit", Term.objects.all(), term_id), wish), True)


@router.delete("/terms/{int:term_id}", response={204: None}, auth=planners)
def delete_term(request: HttpRequest, term_id: int) -> Status[None]:
    actor = acting(request)
    remove_term(term=fetch(actor, "edit", Term.objects.all(), term_id), by=actor.person)
    return Status(204, None)


def _set(actor: Actor, term: Term | None, wish: TermIn) -> Term:
    hub = fetch(actor, "look_after", Hub.objects.all(), wish.hub) if wish.hub else None
    if hub is None and not actor.has(Role.ADMINISTRATOR):
        raise Refused("not_allowed")
    return set_term(
        term=term, name=wish.name, hub=hub, first_day=wish.first_day, last_day=wish.last_day, by=actor.person
    )


def _term(term: Term, editable: bool) -> dict[str, Any]:
    return {
        "id": term.pk,
        "name": term.name,
        "hub": term.hub_id,
        "first_day": term.first_day,
        "last_day": term.last_day,
        "editable": editable,
    }
