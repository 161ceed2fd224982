"""Planning over HTTP: the desk of a week, runs, proposals, edits, publishing."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from hub import clock
from hub.access.actor import Actor
from hub.access.operations import Allow, acting, planners
from hub.access.rules import fetch, may, visible
from hub.errors import Refused
from hub.people.models import Role
from hub.places.models import Hub
from scheduling.planning import asking_api, compare_api, edits, group_post, policies_api, repairs_api, review_api, runs
from scheduling.planning.lookup import runs_to_review, runs_to_show
from scheduling.planning.models import Publication, Run
from scheduling.planning.proposal import totals
from scheduling.planning.publish import publish_run
from scheduling.planning.restore import restore_run
from scheduling.planning.schemas import (
    DeskHub,
    DeskOut,
    GroupText,
    PastRun,
    PlanTotals,
    PublishedOut,
    RunOut,
    past_run,
    run_out,
)
from scheduling.sessions.models import Need, Session
from volunteers.models import Volunteer

router = Router()
router.add_router("", asking_api.router)
router.add_router("", compare_api.router)
router.add_router("", policies_api.router)
router.add_router("", repairs_api.router)
router.add_router("", review_api.router)
lookers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)
MOST_RUNS = 30


class RunIn(Schema):
    week: dt.date
    hubs: list[int]
    seconds: int = 30
    policy: str = ""
    """A preset's code, "hub:3" for a site's own, or what the sites usually plan by."""


class EditIn(Schema):
    action: Literal["add", "remove", "swap", "pin", "unpin", "bar", "unbar"]
    need: int
    volunteer: int
    instead: int | None = None
    """Who takes the place, in a swap."""


class PublishIn(Schema):
    skip_conflicts: bool = False
    sessions: Annotated[list[int], Field(max_length=5000)] | None = None
    """Only what it says of these; null for all that is left."""


@router.get("/planning/desk", response=DeskOut, auth=lookers)
def get_desk(request: HttpRequest, week: dt.date | None = None) -> DeskOut:
    """The sites one may plan or look at in the week of a day, and the newest run there. Without a day: the next week
    that has sessions."""
    actor = acting(request)
    seen = visible(actor, "view_plans", Hub.objects.all())
    monday = clock.monday_of(week) if week else _week_to_plan(seen)
    to_come = Q(sessions__week=monday, sessions__state=Session.State.PLANNED, sessions__starts_at__gt=clock.now())
    hubs = seen.annotate(to_come=Count("sessions", filter=to_come))
    run = visible(actor, "view", runs_to_show()).filter(week=monday).order_by("-pk").first()
    return DeskOut(
        week=monday,
        hubs=[
            DeskHub(id=hub.pk, name=hub.name, kind=hub.kind, parent=hub.parent_id, sessions=hub.to_come)
            for hub in hubs.order_by("pk")
        ],
        run=_out(actor, run) if run else None,
        may_plan=actor.has(Role.COORDINATOR, Role.ADMINISTRATOR),
    )


@router.post("/planning/runs", response=RunOut, auth=planners)
def post_run(request: HttpRequest, wish: RunIn) -> RunOut:
    actor = acting(request)
    wanted = set(wish.hubs)
    hubs = list(visible(actor, "plan", Hub.objects.filter(pk__in=wanted)))
    if len(hubs) != len(wanted):
        raise Refused("not_found", model="hub")
    run = runs.request_run(week=wish.week, hubs=hubs, seconds=wish.seconds, policy=wish.policy, by=actor.person)
    return _out(actor, run)


@router.get("/planning/runs", response=list[PastRun], auth=lookers)
def get_runs(request: HttpRequest, week: dt.date | None = None) -> list[PastRun]:
    """The newest runs of the sites one plans or looks at, in the week of a day or whatever their week."""
    seen = (
        visible(acting(request), "view", runs_to_show())
        .select_related("requested_by")
        .defer("snapshot", "result", "index")
        .prefetch_related(Prefetch("publications", Publication.objects.only("run")))
    )
    if week:
        seen = seen.filter(week=clock.monday_of(week))
    return [past_run(run) for run in seen.annotate(places=Count("proposed")).order_by("-pk")[:MOST_RUNS]]


@router.get("/planning/runs/{run_id}", response=RunOut, auth=lookers)
def get_run(request: HttpRequest, run_id: int) -> RunOut:
    actor = acting(request)
    return _out(actor, fetch(actor, "view", runs_to_show(), run_id))


@router.post("/planning/runs/{run_id}/cancel", response=RunOut, auth=planners)
def post_cancel(request: HttpRequest, run_id: int) -> RunOut:
    actor = acting(request)
    runs.cancel_run(run=fetch(actor, "edit", runs_to_show(), run_id), by=actor.person)
    return _out(actor, runs_to_show().get(pk=run_id))


@router.post("/planning/runs/{run_id}/edits", response=PlanTotals, auth=planners)
def post_edit(request: HttpRequest, run_id: int, wish: EditIn) -> dict[str, object]:
    """One change by hand; answers with the proposal's figures anew."""
    actor = acting(request)
    run = fetch(actor, "edit", runs_to_review(), run_id)
    need = Need.objects.filter(pk=wish.need).first()
    people = Volunteer.objects.in_bulk([pk for pk in (wish.volunteer, wish.instead) if pk])
    volunteer = people.get(wish.volunteer)
    if need is None or volunteer is None:
        raise Refused("not_found", model="need" if need is None else "volunteer")
    if wish.action == "swap":
        if (instead := people.get(wish.instead or 0)) is None:
            raise Refused("not_found", model="volunteer", id=wish.instead)
        return totals(edits.swap_place(run=run, need=need, volunteer=volunteer, instead=instead, by=actor.person))
    rules = {
        "add": edits.add_place,
        "remove": edits.remove_place,
        "pin": edits.pin_place,
        "unpin": edits.unpin_place,
        "bar": edits.bar_volunteer,
        "unbar": edits.unbar_volunteer,
    }
    return totals(rules[wish.action](run=run, need=need, volunteer=volunteer, by=actor.person))


