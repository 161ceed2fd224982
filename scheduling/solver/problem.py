"""The planning problem (roster/1): immutable values, and the reader that refuses what it does not understand.

Ids of hubs, sessions and volunteers are their positions in the lists; times are integer minutes from the
horizon's start. `parse_problem` checks shapes, ranges and references here and leaves rules that tie several
things together (a pin that breaks a hard rule) to `pins.py`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from scheduling.solver.reading import ProblemError, Reader

__all__ = [
    "Assignment",
    "Need",
    "Problem",
    "ProblemError",
    "Session",
    "Volunteer",
    "Weights",
    "load_problem",
    "parse_problem",
    "read_json",
    "to_json",
]

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


def read_json(path: str | Path) -> Any:
    """The JSON in a file, or a ProblemError that says where it stops being JSON."""
    try:
        return orjson.loads(Path(path).read_bytes())
    except OSError as error:
        raise ProblemError("", "unreadable", f"cannot read {path}: {error.strerror or error}") from None
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ProblemError("", "not_json", f"not valid JSON at {where}: {error.msg}") from None


def load_problem(path: str | Path) -> Problem:
    return parse_problem(read_json(path))


def parse_problem(data: Any) -> Problem:
    """Check a roster/1 document and make it a Problem; the first fault is raised with its path."""
    root = Reader(data).object(
        required=("hubs", "travel", "sessions", "volunteers", "weights"),
        optional=("name", "seed", "buddies", "avoid", "pins", "barred", "published"),
    )
    hubs = tuple(_parse_hub(item, i) for i, item in enumerate(root["hubs"].items()))
    travel = _parse_travel(root["travel"], len(hubs))
    weights = _parse_weights(root["weights"])
    sessions = tuple(_parse_session(item, i, len(hubs), weights) for i, item in enumerate(root["sessions"].items()))
    volunteers = tuple(_parse_volunteer(item, i, len(hubs)) for i, item in enumerate(root["volunteers"].items()))
    name, seed = root.value("name", ""), root.value("seed", 0)
    return Problem(
        name=name if isinstance(name, str) else str(name),
        seed=seed if isinstance(seed, int) else 0,
        hubs=hubs,
        travel=travel,
        weights=weights,
        sessions=sessions,
        volunteers=volunteers,
        buddies=tuple(_parse_pair(item, len(volunteers)) for item in root.items("buddies")),
        avoid=tuple(_parse_pair(item, len(volunteers)) for item in root.items("avoid")),
        pins=_parse_assignments(root.items("pins"), sessions, len(volunteers), unique=True),
        barred=frozenset(_parse_barred(item, len(volunteers), len(sessions)) for item in root.items("barred")),
        published=_parse_assignments(root.items("published"), sessions, len(volunteers), unique=False),
    )


def _check_id(item: Reader, position: int) -> None:
    if item.has("id") and item["id"].integer(0) != position:
        raise item["id"].fault("wrong_id", f"must be its position in the list, {position}")


def _parse_hub(reader: Reader, position: int) -> Mapping[str, Any]:
    item = reader.object(required=(), optional=("id", "kind", "x", "y", "name"))
    _check_id(item, position)
    return {key: item.value(key, None) for key in ("kind", "x", "y", "name") if item.has(key)}


def _parse_travel(reader: Reader, size: int) -> tuple[tuple[int, ...], ...]:
    rows = reader.items()
    if len(rows) != size:
        raise reader.fault("wrong_length", f"must have one row per hub, {size}, but has {len(rows)}")
    matrix = []
    for row in rows:
        cells = row.items()
        if len(cells) != size:
            raise row.fault("wrong_length", f"must have one column per hub, {size}, but has {len(cells)}")
        matrix.append(tuple(cell.integer(0) for cell in cells))
    return tuple(matrix)


def _parse_weights(reader: Reader) -> Weights:
    item = reader.object(
        required=("min", "target"),
        optional=("fair_step", "unpopular", "buddy", "travel_per_min", "keep", "add", "open_volunteer"),
    )
    by_priority = {}
    for key, value in item["min"].pairs():
        if not key.isascii() or not key.isdecimal():
            raise value.fault("wrong_key", "a priority must be a whole number")
        by_priority[int(key)] = value.integer(0)
    whole = {
        key: item[key].integer(0)
        for key in ("target", "fair_step", "unpopular", "buddy", "keep", "add", "open_volunteer")
        if item.has(key)
    }
    per_minute = item["travel_per_min"].number(0) if item.has("travel_per_min") else 0.0
    return Weights(min=by_priority, travel_per_min=per_minute, **whole)


def _parse_session(reader: Reader, position: int, hubs: int, weights: Weights) -> Session:
    item = reader.object(
        required=("hub", "start", "end", "needs"), optional=("id", "programme", "clearance", "unpopular")
    )
    _check_id(item, position)
    start, end = item["start"].integer(0), item["end"].integer()
    if end <= start:
        raise item["end"].fault("end_before_start", f"the end, {end}, must come after the start, {start}")
    clearance = None
    if item.has("clearance") and item.value("clearance", None) is not None:
        clearance = item["clearance"].text()
    return Session(
        start=start,
        end=end,
        hub=item["hub"].index(hubs, "hub"),
        needs=tuple(_parse_need(need, weights) for need in item["needs"].items()),
        programme=item["programme"].text() if item.has("programme") else "",
        clearance=clearance or None,
        unpopular=item["unpopular"].integer(-1, 0) if item.has("unpopular") else 0,
    )


def _parse_need(reader: Reader, weights: Weights) -> Need:
    item = reader.object(required=("skill", "min", "target", "priority"), optional=("role",))
    low, high, priority = item["min"].integer(0), item["target"].integer(0), item["priority"].integer()
    if low > high:
        raise item["min"].fault("min_above_target", f"the minimum, {low}, must not exceed the target, {high}")
    if priority not in weights.min:
        raise item["priority"].fault("no_weight", f"weights.min has no weight for priority {priority}")
    return Need(
        skill=item["skill"].text(),
        min=low,
        target=high,
        priority=priority,
        role=item["role"].text() if item.has("role") else "",
    )


def _parse_windows(reader: Reader) -> tuple[tuple[int, int], ...]:
    windows = []
    for item in reader.items():
        start, end = (cell.integer() for cell in item.row(2))
        if end < start:
            raise item.fault("end_before_start", f"the end, {end}, comes before the start, {start}")
        windows.append((start, end))
    return tuple(windows)


def _parse_volunteer(reader: Reader, position: int, hubs: int) -> Volunteer:
    item = reader.object(
        required=("home", "skills", "available", "max_sessions", "max_minutes"),
        # `type` says what kind of person this is, for people who read the file
        optional=(
            *("id", "type", "clearances", "experienced", "new", "blocked", "min_rest", "max_travel", "history"),
            *("pref_programme", "pref_daypart"),
        ),
    )
    _check_id(item, position)
    daypart = (0, 0, 0)
    if item.has("pref_daypart"):
        first, second, third = (cell.integer() for cell in item["pref_daypart"].row(3))
        daypart = (first, second, third)
    programmes = item["pref_programme"].pairs() if item.has("pref_programme") else []
    experienced = item["experienced"].boolean() if item.has("experienced") else False
    return Volunteer(
        home=item["home"].index(hubs, "hub"),
        skills=frozenset(cell.text() for cell in item["skills"].items()),
        clearances=frozenset(cell.text() for cell in item.items("clearances")),
        experienced=experienced,
        new=item["new"].boolean() if item.has("new") else False,
        available=_parse_windows(item["available"]),
        blocked=_parse_windows(item["blocked"]) if item.has("blocked") else (),
        max_sessions=item["max_sessions"].integer(0),
        max_minutes=item["max_minutes"].integer(0),
        min_rest=item["min_rest"].integer(0) if item.has("min_rest") else 0,
        max_travel=item["max_travel"].integer(0) if item.has("max_travel") else 10**9,
        history=item["history"].integer(0) if item.has("history") else 0,
        pref_programme={key: value.integer() for key, value in programmes},
        pref_daypart=daypart,
    )


def _parse_pair(reader: Reader, volunteers: int) -> tuple[int, int]:
    first, second = (cell.index(volunteers, "volunteer") for cell in reader.row(2))
    if first == second:
        raise reader.fault("same_volunteer", f"volunteer {first} is paired with itself")
    return first, second


def _parse_barred(reader: Reader, volunteers: int, sessions: int) -> tuple[int, int]:
    volunteer, session = reader.row(2)
    return volunteer.index(volunteers, "volunteer"), session.index(sessions, "session")


def _parse_assignments(
    items: list[Reader], sessions: tuple[Session, ...], volunteers: int, *, unique: bool
) -> tuple[Assignment, ...]:
    found: dict[Assignment, None] = {}
    for item in items:
        volunteer, session, need = item.row(3)
        s = session.index(len(sessions), "session")
        triple = (volunteer.index(volunteers, "volunteer"), s, need.index(len(sessions[s].needs), "need"))
        if unique and triple in found:
            raise item.fault("repeated", "is named twice")
        found[triple] = None
    return tuple(found)


def to_json(problem: Problem) -> dict[str, Any]:
    """The problem as a roster/1 document; `parse_problem` reads it back to an equal value."""
    weights = problem.weights
    return {
        "name": problem.name,
        "seed": problem.seed,
        "hubs": [{"id": i, **hub} for i, hub in enumerate(problem.hubs)],
        "travel": [list(row) for row in problem.travel],
        "sessions": [_session_to_json(i, session) for i, session in enumerate(problem.sessions)],
        "volunteers": [_volunteer_to_json(i, volunteer) for i, volunteer in enumerate(problem.volunteers)],
        "buddies": [list(pair) for pair in problem.buddies],
        "avoid": [list(pair) for pair in problem.avoid],
        "pins": [list(pin) for pin in problem.pins],
        "barred": sorted(list(pair) for pair in problem.barred),
        "published": [list(item) for item in problem.published],
        "weights": {
            "min": {str(priority): weight for priority, weight in weights.min.items()},
            **{key: getattr(weights, key) for key in ("target", "fair_step", "unpopular", "buddy", "travel_per_min")},
            **{key: getattr(weights, key) for key in ("keep", "add", "open_volunteer")},
        },
    }


def _session_to_json(position: int, session: Session) -> dict[str, Any]:
    return {
        "id": position,
        "programme": session.programme,
        "hub": session.hub,
        "start": session.start,
        "end": session.end,
        "clearance": session.clearance,
        "unpopular": session.unpopular,
        "needs": [
            {"role": n.role, "skill": n.skill, "min": n.min, "target": n.target, "priority": n.priority}
            for n in session.needs
        ],
    }


def _volunteer_to_json(position: int, volunteer: Volunteer) -> dict[str, Any]:
    plain = ("home", "experienced", "new", "max_sessions", "max_minutes", "min_rest", "max_travel", "history")
    return {
        "id": position,
        **{key: getattr(volunteer, key) for key in plain},
        "skills": sorted(volunteer.skills),
        "clearances": sorted(volunteer.clearances),
        "available": [list(window) for window in volunteer.available],
        "blocked": [list(window) for window in volunteer.blocked],
        "pref_programme": dict(volunteer.pref_programme),
        "pref_daypart": list(volunteer.pref_daypart),
    }
