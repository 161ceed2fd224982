"""A week and some hubs as a planning problem (roster/1), with the ids behind its positions.

What the planner must not touch is held fixed: places at other hubs, in sessions that have begun, and accepted places
that a rule no longer allows. Held places block their volunteer's time, widened by rest and travel, count against
their weekly limits, and are not asked for again. Every other accepted place is a pin: who said 我能来 is not moved.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from hub import clock
from hub.among import among
from hub.places.models import Hub
from scheduling.bookings.requirements import adults_required_by_session, volunteers_required
from scheduling.planning.held import Held, Kept, held_in, standbys_in
from scheduling.planning.holding import faulty, hold, with_one_less
from scheduling.planning.index import Index, Triple
from scheduling.planning.models import Bar, Pin, Waiver
from scheduling.planning.policies import under
from scheduling.planning.ties import familiar_pairs, standing_pairs, wished_pairs
from scheduling.planning.waivers import figures
from scheduling.sessions.claims import person_resource_of
from scheduling.sessions.models import Claim, Need, RosterSettings, Session
from scheduling.signups import facts
from scheduling.signups.history import history_before
from scheduling.signups.models import Assignment
from scheduling.solver import scoring
from scheduling.solver.problem import Problem, Weights
from scheduling.solver.problem import Volunteer as VolunteerValue
from scheduling.solver.waiving import relaxed, with_waivers
from volunteers.models import Volunteer


@dataclass(frozen=True)
class Snapshot:
    problem: Problem
    index: Index
    held: Sequence[Held]
    """The places in force or offered that it was taken with, those it leaves to nobody among them."""


def take_snapshot(*, week: dt.date, hub_ids: Collection[int], now: dt.datetime, goals: Sequence[str] = ()) -> Snapshot:
    """The problem of planning these hubs' sessions of `week` that have not begun; what people hold elsewhere is fixed.
    `goals`: a policy's. A fixed number of queries."""
    settings = under(RosterSettings.current(), goals)
    sessions = Session.objects.filter(week=week, hub__in=hub_ids)
    return _Taking(week, sessions, now, settings, facts.load_places(settings)).snapshot()


def take_part(
    *,
    week: dt.date,
    sessions: QuerySet[Session],
    people: QuerySet[Volunteer] | None,
    short: int,
    now: dt.datetime,
    settings: RosterSettings,
    places: facts.Places,
) -> Snapshot:
    """The same of some `sessions` of the week and with some `people` (None: all). Who stands by may step into the
    session that is `short`, the time of all others who do is kept."""
    return _Taking(week, sessions, now, settings, places, people, short).snapshot()


