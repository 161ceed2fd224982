"""Closing a month (结账): hub and agency say yes to the same figures. From then on they stand; what turns out otherwise
is a correction beside them, which counts once the other side agrees. The journal attests it all."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Residency
from scheduling.residency.counting import ROOM_MINUTES
from scheduling.residency.holding import hold, tell
from scheduling.residency.ledger import Month, counted, month
from scheduling.residency.models import Closing, Correction, Indicator
from scheduling.residency.months import after, month_of

Side = Correction.Side
FIGURES = (*Indicator.values, ROOM_MINUTES)


def seen_of(found: Month) -> str:
    """What a yes is said to: a digest of the figures as they stand."""
    return _digest(["month/1", found.residency, found.month, counted(found)])


def yes_of(found: Month, side: str) -> tuple[Person, dt.datetime] | None:
    """Who said yes for a side to the figures as they stand, and when: a yes to others counts for nothing."""
    row = found.closing
    if row is None or not (found.phase == "closed" or getattr(row, f"{side}_seen") == seen_of(found)):
        return None
    by: Person | None = getattr(row, f"{side}_by")
    return (by, getattr(row, f"{side}_at")) if by else None


@transaction.atomic
def say_yes(*, residency: int, of: dt.date, side: str, seen: str, by: Person) -> Closing:
    """With the second yes the month is closed. A yes to figures that changed since is void.

    Refused: not_found, month_not_over, nothing_agreed, month_closed, figures_changed, second_person.
    """
    stay, of = hold(residency), month_of(of)
    if after(of) > clock.today():
        raise Refused("month_not_over")
    found = month(stay.pk, of)
    if found.phase == "closed":
        raise Refused("month_closed", month=of.isoformat())
    if found.agreement is None:
        raise Refused("nothing_agreed")
    if seen != seen_of(found):
        raise Refused("figures_changed")
    row, _ = Closing.objects.get_or_create(residency=stay, month=of)
    other = Side.HUB if side == Side.AGENCY else Side.AGENCY
    if getattr(row, f"{other}_seen") != seen:
        _set_yes(row, other, None, "")
    elif getattr(row, f"{other}_by_id") == by.pk:
        raise Refused("second_person")
    _set_yes(row, side, by, seen)
    if row.agency_by_id and row.hub_by_id:
        row.closed_at, row.figures = clock.now(), counted(found)
    row.save()
    _note("month.closed" if row.closed_at else "month.agreed", row, stay, by, side=side)
    return row


@transaction.atomic
def correct(*, closing: int, figure: str, change: int, reason: str, side: str, by: Person) -> Correction:
    """Refused: not_found, month_not_closed, nothing_changed, below_zero."""
    row, stay = _hold(closing)
    if not change:
        raise Refused("nothing_changed")
    _refuse_below_zero(row, figure, change)
    made = Correction.objects.create(
        closing=row, figure=figure, change=change, reason=reason.strip(), side=side, by=by, at=clock.now()
    )
    _note("month.corrected", row, stay, by, side=side, figure=figure, change=change)
    return made


@transaction.atomic
def confirm_correction(*, correction: int, side: str, by: Person) -> Correction:
    """The other side agrees. Refused: not_found, other_side, second_person, already_confirmed, already_refused,
    below_zero."""
    found, row, stay = _hold_correction(correction, side, by)
    _refuse_below_zero(row, found.figure, found.change)
    found.confirmed_by, found.confirmed_at = by, clock.now()
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    _note("correction.confirmed", row, stay, by, side=side, figure=found.figure, change=found.change)
    return found


@transaction.atomic
def refuse_correction(*, correction: int, reason: str, side: str, by: Person) -> Correction:
    """The other side does not agree, and says why: it counts for nothing and stays in sight. Refused: not_found,
    other_side, second_person, already_confirmed, already_refused."""
    found, row, stay = _hold_correction(correction, side, by)
    found.refused_by, found.refused_at, found.refusal = by, clock.now(), reason.strip()
    found.save(update_fields=["refused_by", "refused_at", "refusal"])
    _note("correction.refused", row, stay, by, side=side, figure=found.figure, change=found.change)
    return found


def digests_of(closings: Collection[int]) -> dict[int, str]:
    """What the journal attests of a month: its figures, who said yes to them, and every correction."""
    corrections: dict[int, list[Any]] = defaultdict(list)
    columns = ("figure", "change", "reason", "side", "by_id", "at", "confirmed_by_id", "confirmed_at")
    refusal = ("refused_by_id", "refusal", "refused_at")
    for row in (
        Correction.objects.filter(closing__in=closings).order_by("pk").values_list("closing_id", *columns, *refusal)
    ):
        # As it was attested before any could be refused.
        corrections[row[0]].append(row[1:-3] if row[-1] is None else row[1:])
    said = ("residency_id", "month", "agency_by_id", "agency_at", "agency_seen", "hub_by_id", "hub_at", "hub_seen")
    rows = Closing.objects.filter(pk__in=closings).values_list("pk", *said, "closed_at", "figures")
    return {row[0]: _digest(["closing/1", *row, corrections[row[0]]]) for row in rows}


def _hold(closing: int) -> tuple[Closing, Residency]:
    row = Closing.objects.filter(pk=closing).first()
    if row is None:
        raise Refused("not_found", model="closing", id=closing)
    stay = hold(row.residency_id)
    row.refresh_from_db()
    if row.closed_at is None:
        raise Refused("month_not_closed")
    return row, stay


def _hold_correction(correction: int, side: str, by: Person) -> tuple[Correction, Closing, Residency]:
    """One that the other side may answer."""
    found = Correction.objects.filter(pk=correction).first()
    if found is None:
        raise Refused("not_found", model="correction", id=correction)
    row, stay = _hold(found.closing_id)
    found.refresh_from_db()
    if found.confirmed_at:
        raise Refused("already_confirmed")
    if found.refused_at:
        raise Refused("already_refused")
    if found.side == side:
        raise Refused("other_side")
    if found.by_id == by.pk:
        raise Refused("second_person")
    return found, row, stay


def _refuse_below_zero(row: Closing, figure: str, change: int) -> None:
    agreed = row.corrections.filter(figure=figure, confirmed_at__isnull=False).values_list("change", flat=True)
    if row.figures["done"][figure] + sum(agreed) + change < 0:
        raise Refused("below_zero")


def _set_yes(row: Closing, side: str, by: Person | None, seen: str) -> None:
    setattr(row, f"{side}_by", by)
    setattr(row, f"{side}_at", clock.now() if by else None)
    setattr(row, f"{side}_seen", seen)


def _note(action: str, row: Closing, stay: Residency, by: Person, **facts: Any) -> None:
    digest = digests_of([row.pk])[row.pk]
    append(
        action=action,
        subject=row,
        actor_id=by.pk,
        hub_id=stay.hub_id,
        residency=stay.pk,
        month=row.month.isoformat(),
        digest=digest,
        **facts,
    )
    tell(stay)


def _digest(said: list[Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_as_text)
    return hashlib.sha256(text.encode()).hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value))
