"""Pins are promises: one that breaks a hard rule, alone or together with others, is refused by name."""

from scheduling.solver.problem import Problem, ProblemError
from scheduling.solver.scoring import Violation, violations

MOST_NAMED = 6


def refuse_broken_pins(problem: Problem) -> None:
    """Raise for the first pin that cannot stand. A newcomer's pin may still wait for an experienced person."""
    position = {pin: i for i, pin in enumerate(problem.pins)}
    for fault in violations(problem, problem.pins):
        if fault.code == "needs_experienced":
            continue
        touched = [pin for pin in problem.pins if _concerns(fault, pin)]
        names = " and ".join(f"pins[{position[pin]}]" for pin in touched[:MOST_NAMED])
        if len(touched) > MOST_NAMED:
            names += f" and {len(touched) - MOST_NAMED} more"
        path = f"pins[{position[touched[-1]]}]"
        if len(touched) == 1:
            raise ProblemError(path, "pin_breaks_rule", f"breaks the rule {fault.code}: {fault.words()}")
        raise ProblemError(path, "pins_contradict", f"{names} together break the rule {fault.code}: {fault.words()}")


def _concerns(fault: Violation, pin: tuple[int, int, int]) -> bool:
    v, s, r = pin
    if fault.code == "over_target":
        return (s, r) == (fault.session, fault.need)
    if fault.code == "avoid":
        return s == fault.session and v in (fault.volunteer, fault.other)
    if fault.code == "clash":
        return v == fault.volunteer and s in (fault.session, fault.other)
    if fault.code == "assigned_here":
        return (v, s) == (fault.volunteer, fault.session)
    return v == fault.volunteer and (fault.session is None or (s, r) == (fault.session, fault.need))
