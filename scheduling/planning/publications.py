"""What of a proposal is in force already: it may be published a part at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from hub import clock
from hub.among import among
from scheduling.planning.models import Publication, Run
from scheduling.sessions.models import Session

FIGURES = ("added", "released", "kept", "told")


def published_in(run: Run) -> frozenset[int]:
    """Ids of the run's sessions whose part of the proposal was published. One query."""
    rows = Publication.objects.filter(run=run).values_list("sessions", flat=True)
    return frozenset(pk for sessions in rows for pk in sessions)


def left_in(run: Run, published: Collection[int]) -> dict[int, int]:
    """The sessions of the run that could still be published, each with its hub. One query."""
    rest = set(run.index["sessions"]) - set(published)
    rows = Session.objects.filter(pk__in=among(rest), state=Session.State.PLANNED, starts_at__gt=clock.now())
    return dict(rows.values_list("pk", "hub"))


def sum_of(publications: Iterable[Publication]) -> dict[str, int]:
    """What they did together."""
    total = Counter(dict.fromkeys(FIGURES, 0))
    for one in publications:
        total.update(one.figures)
    return dict(total)
