"""Rows with sensible values, made directly. A test names what it is about and leaves the rest to these."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from hub import clock
from hub.people.models import Child, Consent, Family, Person, Role, RoleGrant
from hub.places.models import Agency, Hub, Room
from programs.models import Program
from scheduling.sessions.models import Need, Session
from volunteers.models import Volunteer

MONDAY = dt.date(2026, 12, 14)
_numbers = itertools.count(1)


def make_hub(**values: Any) -> Hub:
    return Hub.objects.create(**{"name": f"站点{next(_numbers)}", "longitude": 106.65, "latitude": 29.03} | values)


def make_room(*, hub: Hub | None = None, **values: Any) -> Room:
    return Room.objects.create(hub=hub or make_hub(), **{"name": f"场地{next(_numbers)}", "capacity": 20} | values)


def make_agency(**values: Any) -> Agency:
    return Agency.objects.create(**{"name": f"机构{next(_numbers)}"} | values)


def make_person(role: str = "", *, hub: Hub | None = None, agency: Agency | None = None, **values: Any) -> Person:
    """A person; with a role, its grant too; a coordinator's hub or a social worker's agency is made if need be."""
    number = next(_numbers)
    person = Person.objects.create(**{"name": f"人{number}", "phone": f"139{number:08d}"} | values)
    if role:
        RoleGrant.objects.create(
            person=person,
            role=role,
            hub=(hub or make_hub()) if role == Role.COORDINATOR else None,
            agency=(agency or make_agency()) if role == Role.SOCIAL_WORKER else None,
        )
    return person


def make_volunteer(*, person: Person | None = None, **values: Any) -> Volunteer:
    """A volunteer who can come at any time and holds the volunteer's role."""
    always = [[weekday, 0, 1440] for weekday in range(7)]
    return Volunteer.objects.create(person=person or make_person(Role.VOLUNTEER), **{"availability": always} | values)


def make_child(
    *, guardian: Person | None = None, born: dt.date = dt.date(2017, 5, 4), consented: bool = True, **values: Any
) -> Child:
    """A child of a family that agreed to its data being kept."""
    guardian = guardian or make_person(Role.GUARDIAN)
    now = clock.now()
    family, _ = Family.objects.get_or_create(guardian=guardian, defaults={"confirmed_at": now if consented else None})
    number = next(_numbers)
    person = Person.objects.create(name=f"孩子{number}", birth_date=born)
    if consented:
        Consent.objects.create(subject=person, kind="data", granted=True, given_by=guardian, recorded_at=now)
    return Child.objects.create(**{"person": person, "family": family, "identity_key": f"key{number}"} | values)


def make_program(**values: Any) -> Program:
    defaults = {"name": f"项目{next(_numbers)}", "kind": "event"}
    return Program.objects.create(**defaults | ({} if "agency" in values else {"agency": make_agency()}) | values)


def make_session(*, day: dt.date = MONDAY, start: int = 9 * 60, minutes: int = 90, **values: Any) -> Session:
    """A session on `day`, from `start` (minutes after local midnight)."""
    needed: dict[str, Any] = {}
    if "program" not in values:
        needed["program"] = make_program()
    if "hub" not in values:
        needed["hub"] = values["room"].hub if values.get("room") else make_hub()
    now = clock.now()
    defaults = {
        "week": clock.monday_of(day),
        "code": f"S{next(_numbers)}",
        "starts_at": clock.at(day, start),
        "ends_at": clock.at(day, start + minutes),
        "created_at": now,
        "changed_at": now,
    }
    return Session.objects.create(**defaults | needed | values)


def make_need(*, session: Session | None = None, **values: Any) -> Need:
    session = session or make_session()
    position = session.needs.count()
    defaults = {"position": position, "role": f"岗位{position}", "min": 1, "target": 2}
    return Need.objects.create(session=session, **defaults | values)
