"""A proposal as it is looked through: its figures, then by session, by person and by what changes. Of each list only
the beginning, since a district's is long.

Codes and facts only; the screen words them. `masked` for who oversees without knowing people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from hub.among import among
from scheduling.planning.people import names_of
from scheduling.planning.places import place_row
from scheduling.planning.proposal import Proposal, totals
from scheduling.planning.shifts import shifts_of
from scheduling.planning.waivers import Place
from scheduling.sessions.models import Need, Session
from scheduling.solver.explain import Explainer
from scheduling.solver.plan import Unfilled

Row = dict[str, Any]


def figures(proposal: Proposal, *, masked: bool = False) -> Row:
    """What the proposal comes to, and what it could not take into account."""
    index = proposal.index
    changed = proposal.differing
    restored = proposal.run.restored or {"without": [], "besides": []}
    told = [*index.unkept, *restored["without"], *restored["besides"]]
    names = names_of({who for _, who, _ in told}, masked=masked)
    shifts = shifts_of({need for need, _, _ in told})

    def worded(places: Collection[Sequence[Any]]) -> list[Row]:
        return [
            {"volunteer": who, "name": names.get(who, ""), "code": code, "shift": shifts[need]}
            for need, who, code in places
            if need in shifts
        ]

    return {
        "totals": totals(proposal),
        "changes": len(changed),
        "told": len({v for v, _, _ in changed}),
        "has_published": bool(proposal.published or proposal.closed),
        "published_sessions": len(proposal.closed),
        "left_out": index.left_out,
        "unkept": worded(index.unkept),
        "restored": {
            "at": restored["at"],
            "without": worded(restored["without"]),
            "besides": worded(restored["besides"]),
        }
        if "at" in restored
        else None,
    }


def by_session(
    proposal: Proposal, *, most: int, hub: int | None = None, only_short: bool = False, masked: bool = False
) -> Row:
    """The sessions (of one site) that lack people, then all others, each in order of time: how many, and the first."""
    index, problem = proposal.index, proposal.problem
    hubs = dict(Session.objects.filter(pk__in=among(index.sessions)).values_list("pk", "hub"))
    chosen = [s for s, pk in enumerate(index.sessions) if pk in hubs and hub in (None, hubs[pk])]
    short = {s for s in chosen if proposal.lacks(s)}
    found = [s for s in chosen if s in short or not only_short]
    shown = sorted(found, key=lambda s: s not in short)[:most]
    why_short = Explainer(problem, proposal.triples).unfilled(s for s in shown if s in short) if short else ()
    return {"count": len(found), "sessions": _sessions(proposal, shown, why_short, masked)}


def by_person(
    proposal: Proposal, *, most: int, name: str = "", only: Collection[int] = (), masked: bool = False
) -> Row:
    """Who has places, those with the most first: how many people (whose name has this in it, or `only` these), and
    the first."""
    places = _by_volunteer(proposal)
    wanted = [who for who in only or places if who in places]
    # By the name as it is shown: who may not know it can't find out by asking.
    names = names_of(wanted, masked=masked)
    found = sorted((who for who in names if name in names[who]), key=lambda who: (-len(places[who]), who))
    shown = found[:most]
    shifts = shifts_of({need for who in shown for need, _ in places[who]})
    return {
        "count": len(found),
        "people": [
            {
                "volunteer": who,
                "name": names[who],
                "history": proposal.problem.volunteers[proposal.v_of[who]].history,
                "limit": proposal.problem.volunteers[proposal.v_of[who]].max_sessions,
                "rows": [
                    place_row(proposal, place, names) | {"shift": shifts[place[0]]}
                    for place in places[who]
                    if place[0] in shifts
                ],
            }
            for who in shown
        ],
    }


def changes(proposal: Proposal, *, most: int, masked: bool = False) -> Row:
    """Against the roster in force: how many places stay as they are, who comes to what and who no longer does."""
    planned = set(proposal.triples)
    touched: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for triple in sorted(proposal.differing, key=lambda triple: (triple[0], triple not in planned, triple[1:])):
        need, who = proposal.ids(triple)
        touched[who][triple not in planned].append(need)
    shown = list(touched)[:most]
    names = names_of(shown, masked=masked)
    shifts = shifts_of({need for who in shown for side in touched[who] for need in side})
    return {
        "kept": len(planned & proposal.published),
        "count": len(touched),
        "people": [
            {
                "volunteer": who,
                "name": names.get(who, ""),
                "comes": [shifts[need] for need in touched[who][0] if need in shifts],
                "goes": [shifts[need] for need in touched[who][1] if need in shifts],
            }
            for who in shown
        ],
    }


def _by_volunteer(proposal: Proposal) -> dict[int, list[Place]]:
    """Each one's places in order of time."""
    places: dict[int, list[Place]] = defaultdict(list)
    for place in sorted(proposal.places, key=lambda place: proposal.place_of[place[0]]):
        places[place[1]].append(place)
    return places


def _sessions(proposal: Proposal, shown: Collection[int], why_short: Collection[Unfilled], masked: bool) -> list[Row]:
    index, short = proposal.index, {(one.session, one.need): one for one in why_short}
    there: dict[int, list[Place]] = {index.needs[s][r]: [] for s in shown for r in range(len(index.needs[s]))}
    for place in proposal.places:
        if place[0] in there:
            there[place[0]].append(place)
    near = {index.volunteers[it["volunteer"]] for one in short.values() for it in one.relaxations}
    names = names_of(near | {who for places in there.values() for _, who in places}, masked=masked)
    roles = dict(Need.objects.filter(pk__in=among(there)).values_list("pk", "role"))
    columns = ("pk", "program__name", "program__kind", "hub", "room__name", "starts_at", "ends_at")
    told = Session.objects.filter(pk__in=among(index.sessions[s] for s in shown)).values_list(*columns)
    facts = {pk: rest for pk, *rest in told}
    found = []
    for s in shown:
        pk = index.sessions[s]
        if pk not in facts:
            continue
        title, kind, hub, room, starts_at, ends_at = facts[pk]
        found.append(
            {
                "id": pk,
                "title": title,
                "kind": kind,
                "hub": hub,
                "room": room or "",
                "starts_at": starts_at,
                "ends_at": ends_at,
                "published": s in proposal.closed,
                "needs": [
                    {
                        "id": need_id,
                        "role": roles.get(need_id, need.role),
                        "min": need.min,
                        "target": need.target,
                        "filled": proposal.book.heads[s, r],
                        **_why_short(proposal, short.get((s, r)), names),
                        "rows": [place_row(proposal, place, names) for place in there[need_id]],
                    }
                    for r, (need_id, need) in enumerate(
                        zip(index.needs[s], proposal.problem.sessions[s].needs, strict=True)
                    )
                ],
            }
        )
    return found


def _why_short(proposal: Proposal, one: Unfilled | None, names: Mapping[int, str]) -> Row:
    if one is None:
        return {"missing": 0, "reasons": {}, "near": []}
    ids = proposal.index.volunteers
    near = [(ids[it["volunteer"]], it["code"]) for it in one.relaxations]
    return {
        "missing": one.missing,
        "reasons": dict(one.reasons),
        "near": [{"volunteer": who, "name": names.get(who, ""), "code": code} for who, code in near],
    }
