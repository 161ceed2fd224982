"""Closing a room or a site for a span, and opening it early.

One deed: the closure is written, and every session in it moves to the nearest room or time that breaks nothing, or is
cancelled; whoever closes may choose otherwise for each. Shown first and saved as it was shown (series.outcome); whoever
had a place is told once. Locks: those who hold a place, the sessions, the site, its rooms, topics.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from hub.places.models import Hub, Room
from scheduling.series.applying import refusal_of
from scheduling.series.held import people_in
from scheduling.series.outcome import Outcome, Reason, Row, saved_as_seen
from scheduling.sessions import claims
from scheduling.sessions.conflicts import Known, closed
from scheduling.sessions.known import wishes_of
from scheduling.sessions.models import Claim, Closure, Override, Session
from scheduling.sessions.nearest import Offer, Surroundings
from scheduling.sessions.sessions import cancel_session, move_session

LONGEST = dt.timedelta(days=92)
REACH = 3
"""Days before and after that another time is looked for."""


@dataclass(frozen=True)
class Choice:
    """What becomes of one session: moved to this room and hour, or cancelled."""

    what: Literal["move", "cancel"]
    room: Room | None = None
    starts_at: dt.datetime | None = None


@dataclass
class ClosedRow(Row):
    """A session in what is closed: `what` is moved, cancelled, or stays (it has begun, or could not be moved)."""

    was_at: dt.datetime | None = None


def close_place(
    *,
    hub: Hub,
    room: Room | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    reason: str,
    choices: Mapping[int, Choice],
    seen: str,
    by: Person,
) -> Outcome:
    """`room` none: the whole site. Refused: reason_missing, impossible_time, over (nothing of it is to come),
    room_elsewhere, people_changed (somebody took a place between the locks)."""
    if not reason.strip():
        raise Refused("reason_missing")
    if ends_at <= starts_at or ends_at - starts_at > LONGEST:
        raise Refused("impossible_time")
    if ends_at <= clock.now():
        raise Refused("closure_over")
    if room and room.hub_id != hub.pk:
        raise Refused("room_elsewhere", room=room.pk, hub=hub.pk)

    def act() -> Outcome:
        sessions = _hold(hub, room, starts_at, ends_at)
        closure = Closure.objects.create(
            hub=hub,
            room=room,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason.strip(),
            by=by,
            created_at=clock.now(),
        )
        append(action="closure.made", subject=closure, actor_id=by.pk, hub_id=hub.pk)
        rows = _Emptying(closure, sessions, choices, by).run()
        publish({f"hub:{hub.pk}"}, "closure.changed", hub=[hub.pk])
        return Outcome(list(rows))

    return saved_as_seen(act, seen=seen, reason=reason)


@transaction.atomic
def lift_closure(*, closure_id: int, by: Person) -> None:
    """From now on it may be used again; what moved stays, since people were told. Refused: not_found, closure_over."""
    closure = Closure.objects.select_for_update(no_key=True).filter(pk=closure_id).first()
    if closure is None:
        raise Refused("not_found", model="closure", id=closure_id)
    now = clock.now()
    if closure.ends_at <= now:
        raise Refused("closure_over")
    append(action="closure.lifted", subject=closure, actor_id=by.pk, hub_id=closure.hub_id)
    closure.lifted_at = now
    if closure.starts_at < now:
        closure.ends_at = now
    closure.save(update_fields=["ends_at", "lifted_at"])
    publish({f"hub:{closure.hub_id}"}, "closure.changed", hub=[closure.hub_id])


def _within(hub: Hub, room: Room | None, starts_at: dt.datetime, ends_at: dt.datetime) -> list[Session]:
    """Those not over yet, in order of time."""
    inside = Session.objects.filter(
        hub=hub,
        state=Session.State.PLANNED,
        starts_at__lt=ends_at,
        ends_at__gt=max(starts_at, clock.now()),
        **({"room": room} if room else {}),
    )
    return list(inside.select_related("hub", "room", "program").order_by("starts_at", "pk"))


def _hold(hub: Hub, room: Room | None, starts_at: dt.datetime, ends_at: dt.datetime) -> list[Session]:
    """All that the deed touches, locked; nobody can put another session there until it is done."""
    before = _within(hub, room, starts_at, ends_at)
    people = _people_of(before)
    claims.lock_people(people)
    claims.lock_sessions(one.pk for one in before)
    claims.lock_sites([hub.pk])
    claims.lock_rooms(Room.objects.filter(hub=hub).values_list("pk", flat=True))
    held = _within(hub, room, starts_at, ends_at)
    if {one.pk for one in held} - {one.pk for one in before} or _people_of(held) - people:
        raise Refused("people_changed")
    return held


def _people_of(sessions: Sequence[Session]) -> set[int]:
    held = Claim.objects.filter(session__in=sessions, resource__startswith="person:")
    return {int(resource.partition(":")[2]) for resource in held.values_list("resource", flat=True)}


class _Emptying:
    def __init__(self, closure: Closure, sessions: list[Session], choices: Mapping[int, Choice], by: Person) -> None:
        self.closure, self.sessions, self.choices, self.by = closure, sessions, choices, by
        self.people = people_in(one.pk for one in sessions)
        self.wishes = dict(zip((one.pk for one in sessions), wishes_of(sessions), strict=True))
        self.borne: dict[int, set[str]] = defaultdict(set)
        for session, code in Override.objects.filter(session__in=sessions).values_list("session", "code"):
            self.borne[session].add(code)

    @cached_property
    def around(self) -> Surroundings:
        return Surroundings(list(self.wishes.values()), reach=REACH)

    def run(self) -> list[ClosedRow]:
        """What was chosen goes first: nobody else is given its room."""
        order = sorted(self.sessions, key=lambda one: one.pk not in self.choices)
        rows = {one.pk: self._empty(one) for one in order}
        return [rows[one.pk] for one in self.sessions]

    def _empty(self, session: Session) -> ClosedRow:
        row = ClosedRow(
            day=clock.local(session.starts_at).date(),
            what="stays",
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            session=session.pk,
            title=session.program.name,
            was_at=session.starts_at,
            room=session.room,
        )
        if session.starts_at <= clock.now():
            row.reasons.append(Reason("running"))
            return row
        row.offers = self.around.nearest(self.wishes[session.pk], session=session.pk, meant=self.borne[session.pk])
        choice = self.choices.get(session.pk) or _usual(session, row.offers)
        if choice.what == "cancel":
            row.what, row.people = "cancelled", self.people[session.pk]
            no = refusal_of(lambda: self._cancel(session))
        else:
            row.what, row.room = "moved", choice.room
            row.starts_at = choice.starts_at or session.starts_at
            row.ends_at = row.starts_at + (session.ends_at - session.starts_at)
            row.reasons.append(Reason("moved_to", {"room": choice.room.name if choice.room else ""}))
            # Another room of the site is only seen.
            row.people = self.people[session.pk] if row.starts_at != session.starts_at else 0
            no = refusal_of(lambda: self._move(session, row))
        if no:
            row.what, row.people, row.room = "stays", 0, session.room
            row.starts_at, row.ends_at, row.reasons = session.starts_at, session.ends_at, no.reasons
        else:
            self.around.follow(session.pk)
        return row

    def _cancel(self, session: Session) -> None:
        cancel_session(session_id=session.pk, revision=session.revision, reason=self.closure.reason, by=self.by)

    def _move(self, session: Session, row: ClosedRow) -> None:
        assert row.starts_at is not None
        assert row.ends_at is not None
        wish = replace(self.wishes[session.pk], room=row.room, starts_at=row.starts_at, ends_at=row.ends_at)
        # As it is it stands in what is closed already: for move_session that would be no news.
        for clash in closed(wish, Known(closures=[self.closure])):
            raise Refused(clash.code, **clash.facts)
        move_session(
            session_id=session.pk,
            revision=session.revision,
            hub=session.hub,
            room=row.room,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            by=self.by,
            meant=self.borne[session.pk],
        )


def _usual(session: Session, offers: Sequence[Offer]) -> Choice:
    """The same hour in another room, else another hour of that day; another day is for people to decide."""
    day = clock.local(session.starts_at).date()
    best = [one for one in offers if one.starts_at == session.starts_at]
    best += [one for one in offers if clock.local(one.starts_at).date() == day]
    return Choice("move", best[0].room, best[0].starts_at) if best else Choice("cancel")
