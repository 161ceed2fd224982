"""How far a need is from full: by its own figures, and by the adults that the children booked require."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.bookings.requirements import adults_required_by_session, volunteers_required
from scheduling.sessions.models import Need
from scheduling.sessions.staff_places import staff_in
from scheduling.signups.models import Assignment


@dataclass(frozen=True)
class Shortage:
    filled: int
    least: int
    """With so many the session can be held."""
    target: int

    @property
    def is_short(self) -> bool:
        return self.filled < self.target

    @property
    def endangered(self) -> bool:
        return self.filled < self.least

    @property
    def missing(self) -> int:
        """Until it can be held; where it can, until what was wished for."""
        return self.lacking(wished=not self.endangered)

    def lacking(self, *, wished: bool) -> int:
        return max(0, (self.target if wished else self.least) - self.filled)


def shortage_of(need: Need) -> Shortage:
    """`need.session.program` should be loaded."""
    # A place that somebody in line is offered is not to be had while they think about it.
    held = Assignment.objects.filter(session=need.session_id, state__in=Assignment.HOLDING)
    there = [*held.values_list("need", flat=True), *staff_in([need.session_id]).values_list("need", flat=True)]
    filled = there.count(need.pk)
    required = adults_required_by_session([need.session]).get(need.session_id, 0)
    lacking = volunteers_required(need.session, required) - len(there)
    return Shortage(filled, min(need.target, max(need.min, filled + max(0, lacking))), need.target)
