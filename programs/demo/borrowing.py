"""What the demo's families read: books that are out, one late, one set aside, one waited for, and snails on their way.
Through the rules; only the days are then laid back, since the rules lend today."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.access.actor import load_actor
from hub.people.consents import missing_for
from hub.people.demo import face_of
from hub.people.models import Child, Person, Role
from programs.lending.circulation.announce import remind
from programs.lending.circulation.holds import place_hold
from programs.lending.circulation.loans import lend, take_back
from programs.lending.circulation.models import Loan, Step
from programs.lending.models import Copy

READ = 5
"""Books that each of the visitor's children gave back."""
OTHERS = 7
DAY = dt.timedelta(days=1)


def lend_some_books() -> None:
    """What is out and asked for at the sites of the coordinator whom visitors become. Loading again changes nothing."""
    guardian, keeper = face_of(Role.GUARDIAN), face_of(Role.COORDINATOR)
    if guardian is None or keeper is None or Loan.objects.exists():
        return
    hubs = load_actor(keeper).hub_ids
    on_shelf = sorted(Copy.objects.filter(state=Copy.State.ON_SHELF), key=lambda copy: (copy.hub_id in hubs, copy.pk))
    copies = sorted({copy.title_id: copy for copy in on_shelf}.values(), key=lambda copy: copy.hub_id in hubs)
    mine = _readers(Child.objects.filter(family__guardian=guardian))
    others = _readers(Child.objects.exclude(family__guardian=guardian))[:OTHERS]
    if not mine or not others or len(copies) < len(mine) * (READ + 1) + OTHERS + 3:
        return
    for number, child in enumerate(mine):
        for _ in range(READ - number % 3):
            copy = copies.pop(0)
            _borrow(copy, child, days_ago=20, by=keeper)
            take_back(copy=copy.pk, hub=copy.hub_id, by=keeper)
        _borrow(copies.pop(), child, days_ago=28 + number, by=keeper)
    for number, child in enumerate(others):
        _borrow(copies.pop(), child, days_ago=5 * number, by=keeper)
    _ask(copies.pop(), mine[0], by=guardian)
    waited_for = _last_copy_of(copies)
    _borrow(waited_for, others[0], days_ago=36, by=keeper)
    _ask(waited_for, others[1], by=keeper)
    _ask(waited_for, mine[0], by=guardian)
    remind()


def _readers(children: object) -> list[Person]:
    rows = [child.person for child in children.select_related("person").order_by("pk")]  # type: ignore[attr-defined]
    unasked = missing_for([person.pk for person in rows])
    return [person for person in rows if person.pk not in unasked]


def _last_copy_of(copies: list[Copy]) -> Copy:
    """One whose hub has no other of the title."""
    for copy in copies:
        if Copy.objects.filter(title=copy.title_id, hub=copy.hub_id).count() == 1:
            return copy
    return copies[0]


def _borrow(copy: Copy, child: Person, *, days_ago: int, by: Person) -> None:
    loan = lend(copy=copy.pk, reader=child.pk, by=by)
    back = dt.timedelta(days=days_ago)
    Loan.objects.filter(pk=loan.pk).update(lent_at=loan.lent_at - back, due_on=loan.due_on - back)
    Step.objects.filter(child=child, copy=copy).update(at=clock.now() - back)


def _ask(copy: Copy, child: Person, *, by: Person) -> None:
    place_hold(title=copy.title_id, hub=copy.hub_id, reader=child.pk, with_session=True, by=by)
