"""/api/series. What touches sessions is posted twice: once to see how it comes out, once to save that."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from hub.access.actor import Actor
from hub.access.operations import acting, schedulers, staff
from hub.access.rules import fetch
from hub.places.models import Hub, Room
from programs.models import Program
from scheduling.series import series as rules
from scheduling.series.enrolments_api import router as enrolments_router
from scheduling.series.models import Series, Term
from scheduling.series.outcome import Outcome
from scheduling.series.reading import series_full, series_lines
from scheduling.series.schemas import (
    SeriesChange,
    SeriesDays,
    SeriesFull,
    SeriesLine,
    SeriesNew,
    SeriesOutcome,
    SeriesRevision,
    SeriesSeen,
    SeriesUndo,
    outcome_out,
)
from scheduling.series.settling_api import settled_of
from scheduling.series.terms_api import router as terms_router
from scheduling.series.week_templates_api import router as week_templates_router
from scheduling.series.wishes import Wish
from scheduling.sessions.api import need_wishes
from scheduling.sessions.checks import social_worker

router = Router()
router.add_router("", enrolments_router)
router.add_router("", terms_router)
router.add_router("", week_templates_router)


def _wish(actor: Actor, days: SeriesDays, *, there: int | None = None) -> Wish:
    """`there`: the site where it is now, which an agency may have left."""
    action = "view" if days.hub == there else "schedule"
    return Wish(
        first_day=days.first_day,
        rule=days.rule,
        until=days.until,
        count=days.count,
        term=fetch(actor, "view", Term.objects.all(), days.term) if days.term else None,
        holidays=days.holidays,
        makeup=days.makeup,
        start=days.start,
        minutes=days.minutes,
        hub=fetch(actor, action, Hub.objects.all(), days.hub),
        room=fetch(actor, "view", Room.objects.all(), days.room) if days.room else None,
        places=days.places,
        group_only=days.group_only,
        duty_worker=social_worker(days.duty_worker),
        note=days.note,
        needs=need_wishes(days.needs),
    )


def _editable(request: HttpRequest, series_id: int) -> Series:
    return fetch(acting(request), "edit", Series.objects.all(), series_id)


@router.get("/series", response=list[SeriesLine], auth=staff)
def get_series_list(request: HttpRequest) -> Any:
    """One's own and those of one's sites; drafts are their agency's alone."""
    return series_lines(acting(request))


@router.get("/series/{int:series_id}", response=SeriesFull, auth=staff)
def get_series(request: HttpRequest, series_id: int) -> Any:
    return series_full(acting(request), series_id)


@router.post("/series", response=SeriesOutcome, auth=schedulers)
def post_series(request: HttpRequest, wish: SeriesNew) -> Any:
    """A draft is saved at once; else the days are shown, and saved when `seen` names what was shown."""
    actor = acting(request)
    program = fetch(actor, "schedule", Program.objects.all(), wish.program)
    if wish.draft:
        series = rules.draft_series(program=program, wish=_wish(actor, wish), by=actor.person)
        return outcome_out(Outcome([], series.pk, series.revision, saved=True))
    settled = settled_of(actor, wish, hub=wish.hub)
    return outcome_out(
        rules.add_series(program=program, wish=_wish(actor, wish), seen=wish.seen, by=actor.person, settled=settled)
    )


@router.post("/series/{int:series_id}/publish", response=SeriesOutcome, auth=schedulers)
def post_publish(request: HttpRequest, series_id: int, wish: SeriesSeen) -> Any:
    series, actor = _editable(request, series_id), acting(request)
    return outcome_out(
        rules.publish_series(
            series_id=series.pk,
            revision=wish.revision,
            seen=wish.seen,
            settled=settled_of(actor, wish, hub=series.hub_id),
            by=actor.person,
        )
    )


@router.post("/series/{int:series_id}/change", response=SeriesOutcome, auth=schedulers)
def post_change(request: HttpRequest, series_id: int, wish: SeriesChange) -> Any:
    series, actor = _editable(request, series_id), acting(request)
    return outcome_out(
        rules.change_series(
            series_id=series.pk,
            revision=wish.revision,
            wish=_wish(actor, wish, there=series.hub_id),
            since=wish.since,
            over_own=wish.over_own,
            reason=wish.reason,
            seen=wish.seen,
            settled=settled_of(actor, wish, hub=wish.hub),
            by=actor.person,
        )
    )


@router.post("/series/{int:series_id}/undo", response=SeriesOutcome, auth=schedulers)
def post_undo(request: HttpRequest, series_id: int, wish: SeriesUndo) -> Any:
    """Brings back what the last change took away, within ten minutes."""
    series, actor = _editable(request, series_id), acting(request)
    return outcome_out(
        rules.undo_change(
            series_id=series.pk,
            revision=wish.revision,
            reason=wish.reason,
            seen=wish.seen,
            settled=settled_of(actor, wish, hub=series.hub_id),
            by=actor.person,
        )
    )


@router.delete("/series/{int:series_id}", response={204: None}, auth=schedulers)
def delete_draft(request: HttpRequest, series_id: int, revision: int) -> Status[None]:
    """A draft alone; a published series is ended by a change."""
    series = _editable(request, series_id)
    rules.remove_draft(series_id=series.pk, revision=revision, by=acting(request).person)
    return Status(204, None)


@router.post("/series/{int:series_id}/restore", response=SeriesRevision, auth=schedulers)
def post_restore(request: HttpRequest, series_id: int) -> Any:
    series = _editable(request, series_id)
    return rules.restore_draft(series_id=series.pk, by=acting(request).person)
