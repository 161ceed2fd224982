"""Lending a copy, taking it back, letting it stay longer; and when it does not come back as it was.

Any hub takes back any hub's book: it stays where it was given back, unless somebody waits for it where none is left
(lines). Locks: the reader, the title, its copies, then topics. Nothing is ever owed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub
from programs.lending.circulation.copies import lock_copy, put
from programs.lending.circulation.lines import move, record, serve_line
from programs.lending.circulation.models import Hold, LendingFigures, Loan, Step
from programs.lending.circulation.news import tell
from programs.lending.circulation.readers import family_of
from programs.lending.circulation.snail import walk
from programs.lending.circulation.tasks import keep_looking, tell_soon
from programs.lending.models import Copy
from scheduling.closures.closed import next_open_day
from scheduling.sessions.claims import lock_people
from scheduling.sessions.models import Closure

Ended = Loan.Ended


@transaction.atomic
def lend(*, copy: int, reader: int, by: Person) -> Loan:
    """Refused: not_found, not_a_reader, too_many_loans, copy_lent, set_aside_for_another, copy_out_of_use."""
    family = family_of(reader)
    lock_people([reader])
    held = lock_copy(copy)
    served = serve_line(held.title)
    held.refresh_from_db(fields=["state", "hub"])
    figures = LendingFigures.current()
    if Loan.objects.filter(reader=reader, ended="").count() >= figures.most_loans:
        raise Refused("too_many_loans", most=figures.most_loans)
    fetched = _check_free(held, family=family, reader=reader)
    put(held, Copy.State.LENT)
    now = clock.now()
    loan = Loan.objects.create(
        copy=held,
        reader_id=reader,
        family_id=family,
        hub_id=held.hub_id,
        lent_at=now,
        lent_by=by,
        due_on=due_after(held.hub, clock.today(), figures.loan_days),
    )
    _record("loan.made", loan, by)
    walk(person=reader, reason=Step.Reason.BORROWED, copy=held)
    _fetch(fetched, by)
    keep_looking()
    if served:
        tell_soon()
    tell([loan], [*served, *fetched])
    return loan


@transaction.atomic
def take_back(*, copy: int, hub: int, by: Person, damaged: bool = False) -> Loan:
    """Also one that counted as lost. Refused: not_found, not_lent."""
    out = Loan.objects.filter(copy=copy, ended="").values_list("reader", flat=True).first()
    lock_people([out] if out else [])
    held = lock_copy(copy)
    loan = Loan.objects.filter(copy=held).order_by("-pk").first()
    found_again = loan is not None and loan.ended == Ended.LOST and held.state == Copy.State.LOST
    if loan is None or (loan.ended and not found_again):
        raise Refused("not_lent", copy=copy)
    loan.copy = held
    put(held, Copy.State.DAMAGED if damaged else Copy.State.ON_SHELF, hub=hub)
    _end(loan, Ended.DAMAGED if damaged else Ended.RETURNED, by)
    if clock.today() <= loan.due_on:
        walk(person=loan.reader_id, reason=Step.Reason.IN_TIME, copy=held)
    _pass_on(loan)
    return loan


@transaction.atomic
def lose(*, loan: int, by: Person) -> Loan:
    """It does not come back, and that is that. Again is harmless. Refused: not_found, loan_over."""
    row = _hold(loan)
    if row.ended == Ended.LOST:
        return row
    if row.ended:
        raise Refused("loan_over", loan=loan)
    put(row.copy, Copy.State.LOST)
    _end(row, Ended.LOST, by)
    _pass_on(row)
    return row


@transaction.atomic
def renew(*, loan: int, by: Person) -> Loan:
    """The same time again from the day it is due. Refused: not_found, and the reasons of `why_not_renew`."""
    row = _hold(loan)
    against = why_not_renew(row, others_wait=others_wait(row))
    if against:
        raise against
    figures = LendingFigures.current()
    row.due_on = due_after(row.copy.hub, row.due_on, figures.loan_days)
    row.renewals += 1
    row.told_soon = row.told_late = False
    row.save(update_fields=["due_on", "renewals", "told_soon", "told_late"])
    _record("loan.renewed", row, by)
    tell([row])
    return row


@transaction.atomic
def put_off(*, loan: int) -> bool:
    """Its site was closed on the day it is due: the next day on which it is open counts, and is told of like any."""
    row = _hold(loan)
    day = next_open_day(row.copy.hub, row.due_on)
    if row.ended or row.due_on < clock.today() or day == row.due_on:
        return False
    row.due_on, row.told_soon, row.told_late = day, False, False
    row.save(update_fields=["due_on", "told_soon", "told_late"])
    _record("loan.put_off", row, None)
    tell([row])
    return True


def loans_to_put_off() -> list[int]:
    """Due at a site on a day that a closure made since reaches into, and closes."""
    today = clock.today()
    closed: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for one in Closure.objects.filter(room=None, ends_at__gt=clock.now()):
        closed[one.hub_id].append((clock.local(one.starts_at).date(), clock.local(one.ends_at).date()))
    rows = Loan.objects.filter(ended="", due_on__gte=today, copy__hub__in=closed).select_related("copy__hub")
    by_day: dict[tuple[Hub, dt.date], list[int]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if any(first <= row.due_on <= last for first, last in closed[row.copy.hub_id]):
            by_day[row.copy.hub, row.due_on].append(row.pk)
    return [pk for (hub, day), found in by_day.items() if next_open_day(hub, day) != day for pk in found]


def why_not_renew(loan: Loan, *, others_wait: bool, figures: LendingFigures | None = None) -> Refused | None:
    """loan_over, renewed_enough, overdue, others_wait."""
    figures = figures or LendingFigures.current()
    if loan.ended:
        return Refused("loan_over", loan=loan.pk)
    if loan.due_on < clock.today():
        return Refused("overdue", loan=loan.pk)
    if loan.renewals >= figures.renewals:
        return Refused("renewed_enough", times=figures.renewals)
    return Refused("others_wait", title=loan.copy.title_id) if others_wait else None


def others_wait(loan: Loan) -> bool:
    return Hold.objects.filter(title=loan.copy.title_id, state=Hold.State.WAITING).exists()


def due_after(hub: Hub, day: dt.date, days: int) -> dt.date:
    """Nobody stands before a closed door: due is the next day on which the site is open."""
    return next_open_day(hub, day + dt.timedelta(days=days))


def why_not_lend(copy: Copy, kept: Hold | None, *, families: Collection[int]) -> Refused | None:
    """`kept`: for whom it is set aside. copy_lent, set_aside_for_another, copy_out_of_use."""
    if copy.state == Copy.State.ON_SHELF or (kept and kept.family_id in families):
        return None
    if copy.state == Copy.State.LENT:
        return Refused("copy_lent", copy=copy.pk)
    if copy.state == Copy.State.SET_ASIDE:
        return Refused("set_aside_for_another", copy=copy.pk)
    return Refused("copy_out_of_use", copy=copy.pk, state=copy.state)


def _check_free(copy: Copy, *, family: int, reader: int) -> list[Hold]:
    """The holds that this fulfills: what was set aside for the family, or else what the reader waited for."""
    kept = Hold.objects.filter(copy=copy, state__in=Hold.HAS_COPY).first()
    against = why_not_lend(copy, kept, families=[family])
    if against:
        raise against
    if kept:
        return [kept]
    return list(Hold.objects.filter(title=copy.title_id, reader=reader, state=Hold.State.WAITING))


def _fetch(holds: list[Hold], by: Person) -> None:
    for row in holds:
        move(row, Hold.State.FETCHED)
        record("hold.fetched", row, by.pk)


def _hold(loan: int) -> Loan:
    """The reader, the title and the copy, then the loan as it is now. Refused("not_found")."""
    keys = Loan.objects.filter(pk=loan).values_list("reader", "copy").first()
    if keys is None:
        raise Refused("not_found", model="loan", id=loan)
    lock_people([keys[0]])
    copy = lock_copy(keys[1])
    row = Loan.objects.get(pk=loan)
    row.copy = copy
    return row


def _end(loan: Loan, how: Loan.Ended, by: Person) -> None:
    loan.ended, loan.ended_at, loan.ended_by = how, clock.now(), by
    loan.save(update_fields=["ended", "ended_at", "ended_by"])
    _record(f"loan.{how}", loan, by)


def _pass_on(loan: Loan) -> None:
    served = serve_line(loan.copy.title)
    if served:
        tell_soon()
    tell([loan], served)


def _record(action: str, loan: Loan, by: Person | None) -> None:
    append(
        action=action,
        subject=loan,
        actor_id=by.pk if by else None,
        for_id=loan.reader_id,
        hub_id=loan.copy.hub_id,
        copy=loan.copy_id,
        due_on=loan.due_on.isoformat(),
    )
