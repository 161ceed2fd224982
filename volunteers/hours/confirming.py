"""Who vouches for a record: the person in charge (or who else answers for the session) and the volunteer; or both, by
their silence. A volunteer may say what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from volunteers.hours.announce import announce
from volunteers.hours.figures import figures_on
from volunteers.hours.models import Dispute, ServiceRecord
from volunteers.hours.records import hold, record_deed
from volunteers.hours.tasks import keep_confirming

State = ServiceRecord.State
AT_A_TIME = 200


@transaction.atomic
def confirm_mine(*, record: int, by: Person) -> ServiceRecord:
    """The volunteer: so it was. Again is harmless. Refused: not_found, record_not_open."""
    row = hold(record)
    if row.volunteer_confirmed_at and row.state in (State.ENTERED, State.CONFIRMED):
        return row
    _check_state(row, State.ENTERED)
    row.volunteer_confirmed_at = clock.now()
    _settle(row)
    record_deed("record.volunteer_confirmed", [row], by=by)
    return row


@transaction.atomic
def confirm_for_hub(*, records: Sequence[int], by: Person) -> list[ServiceRecord]:
    """Who answers for the session: so it was, for all of these. What is not open any more is left as it is.

    Refused: own_record.
    """
    changed = []
    for record in sorted(records):
        row = hold(record)
        check_not_own(row, by)
        if row.state == State.ENTERED and row.hub_confirmed_at is None:
            confirm_as(row, by)
            _settle(row)
            changed.append(row)
    if changed:
        record_deed("record.hub_confirmed", changed, by=by)
    return changed


def confirm_silent() -> int:
    """Confirm what was open long enough without a word; how many."""
    done = 0
    while some := _confirm_some_silent():
        done += some
    return done


@transaction.atomic
def _confirm_some_silent() -> int:
    open_still = ServiceRecord.objects.filter(state=State.ENTERED, silent_until__lte=clock.now()).order_by("pk")
    locked = open_still.select_for_update(of=("self",), no_key=True, skip_locked=True)
    rows = list(locked.select_related("volunteer")[:AT_A_TIME])
    now = clock.now()
    for row in rows:
        row.hub_confirmed_at = row.hub_confirmed_at or now
        row.volunteer_confirmed_at = row.volunteer_confirmed_at or now
        _settle(row)
    if rows:
        record_deed("record.confirmed_by_silence", rows, by=None)
    return len(rows)


@transaction.atomic
def dispute(*, record: int, words: str, by: Person) -> ServiceRecord:
    """The volunteer: something is wrong. It counts no more until the hub answered. Refused: not_found, words_missing,
    record_not_open."""
    words = words.strip()[:300]
    if not words:
        raise Refused("words_missing")
    row = hold(record)
    _check_state(row, State.ENTERED, State.CONFIRMED)
    Dispute.objects.create(record=row, words=words, at=clock.now())
    row.state = State.DISPUTED
    row.volunteer_confirmed_at = None
    row.save()
    record_deed("record.disputed", [row], by=by)
    return row


@transaction.atomic
def answer(*, record: int, words: str, by: Person) -> ServiceRecord:
    """Who answers for the session: it stays as it is, because. The volunteer has the same time again to say yes or no.

    Refused: not_found, words_missing, record_not_open, own_record.
    """
    words = words.strip()[:300]
    if not words:
        raise Refused("words_missing")
    row = hold(record)
    check_not_own(row, by)
    _check_state(row, State.DISPUTED)
    close_dispute(row, words, by)
    confirm_as(row, by)
    reopen(row)
    record_deed("record.answered", [row], by=by)
    announce("hours_answered", row)
    return row


def close_dispute(row: ServiceRecord, words: str, by: Person) -> None:
    Dispute.objects.filter(record=row, answered_at=None).update(
        answer=words[:300], answered_by=by, answered_at=clock.now()
    )


def reopen(row: ServiceRecord) -> None:
    """The volunteer is asked anew."""
    row.state = State.ENTERED
    row.volunteer_confirmed_at = None
    row.silent_until = clock.now() + dt.timedelta(days=figures_on(clock.today()).silence_days)
    row.save()
    keep_confirming()


def confirm_as(row: ServiceRecord, by: Person) -> None:
    row.hub_confirmed_at, row.hub_confirmed_by = clock.now(), by


def check_not_own(row: ServiceRecord, by: Person) -> None:
    """Nobody vouches for their own hours on the hub's side."""
    if row.volunteer.person_id == by.pk:
        raise Refused("own_record")


def _check_state(row: ServiceRecord, *states: State) -> None:
    if row.state not in states:
        raise Refused("record_not_open", state=row.state)


def _settle(row: ServiceRecord) -> None:
    if row.hub_confirmed_at and row.volunteer_confirmed_at:
        row.state = State.CONFIRMED
    row.save()
