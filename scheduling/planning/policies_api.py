"""Policies over HTTP: what plans may go by, and what each site usually plans by."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.operations import Allow, acting, planners
from hub.access.rules import fetch, visible
from hub.people.models import Role
from hub.places.models import Hub
from scheduling.planning import policies
from scheduling.planning.models import Policy
from scheduling.planning.schemas import PolicyOut

router = Router()
lookers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)
Goal = Literal["fair", "familiar", "steady", "wishes", "near"]


class HubPolicy(Schema):
    hub: int
    usual: str
    """A preset's code, or "own"."""
    own: PolicyOut | None


class PoliciesOut(Schema):
    presets: list[PolicyOut]
    hubs: list[HubPolicy]
    """Sites that have said what they plan by; all others plan by the balanced one."""


class PolicyIn(Schema):
    usual: str
    name: Annotated[str, Field(max_length=40)] = ""
    sentence: Annotated[str, Field(max_length=200)] = ""
    goals: list[Goal] = []


@router.get("/planning/policies", response=PoliciesOut, auth=lookers)
def get_policies(request: HttpRequest) -> PoliciesOut:
    seen = visible(acting(request), "view_plans", Hub.objects.all())
    rows = Policy.objects.filter(hub__in=seen).order_by("hub")
    return PoliciesOut(presets=[_out(one) for one in policies.presets()], hubs=[_of_hub(row) for row in rows])


@router.put("/planning/policies/{hub_id}", response=HubPolicy, auth=planners)
def put_policy(request: HttpRequest, hub_id: int, wish: PolicyIn) -> HubPolicy:
    actor = acting(request)
    hub = fetch(actor, "plan", Hub.objects.all(), hub_id)
    return _of_hub(policies.set_policy(hub=hub, **wish.dict(), by=actor.person))


def _of_hub(row: Policy) -> HubPolicy:
    own = policies.own_of(row)
    return HubPolicy(hub=row.hub_id, usual=row.usual, own=_out(own) if own else None)


def _out(one: policies.Chosen) -> PolicyOut:
    return PolicyOut(**one.to_json())
