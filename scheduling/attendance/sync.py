"""What a hub's tablet tells when it has a network, and what it is told.

An event is known by the id that the tablet gave it: sent again it changes nothing, and the order of arrival is nothing
to go by. Its time is the tablet's, put right by how far the clocks differ now; a time that can't be true counts for
nothing until staff have looked. Nothing that was sent is thrown away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import transaction

from hub import clock
from scheduling.attendance.cards import Read, read_cards
from scheduling.attendance.folding import Kind
from scheduling.attendance.models import AttendanceEvent, Device
from scheduling.attendance.noting import hold_seen, record_deed, settle
from scheduling.signups.models import Assignment

CLOCK_MAY_BE_OFF = dt.timedelta(days=1)
"""By more, the tablet has lost its time; what it noted before may be off by anything."""
OLDEST = dt.timedelta(days=14)
A_MOMENT = dt.timedelta(seconds=5)
Doubt = AttendanceEvent.Doubt


@dataclass(frozen=True)
class Sent:
    uid: UUID
    counter: int
    card: str
    at: dt.datetime
    """By the tablet's own clock."""


class HasUid(Protocol):
    @property
    def uid(self) -> UUID: ...


S = TypeVar("S", bound=HasUid)


@transaction.atomic
def take_in(*, device: Device, sent: Sequence[Sent], device_now: dt.datetime) -> int:
    """How many of the events were new."""
    now = clock.now()
    skew = now - device_now
    unique = unheard(sent)
    read = read_cards({one.card for one in unique.values()})
    events = [_event(one, read[one.card], device=device, skew=skew, now=now) for one in unique.values()]
    rows = _hold_concerned(events)
    # Whoever sent the same at this moment from another tab was first, or is not; either way it is there once.
    AttendanceEvent.objects.bulk_create(events, ignore_conflicts=True)
    for event in AttendanceEvent.objects.filter(uid__in=unique, device=device, received_at=now):
        record_deed(event, by=None)
    settle(rows)
    Device.objects.filter(pk=device.pk).update(last_seen_at=now, skew_seconds=_whole_seconds(skew))
    return len(events)


def unheard(sent: Sequence[S]) -> dict[UUID, S]:
    """Those that are not known yet, each once."""
    told = set(AttendanceEvent.objects.filter(uid__in=[one.uid for one in sent]).values_list("uid", flat=True))
    return {one.uid: one for one in sent if one.uid not in told}


def moment_of(at: dt.datetime, *, skew: dt.timedelta, now: dt.datetime) -> tuple[dt.datetime, bool]:
    """When it was by our clock, and whether that can't be true: it is shown among what came now, then."""
    off = abs(skew) > CLOCK_MAY_BE_OFF
    at = now if off else at + skew
    off = off or not now - OLDEST <= at <= now + A_MOMENT
    return now if off else min(at, now), off


def _event(one: Sent, card: Read, *, device: Device, skew: dt.timedelta, now: dt.datetime) -> AttendanceEvent:
    at, off = moment_of(one.at, skew=skew, now=now)
    return AttendanceEvent(
        uid=one.uid,
        kind=Kind.SCAN,
        how=AttendanceEvent.How.DEVICE,
        hub=device.hub,
        volunteer_id=card.volunteer_id,
        at=at,
        received_at=now,
        device=device,
        device_at=one.at,
        counter=one.counter,
        typed=card.typed,
        doubt=card.doubt or (Doubt.CLOCK_OFF if off else ""),
    )


def _hold_concerned(events: Sequence[AttendanceEvent]) -> list[Assignment]:
    counting = [one for one in events if one.volunteer_id and not one.doubt]
    if not counting:
        return []
    volunteers = {one.volunteer_id for one in counting if one.volunteer_id}
    moments = [one.at for one in counting]
    return hold_seen(volunteers, counting[0].hub_id, min(moments), max(moments))


def _whole_seconds(skew: dt.timedelta) -> int:
    """What fits a column, whatever a broken clock says."""
    return max(-(2**31), min(2**31 - 1, int(skew.total_seconds())))
