"""/api/week-templates: a site's week, saved and laid over others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from hub import clock
from hub.access.operations import acting, planners
from hub.access.rules import fetch, visible
from hub.places.models import Hub
from scheduling.series.models import WeekTemplate
from scheduling.series.schemas import LayIn, SeriesOutcome, WeekTemplateIn, WeekTemplateOut, outcome_out
from scheduling.series.settling_api import settled_of
from scheduling.series.week_templates import lay_template, remove_template, save_template

router = Router()


def _template(template: WeekTemplate) -> dict[str, Any]:
    return {
        "id": template.pk,
        "hub": template.hub_id,
        "name": template.name,
        "sessions": len(template.rows),
        "created_at": template.created_at,
    }


@router.get("/week-templates", response=list[WeekTemplateOut], auth=planners)
def get_week_templates(request: HttpRequest) -> Any:
    """Of one's sites, the newest first."""
    return [_template(row) for row in visible(acting(request), "lay", WeekTemplate.objects.order_by("-pk"))]


@router.post("/week-templates", response={201: WeekTemplateOut}, auth=planners)
def post_week_template(request: HttpRequest, wish: WeekTemplateIn) -> Any:
    actor = acting(request)
    hub = fetch(actor, "look_after", Hub.objects.all(), wish.hub)
    week = clock.monday_of(wish.week)
    return Status(201, _template(save_template(hub=hub, week=week, name=wish.name, by=actor.person)))


@router.post("/week-templates/{int:template_id}/lay", response=SeriesOutcome, auth=planners)
def post_lay(request: HttpRequest, template_id: int, wish: LayIn) -> Any:
    """Shown, and saved when `seen` names what was shown."""
    actor = acting(request)
    template = fetch(actor, "lay", WeekTemplate.objects.all(), template_id)
    week = clock.monday_of(wish.week)
    settled = settled_of(actor, wish, hub=template.hub_id)
    return outcome_out(
        lay_template(template_id=template.pk, week=week, seen=wish.seen, by=actor.person, settled=settled)
    )


@router.delete("/week-templates/{int:template_id}", response={204: None}, auth=planners)
def delete_week_template(request: HttpRequest, template_id: int) -> Status[None]:
    actor = acting(request)
    remove_template(template=fetch(actor, "lay", WeekTemplate.objects.all(), template_id), by=actor.person)
    return Status(204, None)
