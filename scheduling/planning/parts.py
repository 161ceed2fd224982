"""A proposal by what of it may still be published: session by session, all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hub.among import among
from scheduling.planning.proposal import Proposal
from scheduling.planning.publications import left_in, published_in
from scheduling.sessions.models import Session

COLUMNS = ("pk", "program__name", "hub", "starts_at", "ends_at")


def parts(proposal: Proposal) -> list[dict[str, Any]]:
    """In order of time; whom each would tell, by id."""
    left = left_in(proposal.run, published_in(proposal.run))
    touched: dict[int, list[int]] = defaultdict(list)
    for v, s, _ in sorted(proposal.differing):
        touched[proposal.index.sessions[s]].append(proposal.index.volunteers[v])
    s_of = {pk: s for s, pk in enumerate(proposal.index.sessions)}
    rows = Session.objects.filter(pk__in=among(left)).order_by("starts_at", "pk").values_list(*COLUMNS)
    return [
        {
            "session": pk,
            "title": title,
            "hub": hub,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "missing": proposal.missing(s_of[pk]),
            "changes": len(touched[pk]),
            "people": sorted(set(touched[pk])),
        }
        for pk, title, hub, starts_at, ends_at in rows
    ]
