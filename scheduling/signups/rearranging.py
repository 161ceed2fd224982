"""Several places change hands in one step: all of them or none, and everybody concerned is told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db import transaction
from django.db.models import QuerySet

from hub.errors import Refused
from hub.live.publish import told_together
from hub.people.models import Person
from scheduling.sessions.claims import lock_people, lock_sessions
from scheduling.sessions.models import Need, Session
from scheduling.signups.announce import announce_roster
from scheduling.signups.facts import experience_of
from scheduling.signups.models import Assignment
from scheduling.signups.signups import free_place, take_place
from scheduling.signups.waiting import refill_needs
from volunteers.models import Volunteer

Place = tuple[int, int]
"""(need id, volunteer id)"""


@dataclass(frozen=True)
class Rearranged:
    added: int
    released: int
    told: int


def read_stands(sessions: QuerySet[Session]) -> dict[int, str]:
    """Session id -> a word for how it is set and who is there, another one as soon as any of it has changed."""
    rows: dict[int, list[object]] = {pk: [revision] for pk, revision in sessions.values_list("pk", "revision")}
    there = Assignment.objects.filter(session__in=sessions.values("pk"), state__in=Assignment.ACTIVE)
    for pk, *place in there.order_by("pk").values_list("session", "need", "volunteer", "state"):
        rows.setdefault(pk, []).append(place)
    return {pk: blake2b(repr(row).encode(), digest_size=8).hexdigest() for pk, row in rows.items()}


@transaction.atomic
@told_together()
def rearrange(*, freed: Sequence[Place], taken: Sequence[Place], seen: Mapping[int, str], by: Person) -> Rearranged:
    """Take these places back and give those. `seen`: the stands of the sessions concerned, as they were looked at.

    Refused: outdated when one of them stands otherwise by now; whatever sign_up refuses, with the volunteer.
    """
    sessions = dict(Need.objects.filter(pk__in={need for need, _ in (*freed, *taken)}).values_list("pk", "session"))
    people = _people(freed, taken)
    lock_people(one.person_id for one in people.values())
    lock_sessions(sessions.values())
    stands = read_stands(Session.objects.filter(pk__in=sessions.values()))
    if moved := sorted(pk for pk, stand in stands.items() if seen.get(pk) != stand):
        raise Refused("outdated", sessions=moved)
    released = [row for pk in _held(freed) if (row := free_place(assignment=pk, by=by))]
    added = []
    # Who brings experience comes first: a newcomer is judged beside them.
    weeks = dict(Session.objects.filter(pk__in=sessions.values()).values_list("pk", "week"))
    for need, volunteer in sorted(taken, key=lambda place: -experience_of(people[place[1]], weeks[sessions[place[0]]])):
        try:
            added.append(
                take_place(
                    need=need,
                    person=people[volunteer].person_id,
                    by=by,
                    state=Assignment.State.PUBLISHED,
                    source=Assignment.Source.PLANNER,
                )
            )
        except Refused as no:
            raise Refused(no.code, **{**no.facts, "volunteer": volunteer}) from None
    told = announce_roster(added=added, released=released, by=by)
    refill_needs(need for need, _ in freed)
    return Rearranged(len(added), len(released), told)


def _people(*places: Sequence[Place]) -> dict[int, Volunteer]:
    return Volunteer.objects.select_related("person").in_bulk({volunteer for some in places for _, volunteer in some})


def _held(places: Sequence[Place]) -> list[int]:
    """The rows behind places. Refused("outdated") where nobody holds one."""
    found: dict[Place, int] = {}
    rows = Assignment.objects.filter(need__in={need for need, _ in places}, state__in=Assignment.ACTIVE)
    for pk, need, volunteer in rows.values_list("pk", "need", "volunteer"):
        found[need, volunteer] = pk
    if missing := [place for place in places if place not in found]:
        raise Refused("outdated", need=missing[0][0], volunteer=missing[0][1])
    return [found[place] for place in places]
