"""Repairs as a page shows them: who is touched, why they, what stays open. Codes and facts; the screen words them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduling.planning.reasons import Reason, fits, speaking_for
from scheduling.planning.repairs import Repairs
from scheduling.sessions.models import Need, Session
from scheduling.solver.mending import Alternative, Step
from volunteers.models import Volunteer

Row = dict[str, Any]


def repair_rows(repairs: Repairs) -> Row:
    return _Showing(repairs).rows()


class _Showing:
    def __init__(self, repairs: Repairs) -> None:
        self.repairs = repairs
        ways = repairs.ways
        named = {volunteer for way in ways for _, volunteer in (*repairs.freed(way), *repairs.taken(way))}
        named |= {one.volunteer for one in repairs.lost}
        needs = set(repairs.gaps) | {need for way in ways for need, _ in (*repairs.freed(way), *repairs.taken(way))}
        self.people = Volunteer.objects.select_related("person").in_bulk(named)
        self.needs = Need.objects.select_related("session__program", "session__hub").in_bulk(needs)
        self.accepted = set(repairs.index.accepted)

    def rows(self) -> Row:
        repairs = self.repairs
        return {
            "session": repairs.session.pk,
            "missing": repairs.gaps.total() + repairs.short_of_room,
            "offered": repairs.offered.total(),
            "short_of_room": repairs.short_of_room,
            "lost": [self._person(one.volunteer) | {"need": one.need} for one in repairs.lost],
            "ways": [self._way(way) for way in repairs.ways],
        }

    def _way(self, way: Alternative) -> Row:
        repairs = self.repairs
        return {
            "steps": [self._step(step) for step in way.steps],
            "stood_down": [self._person(repairs.index.volunteers[v]) for v, _, _ in way.stood_down],
            "open": [self._place(need) | {"missing": missing} for need, missing in repairs.left_open(way)],
            "freed": _keys(repairs.freed(way)),
            "taken": _keys(repairs.taken(way)),
            "seen": [{"session": pk, "stand": stand} for pk, stand in repairs.seen(way).items()],
        }

    def _step(self, step: Step) -> Row:
        index = self.repairs.index
        leaves = [(step.volunteer, *place) for place in step.leaves]
        return self._person(index.volunteers[step.volunteer]) | {
            "standby": step.standby,
            "takes": [self._place(index.needs[s][r]) for s, r in step.takes],
            "leaves": [self._place(index.needs[s][r]) for s, r in step.leaves],
            "accepted": any(triple in self.accepted for triple in leaves),
            "why": self._why(step),
        }

    def _why(self, step: Step) -> list[Reason]:
        """What speaks for them where they go."""
        problem, v, s = self.repairs.problem, step.volunteer, step.takes[0][0]
        return speaking_for(problem, v, s) or [fits(problem, v, s)]

    def _person(self, volunteer: int) -> Row:
        person = self.people[volunteer].person
        return {"volunteer": volunteer, "name": person.name, "phone": person.phone}

    def _place(self, need_id: int) -> Row:
        need = self.needs[need_id]
        session: Session = need.session
        return {
            "need": need_id,
            "role": need.role,
            "session": session.pk,
            "title": session.program.name,
            "hub": session.hub.name,
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
        }


def _keys(places: Iterable[tuple[int, int]]) -> list[Row]:
    return [{"need": need, "volunteer": volunteer} for need, volunteer in places]
