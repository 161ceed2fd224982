"""What one decision about one place needs to know, read under the locks in as few statements as it can be.

`lock_person` holds the person's row and reads who they are; `lock_session` then holds the session's row and reads who
is there and what else the person has taken. What may change under a competing transaction is read by the second: a
statement that waited for a lock still sees everything but the locked row as it was before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hub.errors import Refused
from hub.people.models import Consent, Person
from hub.places.models import Hub
from hub.statement import Statement, part_of
from programs.models import Program
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need, RosterSettings, Session
from scheduling.signups.facts import Site, experience
from scheduling.signups.gather import Gather, moment, value_in
from scheduling.signups.models import Assignment, Standby
from volunteers.models import Absence, Clearance, ExtraTime, HeldSkill, OwnWeek, Skill, Volunteer

BORN: Any = Person._meta.get_field("birth_date")
SETTINGS = [field.attname for field in RosterSettings._meta.concrete_fields if field.attname not in ("id", "weights")]


@dataclass(frozen=True)
class Taken:
    """Another session that the person has taken in the same week."""

    session_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    site: Site


@dataclass(frozen=True)
class Present:
    """Somebody who holds a place in the session."""

    need_id: int
    volunteer_id: int
    state: str
    experience: int


@dataclass(frozen=True)
class Wanted:
    """What the person has asked for in the session, and is not settled yet."""

    id: int
    need_id: int
    state: str
    party_id: int | None


@dataclass(frozen=True)
class Known:
    """A volunteer with their facts, the figures to judge by, and whether a guardian's consent is on record."""

    volunteer: Volunteer
    settings: RosterSettings
    consented: bool


@dataclass(frozen=True)
class Standing:
    volunteer: Volunteer
    need: Need
    clearance: str
    """Asked of all who serve in the session, as soon as one need asks for it."""
    present: Sequence[Present]
    mine: Sequence[Taken]
    """Stood by for counts like taken."""
    held: Sequence[int]
    """Sessions whose claims on the person overlap this one's time."""
    stands_by: bool
    """Kept for this very session: the time is theirs already."""
    wanted: Wanted | None
    waiting: int
    """How many stand in line for the need."""
    seen: Mapping[str, Any]
    """What apps above have read along (also_read)."""

    @property
    def session(self) -> Session:
        return self.need.session

    @property
    def taken(self) -> int:
        """Places of the need that others hold."""
        others = (one for one in self.present if one.volunteer_id != self.volunteer.pk)
        return sum(one.need_id == self.need.pk for one in others)

    @property
    def free(self) -> int:
        return self.need.target - self.taken


_also: dict[str, Callable[[], Any]] = {}


def also_read(name: str, build: Callable[[], Any]) -> None:
    """For an app above, as it starts: an expression over Need whose value `place_taken` brings it as `seen[name]`, read
    under the session's lock in the statement that runs anyhow."""
    _also[name] = build


SPAN = {"starts_at": "starts_at", "ends_at": "ends_at", "said_at": "said_at"}


def _person(person: int) -> QuerySet[Any, Any]:
    own = {"volunteer": OuterRef("volunteer")}
    newest = Consent.objects.filter(subject=OuterRef("pk"), kind=Consent.Kind.VOLUNTEERING).order_by("-pk")
    rows: QuerySet[Any, Any] = Person.objects.filter(pk=person, volunteer__isnull=False).values(
        "id",
        "birth_date",
        *(f"volunteer__{field.attname}" for field in Volunteer._meta.concrete_fields),
        "volunteer__home__longitude",
        "volunteer__home__latitude",
        skills_held=Gather(
            HeldSkill.objects.filter(**own),
            id="skill_id",
            name="skill__name",
            needs_proof="skill__needs_proof",
            valid_until="valid_until",
        ),
        checks_held=Gather(
            Clearance.objects.filter(**own), kind="kind", checked_on="checked_on", valid_until="valid_until"
        ),
        absences_held=Gather(Absence.objects.filter(**own), **SPAN, calendar="calendar_id"),
        extras_held=Gather(ExtraTime.objects.filter(**own), **SPAN),
        # The newest: nobody is asked about more weeks ahead than these.
        weeks_held=Gather(
            OwnWeek.objects.filter(**own).order_by("-week")[:8],
            week="week",
            availability="availability",
            said_at="said_at",
        ),
        settings_held=Gather(RosterSettings.objects.order_by("pk")[:1], **{name: name for name in SETTINGS}),
        consent_held=Subquery(newest.values("granted")[:1]),
    )
    return rows


TAKEN = {
    "id": "session_id",
    "starts_at": "session__starts_at",
    "ends_at": "session__ends_at",
    "hub": "session__hub_id",
    "longitude": "session__hub__longitude",
    "latitude": "session__hub__latitude",
}


