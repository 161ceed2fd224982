"""Who carries what in a plan."""

from collections.abc import Iterable
from typing import Any

from scheduling.solver.book import Book
from scheduling.solver.problem import Assignment, Problem


def fairness_report(problem: Problem, assignments: Iterable[Assignment]) -> dict[str, Any]:
    """A row per volunteer, those who carry most first, and how sessions spread: how many people have 0, 1, 2... of
    them, and how many are off their wish by how much."""
    book, rows = Book(assignments), []
    for v, volunteer in enumerate(problem.volunteers):
        mine = [problem.sessions[s] for s, _ in book.taken.get(v, ())]
        row: dict[str, Any] = {
            "volunteer": v,
            "sessions": len(mine),
            "minutes": sum(session.minutes for session in mine),
            "unpopular": sum(session.unpopular < 0 for session in mine),
            "history": volunteer.history,
            "unpopular_before": volunteer.unpopular_before,
            "standing": sum((v, s) in problem.standing for s, _ in book.taken.get(v, ())),
        }
        if volunteer.wish is not None:
            row |= {"wish": volunteer.wish, "off_wish": len(mine) - volunteer.wish}
        rows.append(row)
    rows.sort(key=lambda row: (-row["sessions"] - row["history"], row["volunteer"]))
    most = max((row["sessions"] for row in rows), default=0)
    offs = sorted({row["off_wish"] for row in rows if "off_wish" in row})
    return {
        "volunteers": rows,
        "people_by_sessions": [sum(row["sessions"] == count for row in rows) for count in range(most + 1)],
        "people_by_off_wish": {str(off): sum(row.get("off_wish") == off for row in rows) for off in offs},
    }
