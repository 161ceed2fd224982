"""What a way out does to whom: shown before it is taken, and taken only as it was shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Literal

import orjson
from django.db import transaction

from hub.live.publish import told_together
from hub.notify.together import said_together
from hub.people.names import given_name
from scheduling.board.rows import board_row
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

What = Literal["steps_in", "comes_over", "asked_again", "stays_home", "moves", "offered", "told", "stays"]
"""steps_in: has a place here now. comes_over: to the other session, their yes holds; asked_again: there, and has to
say so. stays_home: need not come. Families: moves to the other session; is offered another one; is told that there is
none; stays, and hears nothing."""


@dataclass(frozen=True)
class Touched:
    """Somebody who serves, or a family by its children's given names, and where they go."""

    what: What
    name: str
    title: str = ""
    hub: str = ""
    starts_at: dt.datetime | None = None
    children: int = 0


@dataclass(frozen=True)
class Eased:
    """A role that asks for fewer at least than it did."""

    role: str
    before: int
    now: int


@dataclass(frozen=True)
class Outcome:
    session: int
    """Whose standing is told: the one that was short, or the one that all go to."""
    people: list[Touched]
    families: list[Touched] = field(default_factory=list)
    roles: list[Eased] = field(default_factory=list)
    missing: int = 0
    """People, once it is done."""
    places: int | None = None
    done: bool = False

    @property
    def seen(self) -> str:
        """What taking it names, so that just what was shown is done."""
        shown = [self.session, self.people, self.families, self.roles, self.missing, self.places]
        return blake2b(orjson.dumps(shown), digest_size=12).hexdigest()


class _OnlyShown(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def done_as_seen(act: Callable[[], Outcome], *, seen: str) -> Outcome:
    """Do it, and keep it if it came out as it was `seen`; else nothing is written, nobody is told, and how it would
    come out is returned."""
    try:
        with transaction.atomic():
            with told_together(), said_together():
                outcome = _standing(act())
                if outcome.seen != seen:
                    raise _OnlyShown(outcome)
            return replace(outcome, done=True)
    except _OnlyShown as shown:
        return shown.outcome


def _standing(outcome: Outcome) -> Outcome:
    row = board_row(outcome.session)
    return replace(outcome, missing=row["missing"], places=row["places"])


def touched(what: What, name: str, to: Session | None = None) -> Touched:
    if to is None:
        return Touched(what, name)
    return Touched(what, name, to.program.name, to.hub.name, to.starts_at)


def family(what: What, rows: Iterable[Booking], to: Session | None = None) -> Touched:
    names = [given_name(row.participant.name) for row in rows]
    return replace(touched(what, " ".join(names), to), children=len(names))