class _Taking:
    def __init__(
        self,
        week: dt.date,
        sessions: QuerySet[Session],
        now: dt.datetime,
        settings: RosterSettings,
        places: facts.Places,
        people: QuerySet[Volunteer] | None = None,
        short: int | None = None,
    ) -> None:
        self.week, self.settings, self.places = week, settings, places
        self.people = Volunteer.objects.all() if people is None else people
        planned = sessions.filter(state=Session.State.PLANNED, starts_at__gt=now)
        self.sessions = list(planned.select_related("program").order_by("starts_at", "pk"))
        self.needs: dict[int, list[Need]] = defaultdict(list)
        self.s_of = {session.pk: s for s, session in enumerate(self.sessions)}
        needs = Need.objects.filter(session__in=among(self.s_of)).select_related("skill")
        for need in needs.order_by("position", "pk"):
            self.needs[need.session_id].append(need)
        theirs = Q() if people is None else Q(session__in=among(self.s_of)) | Q(volunteer__in=people.values("pk"))
        self.active = held_in(week, self.places, theirs)
        self.waivers = list(
            Waiver.objects.filter(pin__need__session__week=week).select_related("pin__need__session__program")
        )
        self.at_hand: list[Kept] = []
        self.away: list[Kept] = []
        for one in standbys_in(week, self.places):
            (self.at_hand if one.session_id == short and short in self.s_of else self.away).append(one)
        self.place_of = {need.pk: (s, r) for pk, s in self.s_of.items() for r, need in enumerate(self.needs[pk])}
        self.index = Index(
            sessions=[session.pk for session in self.sessions],
            needs=[[need.pk for need in self.needs[session.pk]] for session in self.sessions],
        )

    def snapshot(self) -> Snapshot:
        people = self._assignable()
        self.index.volunteers = [volunteer.pk for volunteer in people]
        v_of = {volunteer.pk: v for v, volunteer in enumerate(people)}
        minimums = self._minimums()
        ours = [one for one in self.active if self._is_ours(one, v_of)]
        others = [one for one in self.active if not self._is_ours(one, v_of)]
        sessions = [
            facts.session_value(s, self.needs[s.pk], monday=self.week, places=self.places, minimums=minimums)
            for s in self.sessions
        ]
        self.index.declined = self._declined(v_of)
        self.index.underage = self._minor_on(people)
        self.index.standby = sorted(self._pairs(self.away, v_of))
        by_hand = {(v_of[v], self.s_of[s]) for v, s in self._barred_by_hand() if v in v_of}
        history = history_before(self.week, self.settings)
        busy = self._otherwise_engaged({one.person_id for one in people})
        values = [
            facts.volunteer_value(
                one,
                monday=self.week,
                places=self.places,
                settings=self.settings,
                past=history.of(one.pk),
                blocked=busy.get(one.person_id, []),
            )
            for one in people
        ]
        self.duty = [(v, *span) for v, one in enumerate(people) for span in busy.get(one.person_id, [])]
        self._uncount(values, v_of)
        base = Problem(
            name=self.week.isoformat(),
            hubs=self._hubs(),
            travel=self.places.travel,
            weights=_weights(self.settings),
            sessions=tuple(sessions),
            volunteers=tuple(values),
            barred=frozenset([*by_hand, *self.index.declined, *self.index.underage, *self.index.standby]),
            standby=self._pairs(self.at_hand, v_of),
            standing=standing_pairs(self.sessions, v_of) | wished_pairs(self.sessions, v_of),
            familiar=familiar_pairs(history, self.sessions, v_of),
        )
        accepted, broken, problem = self._keepable(base, others, ours, v_of)
        wanted = [self._triple(one, v_of) for one in accepted]
        pins = self._with_hand_pins(problem, wanted, v_of)
        published = [self._triple(one, v_of) for one in ours if one not in broken]
        self.index.accepted = wanted
        return Snapshot(replace(problem, pins=tuple(pins), published=tuple(published)), self.index, self.active)

    def _is_ours(self, one: Held, v_of: dict[int, int]) -> bool:
        """Whether a place is the planner's to think of. One that is offered is held for who was asked."""
        return one.session_id in self.s_of and one.volunteer_id in v_of and one.state in Assignment.ACTIVE

    def _assignable(self) -> list[Volunteer]:
        """Volunteers whom somebody may assign on some day of the week; the others are counted by reason."""
        rows = facts.with_facts(self.people.order_by("pk").only(*facts.COLUMNS))
        self.consented = facts.consented_to_volunteering([row.person_id for row in rows])
        last = self.week + dt.timedelta(days=6)
        people = []
        for row in rows:
            if code := facts.unassignable(row, last, self.consented):
                self.index.left_out[code] = self.index.left_out.get(code, 0) + 1
            else:
                people.append(row)
        return people

    def _uncount(self, values: list[VolunteerValue], v_of: dict[int, int]) -> None:
        """Places out of scope that somebody took beyond their limit don't count against it."""
        held = {(one.need_id, one.volunteer_id) for one in self.active if one.session_id not in self.s_of}
        for waiver in self.waivers:
            pin, v = waiver.pin, v_of.get(waiver.pin.volunteer_id)
            if v is not None and waiver.code == Waiver.Code.AT_LIMIT and (pin.need_id, pin.volunteer_id) in held:
                spot = facts.session_value(pin.need.session, [], monday=self.week, places=self.places)
                values[v] = relaxed(values[v], spot, waiver.code, 0)

    def _minor_on(self, people: Sequence[Volunteer]) -> list[tuple[int, int]]:
        """Those who come of age within the week: sessions before that day are not for them."""
        young = [v for v, one in enumerate(people) if facts.unassignable(one, self.week, self.consented)]
        return [
            (v, s)
            for v in young
            for s, session in enumerate(self.sessions)
            if facts.unassignable(people[v], clock.local(session.starts_at).date(), self.consented)
        ]

    def _minimums(self) -> dict[int, int]:
        """Need id -> the minimum that bookings require: on a children's session's first need that asks a clearance."""
        found = {}
        for pk, adults in adults_required_by_session(self.sessions).items():
            session = self.sessions[self.s_of[pk]]
            if need := next((need for need in self.needs[pk] if need.clearance), None):
                found[need.pk] = max(need.min, volunteers_required(session, adults))
        return found

    def _hubs(self) -> tuple[dict[str, Any], ...]:
        rows = {pk: (kind, x, y) for pk, kind, x, y in Hub.objects.values_list("pk", "kind", "longitude", "latitude")}
        known = sorted(self.places.index, key=lambda pk: self.places.index[pk])
        return (*({"kind": rows[pk][0], "x": rows[pk][1], "y": rows[pk][2]} for pk in known), {"kind": "unknown"})

    def _declined(self, v_of: dict[int, int]) -> list[tuple[int, int]]:
        pairs = Assignment.objects.filter(state=Assignment.State.DECLINED, session__in=among(self.s_of))
        active = {(one.volunteer_id, one.session_id) for one in self.active}
        found = {pair for pair in pairs.values_list("volunteer_id", "session_id") if pair[0] in v_of} - active
        return sorted((v_of[v], self.s_of[s]) for v, s in found)

    def _pairs(self, standbys: Sequence[Kept], v_of: dict[int, int]) -> frozenset[tuple[int, int]]:
        """Who stands by for which of the problem's sessions."""
        return frozenset(
            (v_of[one.volunteer_id], self.s_of[one.session_id])
            for one in standbys
            if one.volunteer_id in v_of and one.session_id in self.s_of
        )

    def _barred_by_hand(self) -> Iterable[tuple[int, int]]:
        return Bar.objects.filter(session__in=among(self.s_of)).values_list("volunteer_id", "session_id")

    def _otherwise_engaged(self, people: set[int]) -> dict[int, list[tuple[int, int]]]:
        """Person id -> minutes in which something else than a place or standing by holds them (duty at a session)."""
        start, end = clock.week_bounds(self.week)
        theirs = self.people.order_by().values_list(person_resource_of("person_id"))
        claims = Claim.objects.filter(resource__in=theirs, exclusive=True, starts_at__lt=end, ends_at__gt=start)
        places = {(one.session_id, one.person_id) for one in (*self.active, *self.at_hand, *self.away)}
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for session, resource, since, until in claims.values_list("session", "resource", "starts_at", "ends_at"):
            person = int(resource.partition(":")[2])
            if person in people and (session, person) not in places:
                found[person].append((clock.week_minute(since, self.week), clock.week_minute(until, self.week)))
        return found

    def _triple(self, one: Held | Pin, v_of: dict[int, int]) -> Triple:
        return v_of[one.volunteer_id], *self.place_of[one.need_id]

    def _keepable(
        self, base: Problem, others: list[Held], ours: list[Held], v_of: dict[int, int]
    ) -> tuple[list[Held], list[Held], Problem]:
        """Accepted places in scope as (those that keep every rule together, those that don't), and the problem in which
        the latter are held fixed, as what is out of scope is."""
        keep = [one for one in ours if one.state == Assignment.State.ACCEPTED]
        broken: list[Held] = []
        while True:
            problem = self._holding(base, [*others, *broken], v_of)
            bad = faulty(problem, [self._triple(one, v_of) for one in keep]) if keep else {}
            if not bad:
                return keep, broken, problem
            for one in [one for one in keep if self._triple(one, v_of) in bad]:
                keep.remove(one)
                broken.append(one)
                self.index.unkept.append((one.need_id, one.volunteer_id, bad[self._triple(one, v_of)]))

    def _with_hand_pins(self, problem: Problem, pins: list[Triple], v_of: dict[int, int]) -> list[Triple]:
        """Pins by hand join one by one, as long as they can stand beside what is pinned already."""
        for pin in Pin.objects.filter(need__session__in=among(self.s_of)).order_by("pk"):
            if pin.need_id not in self.place_of:
                continue
            if pin.volunteer_id not in v_of:
                self.index.unkept.append((pin.need_id, pin.volunteer_id, "unassignable"))
                continue
            triple = self._triple(pin, v_of)
            if triple in pins:
                continue
            faults = [f for f in scoring.violations(problem, [*pins, triple]) if f.code != "needs_experienced"]
            if faults:
                self.index.unkept.append((pin.need_id, pin.volunteer_id, faults[0].code))
            else:
                pins = [*pins, triple]
        return pins

    def _holding(self, base: Problem, held: Sequence[Held], v_of: dict[int, int]) -> Problem:
        """The problem with these places held fixed, and with the time of those who stand by kept."""
        sessions = list(base.sessions)
        for one in held:
            if one.session_id in self.s_of:
                s, r = self.place_of[one.need_id]
                sessions[s] = with_one_less(sessions[s], r)
        spots = [(v_of[one.volunteer_id], one.spot) for one in (*held, *self.away) if one.volunteer_id in v_of]
        kept = [
            ((v_of[one.volunteer_id], one.spot), self.s_of[one.session_id])
            for one in self.at_hand
            if one.volunteer_id in v_of
        ]
        holding = hold(replace(base, sessions=tuple(sessions)), spots, kept)
        self.index.elsewhere, self.index.engaged = sorted(holding.elsewhere), [*self.duty, *holding.engaged]
        return self._waiving(holding.problem, {(one.need_id, one.volunteer_id) for one in held}, v_of)

    def _waiving(self, problem: Problem, held: set[tuple[int, int]], v_of: dict[int, int]) -> Problem:
        """The problem under the exceptions that people were asked for, as far as they are still to be had."""
        waived = []
        for waiver in self.waivers:
            pin = waiver.pin
            if pin.volunteer_id in v_of and pin.need.session_id in self.s_of:
                v, s, _ = self._triple(pin, v_of)
                is_held = (pin.need_id, pin.volunteer_id) in held
                if waiver.code == Waiver.Code.AT_LIMIT if is_held else (v, s) not in problem.barred:
                    waived.append((v, s, waiver.code))
        found, apart = with_waivers(problem, waived)
        self.index.apart = [(v, s, code) for (v, s), code in apart.items()]
        self.index.strict = [(v, figures(problem.volunteers[v])) for v in sorted({v for v, _, _ in waived})]
        return found


def _weights(settings: RosterSettings) -> Weights:
    plain = {key: value for key, value in settings.weights.items() if key != "min"}
    low = {int(key): value for key, value in settings.weights["min"].items()}
    # What somebody did because they wished to is no burden that the others owe them for.
    return Weights(min=low, **plain, wanted=plain["fair_step"])
