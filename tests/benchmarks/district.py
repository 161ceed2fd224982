"""A district of the size that the targets speak of: 41 sites, 1,200 volunteers, 900 sessions of next week.

The same every time but for the dates. Half of the places are taken, children are booked where children are read to.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

from hub import clock
from hub.people.models import Child, Family, Person, Role, RoleGrant
from hub.places.models import Agency, Hub, Room
from programs.models import Program
from scheduling.bookings.models import Booking
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need, Session
from scheduling.signups.models import Assignment
from volunteers.models import Clearance, Volunteer

SITES, VOLUNTEERS, SESSIONS, CHILDREN = 41, 1200, 900, 860
AGENCIES, WORKERS, PROGRAMS, ROOMS = 14, 26, 36, 3
STARTS = (8 * 60, 9 * 60 + 30, 14 * 60, 16 * 60 + 30, 18 * 60)
KINDS = ("reading", "reading", "lending", "visit", "group", "event")
ALWAYS = [[weekday, 0, clock.MINUTES_A_DAY] for weekday in range(7)]
WEEK = clock.monday_of(clock.today()) + dt.timedelta(weeks=1)


def make_people(name: str, prefix: int, count: int, **values: object) -> list[Person]:
    """Persons with phones of their own: 139 and eight digits that begin with `prefix`."""
    people = [Person(name=f"{name}{n}", phone=f"139{prefix:02d}{n:06d}", **values) for n in range(count)]
    for person in people:
        person.save()  # sets the key that its phone is looked up by
    return people


def make_volunteers(name: str, prefix: int, homes: list[Hub], **values: object) -> list[Volunteer]:
    """One for each home named, who can come at any time."""
    people = make_people(name, prefix, len(homes))
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=Role.VOLUNTEER) for person in people)
    return Volunteer.objects.bulk_create(
        Volunteer(person=person, home=home, availability=ALWAYS, **{"prior_minutes": 600} | values)
        for person, home in zip(people, homes, strict=True)
    )


def make_session(*, hub: Hub, program: Program, week: dt.date, start: int, code: str, **values: object) -> Session:
    """Not saved. `start`: minutes after the week's first midnight."""
    now = clock.now()
    return Session(
        program=program, hub=hub, week=week, code=code, created_at=now, changed_at=now,
        starts_at=clock.at(week, start), ends_at=clock.at(week, start + 75), **values,
    )  # fmt: skip


def load_district() -> None:
    draw = random.Random(20261214)
    agencies = Agency.objects.bulk_create(Agency(name=f"社工机构{n}") for n in range(AGENCIES))
    hubs = Hub.objects.bulk_create(
        Hub(name=f"站点{n}", longitude=106.5 + draw.random() / 3, latitude=28.8 + draw.random() / 3)
        for n in range(SITES)
    )
    rooms = Room.objects.bulk_create(Room(hub=hub, name=f"场地{n}", capacity=30) for hub in hubs for n in range(ROOMS))
    programs = Program.objects.bulk_create(
        Program(name=f"项目{n}", kind=draw.choice(KINDS), agency=draw.choice(agencies)) for n in range(PROGRAMS)
    )
    administrator, *workers = make_people("社工", 1, 1 + WORKERS)
    RoleGrant.objects.create(person=administrator, role=Role.ADMINISTRATOR)
    volunteers = make_volunteers("志愿者", 2, [hubs[n % SITES] for n in range(VOLUNTEERS)])
    today = clock.today()
    Clearance.objects.bulk_create(
        Clearance(volunteer=one, kind=Clearance.Kind.CHILD, checked_on=today, valid_until=today + dt.timedelta(365))
        for one in volunteers[::3]
    )
    sessions = load_sessions(draw, rooms, programs, workers)
    needs = Need.objects.bulk_create(
        Need(session=one, position=position, role=role, min=draw.randint(1, 2), target=draw.randint(2, 4), priority=2,
             clearance=Clearance.Kind.CHILD if one.program.kind == "reading" else "")
        for one in sessions
        for position, role in enumerate(("带领", "协助")[: draw.choice((1, 1, 1, 1, 2))])
    )  # fmt: skip
    fill(draw, needs, volunteers)
    load_children(draw, [one for one in sessions if one.program.kind == "reading"])


def load_sessions(
    draw: random.Random, rooms: list[Room], programs: list[Program], workers: list[Person]
) -> list[Session]:
    """Slots of a week, drawn without repetition: no room holds two sessions at once."""
    slots = [(room, day, start) for room in rooms for day in range(7) for start in STARTS]
    return Session.objects.bulk_create(
        make_session(
            hub=room.hub, room=room, program=draw.choice(programs), week=WEEK, code=f"S{number}", places=12,
            start=day * clock.MINUTES_A_DAY + start, duty_worker=draw.choice(workers),
        )
        for number, (room, day, start) in enumerate(draw.sample(slots, SESSIONS))
    )  # fmt: skip


def fill(draw: random.Random, needs: list[Need], volunteers: list[Volunteer]) -> None:
    """Each need's minimum or one less, by neighbors who do nothing else that day."""
    neighbors: dict[int | None, list[Volunteer]] = defaultdict(list)
    for volunteer in volunteers:
        neighbors[volunteer.home_id].append(volunteer)
    busy: set[tuple[int, dt.date]] = set()
    taken = []
    for need in needs:
        day = clock.local(need.session.starts_at).date()
        free = [one for one in neighbors[need.session.hub_id] if (one.pk, day) not in busy]
        for one in draw.sample(free, min(len(free), draw.randint(0, need.min))):
            busy.add((one.pk, day))
            taken.append((need, one))
    give_places(taken)


def give_places(taken: list[tuple[Need, Volunteer]]) -> None:
    now = clock.now()
    moments = [now - dt.timedelta(seconds=n) for n in range(len(taken))]
    Assignment.objects.bulk_create(
        Assignment(
            need=need, session=need.session, volunteer=volunteer, state=Assignment.State.ACCEPTED,
            source=Assignment.Source.PLANNER, created_at=moment, changed_at=moment,
        )
        for (need, volunteer), moment in zip(taken, moments, strict=True)
    )  # fmt: skip
    Claim.objects.bulk_create(
        Claim(
            session=need.session, resource=person_resource(volunteer.person_id),
            starts_at=need.session.starts_at, ends_at=need.session.ends_at,
        )
        for need, volunteer in taken
    )  # fmt: skip


def load_children(draw: random.Random, sessions: list[Session]) -> None:
    """A family each, two places each."""
    guardians = make_people("家长", 3, CHILDREN)
    children = Person.objects.bulk_create(
        Person(name=f"孩子{n}", birth_date=dt.date(draw.randint(2014, 2021), draw.randint(1, 12), 15))
        for n in range(CHILDREN)
    )
    families = Family.objects.bulk_create(Family(guardian=guardian) for guardian in guardians)
    Child.objects.bulk_create(
        Child(person=child, family=family, identity_key=f"child{n}")
        for n, (child, family) in enumerate(zip(children, families, strict=True))
    )
    now = clock.now()
    Booking.objects.bulk_create(
        Booking(session=one, participant=child, booked_by=guardian, state=Booking.State.BOOKED,
                created_at=now, changed_at=now)
        for child, guardian in zip(children, guardians, strict=True)
        for one in draw.sample(sessions, 2)
    )  # fmt: skip
