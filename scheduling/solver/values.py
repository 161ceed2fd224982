"""The planning problem (roster/1) as immutable values.

Ids of hubs, sessions and volunteers are their positions in the lists; times are integer minutes from the
horizon's start. What a file names `x_...` is ours, and off unless the file says otherwise (see terms.py).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Assignment = tuple[int, int, int]
"""(volunteer, session, need): who takes which place."""


@dataclass(frozen=True)
class Need:
    """A role to be filled in a session: at least `min` heads, at most `target`."""

    skill: str
    min: int
    target: int
    priority: int = 1
    role: str = ""


@dataclass(frozen=True)
class Session:
    start: int
    end: int
    hub: int = 0
    needs: tuple[Need, ...] = ()
    programme: str = ""
    clearance: str | None = None
    unpopular: int = 0

    @property
    def minutes(self) -> int:
        return self.end - self.start

    @property
    def daypart(self) -> int:
        """0 before noon, 1 until 17:00, 2 later."""
        hour = self.start % 1440 // 60
        return 0 if hour < 12 else 1 if hour < 17 else 2


@dataclass(frozen=True)
class Volunteer:
    home: int = 0
    skills: frozenset[str] = frozenset()
    clearances: frozenset[str] = frozenset()
    experienced: bool = False
    new: bool = False
    available: tuple[tuple[int, int], ...] = ()
    blocked: tuple[tuple[int, int], ...] = ()
    max_sessions: int = 5
    max_minutes: int = 600
    min_rest: int = 0
    max_travel: int = 60
    history: int = 0
    pref_programme: Mapping[str, int] = field(default_factory=dict)
    pref_daypart: tuple[int, int, int] = (0, 0, 0)
    wish: int | None = None
    """Sessions a week this person wishes for."""
    unpopular_before: int = 0
    """Unpopular sessions taken of late."""
    wished_before: int = 0
    """Sessions wished for in the time that `history` looks back on."""
    weeks_since_asked: int | None = None
    """None: not within memory."""


@dataclass(frozen=True)
class Weights:
    min: Mapping[int, int]
    target: int
    fair_step: int = 0
    unpopular: int = 0
    buddy: int = 0
    travel_per_min: float = 0.0
    keep: int = 0
    add: int = 0
    open_volunteer: int = 0
    standing: int = 0
    familiar: int = 0
    wish: int = 0
    shared: int = 0
    asked: int = 0
    wanted: int = 0


@dataclass(frozen=True)
class Problem:
    travel: tuple[tuple[int, ...], ...]
    sessions: tuple[Session, ...]
    volunteers: tuple[Volunteer, ...]
    weights: Weights
    buddies: tuple[tuple[int, int], ...] = ()
    avoid: tuple[tuple[int, int], ...] = ()
    pins: tuple[Assignment, ...] = ()
    barred: frozenset[tuple[int, int]] = frozenset()
    published: tuple[Assignment, ...] = ()
    accepted: frozenset[Assignment] = frozenset()
    """Who said they come: a repair moves them only when told that it may."""
    standby: frozenset[tuple[int, int]] = frozenset()
    """(volunteer, session): asked first when a place there falls empty."""
    standing: frozenset[tuple[int, int]] = frozenset()
    """(volunteer, session): somebody's own shift."""
    familiar: frozenset[tuple[int, int]] = frozenset()
    """(volunteer, session): known to those who come there."""
    name: str = ""
    seed: int = 0
    hubs: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def avoided_by(self) -> Mapping[int, frozenset[int]]:
        """Whom each volunteer must not share a session with, in both directions."""
        found: dict[int, set[int]] = defaultdict(set)
        for a, b in self.avoid:
            found[a].add(b)
            found[b].add(a)
        return {v: frozenset(others) for v, others in found.items()}

    @cached_property
    def buddies_of(self) -> Mapping[int, tuple[int, ...]]:
        """Each volunteer's buddies, as often as the pair is named."""
        found: dict[int, list[int]] = defaultdict(list)
        for a, b in self.buddies:
            found[a].append(b)
            found[b].append(a)
        return {v: tuple(others) for v, others in found.items()}

    @cached_property
    def barred_from(self) -> Mapping[int, tuple[int, ...]]:
        """Who is barred from each session."""
        found: dict[int, list[int]] = defaultdict(list)
        for v, s in sorted(self.barred):
            found[s].append(v)
        return {s: tuple(people) for s, people in found.items()}

    @cached_property
    def pins_of(self) -> Mapping[int, tuple[tuple[int, int], ...]]:
        """The (session, need) places pinned for each volunteer."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for v, s, r in self.pins:
            found[v].append((s, r))
        return {v: tuple(places) for v, places in found.items()}

    @cached_property
    def in_force(self) -> frozenset[Assignment]:
        """The published assignments, for looking up."""
        return frozenset(self.published)

    @cached_property
    def longest_way(self) -> int:
        """Minutes between the two sites farthest apart."""
        return max((max(row) for row in self.travel), default=0)
