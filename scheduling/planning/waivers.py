"""Exceptions that people were asked for, in a run's problem as it stands at this moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from hub.among import among
from scheduling.planning.models import Waiver
from scheduling.solver.problem import Volunteer

GIVEN = ("available", "blocked", "max_sessions", "max_minutes", "max_travel")
"""What an exception changes of a volunteer."""
Place = tuple[int, int]
"""(need id, volunteer id)"""


def figures(volunteer: Volunteer) -> dict[str, Any]:
    return {name: getattr(volunteer, name) for name in GIVEN}


def with_figures(volunteer: Volunteer, told: Mapping[str, Any]) -> Volunteer:
    """The volunteer with figures that were written as JSON."""
    windows = {name: tuple(tuple(window) for window in told[name]) for name in ("available", "blocked")}
    return replace(volunteer, **{**told, **windows})


def waivers_in(sessions: Collection[int]) -> dict[Place, str]:
    rows = Waiver.objects.filter(pin__need__session__in=among(sessions)).order_by("pk")
    return {
        (need, volunteer): code for need, volunteer, code in rows.values_list("pin__need", "pin__volunteer", "code")
    }
