"""Asking for a title that is out, or to have one set aside (预借); what becomes of it."""

from __future__ import annotations

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from programs.lending.circulation.copies import LIVING, lock_copy, lock_title, put
from programs.lending.circulation.following import new_place
from programs.lending.circulation.lines import State, free_copy, make_ready, move, record, serve_line
from programs.lending.circulation.models import Hold, LendingFigures, Loan
from programs.lending.circulation.news import tell
from programs.lending.circulation.readers import family_of
from programs.lending.circulation.tasks import keep_looking, tell_soon
from programs.lending.models import Copy
from scheduling.sessions.claims import lock_people


@transaction.atomic
def place_hold(*, title: int, hub: int, reader: int, with_session: bool, by: Person) -> Hold:
    """A place in the line of a hub; set aside at once where a copy is on the shelf.

    Refused: not_found, not_a_reader, already_held, has_it, too_many_holds, no_copy_here.
    """
    family = family_of(reader)
    lock_people([reader])
    book = lock_title(title)
    mine = Hold.objects.filter(reader=reader, state__in=Hold.ACTIVE)
    if mine.filter(title=book).exists():
        raise Refused("already_held", title=title)
    if Loan.objects.filter(reader=reader, ended="", copy__title=book).exists():
        raise Refused("has_it", title=title)
    most = LendingFigures.current().most_loans
    if mine.count() >= most:
        raise Refused("too_many_holds", most=most)
    if not Copy.objects.filter(title=book, hub=hub, state__in=LIVING).exists():
        raise Refused("no_copy_here", title=title, hub=hub)
    now = clock.now()
    row = Hold.objects.create(
        title=book,
        hub_id=hub,
        reader_id=reader,
        family_id=family,
        with_session=with_session,
        made_by=by,
        created_at=now,
        changed_at=now,
    )
    record("hold.placed", row, by.pk)
    served = serve_line(book)
    keep_looking()
    _tell(served, row)
    return next((one for one in served if one.pk == row.pk), row)


@transaction.atomic
def cancel_hold(*, hold: int, by: Person) -> Hold:
    """Not wanted any more: the next in line gets it. Again is harmless. Refused: not_found, hold_over (fetched)."""
    row = lock_hold(hold)
    if row.state not in Hold.ACTIVE:
        if row.state == State.FETCHED:
            raise Refused("hold_over", hold=hold)
        return row
    _end(row, State.CANCELLED, "hold.cancelled", by.pk)
    return row


@transaction.atomic
def expire_hold(*, hold: int) -> bool:
    """Not fetched by its day: the next in line gets it. Whether it was so."""
    row = lock_hold(hold)
    if row.state != State.READY or row.fetch_by is None or row.fetch_by >= clock.today():
        return False
    row.told_at = None
    _end(row, State.EXPIRED, "hold.expired", None)
    return True


@transaction.atomic
def arrive(*, hold: int, by: Person) -> Hold:
    """The copy was brought from another hub. Again is harmless. Refused: not_found, hold_over."""
    row = lock_hold(hold)
    if row.state == State.READY:
        return row
    if row.state != State.TRAVELING:
        raise Refused("hold_over", hold=hold)
    make_ready(row)
    _tell([row])
    return row


@transaction.atomic
def miss(*, hold: int, damaged: bool, by: Person) -> Hold:
    """What was to be set aside is damaged, or nowhere to be found: the reader is again where they were in the line.

    Refused: not_found, hold_over."""
    row = lock_hold(hold)
    if row.state not in Hold.HAS_COPY or row.copy_id is None:
        raise Refused("hold_over", hold=hold)
    put(lock_copy(row.copy_id), Copy.State.DAMAGED if damaged else Copy.State.LOST)
    row.copy = row.session = row.fetch_by = row.told_at = None
    move(row, State.WAITING)
    record("hold.missed", row, by.pk)
    _tell(serve_line(row.title), row)
    return row


@transaction.atomic
def follow_session(*, hold: int) -> bool:
    """Whether it is handed over at another session by now, or at none: the book follows the child; or to be fetched by
    another day, since the site is closed on that one."""
    row = lock_hold(hold)
    found = new_place(row)
    if found is None:
        return False
    row.session, row.fetch_by = found
    row.told_at = None
    move(row, State.READY)
    record("hold.followed", row, None)
    _tell([row])
    return True


def lock_hold(hold: int) -> Hold:
    """The reader, the title, then the hold as it is now. Refused("not_found")."""
    keys = Hold.objects.filter(pk=hold).values_list("reader", "title").first()
    if keys is None:
        raise Refused("not_found", model="hold", id=hold)
    lock_people([keys[0]])
    title = lock_title(keys[1])
    row = Hold.objects.select_related("copy", "hub", "session").get(pk=hold)
    row.title = title
    return row


def _end(hold: Hold, state: Hold.State, action: str, by: int | None) -> None:
    free_copy(hold)
    move(hold, state)
    record(action, hold, by)
    _tell(serve_line(hold.title), hold)


def _tell(served: list[Hold], *others: Hold) -> None:
    tell(holds={row.pk: row for row in [*others, *served]}.values())
    if any(row.told_at is None and row.state != State.WAITING for row in [*served, *others]):
        tell_soon()
