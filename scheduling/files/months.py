"""A month of an agency's files at a hub: asked for, made by the worker, fetched while it is kept.

A worker holds one by its attempt: one that was given up for dead and comes back writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.kept_files import keep_sweeping, promised_in
from hub.live.publish import publish
from hub.people.models import Person, Role
from hub.places.models import Agency, Hub
from hub.places.stays import sites_counted, sites_of_stay
from scheduling.files.missing import PARTS, held, with_lacks
from scheduling.files.models import MonthFile
from scheduling.residency.months import after, begins
from scheduling.sessions.models import Session

FOLDER = "session-months"
KEPT_FOR = dt.timedelta(days=7)
DEAD_AFTER = dt.timedelta(minutes=5)
"""Without a sign of life; typesetting a large month takes its time."""
MOST_ATTEMPTS = 2
State = MonthFile.State


@dataclass(frozen=True)
class Choice:
    """A month that can be asked for."""

    agency: int
    agency_name: str
    hub: int
    hub_name: str
    sessions: int
    lacking: int
    """How many of them lack something still."""


def sessions_in(month: dt.date) -> QuerySet[Session]:
    return held(Session.objects.filter(starts_at__gte=begins(month), starts_at__lt=begins(after(month))))


def sessions_of(month_file: MonthFile) -> QuerySet[Session]:
    """In order of time."""
    sites = sites_of_stay(month_file.agency_id, month_file.hub_id)
    rows = sessions_in(month_file.month).filter(program__agency=month_file.agency_id, hub__in=sites)
    return rows.select_related("program__agency", "hub", "duty_worker").order_by("starts_at", "pk")


def choices_for(*, actor: Actor, month: dt.date) -> list[Choice]:
    """Each agency's stay where it held sessions that `actor` runs; for who runs a meal point below its hub alone, that
    site. Five queries."""
    lacks = Q(*((f"lacks_{part}", True) for part in PARTS), _connector=Q.OR)
    by_site = with_lacks(visible(actor, "edit", sessions_in(month))).values("program__agency", "hub").order_by()
    rows = list(
        by_site.annotate(sessions=Count("pk"), lacking=Count("pk", filter=lacks)).values_list(
            "program__agency", "hub", "sessions", "lacking"
        )
    )
    counted = sites_counted([(agency, site) for agency, site, *_ in rows])
    found: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for agency, site, sessions, lacking in rows:
        stay = counted[agency, site]
        found[agency, stay if may_ask(actor, agency, stay) else site].update(sessions=sessions, lacking=lacking)
    agencies = Agency.objects.in_bulk({agency for agency, _ in found})
    hubs = Hub.objects.in_bulk({hub for _, hub in found})
    choices = [
        Choice(agency, agencies[agency].name, hub, hubs[hub].name, counts["sessions"], counts["lacking"])
        for (agency, hub), counts in found.items()
    ]
    return sorted(choices, key=lambda one: (one.agency_name, one.hub_name, one.hub))


def may_ask(actor: Actor, agency: int, hub: int) -> bool:
    """Who fetches it later, too (permissions.fetch_month)."""
    return actor.has(Role.ADMINISTRATOR) or hub in actor.hub_ids or agency in actor.agency_ids


def request_month(
    *, month: dt.date, agency: Agency, hub: Hub, full_names: bool, language: str, actor: Actor
) -> MonthFile:
    """Refused: not_a_month, nothing_held (nothing that `actor` runs), export_in_progress."""
    if month.day != 1:
        raise Refused("not_a_month")
    rows = visible(actor, "edit", sessions_in(month)).filter(
        program__agency=agency, hub__in=sites_of_stay(agency.pk, hub.pk)
    )
    sessions = rows.count()
    if not sessions or not may_ask(actor, agency.pk, hub.pk):
        raise Refused("nothing_held")
    by = actor.person
    try:
        with transaction.atomic():
            row = MonthFile.objects.create(
                agency=agency, hub=hub, month=month, full_names=full_names, language=language, sessions=sessions,
                requested_by=by, created_at=clock.now(),
            )  # fmt: skip
            append(
                action="month.requested", subject=row, actor_id=by.pk, hub_id=hub.pk, agency=agency.pk,
                full_names=full_names,
            )  # fmt: skip
            from scheduling.files.tasks import begin

            begin(row.pk)
            _tell(row)
    except IntegrityError:
        raise Refused("export_in_progress") from None
    return row


@transaction.atomic
def claim(month_file: int) -> MonthFile | None:
    """Take it up; none when it is not to be had, or has failed too often."""
    now = clock.now()
    free = Q(state=State.QUEUED) | Q(state=State.WORKING, heartbeat_at__lt=now - DEAD_AFTER)
    row = MonthFile.objects.select_for_update().filter(free, pk=month_file).first()
    if row is None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        _end(row, State.FAILED)
        return None
    row.state, row.attempts, row.done, row.heartbeat_at = State.WORKING, row.attempts + 1, 0, now
    row.save()
    _tell(row)
    return row


@transaction.atomic
def progress(row: MonthFile, done: int) -> bool:
    """Whether it is still this worker's."""
    alive = _held(row).update(done=done, heartbeat_at=clock.now())
    if alive:
        _tell(row)
    return bool(alive)


@transaction.atomic
def finish(row: MonthFile, name: str, size: int, *, photos_lost: int = 0) -> bool:
    """The file is there. False when the month is no longer this worker's: the file is to go."""
    mine = _held(row).select_for_update().first()
    if mine is None:
        return False
    mine.name, mine.bytes, mine.done, mine.photos_lost = name, size, mine.sessions, photos_lost
    _end(mine, State.READY)
    from scheduling.files.tasks import keep_clearing

    keep_clearing()
    keep_sweeping()
    return True


@transaction.atomic
def fail(row: MonthFile) -> None:
    mine = _held(row).select_for_update().first()
    if mine:
        _end(mine, State.FAILED)


@transaction.atomic
def note_fetching(*, month_file: MonthFile, by: Person) -> str:
    """Its file's path: who takes it out is in the journal. Refused: not_found (not ready, or not kept any more)."""
    row = MonthFile.objects.filter(pk=month_file.pk, state=State.READY).exclude(name="").first()
    if row is None or not default_storage.exists(path_of(row.name)):
        raise Refused("not_found", model="monthfile", id=month_file.pk)
    append(action="month.fetched", subject=row, actor_id=by.pk, hub_id=row.hub_id)
    return path_of(row.name)


def clear_old() -> None:
    """Files kept long enough go; the rows say that there was one."""
    old = MonthFile.objects.filter(finished_at__lte=clock.now() - KEPT_FOR).exclude(name="")
    for row in old:
        default_storage.delete(path_of(row.name))
        MonthFile.objects.filter(pk=row.pk).update(name="")


def path_of(name: str) -> str:
    return f"{FOLDER}/{name}.zip"


@promised_in(FOLDER)
def _promised() -> set[str]:
    kept = MonthFile.objects.exclude(name="").values_list("name", flat=True)
    return {path_of(name).removeprefix(f"{FOLDER}/") for name in kept}


def _held(row: MonthFile) -> QuerySet[MonthFile]:
    return MonthFile.objects.filter(pk=row.pk, state=State.WORKING, attempts=row.attempts)


def _end(row: MonthFile, state: MonthFile.State) -> None:
    row.state, row.finished_at = state, clock.now()
    row.save()
    _tell(row)


def _tell(row: MonthFile) -> None:
    publish([f"person:{row.requested_by_id}"], "month.changed", month=[row.pk])
