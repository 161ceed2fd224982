"""Reads roster/1: shapes, ranges and references, each fault named by its path.

Rules that tie several things together (a pin that breaks a hard rule) are left to pins.py.
"""

import gc
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from scheduling.solver.reading import ProblemError, Reader
from scheduling.solver.values import Assignment, Need, Problem, Session, Volunteer, Weights

MOST_BYTES = 2**28
"""Of a file: a week of 20,000 volunteers has ten million, and some files never end."""
WEIGHTS = ("fair_step", "unpopular", "buddy", "keep", "add", "open_volunteer")
OWN_WEIGHTS = ("standing", "familiar", "wish", "shared", "asked", "wanted")


def read_json(path: str | Path) -> Any:
    """The JSON in a file, or a ProblemError that says where it stops being JSON."""
    try:
        with Path(path).open("rb") as file:
            text = file.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise ProblemError("", "too_large", f"{path} is larger than {MOST_BYTES >> 20} MiB")
        data = orjson.loads(text)
    except OSError as error:
        raise ProblemError("", "unreadable", f"cannot read {path}: {error.strerror or error}") from None
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ProblemError("", "not_json", f"not valid JSON at {where}: {error.msg}") from None
    try:
        if text.count(b":") != orjson.dumps(data).count(b":"):  # a key came twice and fell away, or a colon was escaped
            json.loads(text, object_pairs_hook=_refuse_twins)
    except (TypeError, RecursionError):
        raise ProblemError("", "too_deep", "is nested too deeply") from None
    return data


def _refuse_twins(pairs: list[tuple[str, Any]]) -> None:
    seen = set()
    for key, _ in pairs:
        if key in seen:
            raise ProblemError("", "repeated_key", f'the key "{key[:60]}" comes twice in one object')
        seen.add(key)


def load_problem(path: str | Path) -> Problem:
    # A city's is millions of small values, none in a circle: looking for circles among them would double the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return parse_problem(read_json(path))
    finally:
        if collects:
            gc.enable()


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
    volunteers = tuple(parse_volunteer(item, i, len(hubs)) for i, item in enumerate(root["volunteers"].items()))
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
        barred=frozenset(_parse_place(item, len(volunteers), len(sessions)) for item in root.items("barred")),
        published=_parse_assignments(root.items("published"), sessions, len(volunteers), unique=False),
        accepted=frozenset(_parse_assignments(root.items("x_accepted"), sessions, len(volunteers), unique=False)),
        **{
            key: frozenset(_parse_place(item, len(volunteers), len(sessions)) for item in root.items(f"x_{key}"))
            for key in ("standby", "standing", "familiar")
        },
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
        optional=(*WEIGHTS, "travel_per_min"),
    )
    by_priority = {}
    for key, value in item["min"].pairs():
        if not key.isascii() or not key.isdecimal():
            raise value.fault("wrong_key", "a priority must be a whole number")
        by_priority[int(key)] = value.integer(0)
    whole = {key: item[key].integer(0) for key in ("target", *WEIGHTS) if item.has(key)}
    own = {key: item[f"x_{key}"].integer(0) for key in OWN_WEIGHTS if item.has(f"x_{key}")}
    per_minute = item["travel_per_min"].number(0) if item.has("travel_per_min") else 0.0
    return Weights(min=by_priority, travel_per_min=per_minute, **whole, **own)


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
        start, end = item.integers(2)
        if end < start:
            raise item.fault("end_before_start", f"the end, {end}, comes before the start, {start}")
        windows.append((start, end))
    return tuple(windows)


def parse_volunteer(reader: Reader, position: int, hubs: int) -> Volunteer:
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
        first, second, third = item["pref_daypart"].integers(3)
        daypart = (first, second, third)
    programmes = item["pref_programme"].pairs() if item.has("pref_programme") else []
    experienced = item["experienced"].boolean() if item.has("experienced") else False
    return Volunteer(
        home=item["home"].index(hubs, "hub"),
        skills=frozenset(item["skills"].texts()),
        clearances=frozenset(item["clearances"].texts() if item.has("clearances") else ()),
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
        wish=item["x_wish"].integer(0) if item.has("x_wish") else None,
        unpopular_before=item["x_unpopular_before"].integer(0) if item.has("x_unpopular_before") else 0,
        wished_before=item["x_wished_before"].integer(0) if item.has("x_wished_before") else 0,
        weeks_since_asked=item["x_weeks_since_asked"].integer(0) if item.has("x_weeks_since_asked") else None,
    )


def _parse_pair(reader: Reader, volunteers: int) -> tuple[int, int]:
    first, second = (cell.index(volunteers, "volunteer") for cell in reader.row(2))
    if first == second:
        raise reader.fault("same_volunteer", f"volunteer {first} is paired with itself")
    return first, second


def _parse_place(reader: Reader, volunteers: int, sessions: int) -> tuple[int, int]:
    v, s = reader.integers(2)
    if 0 <= v < volunteers and 0 <= s < sessions:
        return v, s
    volunteer, session = reader.row(2)
    return volunteer.index(volunteers, "volunteer"), session.index(sessions, "session")


def _parse_assignments(
    items: list[Reader], sessions: tuple[Session, ...], volunteers: int, *, unique: bool
) -> tuple[Assignment, ...]:
    found: dict[Assignment, None] = {}
    for item in items:
        v, s, r = item.integers(3)
        if not (0 <= v < volunteers and 0 <= s < len(sessions) and 0 <= r < len(sessions[s].needs)):
            volunteer, session, need = item.row(3)
            v, s = volunteer.index(volunteers, "volunteer"), session.index(len(sessions), "session")
            r = need.index(len(sessions[s].needs), "need")
        triple = (v, s, r)
        if unique and triple in found:
            raise item.fault("repeated", "is named twice")
        found[triple] = None
    return tuple(found)
