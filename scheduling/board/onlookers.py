"""Who else has a session open, or is changing it: so that two people talk before one of them saves.

It hinders nobody: a save that comes too late is refused by the session's revision (scheduling.sessions.sessions).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.live.publish import publish
from hub.people.models import Person
from scheduling.board.models import Onlooker
from scheduling.sessions.models import Session

FORGOTTEN_AFTER = dt.timedelta(seconds=45)
"""A screen says every 20 seconds that it is still there."""


@transaction.atomic
def look_on(*, session: Session, by: Person, changing: bool) -> list[Onlooker]:
    """`by` has it open; the others who have, those who came first above. Tells the hub's screens when that is new."""
    now = clock.now()
    # Nobody waits for whoever forgets the same ones: that would be a ring, some day.
    gone = Onlooker.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).select_for_update(skip_locked=True)
    Onlooker.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
    known = Onlooker.objects.filter(session=session, person=by)
    if not known.filter(changing=changing).update(seen_at=now):
        Onlooker.objects.update_or_create(session=session, person=by, defaults={"changing": changing, "seen_at": now})
        _tell(session)
    return list(Onlooker.objects.filter(session=session).exclude(person=by).select_related("person").order_by("pk"))


@transaction.atomic
def look_away(*, session: Session, by: Person) -> None:
    """Closed. Whoever has it open on a second screen is there again in a moment."""
    deleted, _ = Onlooker.objects.filter(session=session, person=by).delete()
    if deleted:
        _tell(session)


def _tell(session: Session) -> None:
    """Not as something that happened to the session: a board need not read it anew."""
    publish([f"hub:{session.hub_id}"], "onlooker.changed", looked_at=[session.pk])
