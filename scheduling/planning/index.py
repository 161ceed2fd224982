"""The rows behind a problem's positions, kept beside a run's snapshot."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Triple = tuple[int, int, int]
"""(volunteer, session, need)"""


@dataclass
class Index:
    """The rows behind a problem's positions, and what the problem itself does not tell."""

    sessions: list[int] = field(default_factory=list)
    needs: list[list[int]] = field(default_factory=list)
    volunteers: list[int] = field(default_factory=list)
    accepted: list[Triple] = field(default_factory=list)
    """Pins that are the volunteer's own yes."""
    declined: list[tuple[int, int]] = field(default_factory=list)
    """Bars that are the volunteer's own no."""
    elsewhere: list[tuple[int, int]] = field(default_factory=list)
    """Bars because a place held fixed leaves no time to get there."""
    underage: list[tuple[int, int]] = field(default_factory=list)
    """Bars of minors without consent, until the day they come of age."""
    standby: list[tuple[int, int]] = field(default_factory=list)
    """Bars because they stand by for that session: no place of a plan."""
    unkept: list[tuple[int, int, str]] = field(default_factory=list)
    """(need id, volunteer id, code) of accepted places and pins by hand that a rule no longer allows."""
    left_out: dict[str, int] = field(default_factory=dict)
    """code -> how many volunteers nobody may assign."""
    engaged: list[Triple] = field(default_factory=list)
    """(volunteer, from, to): blocked time that is not theirs to give, since duty or a place held fixed takes it."""
    apart: list[tuple[int, int, str]] = field(default_factory=list)
    """Bars that keep somebody's exception an exception, each with the rule it stands for."""
    strict: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """What is told of volunteers with an exception as it is without one."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Index:
        rows = ("accepted", "declined", "elsewhere", "underage", "standby", "unkept", "engaged", "apart", "strict")
        return cls(**{**data, **{key: [tuple(row) for row in data.get(key, ())] for key in rows}})
