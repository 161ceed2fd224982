"""A district of the size that the targets speak of, the same every time: 41 sites, 1,200 volunteers, 900 sessions."""

from __future__ import annotations

import random

from hub import clock
from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Agency, Hub, Room
from programs.models import Program
from scheduling.sessions.models import Need, Session
from tests.support.make import MONDAY
from volunteers.models import Volunteer

SITES, VOLUNTEERS, SESSIONS = 41, 1200, 900
ROOMS = 3
STARTS = (8 * 60, 9 * 60 + 30, 14 * 60, 16 * 60 + 30, 18 * 60)


def load_district() -> None:
    draw = random.Random(20261214)
    agencies = Agency.objects.bulk_create(Agency(name=f"社工机构{n}") for n in range(8))
    hubs = Hub.objects.bulk_create(
        Hub(name=f"站点{n}", longitude=106.5 + draw.random() / 3, latitude=28.8 + draw.random() / 3)
        for n in range(SITES)
    )
    rooms = Room.objects.bulk_create(Room(hub=hub, name=f"场地{n}", capacity=30) for hub in hubs for n in range(ROOMS))
    programs = Program.objects.bulk_create(
        Program(name=f"项目{n}", kind=draw.choice(["visit", "group", "event"]), agency=draw.choice(agencies))
        for n in range(40)
    )
    people = [Person(name=f"志愿者{n}", phone=f"139{n:08d}") for n in range(VOLUNTEERS)]
    for person in people:
        person.save()  # sets the key that its phone is looked up by
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=Role.VOLUNTEER) for person in people)
    always = [[weekday, 0, 1440] for weekday in range(7)]
    Volunteer.objects.bulk_create(
        Volunteer(person=person, home=draw.choice(hubs), availability=always) for person in people
    )
    load_sessions(draw, rooms, programs)


def load_sessions(draw: random.Random, rooms: list[Room], programs: list[Program]) -> None:
    """Slots of a week, drawn without repetition: no room holds two sessions at once."""
    slots = [(room, day, start) for room in rooms for day in range(7) for start in STARTS]
    now = clock.now()
    sessions = Session.objects.bulk_create(
        Session(
            program=draw.choice(programs), hub=room.hub, room=room, week=MONDAY, code=f"S{number}", places=20,
            starts_at=clock.at(MONDAY, day * 1440 + start), ends_at=clock.at(MONDAY, day * 1440 + start + 75),
            created_at=now, changed_at=now,
        )
        for number, (room, day, start) in enumerate(draw.sample(slots, SESSIONS))
    )  # fmt: skip
    Need.objects.bulk_create(
        Need(session=session, position=position, role=role, min=1, target=draw.randint(1, 4), priority=2)
        for session in sessions
        for position, role in enumerate(("带领", "协助"))
    )
