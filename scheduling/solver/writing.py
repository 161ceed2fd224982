"""A problem as a roster/1 document."""

from typing import Any

from scheduling.solver.values import Problem, Session, Volunteer


def to_json(problem: Problem) -> dict[str, Any]:
    """The problem as a roster/1 document; `parse_problem` reads it back to an equal value."""
    weights = problem.weights
    own = {f"x_{key}": getattr(weights, key) for key in ("standing", "familiar", "wish", "shared", "asked", "wanted")}
    pairs = {f"x_{key}": getattr(problem, key) for key in ("accepted", "standby", "standing", "familiar")}
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
            **{key: weight for key, weight in own.items() if weight},
        },
        **{key: sorted(list(pair) for pair in found) for key, found in pairs.items() if found},
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
    own = {
        "x_wish": volunteer.wish,
        "x_unpopular_before": volunteer.unpopular_before or None,
        "x_wished_before": volunteer.wished_before or None,
        "x_weeks_since_asked": volunteer.weeks_since_asked,
    }
    return {
        "id": position,
        **{key: getattr(volunteer, key) for key in plain},
        "skills": sorted(volunteer.skills),
        "clearances": sorted(volunteer.clearances),
        "available": [list(window) for window in volunteer.available],
        "blocked": [list(window) for window in volunteer.blocked],
        "pref_programme": dict(volunteer.pref_programme),
        "pref_daypart": list(volunteer.pref_daypart),
        **{key: value for key, value in own.items() if value is not None},
    }