def _standing(session: int, need: int, volunteer: int, resource: str) -> QuerySet[Any, Any]:
    there = Assignment.objects.filter(session=OuterRef("session"))
    asking = Need.objects.filter(session=OuterRef("session")).exclude(clearance="").order_by("position")
    mine = Assignment.objects.filter(
        state__in=Assignment.BUSY,
        volunteer=volunteer,
        session__week=OuterRef("session__week"),
        session__state=Session.State.PLANNED,
    )
    ready = Standby.objects.filter(volunteer=volunteer, state=Standby.State.READY)
    kept = ready.filter(session__week=OuterRef("session__week")).exclude(session=OuterRef("session"))
    line = Assignment.objects.filter(need=OuterRef("pk"), state=Assignment.State.WAITING)
    held = Claim.objects.filter(
        resource=resource,
        exclusive=True,
        starts_at__lt=OuterRef("session__ends_at"),
        ends_at__gt=OuterRef("session__starts_at"),
    )
    rows: QuerySet[Any, Any] = (
        Need.objects.filter(pk=need, session=session)
        .order_by()
        .values(
            *(field.attname for field in Need._meta.concrete_fields),
            *(f"session__{field.attname}" for field in Session._meta.concrete_fields),
            *(f"session__program__{name}" for name in ("id", "name", "kind")),
            *(f"session__hub__{name}" for name in ("id", "name", "longitude", "latitude")),
            *(f"skill__{name}" for name in ("id", "name", "needs_proof")),
            present=Gather(
                there.filter(state__in=Assignment.HOLDING),
                need_id="need_id",
                volunteer_id="volunteer_id",
                state="state",
                minutes="volunteer__prior_minutes",
                born="volunteer__person__birth_date",
            ),
            mine=Gather(mine.exclude(session=OuterRef("session")), **TAKEN),
            kept=Gather(kept, **TAKEN),
            stands_by=Exists(ready.filter(session=OuterRef("session"))),
            wanted=Gather(
                there.filter(state__in=Assignment.OPEN, volunteer=volunteer),
                id="id",
                need_id="need_id",
                state="state",
                party_id="party_id",
            ),
            waiting=Coalesce(Subquery(line.order_by().values("need").annotate(n=Count("pk")).values("n")), 0),
            held=Gather(held.exclude(session=OuterRef("session")), id="session_id"),
            asked=Subquery(asking.values("clearance")[:1]),
            **{f"also_{name}": build() for name, build in _also.items()},
        )
    )
    return rows


READ_PERSON = Statement(_person, "person")
# NO KEY: rows that merely refer to the person, or to the session, may be written meanwhile.
LOCK_PERSON = Statement(lambda person: _person(person).select_for_update(of=("self",), no_key=True), "person")
LOCK_SESSION = Statement(
    lambda session: Session.objects.select_for_update(no_key=True).filter(pk=session).values("id"), "session"
)
READ_STANDING = Statement(_standing, "session", "need", "volunteer", "resource")


def read_person(person_id: int) -> Known:
    return _known(READ_PERSON.first(person=person_id))


def lock_person(person_id: int) -> Known:
    return _known(LOCK_PERSON.first(person=person_id))


def _known(row: Mapping[str, Any] | None) -> Known:
    if row is None:
        raise Refused("not_found", model="volunteer")
    volunteer: Any = part_of(Volunteer, row, "volunteer__")
    volunteer.person = part_of(Person, row)
    if volunteer.home_id:
        volunteer.home = part_of(Hub, {**row, "volunteer__home__id": volunteer.home_id}, "volunteer__home__")
    # As prefetching would fill it in.
    volunteer._prefetched_objects_cache = {
        "held_skills": [
            HeldSkill(
                skill=Skill(id=one["id"], name=one["name"], needs_proof=bool(one["needs_proof"])),
                valid_until=one["valid_until"] and dt.date.fromisoformat(one["valid_until"]),
            )
            for one in row["skills_held"]
        ],
        "clearances": [
            Clearance(
                kind=one["kind"],
                checked_on=dt.date.fromisoformat(one["checked_on"]),
                valid_until=dt.date.fromisoformat(one["valid_until"]),
            )
            for one in row["checks_held"]
        ],
        "absences": [
            Absence(**{name: moment(one[name]) for name in SPAN}, calendar_id=one["calendar"])
            for one in row["absences_held"]
        ],
        "extra_times": [ExtraTime(**{name: moment(one[name]) for name in SPAN}) for one in row["extras_held"]],
        "own_weeks": [
            OwnWeek(
                week=dt.date.fromisoformat(one["week"]),
                availability=value_in(one["availability"]),
                said_at=one["said_at"] and moment(one["said_at"]),
            )
            for one in row["weeks_held"]
        ],
    }
    settings: dict[str, Any] = next(iter(row["settings_held"]), {})
    return Known(volunteer, RosterSettings(**settings), bool(row["consent_held"]))


def lock_session(session_id: int, need_id: int, volunteer: Volunteer) -> Standing:
    """Call it after lock_person, never before."""
    if LOCK_SESSION.first(session=session_id) is None:
        raise Refused("not_found", model="session", id=session_id)
    return read_standing(session_id, need_id, volunteer)


def read_standing(session_id: int, need_id: int, volunteer: Volunteer) -> Standing:
    row = READ_STANDING.first(
        session=session_id,
        need=need_id,
        volunteer=volunteer.pk,
        resource=person_resource(volunteer.person_id),
    )
    if row is None:
        raise Refused("not_found", model="need", id=need_id)
    need = part_of(Need, row)
    need.session = part_of(Session, row, "session__")
    need.session.program = part_of(Program, row, "session__program__")
    need.session.hub = part_of(Hub, row, "session__hub__")
    if need.skill_id:
        need.skill = part_of(Skill, row, "skill__")
    return Standing(
        volunteer=volunteer,
        need=need,
        clearance=row["asked"] or "",
        present=[_present(one, need.session.week) for one in row["present"]],
        mine=[_taken(one) for one in (*row["mine"], *row["kept"])],
        held=[one["id"] for one in row["held"]],
        stands_by=bool(row["stands_by"]),
        wanted=next((Wanted(**one) for one in row["wanted"]), None),
        waiting=row["waiting"],
        seen={name: row[f"also_{name}"] for name in _also},
    )


def _present(row: Mapping[str, Any], week: dt.date) -> Present:
    born = BORN.from_db_value(row["born"], None, None)
    return Present(row["need_id"], row["volunteer_id"], row["state"], experience(row["minutes"], born, week))


def _taken(row: Mapping[str, Any]) -> Taken:
    site = (row["hub"], row["longitude"], row["latitude"])
    return Taken(row["id"], moment(row["starts_at"]), moment(row["ends_at"]), site)
