"""The commands that ask something of a plan: explain, repair, what-if. Exit codes as in cli.py."""

import argparse
from typing import Any

import orjson

from scheduling.solver.files import BAD_INPUT, INFEASIBLE, OK, OUT_OF_TIME, complain, load_assignments, say, write
from scheduling.solver.limits import Alarm, OutOfTime, not_negative, refuse_too_large
from scheduling.solver.problem import Assignment, Problem, ProblemError, load_problem

COMMANDS = ("explain", "repair", "what-if")
SECONDS = 60.0


def answer(arguments: list[str]) -> int:
    command = arguments[0]
    options = _parser(command).parse_args(arguments[1:])
    alarm = Alarm(options.seconds)  # reading counts too
    try:
        problem = load_problem(options.problem)
        refuse_too_large(problem)
        plan = load_assignments(options.plan, problem, keep_known=False)
        commands = {"explain": _explain, "repair": _repair, "what-if": _what_if}
        found, code = commands[command](problem, plan, options)
    except ProblemError as error:
        asked = error.path.startswith(("event", "question"))
        complain(f"{options.problem}: {error}" if error.path and not asked else str(error))
        return BAD_INPUT
    except OutOfTime:
        complain(
            f"{options.problem}: the {options.seconds:g} seconds of --seconds were over, and there is no answer yet"
        )
        return OUT_OF_TIME
    finally:
        alarm.silence()
    return write(found, options.out) or code


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m scheduling.solver {command}", description=__doc__)
    parser.add_argument("problem", metavar="PROBLEM.json")
    parser.add_argument("plan", metavar="PLAN.json", help="a plan that keeps every rule")
    parser.add_argument("--seconds", type=not_negative(float), default=SECONDS, help="time limit (default 60)")
    parser.add_argument("--out", metavar="ANSWER.json", help="where the answer goes (default: standard output)")
    if command == "explain":
        parser.add_argument("--need", metavar="SESSION,NEED", help="this one alone, and why those there are there")
    elif command == "repair":
        parser.add_argument("--event", metavar="JSON", required=True, help="what happened (see events.py)")
        parser.add_argument("--alternatives", type=_small, default=3, help="how many ways to offer (default 3)")
        parser.add_argument("--max-changes", type=_small, default=3, help="most people asked (default 3)")
        parser.add_argument("--move-accepted", action="store_true", help="people who accepted may be moved too")
    else:
        parser.add_argument("--question", metavar="JSON", required=True, help="what might be (see whatif.py)")
    return parser


def _small(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError("must be from 0 to 100")
    return value


def _explain(problem: Problem, plan: list[Assignment], options: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from scheduling.solver.explain import Explainer
    from scheduling.solver.fairness import fairness_report
    from scheduling.solver.relax import Relaxer
    from scheduling.solver.repair import Repairer

    explainer, relaxer = Explainer(problem, plan), Relaxer(Repairer(problem, plan))
    places = [(item.session, item.need) for item in explainer.unfilled()]
    if options.need is not None:
        places = [_place(options.need, problem)]
    unfilled = []
    for s, r in places:
        smallest = relaxer.smallest(s, r)
        row: dict[str, Any] = explainer.explain(s, r).to_json()
        row["smallest"] = smallest.to_json() if smallest and (smallest.things or smallest.changes) else None
        if options.need is not None:
            there = [v for v, t, q in plan if (t, q) == (s, r)]
            row["assigned"] = [{"volunteer": v, **explainer.why(v, s, r).to_json()} for v in there]
        unfilled.append(row)
    if options.need is not None:
        return unfilled[0], OK
    return {"unfilled": unfilled, "fairness": fairness_report(problem, plan)}, OK


def _repair(problem: Problem, plan: list[Assignment], options: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from scheduling.solver.events import parse_event
    from scheduling.solver.repair import Repairer

    event = parse_event(_document(options.event, "event"), problem)
    repair = Repairer(problem, plan).ask(
        event,
        max_changes=options.max_changes,
        alternatives=options.alternatives,
        move_accepted=options.move_accepted,
    )
    for alternative in repair.alternatives:
        say(f"{alternative.words()}\n")
    if not repair.alternatives:
        complain("no repair keeps every rule: a pinned newcomer would be alone")
    return repair.to_json(), OK if repair.alternatives else INFEASIBLE


def _what_if(problem: Problem, plan: list[Assignment], options: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from scheduling.solver.whatif import parse_question, what_if

    question = parse_question(_document(options.question, "question"), problem)
    return what_if(problem, plan, question).to_json(), OK


def _document(text: str, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ProblemError("", "not_json", f"--{name} is not valid JSON: {error.msg}") from None


def _place(text: str, problem: Problem) -> tuple[int, int]:
    parts = text.split(",")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        raise ProblemError("", "wrong_need", "--need must be a session and a need, as in 5,0")
    s, r = map(int, parts)
    if s >= len(problem.sessions) or r >= len(problem.sessions[s].needs):
        raise ProblemError("", "no_such", f"there is no need {r} in a session {s}")
    return s, r
