"""小范围调整: how a session of the live roster that lacks people is filled, asking as few others as possible.

Looked at are the sessions of its own day that whoever asks may change: a coordinator those of their sites, a social
worker those of their agency. Who serves there may change places; what people have taken on other days, or in other
sessions, stays and counts against their limits.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import transaction
from django.db.models import Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from scheduling.board.rows import board_row
from scheduling.planning.index import Triple
from scheduling.planning.proposal import Desk
from scheduling.planning.snapshot import take_part
from scheduling.planning.waivers import with_figures
from scheduling.sessions.models import RosterSettings, Session
from scheduling.signups.facts import load_places
from scheduling.signups.models import Assignment
from scheduling.signups.rearranging import Place, Rearranged, read_stands, rearrange
from scheduling.solver import eligibility
from scheduling.solver.mending import Alternative
from scheduling.solver.problem import Problem
from scheduling.solver.problem import Volunteer as VolunteerValue
from scheduling.solver.repair import Repairer
from volunteers.models import Volunteer


@dataclass(frozen=True)
class Lost:
    """Who still stands there and may not stay: their check no longer holds."""

    need: int
    volunteer: int


class Repairs(Desk):
    """The ways out for one session, each with exactly what it changes."""

    def __init__(self, session: Session, actor: Actor, *, move_accepted: bool) -> None:
        self.session = session
        day = clock.local(session.starts_at).date()
        midnight, next_midnight = clock.at(day), clock.at(day + dt.timedelta(days=1))
        ours = visible(actor, "edit", Session.objects.filter(starts_at__gte=midnight, starts_at__lt=next_midnight))
        # Read first: what changes while the rest is read makes the answer outdated, never wrong.
        self.stands = read_stands(ours)
        settings = RosterSettings.current()
        places = load_places(settings)
        snapshot = take_part(
            week=session.week,
            sessions=ours,
            people=self.people_in_reach(actor, places.near(session.hub_id, settings.max_travel_minutes)),
            short=session.pk,
            now=clock.now(),
            settings=settings,
            places=places,
        )
        super().__init__(snapshot.index)
        if session.pk not in self.index.sessions:
            raise Refused("session_cancelled" if session.state == Session.State.CANCELLED else "session_over")
        self.s = self.index.sessions.index(session.pk)
        self.day, self.held = snapshot.problem, snapshot.held
        self.row = board_row(session.pk, actor=actor)
        repair = Repairer(self.problem, self.plan).fill(self.s, move_accepted=move_accepted)
        self.ways = [one for one in repair.alternatives if one.steps]

    def people_in_reach(self, actor: Actor, sites: Collection[int]) -> QuerySet[Volunteer] | None:
        """Who lives near enough (at `sites`) to serve there, or nowhere that is known, and who is there."""
        there = Assignment.objects.filter(session=self.session, state__in=Assignment.ACTIVE)
        near = Volunteer.objects.filter(Q(home__in=sites) | Q(home=None) | Q(pk__in=there.values("volunteer")))
        return visible(actor, "view", near)

    @cached_property
    def lost(self) -> list[Lost]:
        asked = self.day.sessions[self.s]
        return [
            Lost(one.need_id, one.volunteer_id)
            for one in self.held
            if one.session_id == self.session.pk
            and one.state in Assignment.ACTIVE
            and one.volunteer_id in self.v_of
            and eligibility.lacks_clearance(self.day.volunteers[self.v_of[one.volunteer_id]], asked)
        ]

    @cached_property
    def plan(self) -> list[Triple]:
        """The day as it stands, without those who may not stay."""
        gone = {self.triple(one.need, one.volunteer) for one in self.lost}
        return [triple for triple in self.day.published if triple not in gone]

    @cached_property
    def offered(self) -> Counter[int]:
        """Need id -> places held for who was asked: theirs to answer for, and nobody else's meanwhile."""
        return Counter(
            one.need_id for one in self.held if one.session_id == self.session.pk and one.state not in Assignment.ACTIVE
        )

    @cached_property
    def gaps(self) -> Counter[int]:
        """Need id -> heads to win back, as the board counts them, but for those who are asked already. Adults whom the
        children booked require go where there is room; `short_of_room` are the others."""
        leaving = Counter(one.need for one in self.lost)
        stays = {
            need["id"]: need["filled"] - leaving[need["id"]] + self.offered[need["id"]] for need in self.row["needs"]
        }
        gaps = Counter({need["id"]: max(0, need["min"] - stays[need["id"]]) for need in self.row["needs"]})
        if (adults := self.row["adults"]) and self.day.sessions[self.s].clearance:
            more = adults["required"] - adults["present"] - self.offered.total() - gaps.total()
            for need in self.row["needs"]:
                room = need["target"] - stays[need["id"]] - gaps[need["id"]]
                gaps[need["id"]] += max(0, min(more, room))
                more -= max(0, min(more, room))
        return gaps

    @property
    def short_of_room(self) -> int:
        """Adults for whom no role has room."""
        adults = self.row["adults"]
        coming = self.offered.total() + self.gaps.total()
        return max(0, adults["required"] - adults["present"] - coming) if adults else 0

    @cached_property
    def problem(self) -> Problem:  # type: ignore[override]
        """The day's problem, asking of this session just what the board says it lacks."""
        heads = Counter(triple[1:] for triple in self.plan)
        leaving = Counter(one.need for one in self.lost)
        session = self.day.sessions[self.s]
        needs = []
        for r, (value, need) in enumerate(zip(session.needs, self.row["needs"], strict=True)):
            here = heads[self.s, r]
            # Held fixed by the snapshot: there, but not in the plan.
            beside = need["filled"] - leaving[need["id"]] + self.offered[need["id"]] - here
            low = here + self.gaps[need["id"]]
            needs.append(replace(value, min=low, target=max(low, need["target"] - beside)))
        sessions = list(self.day.sessions)
        sessions[self.s] = replace(session, needs=tuple(needs))
        in_plan = set(self.plan)
        return replace(
            self.day,
            sessions=tuple(sessions),
            volunteers=self._volunteers(),
            pins=tuple(pin for pin in self.day.pins if pin in in_plan),
            accepted=frozenset(triple for triple in self.index.accepted if triple in in_plan),
            barred=self.day.barred | {(self.v_of[one.volunteer], self.s) for one in self.lost},
        )

    def _volunteers(self) -> tuple[VolunteerValue, ...]:
        """As sign-up judges them, so without a plan's exceptions. What they have taken on other days of the week is a
        load like what they took before."""
        people = list(self.day.volunteers)
        for at, told in self.index.strict:
            people[at] = with_figures(people[at], told)
        here = set(self.index.sessions)
        elsewhere = Counter(
            one.volunteer_id for one in self.held if one.state in Assignment.ACTIVE and one.session_id not in here
        )
        for volunteer, count in elsewhere.items():
            if (v := self.v_of.get(volunteer)) is not None:
                one = people[v]
                wish = None if one.wish is None else max(0, one.wish - count)
                people[v] = replace(one, history=one.history + count, wish=wish)
        return tuple(people)

    def freed(self, way: Alternative) -> list[Place]:
        return [*((one.need, one.volunteer) for one in self.lost), *map(self.ids, way.dropped)]

    def taken(self, way: Alternative) -> list[Place]:
        return [self.ids(triple) for triple in way.added]

    def left_open(self, way: Alternative) -> list[tuple[int, int]]:
        """(need id, heads missing to the minimum) in this session and in every place that somebody leaves."""
        heads = Counter(triple[1:] for triple in self.plan)
        heads.update(triple[1:] for triple in way.added)
        heads.subtract(triple[1:] for triple in way.dropped)
        ours = [(self.s, r) for r in range(len(self.index.needs[self.s]))]
        touched = dict.fromkeys([*ours, *(triple[1:] for triple in way.dropped)])
        missing = {(s, r): self.problem.sessions[s].needs[r].min - heads[s, r] for s, r in touched}
        return [(self.index.needs[s][r], lacking) for (s, r), lacking in missing.items() if lacking > 0]

    def seen(self, way: Alternative) -> dict[int, str]:
        touched = {self.session.pk, *(self.index.sessions[s] for _, s, _ in (*way.added, *way.dropped))}
        return {pk: self.stands[pk] for pk in touched}


@transaction.atomic
def apply_repair(
    *, session: Session, freed: Sequence[Place], taken: Sequence[Place], seen: dict[int, str], by: Person
) -> Rearranged:
    """Put one of the ways in force, as it was shown. Refused as signups.rearrange is."""
    people = sorted({volunteer for _, volunteer in (*freed, *taken)})
    append(action="session.repaired", subject=session, actor_id=by.pk, hub_id=session.hub_id, volunteers=people)
    return rearrange(freed=freed, taken=taken, seen=seen, by=by)
