"""Sessions as their own rules make them: with their claims."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.people.models import Person
from hub.places.models import Hub, Room
from programs.models import Program
from scheduling.sessions.models import Session
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.sessions import add_session, move_session
from tests.support.make import MONDAY, make_hub, make_program


def added(
    *,
    room: Room | None = None,
    hub: Hub | None = None,
    program: Program | None = None,
    day: dt.date = MONDAY,
    start: int = 9 * 60,
    minutes: int = 60,
    needs: tuple[NeedWish, ...] = (),
    by: Person | None = None,
    **values: Any,
) -> Session:
    return add_session(
        program=program or make_program(),
        hub=hub or (room.hub if room else make_hub()),
        room=room,
        starts_at=clock.at(day, start),
        ends_at=clock.at(day, start + minutes),
        needs=needs,
        by=by,
        **values,
    )


def moved(session: Session, *, start: int, minutes: int = 60, day: dt.date = MONDAY, **values: Any) -> Session:
    places = {"hub": session.hub, "room": session.room, "revision": session.revision, "by": None} | values
    return move_session(
        session_id=session.pk, starts_at=clock.at(day, start), ends_at=clock.at(day, start + minutes), **places
    )
