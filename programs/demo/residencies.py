"""Space for service in the demo: what agencies and hubs agreed on, who came to what is behind us, casework. One agency
lags behind, one month waits for the coordinator's yes, another is closed and corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.db.models import QuerySet

from hub import clock
from hub.journal.append import append_all, deed
from hub.people.demo import face_of
from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Residency
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.residency.agreements import Terms, agree
from scheduling.residency.closing import confirm_correction, correct, say_yes, seen_of
from scheduling.residency.counting import ROOM_MINUTES, Counts, count
from scheduling.residency.entries import confirm_casework, enter_casework
from scheduling.residency.ledger import month, of_stays
from scheduling.residency.models import Agreement, Indicator, LaggingTold, Turnout
from scheduling.residency.months import after, month_of
from scheduling.sessions.models import Session

PEOPLE = {"group": (6, 10), "visit": (2, 4), "event": (60, 180)}
"""How many come, by kind of program."""
COUNTED = 0.9
LAG = (1.3, 0.9, 0.85, 1.05, 0.95, 0.9)
"""Owed, of what will come to it: one agency after the other."""
STEPS: dict[str, int] = {
    Indicator.SESSIONS: 1,
    Indicator.VISITS: 10,
    Indicator.PEOPLE: 5,
    Indicator.VOLUNTEER_MINUTES: 600,
    ROOM_MINUTES: 600,
}
CASES = 6


@dataclass(frozen=True)
class Stay:
    residency: Residency
    worker: Person
    coordinator: Person


def exchange_space() -> None:
    """Loading again changes nothing."""
    stays = _stays()
    if Agreement.objects.exists() or not stays:
        return
    over = Session.objects.filter(state=Session.State.PLANNED, ends_at__lt=clock.at(clock.today()))
    _let_children_come(over)
    _count_people(over, stays[0].coordinator)
    this = month_of(clock.today())
    before = after(this, -1)
    found = count([one.residency for one in stays], before, this)
    for place, stay in enumerate(stays):
        for begins, lag in ((before, 0.9), (this, LAG[place % len(LAG)])):
            _agree(stay, begins, found[stay.residency.pk, begins], lag)
        _work_on_cases(stay, place)
    _close(stays, before)
    # Who lags was told of it when it was time.
    rows = [one.residency for one in stays]
    lagging = (stay for stay, told in zip(rows, of_stays(rows, this), strict=True) if told.lags)
    LaggingTold.objects.bulk_create(LaggingTold(residency=stay, month=this, at=clock.now()) for stay in lagging)


def _stays() -> list[Stay]:
    """With somebody of either side; the coordinator that visitors become first."""
    workers = {one.agency_id: one.person for one in _grants(Role.SOCIAL_WORKER)}
    coordinators = {one.hub_id: one.person for one in _grants(Role.COORDINATOR)}
    rows = Residency.objects.select_related("agency", "hub").order_by("pk")
    found = [
        Stay(one, workers[one.agency_id], coordinators[one.hub_id])
        for one in rows
        if one.agency_id in workers and one.hub_id in coordinators
    ]
    face = face_of(Role.COORDINATOR)
    return sorted(found, key=lambda one: one.coordinator != face)


def _grants(role: Role) -> list[RoleGrant]:
    return list(RoleGrant.objects.filter(role=role).select_related("person").order_by("-pk"))


def _let_children_come(over: QuerySet[Session]) -> None:
    """All who had a place, at sessions of the days before today."""
    rows = Booking.objects.filter(session__in=over, state=Booking.State.BOOKED, attendance=None).select_related(
        "session"
    )
    events: list[AttendanceEvent] = []
    outcomes: list[ChildAttendance] = []
    for row in rows.order_by("pk"):
        session = row.session
        came, went = session.starts_at - dt.timedelta(minutes=4), session.ends_at + dt.timedelta(minutes=6)
        for kind, at in ((AttendanceEvent.Kind.IN, came), (AttendanceEvent.Kind.OUT, went)):
            noted = {"kind": kind, "how": AttendanceEvent.How.HAND, "hub_id": session.hub_id, "booking": row}
            events.append(AttendanceEvent(at=at, received_at=at, by_id=session.duty_worker_id, **noted))
        outcomes.append(
            ChildAttendance(booking=row, arrived_at=came, left_at=went, by_id=session.duty_worker_id, changed_at=went)
        )
    AttendanceEvent.objects.bulk_create(events, batch_size=500)
    ChildAttendance.objects.bulk_create(outcomes, batch_size=500)


def _count_people(over: QuerySet[Session], otherwise: Person) -> None:
    rows = over.filter(program__kind__in=PEOPLE, turnout=None)
    counted: list[Turnout] = []
    for session in rows.select_related("program").order_by("pk"):
        random = Random(session.pk)
        if random.random() < COUNTED:
            visits = random.randint(*PEOPLE[session.program.kind])
            by = session.duty_worker_id or otherwise.pk
            newcomers = random.randint(0, visits // 2)
            counted.append(Turnout(session=session, visits=visits, newcomers=newcomers, by_id=by, at=session.ends_at))
    Turnout.objects.bulk_create(counted, batch_size=500)
    append_all(
        deed(
            action="turnout.counted",
            subject=one,
            actor_id=one.by_id,
            hub_id=one.session.hub_id,
            session=one.session_id,
            visits=one.visits,
            newcomers=one.newcomers,
        )
        for one in counted
    )


def _agree(stay: Stay, begins: dt.date, counts: Counts, lag: float) -> None:
    """On round figures."""

    def figure(name: str) -> int:
        expected = counts.done[name] + counts.pending[name] + counts.coming[name]
        return max(1, int(expected * lag) // STEPS[name]) * STEPS[name]

    owed = {str(name): figure(name) for name in STEPS if name != ROOM_MINUTES}
    terms = Terms(
        valid_from=begins,
        starts_on=stay.residency.starts_on,
        ends_on=stay.residency.ends_on,
        rooms=list(stay.residency.rooms.values_list("pk", flat=True)),
        room_minutes=figure(ROOM_MINUTES) + 1200,
        owed=owed | {Indicator.CASEWORK.value: CASES},
    )
    agree(residency=stay.residency.pk, terms=terms, by=stay.coordinator)


def _work_on_cases(stay: Stay, place: int) -> None:
    """Last month's are confirmed, the newest one is not."""
    today = clock.today()
    last = month_of(today) - dt.timedelta(days=1)
    rows = [
        enter_casework(residency=stay.residency.pk, day=day, count=number, by=stay.worker)
        for day, number in ((last - dt.timedelta(days=12), 2), (last, 3 + place % 3), (month_of(today), 2), (today, 1))
    ]
    for row in rows[:-1]:
        confirm_casework(casework=row.pk, by=stay.coordinator)


def _close(stays: list[Stay], of: dt.date) -> None:
    """The first waits for the hub's yes, the last is closed, and corrected."""
    waiting, closed = stays[0], stays[-1]
    _say_yes(waiting, of, "agency", waiting.worker)
    if closed is waiting:
        return
    _say_yes(closed, of, "agency", closed.worker)
    closing = _say_yes(closed, of, "hub", closed.coordinator)
    row = correct(
        closing=closing,
        figure="visits",
        change=8,
        reason="月底那场大集漏数了一张签到表",
        side="agency",
        by=closed.worker,
    )
    confirm_correction(correction=row.pk, side="hub", by=closed.coordinator)


def _say_yes(stay: Stay, of: dt.date, side: str, by: Person) -> int:
    pk = stay.residency.pk
    return say_yes(residency=pk, of=of, side=side, seen=seen_of(month(pk, of)), by=by).pk
