"""What becomes of each day of a series: shown before it is saved, and saved only as it was shown."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Literal

import orjson
from django.db import transaction

from hub.errors import Refused
from hub.live.publish import told_together
from hub.notify.together import said_together
from hub.places.models import Room
from scheduling.sessions.conflicts import Wish
from scheduling.sessions.nearest import Offer, Surroundings
from scheduling.sessions.overrides import ASKED, TOLD, Clashing

What = Literal["added", "kept", "moved", "edited", "cancelled", "removed", "not_held", "stays"]
"""`stays`: what was wished of it was refused; its reasons say why."""


@dataclass(frozen=True)
class Reason:
    """A code and what its sentence needs."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    borne: bool = False
    """It clashed, and somebody decided to bear it."""


@dataclass
class Row:
    day: dt.date
    """By the rule."""
    what: What
    key: str = ""
    """By which a choice names it."""
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    """As it will be; of a day that is not held, none."""
    session: int | None = None
    title: str = ""
    """Where the rows are of several programs."""
    people: int = 0
    """Who has a place in it, or asked for one, and is told."""
    reasons: list[Reason] = field(default_factory=list)
    room: Room | None = None
    """Where that was chosen for this row."""
    wish: Wish | None = None
    """What clashed."""
    bearable: Collection[str] = ()
    """The codes of all that hinders it, where whoever asks may bear every one."""
    meant: Collection[str] = ()
    offers: list[Offer] = field(default_factory=list)
    """The nearest that break nothing, where the wish does."""

    def hinder(self, no: No) -> None:
        self.reasons += no.reasons
        self.wish, self.bearable, self.room = no.wish, no.bearable, None


@dataclass(frozen=True)
class No:
    """Why a row could not be as it was wished: all of it."""

    reasons: list[Reason]
    wish: Wish | None = None
    bearable: Collection[str] = ()

    @classmethod
    def of(cls, refused: Refused) -> No:
        if not isinstance(refused, Clashing):
            return cls([Reason(refused.code, refused.facts)])
        hinders = sorted({one.code for one in refused.found} - {ASKED, TOLD})
        bearable = hinders if refused.bearable.issuperset(hinders) else ()
        return cls([Reason(one.code, dict(one.facts)) for one in refused.found], refused.wish, bearable)


@dataclass(frozen=True)
class Outcome:
    rows: list[Row]
    series: int | None = None
    revision: int = 0
    saved: bool = False

    @property
    def seen(self) -> str:
        """What a save names, so that it saves just what was shown; without the ids of rows that were taken back."""
        rows = [
            (row.day, row.title, row.what, row.starts_at, row.ends_at, row.people, [_shown(one) for one in row.reasons])
            for row in self.rows
        ]
        return blake2b(orjson.dumps([self.revision, rows]), digest_size=12).hexdigest()


def _shown(reason: Reason) -> tuple[str, bool, dict[str, Any]]:
    facts = {name: value for name, value in reason.facts.items() if name not in ("session", "need")}
    return reason.code, reason.borne, facts


class _OnlyShown(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def saved_as_seen(act: Callable[[], Outcome], *, seen: str, reason: str = "", borne_reason: str = "") -> Outcome:
    """Do it, and keep it if it came out as it was `seen`, or has nothing to show (is `saved` as it is); else nothing is
    written, and how it would come out is returned. A preview is the thing itself, taken back: it can't promise what a
    save would refuse. Refused("reason_missing"): it cancels sessions, and those who had a place are told why; or it
    bears what clashes."""
    try:
        with transaction.atomic(), told_together(), said_together():
            outcome = act()
            if not outcome.saved and outcome.seen != seen:
                _look_around(outcome.rows)
                raise _OnlyShown(outcome)
            if not reason.strip() and any(row.what == "cancelled" for row in outcome.rows):
                raise Refused("reason_missing")
            if not borne_reason.strip() and any(one.borne for row in outcome.rows for one in row.reasons):
                raise Refused("reason_missing")
            return replace(outcome, saved=True)
    except _OnlyShown as shown:
        return replace(shown.outcome, series=None)


REACH = 3
"""Days before and after: further away a date of a series is another's."""


def _look_around(rows: Iterable[Row]) -> None:
    """What is nearest and free for each row that clashes, once all the others are where they will be."""
    sites: dict[int, list[tuple[Row, Wish]]] = defaultdict(list)
    for row in rows:
        if row.wish:
            sites[row.wish.hub.pk].append((row, row.wish))
    for there in sites.values():
        around = Surroundings([wish for _, wish in there], reach=REACH)
        for row, wish in there:
            row.offers = around.nearest(wish, session=row.session, meant=row.meant)
