"""What a hub's tablet tells of children: who came, who went and with whom, who said a wrong code.

As with volunteers (attendance.sync) an event is known by its id and its time is put right. The tablet let a child go by
what it knew; whether it could is judged by what held at that moment: a code by its proof, that only who heard it can
make; a guardian by the family's card; going alone by the consent. What does not hold is shown to staff.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from hub import clock
from hub.live.publish import publish, told_together
from hub.people.circles import guardians_by_family
from hub.people.consents import missing_for
from hub.people.family_cards import families_by_card
from hub.people.models import Child, Consent
from hub.people.pickup_codes import Checked, codes_checked
from scheduling.attendance.child_settling import hold_children, record_deeds, settle_children
from scheduling.attendance.children_sheet import guardian_id
from scheduling.attendance.folding import EARLIEST, How, Kind
from scheduling.attendance.models import AttendanceEvent, Device
from scheduling.attendance.sync import moment_of, unheard
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

Doubt = AttendanceEvent.Doubt


@dataclass(frozen=True)
class ChildSent:
    uid: UUID
    counter: int
    at: dt.datetime
    """By the tablet's own clock."""
    kind: str
    """in, out, try."""
    booking: int
    proof: str = ""
    """HMAC of the uid under the stretched code: of an out with a code."""
    guardian: str = ""
    """Their id on this tablet; `card` is the family's, as it was read."""
    card: str = ""


@dataclass(frozen=True)
class Known:
    """What the judging needs, of all families concerned."""

    rows: Mapping[int, Booking]
    corrected: Mapping[int, dt.datetime]
    codes: Mapping[int, Sequence[Checked]]
    guardians: Mapping[int, Mapping[str, int]]
    """Family -> a guardian's id on the tablet -> the person."""
    cards: Mapping[str, int]
    """A card's text -> the family, where it opens anything."""


@transaction.atomic
@told_together()
def take_in_children(*, device: Device, sent: Sequence[ChildSent], device_now: dt.datetime) -> int:
    """How many of the events were new."""
    now = clock.now()
    unique = unheard(sent)
    if not unique:
        return 0
    rows = hold_children({one.booking for one in unique.values()}, session__hub=device.hub_id)
    known = _known(device, rows, unique.values())
    events = [_event(one, known, device=device, skew=now - device_now, now=now) for one in unique.values()]
    AttendanceEvent.objects.bulk_create(events, ignore_conflicts=True)
    record_deeds(list(AttendanceEvent.objects.filter(uid__in=unique, device=device, received_at=now)), rows)
    settle_children(rows)
    # What changes nothing of how a child stands is for staff all the same.
    publish([f"hub:{device.hub_id}"], "attendance.changed", booking=[row.pk for row in rows])
    return len(events)


def _known(device: Device, rows: Sequence[Booking], sent: Collection[ChildSent]) -> Known:
    families = {row.participant.child.family_id: row.participant.child.family for row in rows}
    corrections = AttendanceEvent.objects.filter(booking__in=rows, kind=Kind.CORRECTED)
    return Known(
        rows={row.pk: row for row in rows},
        corrected=dict(corrections.values_list("booking").annotate(Max("at"))),
        codes=codes_checked(families) if any(one.proof for one in sent) else {},
        guardians={
            family: {guardian_id(device=device.pk, person=one.pk): one.pk for one in people}
            for family, people in guardians_by_family(families.values()).items()
        },
        cards=families_by_card({one.card for one in sent if one.card}),
    )


def _event(one: ChildSent, known: Known, *, device: Device, skew: dt.timedelta, now: dt.datetime) -> AttendanceEvent:
    at, off = moment_of(one.at, skew=skew, now=now)
    row = known.rows.get(one.booking)
    event = AttendanceEvent(
        uid=one.uid,
        kind=one.kind,
        how=How.DEVICE,
        hub=device.hub,
        booking=row,
        at=at,
        received_at=now,
        device=device,
        device_at=one.at,
        counter=one.counter,
    )
    allowed = True
    if row and one.kind == Kind.OUT:
        event.fetched_by_id, event.code_said, allowed = _who_fetched(one, row.participant.child, known, at=at)
    if one.kind == Kind.TRY:
        return event
    if off:
        event.doubt = Doubt.CLOCK_OFF
    elif row is None or not _has_place(row, one.kind, at):
        event.doubt = Doubt.NO_PLACE
    elif row.pk in known.corrected and at <= known.corrected[row.pk]:
        event.doubt = Doubt.PUT_RIGHT
    elif not allowed:
        event.doubt = Doubt.NOT_ALLOWED
    return event


def _has_place(row: Booking, kind: str, at: dt.datetime) -> bool:
    """Coming is for the session's time; going has no end: some are fetched late."""
    session = row.session
    if row.state != Booking.State.BOOKED or session.state != Session.State.PLANNED:
        return False
    return session.starts_at - EARLIEST <= at and (kind == Kind.OUT or at < session.ends_at)


def _who_fetched(one: ChildSent, child: Child, known: Known, *, at: dt.datetime) -> tuple[int | None, bool, bool]:
    """The person, whether a code was said, and whether the child could go so at that moment."""
    family = child.family_id
    if one.proof:
        said = next((code for code in known.codes.get(family, ()) if code.proves(one.proof, str(one.uid))), None)
        return (said.person_id, True, said.holds(at)) if said else (None, False, False)
    if one.guardian:
        person = known.guardians[family].get(one.guardian)
        return person, False, person is not None and known.cards.get(one.card) == family
    return None, False, not missing_for([child.person_id], Consent.Kind.HOME_ALONE, at=at)
