"""The ledger of space for service: a district's month at a glance, and one stay's page. Two months of sessions are
behind, each week as full as the district's."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cache

import orjson

from hub import clock
from hub.people.models import Person, Role
from hub.places.models import Hub, Residency
from scheduling.attendance.models import ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.residency.models import Agreement
from scheduling.residency.months import month_of
from scheduling.sessions.claims import room_resource
from scheduling.sessions.models import Claim, Session
from scheduling.signups.models import Assignment
from tests.benchmarks.case import Answer, Case, Work, get
from tests.benchmarks.district import SITES, WEEK
from volunteers.hours.models import ServiceRecord

CLIENTS, TIMES, WEEKS_BEHIND = 2, 60, 8
OWED = {"sessions": 20, "visits": 100, "people": 40, "casework": 4, "volunteer_minutes": 3000}


def administrator() -> Person:
    return Person.objects.get(grants__role=Role.ADMINISTRATOR)


@cache
def stays() -> list[Residency]:
    """One for each site, of the agency that did most there."""
    for weeks in range(1, WEEKS_BEHIND + 1):
        _repeat(dt.timedelta(weeks=weeks))
    by, now = administrator(), clock.now()
    found = []
    # Other cases have sites of their own, where nothing is on.
    for hub in Hub.objects.filter(pk__in=Session.objects.filter(week=WEEK).values("hub")).order_by("pk"):
        agencies = list(Session.objects.filter(hub=hub).values_list("program__agency", flat=True))
        found.append(Residency(agency_id=max(sorted(set(agencies)), key=agencies.count), hub=hub))
    made = Residency.objects.bulk_create(found)
    begins = month_of(clock.today() - dt.timedelta(days=365))
    Agreement.objects.bulk_create(Agreement(residency=one, valid_from=begins, owed=OWED, by=by, at=now) for one in made)
    return made


def _repeat(ago: dt.timedelta) -> None:
    """The district's week once more, so long before: held, everybody came."""
    first = {one.pk: one for one in Session.objects.filter(week=WEEK).select_related("program").order_by("pk")}
    earlier = dict(zip(first, Session.objects.bulk_create(_earlier(one, ago) for one in first.values()), strict=True))
    Claim.objects.bulk_create(
        Claim(session=one, resource=room_resource(one.room_id), starts_at=one.starts_at, ends_at=one.ends_at)
        for one in earlier.values()
        if one.room_id
    )
    bookings = Booking.objects.bulk_create(
        Booking(
            session=earlier[row.session_id], participant_id=row.participant_id, state=row.state,
            created_at=row.created_at, changed_at=row.changed_at,
        )
        for row in Booking.objects.filter(session__week=WEEK, state=Booking.State.BOOKED).order_by("pk")
    )  # fmt: skip
    ChildAttendance.objects.bulk_create(
        ChildAttendance(booking=row, arrived_at=row.session.starts_at, changed_at=row.session.starts_at)
        for row in bookings
    )
    places = Assignment.objects.filter(session__week=WEEK, state__in=Assignment.ACTIVE).order_by("pk")
    ServiceRecord.objects.bulk_create(
        ServiceRecord(
            volunteer_id=row.volunteer_id, session_uid=one.uid, title=one.program.name, program=one.program,
            hub_id=one.hub_id, starts_at=one.starts_at, ends_at=one.ends_at, started_at=one.starts_at,
            ended_at=one.ends_at, minutes=75, state=ServiceRecord.State.CONFIRMED, source=ServiceRecord.Source.SCAN,
            entered_at=one.ends_at, due_on=clock.local(one.ends_at).date(), silent_until=one.ends_at,
        )
        for row in places
        for one in [earlier[row.session_id]]
    )  # fmt: skip


def _earlier(one: Session, ago: dt.timedelta) -> Session:
    return Session(
        program=one.program, hub_id=one.hub_id, room_id=one.room_id, week=one.week - ago, code=one.code,
        places=one.places, duty_worker_id=one.duty_worker_id, created_at=one.created_at, changed_at=one.changed_at,
        starts_at=one.starts_at - ago, ends_at=one.ends_at - ago, uid=uuid.uuid4(),
    )  # fmt: skip


def prepare_overview() -> Work:
    stays()

    def check(answers: list[Answer]) -> dict[str, float]:
        shown = [orjson.loads(answer.body)["stays"] for answer in answers]
        assert {len(one) for one in shown} == {SITES}
        assert sum(line["done"] for stay in shown[0] for line in stay["of_month"]["lines"]) > 0
        return {}

    request = get(f"/api/ledger?month={month_of(clock.today())}", as_=administrator())
    return Work(requests=[request] * TIMES, clients=CLIENTS, warm=[request] * 8, check=check)


def prepare_stay() -> Work:
    """As the page opens: its twelve months, and where the running one's figures come from."""
    month = month_of(clock.today())
    paths = [f"/api/ledger/{one.pk}{part}" for one in stays()[:10] for part in ("", f"/months/{month}")]
    requests = [get(path, as_=administrator()) for path in paths]
    return Work(requests=(requests * TIMES)[:TIMES], clients=CLIENTS, warm=requests, probe=requests[:2])


CASES = [
    Case("the ledger of a district, 41 stays", {"p95_ms": 200, "queries": 25}, prepare_overview),
    Case("one stay's ledger, twelve months", {"p95_ms": 200}, prepare_stay),
]
