"""Reasons that add up, near misses by name, and the terms behind a choice."""

from scheduling.solver.eligibility import CODES, FREE, first_reason
from scheduling.solver.explain import Book, explain_unfilled, why
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights, parse_problem
from tests.benchmarks.roster.generate import generate


def test_reasons_count_every_volunteer_once_by_the_first_code() -> None:
    problem = parse_problem(generate("S", 5))
    plan = [(v, s, 0) for v, s in ((0, 0), (1, 0), (2, 5), (3, 9))]
    book = Book(plan)
    found = explain_unfilled(problem, plan)
    assert found
    for item in found:
        expected = dict.fromkeys((*CODES, FREE), 0)
        for v in range(len(problem.volunteers)):
            present = book.present.get(item.session, ())
            expected[first_reason(problem, v, item.session, item.need, book.taken, present=present)] += 1
        assert dict(item.reasons) == {code: count for code, count in expected.items() if count}
        assert list(item.reasons) == [code for code in (*CODES, FREE) if code in item.reasons]


def two_readers(*volunteers: Volunteer) -> Problem:
    needs = (Need(skill="reading", min=1, target=1),)
    sessions = (Session(start=600, end=660, needs=needs), Session(start=630, end=690, needs=needs, clearance="child"))
    weights = Weights(min={1: 100}, target=10, fair_step=6)
    return Problem(travel=((0,),), sessions=sessions, volunteers=volunteers, weights=weights)


def reader(**changes: object) -> Volunteer:
    values: dict[str, object] = {"skills": frozenset({"reading"}), "available": ((0, 1440),)}
    return Volunteer(**(values | changes))  # type: ignore[arg-type]


def test_near_misses_have_one_obstacle_that_can_give_way() -> None:
    cleared = frozenset({"child"})
    problem = two_readers(
        reader(),  # only the clearance is missing
        reader(clearances=cleared),  # busy next door
        reader(available=()),  # two obstacles
        reader(skills=frozenset(), clearances=cleared),  # no skill: nothing to be done by Friday
    )
    (gap,) = explain_unfilled(problem, [(1, 0, 0)])
    assert gap.relaxations == (
        {"volunteer": 1, "code": "clash", "sessions": [0]},
        {"volunteer": 0, "code": "no_clearance", "clearance": "child"},
    )


def test_why_names_the_next_best_and_the_difference() -> None:
    problem = two_readers(reader(pref_daypart=(9, 0, 0)), reader(history=2), reader(skills=frozenset()))
    answer = why(problem, [(0, 0, 0)], 0, 0, 0)
    assert (answer.terms["preference"], answer.terms["fairness"]) == (-9, 0)
    assert (answer.next_best, answer.next_terms["fairness"]) == (1, 12)


def test_why_without_anybody_else() -> None:
    answer = why(two_readers(reader()), [(0, 0, 0)], 0, 0, 0)
    assert (answer.next_best, answer.next_terms) == (None, {})
