"""谁来得多: who carries what in a proposal, beside what each carried before."""

from __future__ import annotations

from typing import Any

from scheduling.planning.people import names_of
from scheduling.planning.proposal import Proposal
from scheduling.signups.facts import NO_LIMIT_SESSIONS
from scheduling.solver.fairness import fairness_report
from volunteers.models import Volunteer

Row = dict[str, Any]


def who_carries_what(proposal: Proposal, *, masked: bool = False) -> Row:
    report = fairness_report(proposal.problem, proposal.triples)
    ids, values = proposal.index.volunteers, proposal.problem.volunteers
    wishes = dict(Volunteer.objects.filter(pk__in=ids).values_list("pk", "wish_per_week"))
    names = names_of(ids, masked=masked)
    return {
        "people": [
            {
                "volunteer": ids[row["volunteer"]],
                "name": names.get(ids[row["volunteer"]], ""),
                "places": row["sessions"],
                "minutes": row["minutes"],
                "unpopular": row["unpopular"],
                "history": row["history"],
                "unpopular_before": row["unpopular_before"],
                # As it stands now: it is written down on this page.
                "wish": wishes.get(ids[row["volunteer"]]),
                "limit": _limit(values[row["volunteer"]].max_sessions),
                "weeks_since_asked": values[row["volunteer"]].weeks_since_asked,
            }
            for row in report["volunteers"]
        ],
        "people_by_places": report["people_by_sessions"],
    }


def _limit(most: int) -> int | None:
    """None where they set none."""
    return most if most < NO_LIMIT_SESSIONS else None