@router.post("/planning/runs/{run_id}/publish", response=PublishedOut, auth=planners)
def post_publish(request: HttpRequest, run_id: int, wish: PublishIn) -> dict[str, int]:
    actor = acting(request)
    run = fetch(actor, "edit", runs_to_show(), run_id)
    return publish_run(run=run, by=actor.person, **wish.dict())


@router.post("/planning/runs/{run_id}/restore", response=RunOut, auth=planners)
def post_restore(request: HttpRequest, run_id: int) -> RunOut:
    """The roster that it once put in force, as a new proposal."""
    actor = acting(request)
    return _out(actor, restore_run(run=fetch(actor, "edit", runs_to_show(), run_id), by=actor.person))


@router.get("/planning/runs/{run_id}/group-text", response=GroupText, auth=planners)
def get_group_text(request: HttpRequest, run_id: int, hub: int, names: bool = False) -> GroupText:
    """Ready to paste into a chat group: one site's week."""
    run, site = _posted(acting(request), run_id, hub)
    text = group_post.group_text(week=run.week, hub=site, names=names)
    return GroupText(text=text, link=group_post.find_link())


@router.get("/planning/runs/{run_id}/group-picture", auth=planners)
def get_group_picture(request: HttpRequest, run_id: int, hub: int) -> HttpResponse:
    """The same as a picture (SVG) with a QR code."""
    run, site = _posted(acting(request), run_id, hub)
    return HttpResponse(group_post.group_picture(week=run.week, hub=site), content_type="image/svg+xml")


def _week_to_plan(hubs: QuerySet[Hub]) -> dt.date:
    this = clock.monday_of(clock.today())
    later = Session.objects.filter(hub__in=hubs, week__gt=this, state=Session.State.PLANNED).order_by("week")
    return later.values_list("week", flat=True).first() or this + dt.timedelta(weeks=1)


def _out(actor: Actor, run: Run) -> RunOut:
    return run_out(run, may_edit=may(actor, "edit", run))


def _posted(actor: Actor, run_id: int, hub_id: int) -> tuple[Run, Hub]:
    run = fetch(actor, "view", runs_to_show(), run_id)
    site = run.hubs.filter(pk=hub_id).first()
    if site is None:
        raise Refused("not_found", model="hub", id=hub_id)
    return run, site
