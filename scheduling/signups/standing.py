"""What one decision about one place needs to know, read under the locks in as few statements as it can be.

`lock_person` holds the person's row and reads who they are; `lock_session` then holds the session's row and reads who
is there and what else the person has taken. What may change under a competing transaction is read by the second: a
statement that waited for a lock still sees everything but the locked row as it was before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from hub.errors import Refused
from hub.people.models import Consent
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need, RosterSettings, Session
from scheduling.signups.facts import Site
from scheduling.signups.gather import Gather, moment
from scheduling.signups.models import Assignment
from volunteers.models import Absence, Clearance, Skill, Volunteer

SETTINGS = [
    field.attname for field in RosterSettings._meta.concrete_fields if field.attname not in ("id", "weights")
]


@dataclass(frozen=True)
class Taken:
    """Another session that the person has taken in the same week."""

    session_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    site: Site


@dataclass(frozen=True)
class Present:
    need_id: int
    volunteer_id: int
    prior_minutes: int


@dataclass(frozen=True)
class Standing:
    volunteer: Volunteer
    need: Need
    clearance: str
    """Asked of all who serve in the session, as soon as one need asks for it."""
    present: Sequence[Present]
    mine: Sequence[Taken]
    held: Sequence[int]
    """Sessions whose claims on the person overlap this one's time."""

    @property
    def session(self) -> Session:
        return self.need.session


def read_person(person_id: int, *, lock: bool = False) -> tuple[Volunteer, RosterSettings, bool]:
    """The volunteer with their facts, the figures to judge by, and whether a guardian's consent is on record."""
    own = {"volunteer": OuterRef("pk")}
    newest = Consent.objects.filter(subject=OuterRef("person"), kind=Consent.Kind.VOLUNTEERING).order_by("-pk")
    found = (
        Volunteer.objects.filter(person=person_id)
        .select_related("person", "home")
        .annotate(
            skills_held=Gather(Skill.objects.filter(volunteers=OuterRef("pk")), id="id", name="name"),
            checks_held=Gather(
                Clearance.objects.filter(**own), kind="kind", checked_on="checked_on", valid_until="valid_until"
            ),
            absences_held=Gather(Absence.objects.filter(**own), starts_at="starts_at", ends_at="ends_at"),
            settings_held=Gather(RosterSettings.objects.order_by("pk")[:1], **{name: name for name in SETTINGS}),
            consent_held=Subquery(newest.values("granted")[:1]),
        )
    )
    if lock:
        # NO KEY: rows that merely refer to the person may be written meanwhile.
        found = found.select_for_update(of=("person",), no_key=True)
    volunteer = found.first()
    if volunteer is None:
        raise Refused("not_found", model="volunteer")
    _remember(volunteer)
    row: dict[str, Any] = next(iter(volunteer.settings_held), {})
    return volunteer, RosterSettings(**row), bool(volunteer.consent_held)


def lock_person(person_id: int) -> tuple[Volunteer, RosterSettings, bool]:
    return read_person(person_id, lock=True)


def _remember(volunteer: Any) -> None:
    """Fill the related rows in as prefetching would."""
    volunteer._prefetched_objects_cache = {
        "skills": [Skill(**row) for row in volunteer.skills_held],
        "clearances": [
            Clearance(
                kind=row["kind"],
                checked_on=dt.date.fromisoformat(row["checked_on"]),
                valid_until=dt.date.fromisoformat(row["valid_until"]),
            )
            for row in volunteer.checks_held
        ],
        "absences": [
            Absence(starts_at=moment(row["starts_at"]), ends_at=moment(row["ends_at"]))
            for row in volunteer.absences_held
        ],
    }


def lock_session(session_id: int, need_id: int, volunteer: Volunteer) -> Standing:
    """Call it after lock_person, never before."""
    if not Session.objects.select_for_update(no_key=True).filter(pk=session_id).values_list("pk").first():
        raise Refused("not_found", model="session", id=session_id)
    active = Assignment.objects.filter(state__in=Assignment.ACTIVE)
    asking = Need.objects.filter(session=OuterRef("session")).exclude(clearance="").order_by("position")
    need = (
        Need.objects.filter(pk=need_id, session=session_id)
        .select_related("session__program", "session__hub", "skill")
        .annotate(
            present=Gather(
                active.filter(session=OuterRef("session")),
                need_id="need_id",
                volunteer_id="volunteer_id",
                prior_minutes="volunteer__prior_minutes",
            ),
            mine=Gather(
                active.filter(
                    volunteer=volunteer.pk,
                    session__week=OuterRef("session__week"),
                    session__state=Session.State.PLANNED,
                ).exclude(session=session_id),
                id="session_id",
                starts_at="session__starts_at",
                ends_at="session__ends_at",
                hub="session__hub_id",
                longitude="session__hub__longitude",
                latitude="session__hub__latitude",
            ),
            held=Gather(
                Claim.objects.filter(
                    resource=person_resource(volunteer.person_id),
                    exclusive=True,
                    starts_at__lt=OuterRef("session__ends_at"),
                    ends_at__gt=OuterRef("session__starts_at"),
                ).exclude(session=session_id),
                id="session_id",
            ),
            asked=Subquery(asking.values("clearance")[:1]),
        )
        .first()
    )
    if need is None:
        raise Refused("not_found", model="need", id=need_id)
    found: Any = need
    return Standing(
        volunteer=volunteer,
        need=need,
        clearance=found.asked or "",
        present=[Present(**row) for row in found.present],
        mine=[_taken(row) for row in found.mine],
        held=[row["id"] for row in found.held],
    )


def _taken(row: Mapping[str, Any]) -> Taken:
    site = (row["hub"], row["longitude"], row["latitude"])
    return Taken(row["id"], moment(row["starts_at"]), moment(row["ends_at"]), site)
