"""The planning problem (roster/1), as others import it: its values, its reader, its writer."""

from scheduling.solver.parsing import load_problem, parse_problem, read_json
from scheduling.solver.reading import ProblemError
from scheduling.solver.values import Assignment, Need, Problem, Session, Volunteer, Weights
from scheduling.solver.writing import to_json

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
