"""Drafting, publishing, changing, ending and bringing back what repeats.

Every verb that touches sessions returns an Outcome: shown first, and saved only when `seen` names just that.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from hub.places.models import Room
from programs.models import Program
from scheduling.series.applying import Applying
from scheduling.series.days import days_of, slots_of
from scheduling.series.held import Held, hold, lock_series
from scheduling.series.models import Enrolment, Occurrence, Series
from scheduling.series.news import record, tell
from scheduling.series.outcome import Outcome, saved_as_seen
from scheduling.series.settling import NOTHING_SETTLED, UNSAID, Settled
from scheduling.series.wishes import Wish, calendar_for, check_wish, restore_values, rule_of, values_of, write_wish

UNDO_WITHIN = dt.timedelta(minutes=10)
DAY = dt.timedelta(days=1)


def draft_series(*, program: Program, wish: Wish, by: Person) -> Series:
    """For its agency alone; no session exists yet. Refused: what `check_wish` refuses."""
    now = clock.now()
    check_wish(wish)
    with transaction.atomic():
        series = Series(program=program, created_by=by, created_at=now, changed_at=now)
        write_wish(series, wish)
        series.save()
        record("series.drafted", series, by)
        tell(series)
        return series


def add_series(*, program: Program, wish: Wish, seen: str, by: Person, settled: Settled = NOTHING_SETTLED) -> Outcome:
    """Drafted and published at once. Refused: as draft_series; reason_missing (of what is borne)."""

    def act() -> Outcome:
        series = draft_series(program=program, wish=wish, by=by)
        return _publish(series, by, settled)

    return saved_as_seen(act, seen=seen, borne_reason=settled.reason)


def publish_series(
    *, series_id: int, revision: int, seen: str, by: Person, settled: Settled = NOTHING_SETTLED
) -> Outcome:
    """A draft's sessions are made. Refused: not_found, series_outdated, series_published, reason_missing (of what is
    borne), and what days_of refuses."""

    def act() -> Outcome:
        series = _open(series_id, revision=revision)
        if series.published_at:
            raise Refused("series_published", series=series.pk)
        return _publish(series, by, settled)

    return saved_as_seen(act, seen=seen, borne_reason=settled.reason)


def _publish(series: Series, by: Person, settled: Settled) -> Outcome:
    series.published_at = clock.now()
    series.save(update_fields=["published_at"])
    record("series.published", series, by)
    tell(series)
    return _applied(series, hold(series, rooms=settled.rooms), by, settled)


def change_series(
    *,
    series_id: int,
    revision: int,
    wish: Wish,
    seen: str,
    by: Person,
    since: dt.date | None = None,
    over_own: bool = False,
    reason: str = "",
    settled: Settled = NOTHING_SETTLED,
) -> Outcome:
    """All its sessions to come, or this and the following: those from the rule's day `since` on, which become a series
    of their own. What was edited by hand stays, unless `over_own`; whoever has a place is told once. A draft is
    changed as it is, and has nothing to show.

    Refused: not_found, series_outdated, reason_missing (people have a place in what ends, or
    something is borne), no_such_day (`since`),
    first_day_too_early (it would be held before the part that stays is over), and what check_wish refuses.
    """

    def act() -> Outcome:
        check_wish(wish)
        series = _open(series_id, revision=revision)
        if not series.published_at:
            write_wish(series, wish)
            _bump(series)
            record("series.changed", series, by)
            return Outcome([], series.pk, series.revision, saved=True)
        held = hold(
            series,
            people=[wish.duty_worker.pk] if wish.duty_worker else [],
            hubs=[wish.hub.pk],
            rooms=[*_pk(wish.room), *settled.rooms],
        )
        before = values_of(series)
        ours, theirs = (series, held) if since is None else _split(series, held, since, wish)
        write_wish(ours, wish)
        _bump(series)
        if ours is not series:
            ours.save()
            _take_along(series, ours)
            Occurrence.objects.filter(pk__in=[row.pk for row in theirs.coming]).update(series=ours)
            Occurrence.objects.filter(pk__in=[row.pk for row in theirs.gone.values()]).update(series=ours)
        record("series.changed", ours, by, since=since.isoformat() if since else "")
        outcome = _applied(ours, theirs, by, settled, over_own=over_own, reason=reason)
        takes_away = any(row.what in ("removed", "cancelled") for row in outcome.rows)
        series.undo = _undo(before) if ours is series and takes_away else None
        series.save(update_fields=["undo"])
        return Outcome(outcome.rows, ours.pk, series.revision)

    return saved_as_seen(act, seen=seen, reason=reason, borne_reason=settled.reason)


def undo_change(
    *,
    series_id: int,
    revision: int,
    seen: str,
    by: Person,
    reason: str = "",
    settled: Settled = NOTHING_SETTLED,
) -> Outcome:
    """The rule as it was before the last change took sessions away: they come back as they were, with their identity.
    One that was cancelled stays cancelled: its people were told. Refused: not_found, series_outdated, undo_over,
    reason_missing (somebody took a place in what the change had added, or something is borne)."""

    def act() -> Outcome:
        series = _open(series_id, revision=revision)
        if series.undo is None or undo_until(series) is None:
            raise Refused("undo_over", series=series.pk)
        restore_values(series, series.undo["before"])
        held = hold(series, rooms=settled.rooms)
        series.undo = None
        _bump(series)
        record("series.undone", series, by)
        return _applied(series, held, by, settled, reason=reason)

    return saved_as_seen(act, seen=seen, reason=reason, borne_reason=settled.reason)


@transaction.atomic
def remove_draft(*, series_id: int, revision: int, by: Person) -> Series:
    """Nobody but its agency knew of it: it may be had back for ten minutes. Refused: not_found, series_outdated,
    series_published."""
    series = _open(series_id, revision=revision)
    if series.published_at:
        raise Refused("series_published", series=series.pk)
    Series.objects.filter(removed_at__lt=clock.now() - UNDO_WITHIN, published_at=None).delete()
    series.removed_at = clock.now()
    _bump(series)
    record("series.removed", series, by)
    return series


@transaction.atomic
def restore_draft(*, series_id: int, by: Person) -> Series:
    """Refused: not_found, undo_over. Again is harmless."""
    series = lock_series(series_id, thrown_away=True)
    if series.removed_at is None:
        return series
    if series.removed_at < clock.now() - UNDO_WITHIN:
        raise Refused("undo_over", series=series.pk)
    series.removed_at = None
    _bump(series)
    record("series.restored", series, by)
    return series


def undo_until(series: Series) -> dt.datetime | None:
    """Until when its last change may be undone; none: not any more."""
    until = dt.datetime.fromisoformat(series.undo["until"]) if series.undo else None
    return until if until and until > clock.now() else None


def _split(series: Series, held: Held, since: dt.date, wish: Wish) -> tuple[Series, Held]:
    """The series ends before `since`; what follows is another's. From its first day on it stays one."""
    if since not in days_of(rule_of(series)):
        raise Refused("no_such_day", series=series.pk, day=since.isoformat())
    earlier = [row for row in held.coming if row.day < since]
    if not earlier and not any(day < since for day in held.over):
        return series, held
    last = max([*held.over, *(clock.local(row.session.starts_at).date() for row in earlier if row.session)])
    if wish.first_day <= min(last, since - DAY):
        raise Refused("first_day_too_early", series=series.pk, last=last.isoformat())
    series.until, series.count = since - DAY, None
    now = clock.now()
    ours = Series(
        program=series.program,
        continues=series,
        published_at=series.published_at,
        group_only=series.group_only,
        created_by=series.created_by,
        created_at=now,
        changed_at=now,
    )
    theirs = Held(
        coming=[row for row in held.coming if row.day >= since],
        gone={day: row for day, row in held.gone.items() if day >= since},
        over={day for day in held.over if day >= since},
        people=held.people,
        needs=held.needs,
        members=held.members,
    )
    for row in (*theirs.coming, *theirs.gone.values()):
        row.series = ours
    return ours, theirs


