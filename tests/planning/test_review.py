"""What the review says: why a row is there, why a place stays empty, what changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hub import clock
from scheduling.planning.candidates import candidates
from scheduling.planning.models import Pin, Run
from scheduling.planning.proposal import Proposal, is_outdated
from scheduling.planning.review import by_person, by_session, changes, figures
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from tests.planning.factories import finish, make_assignment, make_helper, make_open_need, make_run
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session, make_volunteer
from tests.support.queries import count_queries
from tests.volunteers.factories import make_standing_shift
from volunteers.models import Skill, Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Any:
    return make_hub()


def rows(run: Run) -> dict[int, dict[str, Any]]:
    """By volunteer: the row of their only place."""
    found = by_session(Proposal(run), most=100)["sessions"]
    return {row["volunteer"]: row for session in found for need in session["needs"] for row in need["rows"]}


def whys(run: Run, volunteer: Volunteer) -> list[str]:
    return [why["code"] for why in rows(run)[volunteer.pk]["why"]]


def test_each_row_says_why(hub: Any) -> None:
    far = make_hub(longitude=106.65, latitude=29.12)
    need = make_open_need(hub=hub, target=5)
    sure, kept, pinned = make_helper(home=far), make_helper(home=far), make_helper(home=far)
    keen, new = make_helper(home=hub, preferred_kinds=["visit"]), make_volunteer(home=hub)
    make_assignment(need, sure, Assignment.State.ACCEPTED)
    make_assignment(need, kept)
    run = finish(make_run(hub), *((need, who) for who in (sure, kept, pinned, keen, new)))
    Pin.objects.create(need=need, volunteer=pinned)
    assert whys(run, sure) == ["accepted", "kept", "fair"]
    assert whys(run, kept) == ["kept", "fair"]
    assert whys(run, pinned) == ["pinned", "fair"]
    assert whys(run, keen) == ["preferred", "near", "fair"]
    assert whys(run, new) == ["near", "fair"]
    flags = {who: (row["accepted"], row["is_new"], row["pinned"]) for who, row in rows(run).items()}
    assert flags[sure.pk] == (True, False, False)
    assert flags[pinned.pk] == (False, True, True)


def test_a_place_in_somebodys_own_shift_says_so(hub: Any) -> None:
    need, owner = make_open_need(hub=hub), make_helper(home=make_hub(longitude=106.65, latitude=29.12))
    make_standing_shift(volunteer=owner, session=need.session)
    run = finish(make_run(hub), (need, owner))
    assert whys(run, owner) == ["standing", "fair"]


def test_a_known_face_and_whose_turn_it_is_are_said_so(hub: Any) -> None:
    far = make_hub(longitude=106.65, latitude=29.12)
    need = make_open_need(hub=hub, target=3)
    known, rested = make_helper(home=far), make_helper(home=far)
    for weeks, helper in ((1, known), (2, known), (3, rested)):
        day = MONDAY - dt.timedelta(weeks=weeks)
        make_assignment(make_need(session=make_session(day=day, hub=hub, program=need.session.program)), helper)
    run = finish(make_run(hub), (need, known), (need, rested))
    assert whys(run, known) == ["familiar"]
    assert rows(run)[rested.pk]["why"] == [{"code": "asked", "facts": {"weeks": 3}}]


def test_who_brings_a_newcomer_along_is_said_so(hub: Any) -> None:
    far = make_hub(longitude=106.65, latitude=29.12)
    need, old, new = make_open_need(hub=hub), make_helper(home=far), make_volunteer(home=far)
    run = finish(make_run(hub), (need, old), (need, new))
    assert whys(run, old) == ["company", "fair"]
    assert whys(run, new) == ["fair"]


def test_a_short_place_counts_everybody_once_and_names_who_is_one_step_away(hub: Any) -> None:
    driving = Skill.objects.create(name="驾驶")
    need = make_open_need(hub=hub, skill=driving, min=2, target=3)
    unskilled, sleeper = make_helper(), make_helper(availability=[])
    sleeper.skills.add(driving)
    [session] = by_session(Proposal(finish(make_run(hub))), most=1)["sessions"]
    [short] = session["needs"]
    assert (short["id"], short["missing"], short["filled"]) == (need.pk, 2, 0)
    assert short["reasons"] == {"no_skill": 1, "unavailable": 1}
    assert short["near"] == [{"volunteer": sleeper.pk, "name": sleeper.person.name, "code": "unavailable"}]
    assert unskilled.pk != sleeper.pk


def test_changes_are_against_what_is_published(hub: Any) -> None:
    first, second = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    stays, goes, comes = make_helper(), make_helper(), make_helper()
    make_assignment(first, stays)
    make_assignment(second, goes)
    run = finish(make_run(hub), (first, stays), (second, comes))
    found = changes(Proposal(run), most=9)
    told = [
        (one["volunteer"], *([shift["need"] for shift in one[side]] for side in ("comes", "goes")))
        for one in found["people"]
    ]
    assert told == [(goes.pk, [], [second.pk]), (comes.pk, [second.pk], [])]
    assert (found["kept"], found["count"]) == (1, 2)
    assert {who: row["is_new"] for who, row in rows(run).items()} == {stays.pk: False, comes.pk: True}
    assert [len(changes(Proposal(run), most=most)["people"]) for most in (1, 2)] == [1, 2]
    overview = figures(Proposal(run))
    assert (overview["changes"], overview["told"], overview["has_published"]) == (2, 2, True)


def test_in_a_first_roster_nothing_is_marked_as_new(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub), (need, helper))
    assert [row["is_new"] for row in rows(run).values()] == [False]
    overview = figures(Proposal(run))
    assert (overview["changes"], overview["told"], overview["has_published"]) == (1, 1, False)


def test_the_short_come_first_then_time_a_part_at_a_time(hub: Any) -> None:
    other = make_hub()
    early, late = make_open_need(hub=hub), make_open_need(hub=hub, day=2)
    full, elsewhere = make_open_need(hub=hub, day=1), make_open_need(hub=other, day=3)
    one, two = make_helper(), make_helper()
    run = finish(make_run(hub, other), (early, one), (full, two))

    def look(**wish: Any) -> tuple[int, list[int]]:
        found = by_session(Proposal(run), **{"most": 9} | wish)
        return found["count"], [one["id"] for one in found["sessions"]]

    order = [need.session_id for need in (late, elsewhere, early, full)]
    assert look() == (4, order)
    assert look(most=3) == (4, order[:3])
    assert look(only_short=True) == (2, order[:2])
    assert look(hub=hub.pk, most=2) == (3, [late.session_id, early.session_id])
    assert look(hub=other.pk, only_short=True) == (1, [elsewhere.session_id])


def test_who_has_most_comes_first_and_is_found_by_name(hub: Any) -> None:
    needs = [make_open_need(hub=hub, day=day) for day in range(3)]
    once = make_helper(person=make_person(name="王小明"), max_sessions=4)
    twice = make_helper(person=make_person(name="李明"))
    run = finish(make_run(hub), (needs[2], twice), (needs[1], once), (needs[0], twice))

    def look(**wish: Any) -> tuple[int, list[int]]:
        found = by_person(Proposal(run), **{"most": 9} | wish)
        return found["count"], [one["volunteer"] for one in found["people"]]

    assert look() == (2, [twice.pk, once.pk])
    assert look(most=1) == (2, [twice.pk])
    assert look(name="小明") == (1, [once.pk])
    assert look(name="张") == (0, [])
    assert look(only=[once.pk, make_helper().pk]) == (1, [once.pk])
    first, second = by_person(Proposal(run), most=2)["people"]
    assert [row["shift"]["need"] for row in first["rows"]] == [needs[0].pk, needs[2].pk]
    assert (second["name"], second["limit"], second["history"]) == ("王小明", 4, 0)


def test_who_oversees_sees_no_names(hub: Any) -> None:
    need, short, helper = make_open_need(hub=hub), make_open_need(hub=hub, day=1), make_helper(max_sessions=1)
    proposal, masked = Proposal(finish(make_run(hub), (need, helper))), f"{helper.person.name[0]}*"
    sessions = by_session(proposal, most=9, masked=True)["sessions"]
    shown = {row["name"] for one in sessions for need in one["needs"] for row in (*need["rows"], *need["near"])}
    assert (shown, [one["id"] for one in sessions]) == ({masked}, [short.session_id, need.session_id])
    assert [one["name"] for one in by_person(proposal, most=9, masked=True)["people"]] == [masked]
    assert [one["name"] for one in changes(proposal, most=9, masked=True)["people"]] == [masked]


def test_candidates_are_those_free_and_those_one_step_away(hub: Any) -> None:
    need, clashing = make_open_need(hub=hub, target=1), make_open_need(hub=hub)
    there, busy, far, near = make_helper(), make_helper(), make_helper(home=None), make_helper(home=hub)
    proposal = Proposal(finish(make_run(hub), (need, there), (clashing, busy)))
    data = candidates(proposal, need.pk)
    assert [one["volunteer"] for one in data["free"]] == [near.pk, far.pk]
    assert [one["name"] for one in data["free"]] == [near.person.name, far.person.name]
    assert data["near"] == [{"volunteer": busy.pk, "name": busy.person.name, "code": "clash"}]
    # Whose place it is does not count against the others, nor among them.
    assert [one["volunteer"] for one in candidates(proposal, need.pk, instead=there.pk)["free"]] == [near.pk, far.pk]


def test_a_proposal_is_outdated_by_what_changes_after_it(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    make_open_need(hub=make_hub())
    run = finish(make_run(hub), (need, helper))
    assert not is_outdated(run)
    Session.objects.filter(pk=need.session_id).update(changed_at=clock.now())
    assert is_outdated(run)


@pytest.mark.parametrize("state", Assignment.State.values)
def test_what_a_plan_goes_by_outdates_it_and_what_it_does_not_know_of_does_not(hub: Any, state: str) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    rows = Assignment.objects.filter(pk=make_assignment(need, make_helper(), state).pk)
    rows.update(changed_at=clock.now())
    run = finish(make_run(hub), (need, helper))
    assert not is_outdated(run)
    rows.update(changed_at=clock.now())
    assert is_outdated(run) == (state not in ("requested", "waiting"))


@pytest.mark.parametrize("look", [figures, by_session, by_person, changes])
def test_a_look_takes_as_many_queries_with_thirty_rows_as_with_one(hub: Any, look: Callable[..., Any]) -> None:
    wish = {} if look is figures else {"most": 100}
    make_assignment(make_open_need(hub=hub, day=6), make_helper())
    make_helper(max_sessions=1)
    found = []
    for size in (1, 30):
        needs = [make_open_need(hub=hub, day=day % 7, start=480 + day) for day in range(size)]
        make_open_need(hub=hub, day=5, clearance="child")
        people = [make_helper() for _ in needs]
        run = finish(make_run(hub), *zip(needs, people, strict=True))
        look(Proposal(run), **wish)
        found.append(count_queries(lambda: look(Proposal(run), **wish)))  # noqa: B023
    assert found[0] == found[1]
