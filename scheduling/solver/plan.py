"""What a solve gives back, and what it says meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from scheduling.solver.problem import Assignment

Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True)
class Unfilled:
    """A need below its minimum: why each volunteer is not there, and who could come if one thing gave way."""

    session: int
    need: int
    missing: int
    reasons: Mapping[str, int]
    relaxations: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "need": self.need,
            "missing": self.missing,
            "reasons": dict(self.reasons),
            "relaxations": [dict(relaxation) for relaxation in self.relaxations],
        }


@dataclass(frozen=True)
class Plan:
    assignments: tuple[Assignment, ...]
    objective: int
    bound: int
    status: Status
    seconds: Mapping[str, float] = field(default_factory=dict)
    unfilled: tuple[Unfilled, ...] = ()

    @property
    def gap(self) -> int:
        """At most this much cheaper could any plan be."""
        return self.objective - self.bound

    def to_json(self) -> dict[str, Any]:
        return {
            "assignments": [list(item) for item in self.assignments],
            "objective": self.objective,
            "bound": self.bound,
            "status": self.status,
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "unfilled": [item.to_json() for item in self.unfilled],
        }


@dataclass(frozen=True)
class Progress:
    """The search so far. `gap` is the share of the value reachable from the empty plan that may still be missing."""

    seconds: float
    objective: int
    bound: int | None
    gap: float | None
    phase: str


OnProgress = Callable[[Progress], bool | None]
