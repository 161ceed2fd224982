"""One test per rule, each on plain values; then the order in which reasons are reported."""

import pytest

from scheduling.solver import eligibility
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights

WAY = ((0, 20), (20, 0))
READING = Need(skill="reading", min=1, target=2)


def session(start: int = 600, end: int = 660, hub: int = 0, clearance: str | None = None) -> Session:
    return Session(start=start, end=end, hub=hub, needs=(READING,), clearance=clearance)


def test_skill() -> None:
    assert eligibility.lacks_skill(Volunteer(skills=frozenset({"meal"})), READING)
    assert not eligibility.lacks_skill(Volunteer(skills=frozenset({"reading"})), READING)


def test_clearance() -> None:
    assert eligibility.lacks_clearance(Volunteer(), session(clearance="child"))
    assert not eligibility.lacks_clearance(Volunteer(clearances=frozenset({"child"})), session(clearance="child"))
    assert not eligibility.lacks_clearance(Volunteer(), session())


@pytest.mark.parametrize(
    ("windows", "expected"),
    [((), True), (((600, 660),), False), (((500, 630), (630, 700)), True), (((601, 700),), True)],
)
def test_availability_is_one_window_around_the_session(windows: tuple[tuple[int, int], ...], expected: bool) -> None:
    assert eligibility.is_unavailable(Volunteer(available=windows), session()) is expected


@pytest.mark.parametrize(("window", "expected"), [((660, 700), False), ((540, 600), False), ((659, 700), True)])
def test_blocked_windows_may_touch_but_not_overlap(window: tuple[int, int], expected: bool) -> None:
    assert eligibility.is_blocked(Volunteer(blocked=(window,)), session()) is expected


def test_distance() -> None:
    assert eligibility.is_too_far(Volunteer(home=0, max_travel=19), session(hub=1), WAY)
    assert not eligibility.is_too_far(Volunteer(home=0, max_travel=20), session(hub=1), WAY)


@pytest.mark.parametrize(
    ("rest", "other", "expected"),
    [(0, session(660, 700), False), (10, session(669, 700), True), (10, session(670, 700), False)],
)
def test_clash_by_rest(rest: int, other: Session, expected: bool) -> None:
    assert eligibility.clashes(Volunteer(min_rest=rest), session(), [other], WAY) is expected
    assert eligibility.clashes(Volunteer(min_rest=rest), other, [session()], WAY) is expected


def test_clash_by_travel() -> None:
    assert eligibility.clashes(Volunteer(), session(), [session(679, 700, hub=1)], WAY)
    assert not eligibility.clashes(Volunteer(), session(), [session(680, 700, hub=1)], WAY)


def test_limits() -> None:
    assert eligibility.is_at_limit(Volunteer(max_sessions=1), session(), [session(0, 30)])
    assert eligibility.is_at_limit(Volunteer(max_minutes=89), session(), [session(0, 30)])
    assert not eligibility.is_at_limit(Volunteer(max_minutes=90, max_sessions=2), session(), [session(0, 30)])


def test_avoided_people() -> None:
    assert eligibility.avoids_someone({3}, [1, 3])
    assert not eligibility.avoids_someone({3}, [1, 2])


def test_newcomers_need_someone_experienced() -> None:
    veteran, newcomer = Volunteer(experienced=True), Volunteer(new=True)
    assert eligibility.needs_experienced(newcomer, [newcomer, Volunteer()])
    assert not eligibility.needs_experienced(newcomer, [veteran])
    assert not eligibility.needs_experienced(veteran, [])


def small_problem(**changes: object) -> Problem:
    reader = Volunteer(skills=frozenset({"reading"}), available=((0, 1440),))
    values: dict[str, object] = {
        "travel": WAY,
        "sessions": (session(), session(630, 690)),
        "volunteers": (reader, reader),
        "weights": Weights(min={1: 100}, target=10),
    }
    return Problem(**(values | changes))  # type: ignore[arg-type]


def test_nothing_against_a_free_volunteer() -> None:
    assert eligibility.reasons_against(small_problem(), 0, 0, 0, {}) == []
    assert eligibility.first_reason(small_problem(), 0, 0, 0, {}) == "free"


def test_bars_clashes_and_company_come_from_the_problem_and_the_plan() -> None:
    problem = small_problem(barred=frozenset({(0, 0)}), avoid=((0, 1),))
    assert eligibility.reasons_against(problem, 0, 0, 0, {0: [(1, 0)], 1: [(0, 0)]}) == ["barred", "clash", "avoid"]
    assert eligibility.reasons_against(problem, 1, 0, 0, {1: [(0, 0)]}) == ["assigned_here"]


def test_every_reason_is_reported_in_the_documented_order() -> None:
    outsider = Volunteer(home=0, new=True, blocked=((600, 660),), max_travel=5, max_sessions=0)
    found = eligibility.reasons_against_one(
        outsider,
        session(hub=1, clearance="child"),
        READING,
        travel=WAY,
        others=[session()],
        present=[Volunteer()],
        assigned_here=True,
        barred=True,
        avoids=True,
    )
    assert found == list(eligibility.CODES)
