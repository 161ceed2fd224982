"""Bringing a series' sessions in line with its rule, by the rules for single sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.notify.together import said_together
from hub.people.models import Person
from hub.places.models import Hub, Room
from scheduling.series.content import WHEN_WHERE, Content, content_of, edited, merged, moment, need_wishes, wished
from scheduling.series.days import Slot
from scheduling.series.enrolments import seat
from scheduling.series.held import Held
from scheduling.series.matching import Old, match, period_of
from scheduling.series.models import Occurrence, Series
from scheduling.series.outcome import No, Reason, Row
from scheduling.series.settling import NOTHING_SETTLED, UNSAID, Settled
from scheduling.sessions.models import Session
from scheduling.sessions.overrides import NOTHING, Bearing
from scheduling.sessions.sessions import add_session, cancel_session, edit_session, move_session, remove_session

TOLD = ("starts_at", "ends_at", "hub")
"""Another room on the same site is only seen."""
Kind = TypeVar("Kind", Room, Person)


@dataclass
class Applying:
    """One series, one deed. `reason`: of what has to be cancelled; none while it is only looked at."""

    series: Series
    held: Held
    by: Person
    reason: str = UNSAID
    over_own: bool = False
    settled: Settled = NOTHING_SETTLED

    @property
    def meant(self) -> Collection[str]:
        """A series that is held on holidays means them."""
        return ("day_off",) if self.series.holidays == "keep" else ()

    def run(self, slots: Iterable[Slot]) -> list[Row]:
        """A row for every day to come, in order of the days. Sessions that end go first: they make room."""
        ahead = [slot for slot in slots if slot.day not in self.held.over and not self._is_past(slot)]
        coming = {row.day: row for row in self.held.coming}
        old = [Old(day, self.held.rank(row)) for day, row in coming.items()]
        paired = match([slot.day for slot in ahead if slot.on], old, period_of(self.series.rule))
        skipped = {slot.day: slot for slot in ahead if not slot.on}
        goes_on = set(paired.values())
        rows = [self._end(row, skipped.pop(day, None)) for day, row in coming.items() if day not in goes_on]
        rows += [_not_held(slot) for slot in skipped.values()]
        for slot in ahead:
            if slot.on and slot.day in paired:
                rows.append(self._go_on(coming[paired[slot.day]], slot))
        rows += [self._begin(slot) for slot in ahead if slot.on and slot.day not in paired]
        return sorted(rows, key=lambda row: (row.day, row.what))

    def _is_past(self, slot: Slot) -> bool:
        return clock.at(slot.on or slot.day, self.series.start) <= clock.now()

    def _begin(self, slot: Slot) -> Row:
        """A session of its own for a day that has none; one that was taken away comes back as it was."""
        before = self.held.gone.get(slot.day)
        wish = wished(self.series, slot.on or slot.day)
        content = wish
        if before and before.gone:
            content = merged(given=before.given, now=before.gone, wish=wish, over_own=self.over_own)
        row = _row(slot.day, "added", content, reasons=_why(slot))
        content, bearing = self._settle(row, content)
        if no := refusal_of(lambda: self._add(row, slot, before, content, wish, bearing)):
            row.what, row.starts_at, row.ends_at, row.session, row.people = "not_held", None, None, None, 0
            row.hinder(no)
        else:
            row.reasons += met(bearing)
        return row

    def _settle(self, row: Row, content: Content) -> tuple[Content, Bearing]:
        """The content as it was chosen for this row; what differs from the series' wish is an edit by hand."""
        row.meant = self.meant
        if chosen := self.settled.moved(row.key):
            row.room, row.starts_at = chosen
            row.ends_at = row.starts_at + (moment(content["ends_at"]) - moment(content["starts_at"]))
            content = content | {
                "room": row.room.pk if row.room else None,
                "starts_at": clock.local(row.starts_at).isoformat(),
                "ends_at": clock.local(row.ends_at).isoformat(),
            }
        return content, self.settled.bearing(row.key)

    def _add(
        self,
        row: Row,
        slot: Slot,
        before: Occurrence | None,
        content: Content,
        wish: Content,
        bearing: Bearing,
    ) -> None:
        session = add_session(
            program=self.series.program,
            hub=_hub(content["hub"], self.series.hub),
            room=_maybe(Room, content["room"], self.series.room),
            starts_at=moment(content["starts_at"]),
            ends_at=moment(content["ends_at"]),
            places=content["places"],
            duty_worker=_maybe(Person, content["duty_worker"], self.series.duty_worker),
            note=content["note"],
            needs=need_wishes(content["needs"]),
            confirmed=True,
            bearing=bearing,
            meant=self.meant,
            group_only=self.series.group_only,
            uid=before.uid if before else None,
            sequence=before.sequence + 1 if before else 0,
            by=self.by,
        )
        there = before or Occurrence(series=self.series, day=slot.day, uid=session.uid)
        there.session, there.given, there.gone = session, wish, None
        there.save()
        row.session = session.pk
        if self.held.members:
            row.people = len(self.held.members)
            if left_out := seat(session, self.held.members, by=self.by):
                row.reasons.append(Reason("members_left_out", {"count": left_out}))

    def _go_on(self, occurrence: Occurrence, slot: Slot) -> Row:
        session = occurrence.session
        assert session is not None
        assert slot.on is not None
        now = content_of(session, self.held.needs[session.pk])
        wish = wished(self.series, slot.on)
        content = merged(given=occurrence.given, now=now, wish=wish, over_own=self.over_own)
        row = _row(slot.day, "kept", content, reasons=_why(slot), session=session.pk)
        bearing = NOTHING
        if session.state == Session.State.CANCELLED:
            row.what, row.reasons = "stays", [Reason("cancelled_before", {"reason": session.cancel_reason})]
            content, wish = now, occurrence.given
        else:
            content, bearing = self._settle(row, content)
        own = [name for name in edited(occurrence.given, now) if now[name] != wish[name] and not self.over_own]
        if own and row.what == "kept":
            row.reasons.append(Reason("edited_by_hand", {"fields": own}))
        if any(content[name] != now[name] for name in WHEN_WHERE):
            row.what = "moved"
            row.people = self.held.people[session.pk] if any(content[name] != now[name] for name in TOLD) else 0
        elif content != now:
            row.what = "edited"
        if no := refusal_of(lambda: self._change(occurrence, session, slot, now, content, wish, bearing)):
            row.what, row.people = "stays", 0
            row.starts_at, row.ends_at = session.starts_at, session.ends_at
            row.hinder(no)
        else:
            row.reasons += met(bearing)
        return row

    def _change(
        self,
        occurrence: Occurrence,
        session: Session,
        slot: Slot,
        now: Content,
        content: Content,
        wish: Content,
        bearing: Bearing,
    ) -> None:
        revision = session.revision
        if any(content[name] != now[name] for name in WHEN_WHERE):
            revision = move_session(
                session_id=session.pk,
                revision=revision,
                hub=_hub(content["hub"], session.hub),
                room=_maybe(Room, content["room"], self.series.room),
                starts_at=moment(content["starts_at"]),
                ends_at=moment(content["ends_at"]),
                confirmed=True,
                bearing=bearing,
                meant=self.meant,
                by=self.by,
            ).revision
        if any(value != now[name] for name, value in content.items() if name not in WHEN_WHERE):
            ids = {need.role: need.pk for need in self.held.needs[session.pk]}
            edit_session(
                session_id=session.pk,
                revision=revision,
                by=self.by,
                places=content["places"],
                duty_worker=_maybe(Person, content["duty_worker"], self.series.duty_worker),
                note=content["note"],
                needs=need_wishes(content["needs"], ids) if content["needs"] != now["needs"] else None,
                confirmed=True,
                bearing=bearing,
            )
        if occurrence.day != slot.day and slot.day in self.held.gone:
            self.held.gone.pop(slot.day).delete()
        occurrence.day, occurrence.given = slot.day, wish
        occurrence.save(update_fields=["day", "given"])

    def _end(self, occurrence: Occurrence, slot: Slot | None) -> Row:
        """Its day is none of the series' any more: it vanishes, or is cancelled where anybody ever had a place."""
        session = occurrence.session
        assert session is not None
        now = content_of(session, self.held.needs[session.pk])
        row = _row(occurrence.day, "removed", now, reasons=_why(slot) if slot else [], session=session.pk)
        if session.state == Session.State.CANCELLED:
            row.what = "stays"
            row.reasons.append(Reason("cancelled_before", {"reason": session.cancel_reason}))
            return row
        people = self.held.people[session.pk]
        if not people and not refusal_of(lambda: remove_session(session_id=session.pk, by=self.by)):
            occurrence.session, occurrence.sequence, occurrence.gone = None, session.sequence, now
            occurrence.save(update_fields=["session", "sequence", "gone"])
            return row
        row.what, row.people = "cancelled", people
        if no := refusal_of(lambda: _cancel(session, self.reason, self.by)):
            row.what, row.people = "stays", 0
            row.hinder(no)
        return row


