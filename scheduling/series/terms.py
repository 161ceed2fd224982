"""School terms: their names and days. What is held within one is adapted when its series is changed next."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub
from hub.places.working_days import check_day
from scheduling.series.models import Term

LONGEST = dt.timedelta(days=366)


def set_term(
    *, term: Term | None, name: str, hub: Hub | None, first_day: dt.date, last_day: dt.date, by: Person
) -> Term:
    """A new one (`term` none), or one that is there. Refused: name_missing, day_out_of_range, impossible_term,
    term_named_twice."""
    if not name.strip():
        raise Refused("name_missing")
    check_day(first_day, last_day)
    if last_day < first_day or last_day - first_day > LONGEST:
        raise Refused("impossible_term")
    term = term or Term()
    term.name, term.hub, term.first_day, term.last_day = name.strip(), hub, first_day, last_day
    twice = Term.objects.filter(name=term.name, hub=hub).exclude(pk=term.pk)
    try:
        with transaction.atomic():
            if twice.exists():
                raise Refused("term_named_twice")
            term.save()
            append(action="term.set", subject=term, actor_id=by.pk, hub_id=hub.pk if hub else 0)
    except IntegrityError:
        raise Refused("term_named_twice") from None
    return term


@transaction.atomic
def remove_term(*, term: Term, by: Person) -> None:
    """Refused("term_in_use") while a series is bound to it."""
    append(action="term.removed", subject=term, actor_id=by.pk, hub_id=term.hub_id or 0)
    try:
        with transaction.atomic():
            term.delete()
    except ProtectedError:
        raise Refused("term_in_use") from None
