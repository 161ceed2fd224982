"""Places that staff keep for children in hardship. Only who may change the session reads how many: nothing that
families see tells of them."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import told_together
from hub.people.models import Person
from scheduling.bookings.line import pass_on
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Session

router = Router()


class KeptPlaces(Schema):
    kept: int | None = Field(None, ge=0, le=1000)
    """Null: as many as the program says."""


class KeptPlacesOut(KeptPlaces):
    by_program: int
    most: int
    """That can be kept."""


@transaction.atomic
@told_together()
def keep_places(*, session: int, kept: int | None, by: Person) -> Session:
    """What is kept no more is offered at once to who waits. Refused: session_cancelled, too_many_kept."""
    row = lock_session(session)
    if row.state == Session.State.CANCELLED:
        raise Refused("session_cancelled", session=row.pk)
    if kept and kept > most_kept(row):
        raise Refused("too_many_kept", most=most_kept(row))
    if row.priority_places != kept:
        row.priority_places = kept
        row.save(update_fields=["priority_places"])
        append(action="session.places_kept", subject=row, actor_id=by.pk, hub_id=row.hub_id)
        pass_on(row)
    return row


def most_kept(session: Session) -> int:
    """One at least is anybody's: a session that looks full to everybody hides that it is held."""
    return max(0, (session.places or 0) - 1)


def _out(row: Session) -> KeptPlacesOut:
    return KeptPlacesOut(kept=row.priority_places, by_program=row.program.priority_places, most=most_kept(row))


def _mine(request: HttpRequest, session: int) -> Session:
    return fetch(acting(request), "edit", Session.objects.select_related("program"), session)


@router.get("/sessions/{int:session_id}/kept-places", response=KeptPlacesOut, auth=schedulers)
def get_kept_places(request: HttpRequest, session_id: int) -> KeptPlacesOut:
    return _out(_mine(request, session_id))


@router.put("/sessions/{int:session_id}/kept-places", response=KeptPlacesOut, auth=schedulers)
def put_kept_places(request: HttpRequest, session_id: int, wish: KeptPlaces) -> KeptPlacesOut:
    session = _mine(request, session_id)
    keep_places(session=session.pk, kept=wish.kept, by=acting(request).person)
    return _out(_mine(request, session_id))
