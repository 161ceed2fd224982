"""What is recorded of an agency's work at a hub, month by month: the one place that says what counts.

A session is the agency's when its program is, and happens at the hub of the stay or at a canteen or meal point below it
where the agency has no stay of its own. It belongs to the local month in which it begins.

- sessions: held, not cancelled, and somebody's coming is on record: a child signed in, a volunteer signed in or has a
  service record that was not rejected, or people were counted. Over without any record: pending.
- visits (人次): each coming of a child that had a place, and the people counted at sessions that nobody books.
- people (人数): different children who came at least once in the month, and of the people counted those who came for
  the first time in the month.
- casework (个案): as entered by the agency; pending until the hub confirmed it.
- volunteer_minutes: of service records that are confirmed; pending while they wait for somebody.
- room_minutes: for which the agency's sessions that are over held a room, unless they were cancelled.

Coming is what is already scheduled in the month: sessions, children who have a place, minutes of volunteers who have
one. The number of queries depends on neither stays nor months.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    When,
)
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce

from hub import clock
from hub.among import among
from hub.places.models import Hub, Residency
from scheduling.attendance.models import Attendance
from scheduling.bookings.models import Booking
from scheduling.residency.models import Casework, Indicator, Turnout
from scheduling.residency.months import after, begins, months_between
from scheduling.sessions.models import Claim, Session
from scheduling.signups.models import Assignment
from volunteers.hours.models import ServiceRecord

ROOM_MINUTES = "room_minutes"
State = ServiceRecord.State
WAITING = (State.ENTERED, State.AWAITING, State.DISPUTED)
Key = tuple[int, dt.date]
"""(residency, first of the month)"""


@dataclass
class Counts:
    """By indicator and ROOM_MINUTES."""

    done: Counter[str] = field(default_factory=Counter)
    pending: Counter[str] = field(default_factory=Counter)
    coming: Counter[str] = field(default_factory=Counter)


class Scope:
    """The work of these stays from a month to another: which rows are meant, and whose they are."""

    def __init__(self, stays: Sequence[Residency], first: dt.date, last: dt.date) -> None:
        self.months = months_between(first, last)
        self.since, self.until = begins(first), begins(after(last))
        self.stays = {(one.agency_id, one.hub_id): one.pk for one in stays}
        self.agencies = {one.agency_id for one in stays}
        hubs = {one.hub_id for one in stays}
        below = Hub.objects.filter(Q(pk__in=among(hubs)) | Q(parent__in=among(hubs)))
        self.hubs = list(below.values_list("pk", flat=True))
        own = Residency.objects.filter(agency__in=self.agencies, hub__parent__isnull=False)
        self.own = list(own.values_list("agency", "hub"))
        """Stays at canteens and meal points themselves."""

    def of(self, rows: QuerySet[Any], path: str = "") -> QuerySet[Any]:
        """`rows` by `agency_key`, `site_key` and `month_key`; `path` leads to what has a program, a hub and a start."""
        own = [When(**{f"{path}program__agency": a, f"{path}hub": h}, then=F(f"{path}hub")) for a, h in self.own]
        above = Coalesce(f"{path}hub__parent", f"{path}hub")
        month = [
            When(**{f"{path}starts_at__lt": begins(after(one))}, then=Constant(place))
            for place, one in enumerate(self.months[:-1])
        ]
        meant: QuerySet[Any] = rows.filter(
            **{
                f"{path}program__agency__in": self.agencies,
                f"{path}hub__in": among(self.hubs),
                f"{path}starts_at__gte": self.since,
                f"{path}starts_at__lt": self.until,
            }
        )
        last = Constant(len(self.months) - 1)
        keyed: QuerySet[Any] = (
            meant.order_by()
            .annotate(
                agency_key=F(f"{path}program__agency"),
                site_key=Case(*own, default=above, output_field=IntegerField()) if own else above,
                month_key=Case(*month, default=last, output_field=IntegerField()) if month else last,
            )
            .values("agency_key", "site_key", "month_key")
        )
        return keyed

    def each(self, rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Key, Mapping[str, Any]]]:
        for row in rows:
            stay = self.stays.get((row["agency_key"], row["site_key"]))
            if stay is not None:
                yield (stay, self.months[row["month_key"]]), row


def count(stays: Sequence[Residency], first: dt.date, last: dt.date) -> Mapping[Key, Counts]:
    """From the month `first` to the month `last`, both named by their first day."""
    found: dict[Key, Counts] = defaultdict(Counts)
    scope, now = Scope(stays, first, last), clock.now()
    _count_sessions(scope, now, found)
    _count_rooms(scope, now, found)
    _count_children(scope, now, found)
    _count_turnouts(scope, found)
    _count_hours(scope, now, found)
    _count_casework(stays, scope, found)
    return found


def held(scope: Scope) -> Q:
    """Of sessions: somebody's coming is on record. Most have a child's or a volunteer's, found at once; hours' records
    know their session by uid alone and are looked through for the others."""
    this = OuterRef("pk")
    children = Booking.objects.filter(session=this, state=Booking.State.BOOKED, attendance__arrived_at__isnull=False)
    adults = Attendance.objects.filter(assignment__session=this, signed_in_at__isnull=False)
    counted = Turnout.objects.filter(session=this, visits__gt=0)
    records = ServiceRecord.objects.exclude(state=State.REJECTED).filter(
        hub__in=among(scope.hubs), starts_at__gte=scope.since, starts_at__lt=scope.until
    )
    return Q(Exists(adults)) | Q(Exists(children)) | Q(Exists(counted)) | Q(uid__in=records.values("session_uid"))


def _planned(model: type[Model], path: str = "session__") -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.all()
    return rows.filter(**{f"{path}state": Session.State.PLANNED})


def _count_sessions(scope: Scope, now: dt.datetime, found: Mapping[Key, Counts]) -> None:
    on_record, over = held(scope), Q(ends_at__lte=now)
    rows = scope.of(_planned(Session, "")).annotate(
        done=Count("pk", filter=over & on_record),
        pending=Count("pk", filter=over & ~on_record),
        coming=Count("pk", filter=~over),
    )
    for key, row in scope.each(rows):
        _add(found[key], Indicator.SESSIONS, row)


def _count_rooms(scope: Scope, now: dt.datetime, found: Mapping[Key, Counts]) -> None:
    rooms = _planned(Claim).filter(resource__startswith="room:")
    for key, row in scope.each(scope.of(rows=rooms, path="session__").annotate(**_time("", now))):
        _add(found[key], ROOM_MINUTES, row)


def _count_children(scope: Scope, now: dt.datetime, found: Mapping[Key, Counts]) -> None:
    came = Q(attendance__arrived_at__isnull=False)
    expected = ~came & Q(session__ends_at__gt=now)
    booked = _planned(Booking).filter(came | expected, state=Booking.State.BOOKED)
    rows = scope.of(booked, "session__").annotate(
        came=Count("pk", filter=came),
        expected=Count("pk", filter=expected),
        who_came=Count("participant", filter=came, distinct=True),
        who=Count("participant", distinct=True),
    )
    for key, row in scope.each(rows):
        counts = found[key]
        counts.done[Indicator.VISITS] += row["came"]
        counts.coming[Indicator.VISITS] += row["expected"]
        counts.done[Indicator.PEOPLE] += row["who_came"]
        counts.coming[Indicator.PEOPLE] += row["who"] - row["who_came"]


def _count_turnouts(scope: Scope, found: Mapping[Key, Counts]) -> None:
    rows = scope.of(_planned(Turnout), "session__").annotate(came=Sum("visits"), new=Sum("newcomers"))
    for key, row in scope.each(rows):
        found[key].done[Indicator.VISITS] += row["came"]
        found[key].done[Indicator.PEOPLE] += row["new"]


def _count_hours(scope: Scope, now: dt.datetime, found: Mapping[Key, Counts]) -> None:
    records = scope.of(ServiceRecord.objects.all()).annotate(
        done=Sum("minutes", filter=Q(state=State.CONFIRMED), default=0),
        pending=Sum("minutes", filter=Q(state__in=WAITING), default=0),
    )
    for key, row in scope.each(records):
        _add(found[key], Indicator.VOLUNTEER_MINUTES, row)
    places = _planned(Assignment).filter(state__in=Assignment.ACTIVE, session__ends_at__gt=now)
    for key, row in scope.each(scope.of(places, "session__").annotate(**_time("session__", now))):
        _add(found[key], Indicator.VOLUNTEER_MINUTES, row)


def _count_casework(stays: Sequence[Residency], scope: Scope, found: Mapping[Key, Counts]) -> None:
    rows = Casework.objects.filter(
        residency__in=among(one.pk for one in stays), day__gte=scope.months[0], day__lt=after(scope.months[-1])
    )
    for stay, day, number, confirmed in rows.values_list("residency", "day", "count", "confirmed_at"):
        counts = found[stay, day.replace(day=1)]
        (counts.done if confirmed else counts.pending)[Indicator.CASEWORK] += number


def _time(path: str, now: dt.datetime) -> dict[str, Sum]:
    lasting = ExpressionWrapper(F(f"{path}ends_at") - F(f"{path}starts_at"), output_field=DurationField())
    over = Q(**{f"{path}ends_at__lte": now})
    return {"done": Sum(lasting, filter=over), "coming": Sum(lasting, filter=~over)}


def _add(counts: Counts, figure: str, row: Mapping[str, Any]) -> None:
    for name in ("done", "pending", "coming"):
        value = row.get(name) or 0
        getattr(counts, name)[figure] += value // dt.timedelta(minutes=1) if isinstance(value, dt.timedelta) else value
