"""A site's week as a template: saved from one week, laid over another as often as one likes.

Locks: the template, the duty workers, the site, its rooms, and at the end topics.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub, Room
from hub.places.open_days import is_holiday
from hub.places.working_days import check_day, marked_days
from programs.models import Program
from scheduling.series.applying import met, refusal_of
from scheduling.series.content import content_of, need_wishes
from scheduling.series.models import Laid, WeekTemplate
from scheduling.series.outcome import Outcome, Reason, Row, saved_as_seen
from scheduling.series.settling import NOTHING_SETTLED, Settled
from scheduling.sessions import claims
from scheduling.sessions.models import Session
from scheduling.sessions.overrides import Bearing
from scheduling.sessions.sessions import add_session

KEPT = ("room", "places", "duty_worker", "note", "needs")


@transaction.atomic
def save_template(*, hub: Hub, week: dt.date, name: str, by: Person) -> WeekTemplate:
    """The site's planned sessions of that week, but those of closed groups, which come of their series.

    Refused: name_missing, template_named_twice, nothing_that_week."""
    if not name.strip():
        raise Refused("name_missing")
    planned = Session.objects.filter(hub=hub, week=week, state=Session.State.PLANNED, group_only=False)
    rows = [_row(session) for session in planned.prefetch_related("needs").order_by("starts_at", "pk")]
    if not rows:
        raise Refused("nothing_that_week")
    template = WeekTemplate(hub=hub, name=name.strip(), rows=rows, created_by=by, created_at=clock.now())
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError:
        raise Refused("template_named_twice") from None
    append(action="week_template.saved", subject=template, actor_id=by.pk, hub_id=hub.pk)
    return template


@transaction.atomic
def remove_template(*, template: WeekTemplate, by: Person) -> None:
    """What was laid of it stays."""
    append(action="week_template.removed", subject=template, actor_id=by.pk, hub_id=template.hub_id)
    template.delete()


def _row(session: Session) -> dict[str, Any]:
    begins = clock.local(session.starts_at)
    content = content_of(session, session.needs.all())
    return {
        "weekday": begins.weekday(),
        "start": begins.hour * 60 + begins.minute,
        "minutes": int((session.ends_at - session.starts_at).total_seconds()) // 60,
        "program": session.program_id,
        **{name: content[name] for name in KEPT},
    }


def lay_template(
    *, template_id: int, week: dt.date, seen: str, by: Person, settled: Settled = NOTHING_SETTLED
) -> Outcome:
    """Over the week of this Monday: what is there stays, holidays stay free, what clashes is left out where it is not
    settled otherwise. Laid again it changes nothing. Shown first, as every change of many sessions. Refused: not_found,
    day_out_of_range, reason_missing (of what is borne)."""
    check_day(week)

    def act() -> Outcome:
        template = WeekTemplate.objects.select_for_update(no_key=True, of=("self",)).select_related("hub")
        held = template.filter(pk=template_id).first()
        if held is None:
            raise Refused("not_found", model="weektemplate", id=template_id)
        claims.lock_people(row["duty_worker"] for row in held.rows if row["duty_worker"])
        claims.lock_place(held.hub, [*(row["room"] for row in held.rows), *settled.rooms])
        return Outcome(_Laying(held, week, by, settled).run())

    return saved_as_seen(act, seen=seen, borne_reason=settled.reason)


class _Laying:
    def __init__(self, template: WeekTemplate, week: dt.date, by: Person, settled: Settled) -> None:
        self.template, self.week, self.by, self.settled = template, week, by, settled
        self.marked = marked_days(week.year - 1, week.year + 1)
        self.laid = dict(template.laid.filter(week=week).values_list("position", "session"))
        there = Session.objects.filter(hub=template.hub, week=week).exclude(pk__in=self.laid.values())
        self.there = Counter(there.values_list("program", "starts_at"))
        """What was put there otherwise: a template's row is the same session. Cancelled ones too: they stay so."""
        self.programs = Program.objects.in_bulk({row["program"] for row in template.rows})
        self.rooms = Room.objects.in_bulk({row["room"] for row in template.rows if row["room"]})
        self.people = Person.objects.in_bulk({row["duty_worker"] for row in template.rows if row["duty_worker"]})

    def run(self) -> list[Row]:
        return [self._lay(position, row) for position, row in enumerate(self.template.rows)]

    def _lay(self, position: int, row: dict[str, Any]) -> Row:
        day = self.week + dt.timedelta(days=row["weekday"])
        starts_at, ends_at = clock.at(day, row["start"]), clock.at(day, row["start"] + row["minutes"])
        program = self.programs.get(row["program"])
        out = Row(day=day, what="not_held", key=str(position), title=program.name if program else "")
        key = row["program"], starts_at
        if position in self.laid or self.there[key] > 0:
            self.there[key] -= position not in self.laid
            return _held(out, "kept", starts_at, ends_at)
        if is_holiday(day, self.marked):
            out.reasons.append(Reason("holiday_skipped"))
        elif starts_at <= clock.now():
            out.reasons.append(Reason("over"))
        else:
            room = self.rooms[row["room"]] if row["room"] else None
            if chosen := self.settled.moved(out.key):
                out.room, begins = chosen
                room, starts_at, ends_at = out.room, begins, begins + (ends_at - starts_at)
            bearing = self.settled.bearing(out.key)
            if no := refusal_of(lambda: self._add(position, row, out, room, starts_at, ends_at, bearing)):
                out.hinder(no)
            else:
                out.reasons += met(bearing)
                return _held(out, "added", starts_at, ends_at)
        return out

    def _add(
        self,
        position: int,
        row: dict[str, Any],
        out: Row,
        room: Room | None,
        starts_at: dt.datetime,
        ends_at: dt.datetime,
        bearing: Bearing,
    ) -> None:
        session = add_session(
            program=self.programs[row["program"]],
            hub=self.template.hub,
            room=room,
            starts_at=starts_at,
            ends_at=ends_at,
            places=row["places"],
            duty_worker=self.people[row["duty_worker"]] if row["duty_worker"] else None,
            note=row["note"],
            needs=need_wishes(row["needs"]),
            confirmed=True,
            bearing=bearing,
            by=self.by,
        )
        Laid.objects.create(template=self.template, week=self.week, position=position, session=session)
        out.session = session.pk


def _held(row: Row, what: Any, starts_at: dt.datetime, ends_at: dt.datetime) -> Row:
    row.what, row.starts_at, row.ends_at = what, starts_at, ends_at
    return row
