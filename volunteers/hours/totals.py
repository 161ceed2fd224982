"""How much somebody served: in all, this year, by program, and the stars it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from hub import clock
from volunteers.hours.figures import figures_on
from volunteers.hours.models import ServiceRecord
from volunteers.models import Volunteer

State = ServiceRecord.State
OPEN = (State.AWAITING, State.ENTERED, State.DISPUTED)


@dataclass(frozen=True)
class Stars:
    level: int
    most: int
    next_minutes: int | None
    """Still to serve for one more; none at the top."""


@dataclass(frozen=True)
class ByProgram:
    name: str
    kind: str
    times: int
    minutes: int


@dataclass(frozen=True)
class Totals:
    minutes: int
    """Confirmed here."""
    prior_minutes: int
    """Before this system, as stated."""
    this_year: int
    open_minutes: int
    """To be confirmed still."""
    programs: list[ByProgram]
    stars: Stars


def stars_of(minutes: int, star_hours: Sequence[int]) -> Stars:
    level = sum(minutes >= hours * 60 for hours in star_hours)
    following = star_hours[level] * 60 - minutes if level < len(star_hours) else None
    return Stars(level, len(star_hours), following)


def totals_of(volunteer: Volunteer) -> Totals:
    today = clock.today()
    mine = ServiceRecord.objects.filter(volunteer=volunteer).order_by()
    confirmed = mine.filter(state=State.CONFIRMED)
    new_year = clock.at(today.replace(month=1, day=1))
    sums = mine.aggregate(
        all=Sum("minutes", filter=Q(state=State.CONFIRMED), default=0),
        year=Sum("minutes", filter=Q(state=State.CONFIRMED, starts_at__gte=new_year), default=0),
        open=Sum("minutes", filter=Q(state__in=OPEN), default=0),
    )
    programs = confirmed.values("program__name", "program__kind").annotate(times=Count("pk"), sum=Sum("minutes"))
    return Totals(
        minutes=sums["all"],
        prior_minutes=volunteer.prior_minutes,
        this_year=sums["year"],
        open_minutes=sums["open"],
        programs=[
            ByProgram(row["program__name"], row["program__kind"], row["times"], row["sum"])
            for row in programs.order_by("-sum", "program__name")
        ],
        stars=stars_of(sums["all"] + volunteer.prior_minutes, figures_on(today).star_hours),
    )
