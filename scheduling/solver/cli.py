"""The planner on the command line.

    python -m scheduling.solver PROBLEM.json --seconds N --workers N --seed N --out PLAN.json [--warm PLAN.json]
    python -m scheduling.solver PROBLEM.json --work N ...    by work instead of the clock: the same plan on any machine
    python -m scheduling.solver explain PROBLEM.json PLAN.json [--need SESSION,NEED] [--seconds N]
    python -m scheduling.solver repair PROBLEM.json PLAN.json --event JSON [--alternatives N] [--max-changes K] ...
    python -m scheduling.solver what-if PROBLEM.json PLAN.json --question JSON [--seconds N]
    python -m scheduling.solver warm-up

Exit codes: 0 a plan (`status` optimal or feasible) or an answer was written; 2 the command line is wrong; 3 a file or
a question cannot be read or is not what it should be (one line on stderr says where); 4 the plan or the answer cannot
be written; 5 the pins allow no plan (`status` infeasible: the pins are written), or no repair keeps every rule; 6 the
time was over while still reading, or the end was asked for, before there was a first plan or an answer: nothing is
written.
SIGTERM and Ctrl-C end the search: the best plan so far is written, or the first one if it comes within a few seconds.
"""

import argparse
import os
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

from scheduling.solver.files import BAD_INPUT, INFEASIBLE, OK, OUT_OF_TIME, complain, load_assignments, say, write
from scheduling.solver.limits import GRACE, Alarm, OutOfTime, not_negative, refuse_too_large
from scheduling.solver.plan import Plan, Progress
from scheduling.solver.problem import ProblemError, load_problem
from scheduling.solver.questions import COMMANDS, answer

BAR = 24
SECONDS, SECONDS_FOR_WORK = 60.0, 86_400.0


def main(arguments: list[str]) -> NoReturn:
    code = run(arguments)
    # a compiled solver may still be busy in a thread that nobody waits for any more
    os._exit(code)


def run(arguments: list[str]) -> int:
    if arguments == ["warm-up"]:
        from scheduling.solver.warm_up import warm_up

        warm_up()
        return OK
    if arguments and arguments[0] in COMMANDS:
        return answer(arguments)
    options = _parser().parse_args(arguments)
    if options.seconds is None:
        options.seconds = SECONDS if options.work is None else SECONDS_FOR_WORK
    began = time.monotonic() - time.process_time()  # starting up and reading count too
    alarm = Alarm(options.seconds + GRACE)
    stop = _StopSignal(alarm)
    try:
        problem = load_problem(options.problem)
        refuse_too_large(problem)
        warm = load_assignments(options.warm, problem, keep_known=True) if options.warm else None
        from scheduling.solver.solve import solve

        show = _Display(stop, alarm)
        plan = solve(
            problem,
            seconds=options.seconds and max(0.001, options.seconds - (time.monotonic() - began)),
            workers=options.workers,
            seed=options.seed,
            work=options.work,
            warm=warm,
            on_progress=show,
        )
    except ProblemError as error:
        complain(f"{options.problem}: {error}" if error.path else str(error))
        return BAD_INPUT
    except (OutOfTime, MemoryError) as error:
        if isinstance(error, MemoryError):
            what = "the memory is not enough for a problem of this size"
        elif stop.is_set:
            what = "told to end"
        else:
            what = f"the {options.seconds:g} seconds of --seconds were over"
        complain(f"{options.problem}: {what}, and there is no plan yet")
        return OUT_OF_TIME
    finally:
        alarm.silence()
    show.finish(plan)
    return write(plan.to_json(), options.out) or (INFEASIBLE if plan.status == "infeasible" else OK)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduling.solver", description="Plan a week (roster/1).")
    parser.add_argument(
        "problem",
        metavar="PROBLEM.json",
        help="the problem; or a command (warm-up, explain, repair, what-if)",
    )
    parser.add_argument(
        "--seconds",
        type=not_negative(float),
        help="time limit (default 60; with --work a day). Where it is short for the problem, the plan is whoever"
        f" comes first; where it ends while still reading, that may take up to {GRACE:g} seconds more",
    )
    parser.add_argument(
        "--work", type=_positive, metavar="N", help="search so much, by one thread: some seconds for 1000"
    )
    parser.add_argument("--workers", type=_positive, default=2, help="threads for the search (default 2)")
    parser.add_argument("--seed", type=not_negative(int), default=0, help="of the random choices (default 0)")
    parser.add_argument("--out", metavar="PLAN.json", help="where the plan goes (default: standard output)")
    parser.add_argument("--warm", metavar="PLAN.json", help="a plan to start from")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError("must be from 1 to a million")
    return value


class _StopSignal:
    """Remembers that somebody asked us to end."""

    def __init__(self, alarm: Alarm) -> None:
        self.is_set, self._alarm = False, alarm
        signal.signal(signal.SIGTERM, self._set)
        signal.signal(signal.SIGINT, self._set)

    def _set(self, number: int, frame: FrameType | None) -> None:
        self.is_set = True
        self._alarm.hurry(GRACE)


class _Display:
    """Best, bound and gap on stderr: a live bar on a terminal, a line a second elsewhere."""

    def __init__(self, stop: _StopSignal, alarm: Alarm) -> None:
        self._stop, self._alarm = stop, alarm
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._next = 0.0

    def __call__(self, progress: Progress) -> bool:
        self._alarm.silence()
        if self._is_terminal or progress.seconds >= self._next:
            self._next = progress.seconds + 1.0
            end = "" if self._is_terminal else "\n"
            start = "\r\x1b[K" if self._is_terminal else ""
            say(f"{start}{self._line(progress)}{end}")
        return not self._stop.is_set

    def finish(self, plan: Plan) -> None:
        start = "\r\x1b[K" if self._is_terminal else ""
        short = sum(item.missing for item in plan.unfilled)
        say(
            f"{start}{plan.status}: {plan.objective} (bound {plan.bound}), {short} seats below minimum,"
            f" {plan.seconds['total']:.2f} s\n"
        )

    def _line(self, progress: Progress) -> str:
        bound = "-" if progress.bound is None else str(progress.bound)
        gap = "-" if progress.gap is None else f"{100 * progress.gap:.3f}%"
        words = f"{progress.seconds:6.1f} s  best {progress.objective}  bound {bound}  gap {gap}  {progress.phase}"
        if not self._is_terminal or progress.gap is None:
            return words
        # each character of the bar halves the gap: a straight bar would look done after a second
        done = sum(1 for i in range(BAR) if progress.gap < 0.5 ** (0.5 * i))
        return f"[{'#' * done}{'.' * (BAR - done)}] {words}"
