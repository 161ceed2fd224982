"""档案缺什么: sessions of the last weeks that were held, what their files lack, and until when they were due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.places.working_days import marked_days
from scheduling.attendance.models import ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.files.models import FaceCount, Photo, SessionFile
from scheduling.files.photos import to_review
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from volunteers.hours.figures import figures_on
from volunteers.hours.models import ServiceRecord

PAGE = 20
LOOK_BACK = dt.timedelta(weeks=8)
PARTS = ("sheet", "record", "photos", "review", "faces")
"""What a file can lack; `review`: photos that somebody has to look at again."""


@dataclass(frozen=True)
class Lacking:
    session: Session
    parts: Sequence[str]
    due_on: dt.date


@dataclass(frozen=True)
class Missing:
    lacking: Sequence[Lacking]
    more: bool
    count: int
    late: int


def held(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Over, not cancelled, and somebody had a place."""
    here = OuterRef("pk")
    somebody = Exists(Assignment.objects.filter(session=here, state__in=Assignment.ACTIVE)) | Exists(
        Booking.objects.filter(session=here, state=Booking.State.BOOKED)
    )
    return sessions.filter(somebody, state=Session.State.PLANNED, ends_at__lte=clock.now())


def with_lacks(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """With `lacks_<part>` for each of PARTS."""
    here = OuterRef("pk")
    file = SessionFile.objects.filter(session=here)
    return sessions.annotate(
        lacks_sheet=_so(_unnoted() & ~Q(Exists(file.filter(without_sheet=True)))),
        lacks_record=_so(~Q(Exists(file.filter(finished_at__isnull=False)))),
        lacks_photos=_so(~Q(Exists(Photo.objects.filter(session=here))) & ~Q(Exists(file.filter(without_photos=True)))),
        lacks_review=_so(Q(Exists(to_review(Photo.objects.filter(session=here))))),
        lacks_faces=_so(~Q(_faces()) & ~Q(Exists(file.filter(without_faces=True)))),
    )


def lacks_of(session: Session) -> list[str]:
    """Of a session that `with_lacks` gave."""
    return [part for part in PARTS if getattr(session, f"lacks_{part}")]


def missing_for(*, actor: Actor, skip: int = 0, late_only: bool = False) -> Missing:
    """Of the files that `actor` keeps: the oldest first, which are the latest ones."""
    now = clock.now()
    due = Due()
    rows = held(visible(actor, "keep_file", Session.objects.filter(ends_at__gte=now - LOOK_BACK)))
    lacking = with_lacks(rows).filter(Q(*((f"lacks_{part}", True) for part in PARTS), _connector=Q.OR))
    late = lacking.filter(ends_at__lt=clock.at(due.first_in_time(clock.today())))
    wanted = (late if late_only else lacking).order_by("starts_at", "pk").select_related("program", "hub")
    found = list(wanted[skip : skip + PAGE + 1])
    late_count = late.count()
    return Missing(
        lacking=[Lacking(one, lacks_of(one), due.of(one)) for one in found[:PAGE]],
        more=len(found) > PAGE,
        count=late_count if late_only else lacking.count(),
        late=late_count,
    )


class Due:
    """Until when a file is due: so many working days after its session, as the hours' figures say. Two queries,
    whatever it is asked."""

    def __init__(self) -> None:
        today = clock.today()
        self.count = figures_on(today).entry_working_days
        self.marked = marked_days(today.year - 1, today.year + 1)

    def of(self, session: Session) -> dt.date:
        return clock.add_working_days(clock.local(session.ends_at).date(), self.count, self.marked)

    def first_in_time(self, day: dt.date) -> dt.date:
        """The first day whose sessions are not late on `day`."""
        first = day
        while clock.add_working_days(first - dt.timedelta(days=1), self.count, self.marked) >= day:
            first -= dt.timedelta(days=1)
        return first


def _so(condition: Q) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _unnoted() -> Q:
    """A volunteer of whom nobody said whether they came, or children none of whom came."""
    here = OuterRef("pk")
    record = ServiceRecord.objects.filter(volunteer=OuterRef("volunteer"), session_uid=OuterRef("session__uid"))
    silent = Assignment.objects.filter(
        ~Exists(record.exclude(state=ServiceRecord.State.REJECTED)),
        session=here,
        state__in=Assignment.ACTIVE,
    ).exclude(Q(attendance__missed=True) | Q(attendance__signed_in_at__isnull=False))
    children = Booking.objects.filter(session=here, state=Booking.State.BOOKED)
    came = ChildAttendance.objects.filter(
        booking__session=here, booking__state=Booking.State.BOOKED, arrived_at__isnull=False
    )
    return Q(Exists(silent)) | (Q(Exists(children)) & ~Q(Exists(came)))


def _faces() -> Exists:
    return Exists(FaceCount.objects.filter(session=OuterRef("pk")).filter(Q(good__gt=0) | Q(fair__gt=0) | Q(bad__gt=0)))