def refusal_of(deed: Callable[[], None]) -> No | None:
    """Why it could not be done: then nothing of it was."""
    try:
        with transaction.atomic(), told_together(), said_together():
            deed()
    except Refused as refused:
        return No.of(refused)
    return None


def met(bearing: Bearing) -> list[Reason]:
    """What clashed and was no hindrance, for whoever looks at the row."""
    return [Reason(one.code, dict(one.facts), borne=one.code in bearing.codes) for one in bearing.met or ()]


def _cancel(session: Session, reason: str, by: Person) -> None:
    cancel_session(session_id=session.pk, revision=session.revision, reason=reason, by=by)


def _why(slot: Slot) -> list[Reason]:
    """A day like any other needs no reason."""
    if not slot.reason:
        return []
    facts = {"instead_of": slot.instead_of.isoformat()} if slot.instead_of else {}
    return [Reason(slot.reason, facts)]


def _not_held(slot: Slot) -> Row:
    return Row(day=slot.day, what="not_held", key=slot.day.isoformat(), reasons=_why(slot))


def _row(day: dt.date, what: Any, content: Content, *, reasons: list[Reason], session: int | None = None) -> Row:
    starts_at, ends_at = moment(content["starts_at"]), moment(content["ends_at"])
    return Row(
        day=day,
        what=what,
        key=day.isoformat(),
        starts_at=starts_at,
        ends_at=ends_at,
        reasons=reasons,
        session=session,
    )


def _hub(pk: int, known: Hub) -> Hub:
    return known if known.pk == pk else Hub.objects.get(pk=pk)


def _maybe(kind: type[Kind], pk: int | None, known: Kind | None) -> Kind | None:
    if pk is None:
        return None
    return known if known and known.pk == pk else kind._default_manager.get(pk=pk)
