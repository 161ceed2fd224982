"""What a proposal would become: who changes places, every term's change, the seats."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from scheduling.planning.index import Triple
from scheduling.planning.people import names_of
from scheduling.planning.proposal import Proposal
from scheduling.planning.shifts import shifts_of

Row = dict[str, Any]


def outcome(proposal: Proposal, after: Collection[Triple], *, terms: Mapping[str, int], short_of_min: int) -> Row:
    """`terms` and `short_of_min` as changes: less is better. Who is not in the proposal's problem is left out."""
    before, known = set(proposal.triples), len(proposal.index.volunteers)
    dropped = [proposal.ids(triple) for triple in sorted(before - set(after))]
    added = [proposal.ids(triple) for triple in sorted(set(after) - before) if triple[0] < known]
    names = names_of({volunteer for _, volunteer in (*dropped, *added)})
    shifts = shifts_of({need for need, _ in (*dropped, *added)})
    return {
        "steps": [
            {
                "volunteer": one,
                "name": names[one],
                "takes": [shifts[need] for need, who in added if who == one and need in shifts],
                "leaves": [shifts[need] for need, who in dropped if who == one and need in shifts],
            }
            for one in sorted(names, key=lambda one: (not any(who == one for _, who in added), one))
        ],
        "terms": {name: change for name, change in terms.items() if change},
        "short_of_min": short_of_min,
    }
