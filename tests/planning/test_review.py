"""What the review says: why a row is there, why a place stays empty, what changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from scheduling.planning.models import Pin
from scheduling.planning.proposal import Proposal, is_outdated
from scheduling.planning.review import candidates, review
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from tests.planning.factories import finish, make_assignment, make_helper, make_open_need, make_run
from tests.support.make import MONDAY, make_hub, make_need, make_session, make_volunteer
from tests.support.queries import count_queries
from tests.volunteers.factories import make_standing_shift
from volunteers.models import Skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Any:
    return make_hub()


def whys(data: dict[str, Any], volunteer: int) -> list[str]:
    return [why["code"] for row in data["rows"] if row["volunteer"] == volunteer for why in row["why"]]


def test_each_row_says_why(hub: Any) -> None:
    far = make_hub(longitude=106.65, latitude=29.12)
    need = make_open_need(hub=hub, target=5)
    sure, kept, pinned = make_helper(home=far), make_helper(home=far), make_helper(home=far)
    keen, new = make_helper(home=hub, preferred_kinds=["visit"]), make_volunteer(home=hub)
    make_assignment(need, sure, Assignment.State.ACCEPTED)
    make_assignment(need, kept)
    run = finish(make_run(hub), *((need, who) for who in (sure, kept, pinned, keen, new)))
    Pin.objects.create(need=need, volunteer=pinned)
    data = review(Proposal(run))
    assert whys(data, sure.pk) == ["accepted", "kept", "fair"]
    assert whys(data, kept.pk) == ["kept", "fair"]
    assert whys(data, pinned.pk) == ["pinned", "fair"]
    assert whys(data, keen.pk) == ["preferred", "near", "fair"]
    assert whys(data, new.pk) == ["near", "fair"]
    flags = {row["volunteer"]: (row["accepted"], row["kept"], row["pinned"]) for row in data["rows"]}
    assert flags[sure.pk] == (True, True, False)
    assert flags[pinned.pk] == (False, False, True)


def test_a_place_in_somebodys_own_shift_says_so(hub: Any) -> None:
    need, owner = make_open_need(hub=hub), make_helper(home=make_hub(longitude=106.65, latitude=29.12))
    make_standing_shift(volunteer=owner, session=need.session)
    data = review(Proposal(finish(make_run(hub), (need, owner))))
    assert whys(data, owner.pk) == ["standing", "fair"]


def test_a_known_face_and_whose_turn_it_is_are_said_so(hub: Any) -> None:
    far = make_hub(longitude=106.65, latitude=29.12)
    need = make_open_need(hub=hub, target=3)
    known, rested = make_helper(home=far), make_helper(home=far)
    for weeks, helper in ((1, known), (2, known), (3, rested)):
        day = MONDAY - dt.timedelta(weeks=weeks)
        make_assignment(make_need(session=make_session(day=day, hub=hub, program=need.session.program)), helper)
    data = review(Proposal(finish(make_run(hub), (need, known), (need, rested))))
    assert whys(data, known.pk) == ["familiar"]
    assert [row["why"] for row in data["rows"] if row["volunteer"] == rested.pk] == [
        [{"code": "asked", "facts": {"weeks": 3}}]
    ]


def test_who_brings_a_newcomer_along_is_said_so(hub: Any) -> None:
    far = make_hub(longitude=106.65, latitude=29.12)
    need, old, new = make_open_need(hub=hub), make_helper(home=far), make_volunteer(home=far)
    data = review(Proposal(finish(make_run(hub), (need, old), (need, new))))
    assert whys(data, old.pk) == ["company", "fair"]
    assert whys(data, new.pk) == ["fair"]


def test_a_short_place_counts_everybody_once_and_names_who_is_one_step_away(hub: Any) -> None:
    driving = Skill.objects.create(name="驾驶")
    need = make_open_need(hub=hub, skill=driving, min=2, target=3)
    unskilled, sleeper = make_helper(), make_helper(availability=[])
    sleeper.skills.add(driving)
    data = review(Proposal(finish(make_run(hub))))
    [session] = data["sessions"]
    [short] = session["needs"]
    assert (short["id"], short["missing"], short["filled"]) == (need.pk, 2, 0)
    assert short["reasons"] == {"no_skill": 1, "unavailable": 1}
    assert short["near"] == [{"volunteer": sleeper.pk, "code": "unavailable"}]
    assert {one["id"] for one in data["volunteers"]} == {sleeper.pk}
    assert unskilled.pk != sleeper.pk


def test_changes_are_against_what_is_published(hub: Any) -> None:
    first, second = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    stays, goes, comes = make_helper(), make_helper(), make_helper()
    make_assignment(first, stays)
    make_assignment(second, goes)
    data = review(Proposal(finish(make_run(hub), (first, stays), (second, comes))))
    assert data["dropped"] == [{"need": second.pk, "volunteer": goes.pk}]
    assert {row["volunteer"]: row["kept"] for row in data["rows"]} == {stays.pk: True, comes.pk: False}
    assert (data["told"], data["has_published"]) == (2, True)


def test_who_oversees_sees_no_names(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    data = review(Proposal(finish(make_run(hub), (need, helper))), masked=True)
    assert [one["name"] for one in data["volunteers"]] == [f"{helper.person.name[0]}*"]


def test_candidates_are_those_free_and_those_one_step_away(hub: Any) -> None:
    need, clashing = make_open_need(hub=hub, target=1), make_open_need(hub=hub)
    there, busy, far, near = make_helper(), make_helper(), make_helper(home=None), make_helper(home=hub)
    proposal = Proposal(finish(make_run(hub), (need, there), (clashing, busy)))
    data = candidates(proposal, need.pk)
    assert [one["volunteer"] for one in data["free"]] == [near.pk, far.pk]
    assert data["near"] == [{"volunteer": busy.pk, "code": "clash"}]
    assert {one["id"] for one in data["volunteers"]} == {busy.pk, far.pk, near.pk}
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


def test_a_review_takes_as_many_queries_with_thirty_rows_as_with_one(hub: Any) -> None:
    def look() -> int:
        needs = [make_open_need(hub=hub, day=day % 7, start=480 + day) for day in range(size)]
        run = finish(make_run(hub), *((need, make_helper_once()) for need in needs))
        review(Proposal(run))
        return count_queries(lambda: review(Proposal(run)))

    people = [make_helper() for _ in range(40)]
    make_helper_once = iter(people).__next__
    size = 1
    one = look()
    size = 30
    assert look() == one
