"""What the events of one place come to. A pure function of which events there are, whatever order they came in: a
device that was offline may send the morning in the evening, twice, beside what staff wrote down meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from scheduling.attendance.models import AttendanceEvent

EARLIEST = dt.timedelta(minutes=30)
"""Before the session: from then on one may sign in."""
LATEST = dt.timedelta(hours=2)
"""After its end: until then one may sign out."""
SAME_VISIT = dt.timedelta(minutes=5)
"""Seen again within these it is the same coming, not a going: a card held up twice."""

FOLDED = ("out_without_in", "missed_but_seen", "seen_after_correction")
"""What may not fit together. Other doubts are those of the hours."""

Kind = AttendanceEvent.Kind
How = AttendanceEvent.How


@dataclass(frozen=True)
class Noted:
    """An event as the fold sees it."""

    kind: str
    how: str
    at: dt.datetime
    uid: UUID
    counter: int = 0
    device_id: int | None = None
    by_id: int | None = None
    serial: int = 0
    """In the order we heard of it."""


@dataclass(frozen=True)
class Outcome:
    came: Noted | None
    went: Noted | None
    missed: bool
    doubts: tuple[str, ...]
    """Of `FOLDED`."""


def concerns(at: dt.datetime, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Whether somebody seen at this moment is seen for this session. Of two in a row both may be meant: seen between
    them is going from one and coming to the next."""
    return starts_at - EARLIEST <= at <= ends_at + LATEST


def fold(events: Iterable[Noted], *, ends_at: dt.datetime) -> Outcome:
    """`events`: those of the place and the sightings that concern it, without what was set aside."""
    return _since_corrected(events, lambda since: _in_order(since, ends_at))


def fold_child(events: Iterable[Noted]) -> Outcome:
    """Of a child's booking. Several may note the same child, a tablet without a network among them: whoever was first
    stands, until the child goes, or comes again."""
    return _since_corrected(events, _coming_and_going)


def _since_corrected(events: Iterable[Noted], in_order: Callable[[list[Noted]], Outcome]) -> Outcome:
    events = list(events)
    corrected = max((one for one in events if one.kind == Kind.CORRECTED), key=lambda one: one.serial, default=None)
    if corrected is None:
        return in_order(events)
    since = [one for one in events if one.serial > corrected.serial]
    # A device that was offline tells of what staff have put right by now: their word stands, and they are told.
    settled = [one for one in since if one.how == How.DEVICE and one.at <= corrected.at]
    outcome = in_order([one for one in since if one not in settled])
    return replace(outcome, doubts=(*outcome.doubts, "seen_after_correction")) if settled else outcome


def _in_order(events: Iterable[Noted], ends_at: dt.datetime) -> Outcome:
    came: Noted | None = None
    went: Noted | None = None
    assumed: Noted | None = None
    missed = False
    doubts: list[str] = []
    for one in sorted(events, key=lambda one: (one.at, one.counter, one.uid)):
        if one.kind == Kind.MISSED:
            missed = True
        elif one.how == How.ASSUMED:
            assumed = one
        elif came is None:
            # Coming after the end is going, by somebody whose coming nobody noted.
            if one.kind == Kind.IN or (one.kind == Kind.SCAN and one.at < ends_at):
                came = one
            else:
                doubts.append("out_without_in")
        elif one.kind == Kind.IN:
            went = None if one.at < ends_at else went  # came back
        elif one.kind == Kind.OUT or _is_going(one, came, went, ends_at):
            went = one
    if came and went is None:
        went = assumed
    if came and missed:
        doubts.append("missed_but_seen")
    return Outcome(came, went, missed and came is None, tuple(dict.fromkeys(doubts)))


def _coming_and_going(events: Iterable[Noted]) -> Outcome:
    came: Noted | None = None
    went: Noted | None = None
    doubts: tuple[str, ...] = ()
    # Staff's come after the tablets' of the same moment, in the order in which they were noted.
    for one in sorted(
        events, key=lambda one: (one.at, one.how != How.DEVICE, one.device_id or 0, one.counter or one.serial, one.uid)
    ):
        if one.kind == Kind.IN:
            came, went = came or one, None
        elif came is None:
            doubts = ("out_without_in",)
        elif went is None:
            went = one
    return Outcome(came, went, False, doubts)


def _is_going(one: Noted, came: Noted, went: Noted | None, ends_at: dt.datetime) -> bool:
    """A sighting after the end moves nothing: they had gone, and came for something else."""
    return one.at - came.at >= SAME_VISIT and (went is None or went.at < ends_at)