def _take_along(series: Series, ours: Series) -> None:
    """Who is enrolled in a closed group is so in what follows."""
    Enrolment.objects.bulk_create(
        Enrolment(
            series=ours, participant_id=row.participant_id, enrolled_by_id=row.enrolled_by_id, created_at=row.created_at
        )
        for row in series.enrolments.filter(ended_at=None)
    )


def _applied(
    series: Series, held: Held, by: Person, settled: Settled, *, over_own: bool = False, reason: str = ""
) -> Outcome:
    days = days_of(rule_of(series))
    calendar = calendar_for(series.hub, series.first_day, days[-1] if days else series.first_day)
    slots = slots_of(rule_of(series), calendar) if days else []
    how = Applying(series, held, by, reason=reason.strip() or UNSAID, over_own=over_own, settled=settled)
    return Outcome(how.run(slots), series.pk, series.revision)


def _open(series_id: int, *, revision: int) -> Series:
    series = lock_series(series_id)
    if series.revision != revision:
        raise Refused("series_outdated", series=series.pk, revision=series.revision, **values_of(series))
    return series


def _bump(series: Series) -> None:
    series.revision += 1
    series.changed_at = clock.now()
    series.save()
    tell(series)


def _undo(before: dict[str, Any]) -> dict[str, Any]:
    return {"before": before, "until": (clock.now() + UNDO_WITHIN).isoformat()}


def _pk(room: Room | None) -> list[int]:
    return [room.pk] if room else []
