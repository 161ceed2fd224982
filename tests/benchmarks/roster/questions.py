"""What is asked of a plan that stands: a repair after each of many cancellations, why places are empty, what if."""

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from scheduling.solver.events import Absence
from scheduling.solver.explain import Explainer
from scheduling.solver.problem import Assignment, Problem
from scheduling.solver.repair import Repairer
from scheduling.solver.whatif import Asker, Barred, DroppedSession, MovedSession, Question

CANCELLATIONS, QUESTIONS = 60, 30


def ask(problem: Problem, plan: list[Assignment]) -> dict[str, Any]:
    return {
        "repair": _repairs(problem, plan),
        "explain": _explanations(problem, plan),
        "what_if": _whatifs(problem, plan),
    }


def _repairs(problem: Problem, plan: list[Assignment]) -> dict[str, Any]:
    repairer, changes = Repairer(problem, plan), []

    def cancel(item: Assignment) -> None:
        repair = repairer.ask(Absence(item[0], item[1]))
        changes.extend(len(one.steps) for one in repair.alternatives)

    times = _timed(cancel, random.Random(1).sample(plan, min(CANCELLATIONS, len(plan))))
    return times | {"most_changes": max(changes, default=0)}


def _explanations(problem: Problem, plan: list[Assignment]) -> dict[str, Any]:
    explainer = Explainer(problem, plan)
    explainer.unfilled()
    return _timed(lambda _: explainer.unfilled(), [None] * 10) | {"unfilled": len(explainer.unfilled())}


def _whatifs(problem: Problem, plan: list[Assignment]) -> dict[str, Any]:
    rng, asker, questions = random.Random(1), Asker(problem, plan), []
    for v, s, _ in rng.sample(plan, min(QUESTIONS, len(plan))):
        session = problem.sessions[s]
        questions += [Barred(v, s), DroppedSession(s), MovedSession(s, session.start + 60, session.end + 60)]
    moved: list[int] = []

    def what_if(question: Question) -> None:
        answer = asker.ask(question)
        moved.append(len({v for v, _, _ in (*answer.dropped, *answer.added)}))

    return _timed(what_if, questions[:QUESTIONS]) | {"most_people": max(moved, default=0)}


def _timed(run: Callable[[Any], object], items: list[Any]) -> dict[str, float]:
    if items:
        run(items[0])  # what is compiled is loaded before the clock runs
    times = []
    for item in items:
        began = time.monotonic()
        run(item)
        times.append(1000 * (time.monotonic() - began))
    cuts = statistics.quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    if not times:
        return {}
    return {
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(cuts[18], 1),
        "max_ms": round(max(times), 1),
    }
