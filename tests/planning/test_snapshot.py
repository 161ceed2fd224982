"""A week in the database as the problem that the planner gets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub import clock
from hub.people.models import Consent
from programs.models import AdultRatio
from scheduling.bookings.models import Booking
from scheduling.planning.models import Bar, Pin
from scheduling.planning.snapshot import Snapshot, take_snapshot
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from scheduling.solver.problem import Need, Problem, Volunteer, Weights, parse_problem, to_json
from scheduling.solver.problem import Session as Shift
from tests.planning.factories import BEFORE, make_assignment, make_helper, make_open_need
from tests.signups.factories import make_standby
from tests.support.make import (
    MONDAY,
    make_child,
    make_hub,
    make_need,
    make_person,
    make_program,
    make_session,
    make_volunteer,
)
from tests.volunteers.factories import make_standing_shift
from volunteers.models import Absence, Clearance, Skill

pytestmark = pytest.mark.django_db
State = Assignment.State
DAY = 1440


def snapshot(*hubs: Any, now: dt.datetime = BEFORE) -> Snapshot:
    return take_snapshot(week=MONDAY, hub_ids=[hub.pk for hub in hubs], now=now)


def test_a_week_made_by_hand_is_the_problem_expected() -> None:
    near, far = make_hub(longitude=106.65, latitude=29.03), make_hub(longitude=106.65, latitude=29.12)
    stories = Skill.objects.create(name="讲故事")
    reading = make_session(
        day=MONDAY + dt.timedelta(days=1), start=16 * 60 + 30, hub=near, program=make_program(kind="reading")
    )
    reader = make_need(session=reading, role="领读员", skill=stories, clearance="child", min=1, target=3, priority=1)
    meal = make_open_need(hub=far, day=5, start=10 * 60 + 45, minutes=60, kind="meal", role="送餐员", min=1, target=1)
    old = make_helper(
        home=near,
        availability=[[1, 480, 1200], [5, 480, 1200]],
        max_sessions=3,
        max_minutes=300,
        preferred_kinds=["reading"],
    )
    old.skills.add(stories)
    Clearance.objects.create(
        volunteer=old,
        kind="child",
        checked_on=MONDAY - dt.timedelta(days=300),
        valid_until=MONDAY + dt.timedelta(days=1),
    )
    new = make_volunteer(availability=[[5, 0, 720]])
    Absence.objects.create(
        volunteer=new, starts_at=clock.at(MONDAY, 600), ends_at=clock.at(MONDAY + dt.timedelta(days=1))
    )

    taken = snapshot(near, far)

    way = 6 + int(4.5 * 10.0075)
    assert taken.problem == Problem(
        name="2026-12-14",
        hubs=(
            {"kind": "hub", "x": 106.65, "y": 29.03},
            {"kind": "hub", "x": 106.65, "y": 29.12},
            {"kind": "unknown"},
        ),
        travel=((0, way, 6), (way, 0, 6), (6, 6, 0)),
        weights=Weights(
            min={1: 10000, 2: 4000, 3: 1500},
            target=300,
            fair_step=6,
            unpopular=4,
            buddy=15,
            travel_per_min=0.5,
            keep=60,
            add=10,
            standing=100,
            familiar=15,
            wish=6,
            wanted=6,
            shared=8,
            asked=2,
        ),
        sessions=(
            Shift(
                start=DAY + 990,
                end=DAY + 1080,
                hub=0,
                # Two adults at least; nobody is on duty, so both are volunteers.
                needs=(Need(skill="讲故事", min=2, target=3, priority=1, role="领读员"),),
                programme="reading",
                clearance="child@2026-12-15",
            ),
            Shift(
                start=5 * DAY + 645,
                end=5 * DAY + 705,
                hub=1,
                needs=(Need(skill="anyone", min=1, target=1, priority=2, role="送餐员"),),
                programme="meal",
                unpopular=-1,
            ),
        ),
        volunteers=(
            Volunteer(
                home=0,
                skills=frozenset({"anyone", "讲故事"}),
                clearances=frozenset({"child@2026-12-14", "child@2026-12-15"}),
                experienced=True,
                available=((DAY + 480, DAY + 1200), (5 * DAY + 480, 5 * DAY + 1200)),
                max_sessions=3,
                max_minutes=300,
                min_rest=15,
                max_travel=60,
                pref_programme={"reading": 20},
            ),
            Volunteer(
                home=2,
                skills=frozenset({"anyone"}),
                new=True,
                available=((5 * DAY, 5 * DAY + 720),),
                blocked=((600, DAY),),
                max_sessions=42,
                max_minutes=7 * DAY,
                min_rest=15,
                max_travel=60,
            ),
        ),
    )
    assert taken.index.needs == [[reader.pk], [meal.pk]]
    assert taken.index.volunteers == [old.pk, new.pk]
    assert parse_problem(to_json(taken.problem)) == taken.problem


def test_a_childrens_session_needs_who_its_bookings_require() -> None:
    hub = make_hub()
    AdultRatio.objects.all().delete()
    AdultRatio.objects.create(valid_from=dt.date(2026, 1, 1), up_to_age=12, children_per_adult=2)
    worker = make_person()
    session = make_session(hub=hub, program=make_program(kind="reading"), duty_worker=worker)
    make_need(session=session, role="茶水", min=0, target=1)
    make_need(session=session, role="领读员", clearance="child", min=1, target=2)
    for state in [Booking.State.BOOKED] * 7 + [Booking.State.WAITING, Booking.State.CANCELLED]:
        Booking.objects.create(
            session=session,
            participant=make_child().person,
            state=state,
            created_at=BEFORE,
            changed_at=BEFORE,
        )
    needs = snapshot(hub).problem.sessions[0].needs
    # Seven children, two to an adult: four adults, one of them the social worker on duty.
    assert [(need.min, need.target) for need in needs] == [(0, 1), (3, 3)]


def test_what_has_begun_or_was_cancelled_is_not_planned_but_still_holds_people() -> None:
    hub = make_hub()
    begun, open_need = make_open_need(hub=hub, day=0), make_open_need(hub=hub, day=2)
    cancelled = make_open_need(hub=hub, day=3)
    Session.objects.filter(pk=cancelled.session_id).update(state=Session.State.CANCELLED)
    helper = make_helper(max_sessions=2, max_minutes=200)
    make_assignment(begun, helper, State.ACCEPTED)
    taken = snapshot(hub, now=clock.at(MONDAY, 9 * 60))
    assert taken.index.needs == [[open_need.pk]]
    assert (taken.problem.volunteers[0].max_sessions, taken.problem.volunteers[0].max_minutes) == (1, 110)


def test_places_elsewhere_are_held_fixed() -> None:
    ours = make_hub(longitude=106.65, latitude=29.03)
    theirs = make_hub(longitude=106.65, latitude=29.12)
    soon_after = make_open_need(hub=ours, start=11 * 60, minutes=60)
    later = make_open_need(hub=ours, start=12 * 60, minutes=60)
    elsewhere = make_open_need(hub=theirs, start=9 * 60, minutes=90)
    helper = make_helper(max_sessions=3, max_minutes=600)
    make_assignment(elsewhere, helper)
    taken = snapshot(ours)
    assert taken.index.needs == [[soon_after.pk], [later.pk]]
    value = taken.problem.volunteers[0]
    assert (value.max_sessions, value.max_minutes, value.blocked) == (2, 510, ((9 * 60 - 15, 10 * 60 + 45),))
    # 51 minutes on the way: not at eleven, but at noon.
    assert taken.problem.barred == {(0, 0)}
    assert taken.index.elsewhere == [(0, 0)]


def test_a_yes_is_pinned_a_no_is_barred_and_the_unanswered_count_as_published() -> None:
    hub = make_hub()
    need = make_open_need(hub=hub, target=3)
    yes, no, silent, barred = (make_helper() for _ in range(4))
    make_assignment(need, yes, State.ACCEPTED)
    make_assignment(need, no, State.DECLINED)
    make_assignment(need, silent)
    Bar.objects.create(session=need.session, volunteer=barred)
    taken = snapshot(hub)
    assert taken.problem.pins == ((0, 0, 0),)
    assert taken.problem.published == ((0, 0, 0), (2, 0, 0))
    assert taken.problem.barred == {(1, 0), (3, 0)}
    assert (taken.index.accepted, taken.index.declined) == ([(0, 0, 0)], [(1, 0)])


def test_a_pin_by_hand_joins_where_it_can() -> None:
    hub = make_hub()
    need, clashing = make_open_need(hub=hub), make_open_need(hub=hub)
    helper = make_helper()
    Pin.objects.create(need=need, volunteer=helper)
    Pin.objects.create(need=clashing, volunteer=helper)
    taken = snapshot(hub)
    assert taken.problem.pins == ((0, 0, 0),)
    assert taken.index.unkept == [(clashing.pk, helper.pk, "clash")]


def test_a_yes_that_breaks_a_rule_stays_out_of_the_planners_hands() -> None:
    hub = make_hub()
    need = make_open_need(hub=hub, min=1, target=2)
    absent = make_helper(max_sessions=5)
    make_assignment(need, absent, State.ACCEPTED)
    Absence.objects.create(volunteer=absent, starts_at=clock.at(MONDAY), ends_at=clock.at(MONDAY, DAY))
    taken = snapshot(hub)
    assert taken.problem.pins == ()
    assert taken.index.unkept == [(need.pk, absent.pk, "blocked")]
    # The place counts as taken, and so does the time.
    assert [(one.min, one.target) for one in taken.problem.sessions[0].needs] == [(0, 1)]
    assert taken.problem.volunteers[0].max_sessions == 4


def test_who_nobody_may_assign_is_counted_not_planned() -> None:
    hub = make_hub()
    make_open_need(hub=hub, day=0)
    make_open_need(hub=hub, day=4)
    make_helper(active=False)
    minor = make_helper(person=make_person(birth_date=dt.date(2010, 1, 1)))
    of_age_on_friday = make_helper(person=make_person(birth_date=dt.date(2008, 12, 18)))
    taken = snapshot(hub)
    assert taken.index.left_out == {"inactive": 1, "minor_without_consent": 1}
    assert taken.index.volunteers == [of_age_on_friday.pk]
    assert taken.problem.barred == {(0, 0)}
    Consent.objects.create(subject=minor.person, kind="volunteering", granted=True, recorded_at=BEFORE)
    assert snapshot(hub).index.volunteers == [minor.pk, of_age_on_friday.pk]


def test_a_person_on_duty_is_not_free() -> None:
    from scheduling.sessions.claims import person_resource, place

    hub = make_hub()
    duty = make_open_need(hub=hub, start=9 * 60, minutes=60)
    helper = make_helper()
    place(session=duty.session, resource=person_resource(helper.person_id))
    assert snapshot(hub).problem.volunteers[0].blocked == ((540, 600),)


def test_history_is_of_the_last_four_weeks() -> None:
    hub = make_hub()
    make_open_need(hub=hub)
    helper = make_helper()
    for weeks in (1, 4, 5):
        past = make_session(day=MONDAY - dt.timedelta(weeks=weeks), hub=hub)
        make_assignment(make_need(session=past), helper)
    assert snapshot(hub).problem.volunteers[0].history == 2


def test_the_last_four_weeks_tell_who_carried_unpopular_hours_and_who_was_asked() -> None:
    hub = make_hub()
    make_open_need(hub=hub)
    early, no = make_helper(), make_helper()
    make_helper()
    for weeks, start in ((2, 8 * 60), (3, 18 * 60), (4, 10 * 60), (5, 8 * 60)):
        past = make_session(day=MONDAY - dt.timedelta(weeks=weeks), start=start, hub=hub)
        make_assignment(make_need(session=past), early, State.ACCEPTED)
    past = make_session(day=MONDAY - dt.timedelta(days=1), hub=hub)
    make_assignment(make_need(session=past), no, State.DECLINED)
    people = snapshot(hub).problem.volunteers
    assert [(one.history, one.unpopular_before, one.weeks_since_asked) for one in people] == [
        (3, 2, 2),
        (0, 0, 1),
        (0, 0, None),
    ]


def test_whom_they_know_is_who_came_twice_to_the_program_and_site() -> None:
    hub, other = make_hub(), make_hub()
    program = make_program(kind="reading")
    here = make_session(day=MONDAY, hub=hub, program=program)
    for session in (
        here,
        make_session(day=MONDAY, start=14 * 60, hub=other, program=program),
        make_session(day=MONDAY, start=14 * 60, hub=hub, program=make_program(kind="visit")),
    ):
        make_need(session=session)
    twice, once, gone = make_helper(), make_helper(), make_helper(active=False)
    for weeks in (1, 2):
        need = make_need(session=make_session(day=MONDAY - dt.timedelta(weeks=weeks), hub=hub, program=program))
        for helper in (twice, gone):
            make_assignment(need, helper)
        make_assignment(need, once, State.ACCEPTED if weeks == 1 else State.DECLINED)
    taken = snapshot(hub, other)
    [(v, s)] = taken.problem.familiar
    assert (taken.index.volunteers[v], taken.index.sessions[s]) == (twice.pk, here.pk)


def test_a_standing_shift_is_its_owners_wherever_it_is_this_week() -> None:
    hub, program, tuesday = make_hub(), make_program(kind="visit"), MONDAY + dt.timedelta(days=1)

    def need(day: dt.date, start: int, **values: Any) -> Any:
        return make_need(session=make_session(**{"day": day, "start": start, "hub": hub, "program": program} | values))

    owner, gone = make_helper(wish_per_week=1), make_helper(active=False)
    need(tuesday, 13 * 60)
    moved = need(tuesday, 14 * 60 + 30)
    need(tuesday + dt.timedelta(days=1), 14 * 60)
    need(tuesday, 14 * 60, program=make_program(kind="visit"))
    for volunteer in (owner, gone):
        last_week = make_session(day=tuesday - dt.timedelta(weeks=1), start=14 * 60, hub=hub, program=program)
        make_standing_shift(volunteer=volunteer, session=last_week)
    taken = snapshot(hub)
    [(v, s)] = taken.problem.standing
    assert (taken.index.volunteers[v], taken.index.sessions[s]) == (owner.pk, moved.session_id)
    assert [one.wish for one in taken.problem.volunteers] == [1]


def test_a_week_takes_as_many_queries_with_thirty_rows_as_with_one() -> None:
    def count(hub: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            snapshot(hub)
        return len(queries)

    def add(day: int) -> None:
        need, helper = make_open_need(hub=hub, day=day), make_helper()
        make_assignment(need, helper, State.ACCEPTED)
        make_assignment(make_open_need(hub=hub, day=day - 7), helper)
        make_standing_shift(volunteer=helper, session=need.session)

    hub = make_hub()
    add(0)
    one = count(hub)
    for day in range(29):
        add(day % 7)
    assert count(hub) == one


def test_who_stands_by_is_kept_free() -> None:
    hub = make_hub()
    need = make_open_need(hub=hub)
    make_open_need(hub=hub, start=15 * 60)
    make_standby(need, make_helper(max_sessions=2))
    taken = snapshot(hub)
    (value,) = taken.problem.volunteers
    assert (value.max_sessions, taken.index.standby, taken.problem.standby) == (1, [(0, 0)], frozenset())
    assert sorted(taken.problem.barred) == [(0, 0)]
    session = need.session
    start, end = (clock.week_minute(moment, MONDAY) for moment in (session.starts_at, session.ends_at))
    assert value.blocked == ((start - value.min_rest, end + value.min_rest),)


def test_what_somebody_wished_for_in_the_weeks_before_is_no_burden() -> None:
    hub = make_hub()
    make_open_need(hub=hub)
    make_helper(wish_per_week=2)
    make_helper()
    taken = snapshot(hub).problem
    assert [one.wished_before for one in taken.volunteers] == [2 * 4, 0]
    assert taken.weights.wanted == taken.weights.fair_step
