"""Changes by hand: refused with the planner's own codes, kept when planning again."""

from __future__ import annotations

from typing import Any

import pytest

from hub.errors import Refused
from hub.live.models import Event
from scheduling.planning import edits
from scheduling.planning.models import Bar, Pin, Proposed, Run
from scheduling.planning.proposal import Proposal, totals
from scheduling.planning.publish import publish_run
from scheduling.planning.snapshot import take_snapshot
from scheduling.signups.models import Assignment
from scheduling.solver import eligibility
from scheduling.solver.explain import Book
from tests.planning.factories import BEFORE, finish, make_assignment, make_helper, make_open_need, make_run
from tests.support.make import MONDAY, make_hub, make_volunteer
from volunteers.models import Absence, Skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Any:
    return make_hub()


def places(run: Run) -> set[tuple[int, int]]:
    return set(Proposed.objects.filter(run=run).values_list("need_id", "volunteer_id"))


def refused(rule: Any, **arguments: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        rule(by=None, **arguments)
    return caught.value


def test_an_added_place_is_pinned_told_and_counted(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub))
    assert totals(Proposal(run))["short_of_min"] == 1
    edits.add_place(run=run, need=need, volunteer=helper, by=None)
    assert list(Proposed.objects.values_list("need", "volunteer", "by_hand")) == [(need.pk, helper.pk, True)]
    assert Pin.objects.filter(need=need, volunteer=helper).exists()
    assert Event.objects.filter(topic__name=f"run:{run.pk}").last().kind == "proposal.changed"  # type: ignore[union-attr]
    after = totals(Proposal(run))
    assert (after["short_of_min"], after["places"], after["people"]) == (0, 1, 1)
    assert take_snapshot(week=MONDAY, hub_ids=[hub.pk], now=BEFORE).problem.pins == ((0, 0, 0),)


def test_refusals_are_the_solvers_reasons(hub: Any) -> None:
    skill = Skill.objects.create(name="急救")
    need = make_open_need(hub=hub, skill=skill, target=2)
    at_the_same_time, later = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    unskilled, absent, busy, tired, new, never, fit = (
        make_helper(),
        make_helper(),
        make_helper(),
        make_helper(max_sessions=1),
        make_volunteer(),
        make_helper(availability=[]),
        make_helper(),
    )
    everybody = (unskilled, absent, busy, tired, new, never, fit)
    for one in everybody[1:]:
        one.skills.add(skill)
    Absence.objects.create(volunteer=absent, starts_at=need.session.starts_at, ends_at=need.session.ends_at)
    run = finish(make_run(hub), (at_the_same_time, busy), (later, tired))
    proposal = Proposal(run)
    book = Book(proposal.triples)

    codes = {}
    for one in everybody[:-1]:
        no = refused(edits.add_place, run=run, need=need, volunteer=one)
        v, s, r = proposal.triple(need.pk, one.pk)
        assert no.facts["reasons"] == eligibility.reasons_against(proposal.problem, v, s, r, book.taken)
        codes[one.pk] = no.code
    assert list(codes.values()) == ["no_skill", "blocked", "clash", "at_limit", "needs_experienced", "unavailable"]
    clash = refused(edits.add_place, run=run, need=need, volunteer=busy)
    assert clash.facts["sessions"] == [at_the_same_time.session_id]
    edits.add_place(run=run, need=need, volunteer=fit, by=None)
    edits.add_place(run=run, need=need, volunteer=new, by=None)
    one_more = make_helper()
    assert refused(edits.add_place, run=run, need=need, volunteer=one_more).code == "unassignable"


def test_a_full_need_and_an_answer_are_respected(hub: Any) -> None:
    need = make_open_need(hub=hub, target=2)
    sure, other, third, no = (make_helper() for _ in range(4))
    make_assignment(need, sure, Assignment.State.ACCEPTED)
    make_assignment(need, no, Assignment.State.DECLINED)
    run = finish(make_run(hub), (need, sure), (need, other))
    assert refused(edits.add_place, run=run, need=need, volunteer=third).code == "need_full"
    assert refused(edits.remove_place, run=run, need=need, volunteer=sure).code == "accepted"
    assert refused(edits.bar_volunteer, run=run, need=need, volunteer=sure).code == "accepted"
    assert refused(edits.swap_place, run=run, need=need, volunteer=other, instead=no).code == "declined"
    edits.swap_place(run=run, need=need, volunteer=other, instead=third, by=None)
    assert places(run) == {(need.pk, sure.pk), (need.pk, third.pk)}
    assert refused(edits.remove_place, run=run, need=need, volunteer=other).code == "not_in_proposal"


def test_a_newcomer_is_not_left_alone(hub: Any) -> None:
    need = make_open_need(hub=hub, target=2)
    old, new, other = make_helper(), make_volunteer(), make_helper()
    run = finish(make_run(hub), (need, old), (need, new))
    no = refused(edits.remove_place, run=run, need=need, volunteer=old)
    assert (no.code, no.facts["volunteer"]) == ("needs_experienced", new.pk)
    edits.swap_place(run=run, need=need, volunteer=old, instead=other, by=None)
    edits.remove_place(run=run, need=need, volunteer=new, by=None)
    assert places(run) == {(need.pk, other.pk)}


def test_a_bar_holds_now_and_when_planning_again_until_it_is_lifted(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub), (need, helper))
    edits.pin_place(run=run, need=need, volunteer=helper, by=None)
    edits.bar_volunteer(run=run, need=need, volunteer=helper, by=None)
    assert (places(run), Pin.objects.count(), Bar.objects.count()) == (set(), 0, 1)
    assert refused(edits.add_place, run=run, need=need, volunteer=helper).code == "barred"
    assert take_snapshot(week=MONDAY, hub_ids=[hub.pk], now=BEFORE).problem.barred == {(0, 0)}
    edits.unbar_volunteer(run=run, need=need, volunteer=helper, by=None)
    edits.add_place(run=run, need=need, volunteer=helper, by=None)
    edits.unpin_place(run=run, need=need, volunteer=helper, by=None)
    assert (places(run), Pin.objects.count()) == ({(need.pk, helper.pk)}, 0)


def test_planning_again_starts_from_the_edited_proposal(hub: Any) -> None:
    need, helper, other = make_open_need(hub=hub), make_helper(), make_helper()
    run = finish(make_run(hub), (need, helper))
    edits.swap_place(run=run, need=need, volunteer=helper, instead=other, by=None)
    again = make_run(hub)
    assert (again.snapshot["x_warm"], again.snapshot["pins"]) == ([[1, 0, 0]], [[1, 0, 0]])


def test_what_is_published_is_edited_no_more(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub), (need, helper))
    publish_run(run=run, by=None)
    assert refused(edits.remove_place, run=run, need=need, volunteer=helper).code == "already_published"
