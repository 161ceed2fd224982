"""The smallest thing that fills a place, and what it becomes when the coordinator goes along with it."""

from __future__ import annotations

from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.planning.edits import remove_place, unpin_place
from scheduling.planning.models import Pin, Proposed, Run, Waiver
from scheduling.planning.moves import make_moves
from scheduling.planning.proposal import Proposal, totals
from scheduling.planning.publish import publish_run
from scheduling.planning.remedies import smallest_remedy
from scheduling.planning.review import by_person
from scheduling.planning.snapshot import take_snapshot
from scheduling.sessions.models import Claim, Need
from scheduling.signups.models import Assignment
from tests.planning.factories import (
    BEFORE,
    finish,
    in_force,
    make_assignment,
    make_helper,
    make_open_need,
    make_run,
    steps_of,
)
from tests.support.make import MONDAY, make_hub, make_person, make_volunteer
from volunteers.clearances import record_clearance
from volunteers.models import Absence

pytestmark = pytest.mark.django_db
MORNING = [[0, 540, 600]]
"""Monday from nine to ten: half an hour too little."""


@pytest.fixture
def hub() -> Any:
    return make_hub()


def remedy(run: Run, need: Need) -> Any:
    return smallest_remedy(Proposal(run), need.pk)


def go_along(run: Run, need: Need, by: Person | None = None) -> None:
    """What the page sends when the coordinator agrees."""
    found = remedy(run, need)
    make_moves(
        run=run,
        dropped=[(need, who) for who, _, leaves in steps_of(found["outcome"]) for need in leaves],
        added=[(need, who) for who, takes, _ in steps_of(found["outcome"]) for need in takes],
        waived=[(ask["need"], ask["volunteer"], ask["code"]) for ask in found["asks"]],
        by=by,
    )


def refused(run: Run, **wish: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        make_moves(run=run, **({"dropped": [], "added": [], "by": None} | wish))
    return caught.value


def test_who_could_stay_longer_is_asked_and_the_place_is_theirs(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper(availability=MORNING)
    run, by = finish(make_run(hub)), make_person(Role.COORDINATOR, hub=hub)
    found = remedy(run, need)
    ten = clock.at(MONDAY, 600)
    assert found["kind"] == "unavailable"
    assert found["asks"] == [
        {
            "code": "unavailable",
            "need": need.pk,
            "volunteer": helper.pk,
            "name": helper.person.name,
            "minutes": 30,
            "clearance": "",
            "spans": [{"starts_at": ten, "ends_at": need.session.ends_at}],
        }
    ]
    assert steps_of(found["outcome"]) == [(helper.pk, [need.pk], [])]
    assert (found["outcome"]["short_of_min"], found["outcome"]["terms"]["min"] < 0) == (-1, True)

    go_along(run, need, by)
    assert totals(Proposal(run))["short_of_min"] == 0
    waiver = Waiver.objects.get()
    assert (waiver.pin.need_id, waiver.pin.volunteer_id, waiver.code) == (need.pk, helper.pk, "unavailable")
    assert waiver.allowed_by_id == by.pk
    entry = Entry.objects.get(action="waiver.allowed")
    facts = {"need": need.pk, "volunteer": helper.pk, "code": "unavailable"}
    assert (entry.chain, entry.actor_id, entry.facts) == (hub.pk, by.pk, facts)
    [person] = by_person(Proposal(run), most=1)["people"]
    assert [(row["waived"], row["pinned"]) for row in person["rows"]] == [("unavailable", True)]
    assert publish_run(run=run, by=None) == {"added": 1, "released": 0, "kept": 0, "told": 1}
    assert in_force(run) == {(need.pk, helper.pk)}
    # Planned again, the week keeps it: nobody is told anything.
    Assignment.objects.update(state=Assignment.State.ACCEPTED)
    again = take_snapshot(week=MONDAY, hub_ids=[hub.pk], now=BEFORE)
    assert (again.problem.pins, again.index.accepted, again.index.unkept) == (((0, 0, 0),), [(0, 0, 0)], [])


@pytest.mark.parametrize("code", ["at_limit", "blocked", "too_far"])
def test_each_exception_holds_for_its_session_alone(hub: Any, code: str) -> None:
    far = make_hub(longitude=107.9, latitude=29.03)
    site = far if code == "too_far" else hub
    need, other = make_open_need(hub=site), make_open_need(hub=site, day=2)
    helper = make_helper(home=hub, max_sessions=1 if code == "at_limit" else None)
    places = []
    if code == "at_limit":
        places = [(make_open_need(hub=site, day=4), helper)]
    if code == "blocked":
        for one in (need, other):
            Absence.objects.create(volunteer=helper, starts_at=one.session.starts_at, ends_at=one.session.ends_at)
    run = finish(make_run(site), *places)
    assert remedy(run, need)["kind"] == code
    go_along(run, need)
    assert code in refused(run, added=[(other.pk, helper.pk)]).facts["reasons"]
    assert publish_run(run=run, by=None)["added"] == 1 + len(places)
    snapshot = take_snapshot(week=MONDAY, hub_ids=[site.pk], now=BEFORE)
    assert snapshot.index.unkept == []


def test_a_missing_check_is_never_given_way(hub: Any) -> None:
    need, helper = make_open_need(hub=hub, clearance="child"), make_helper()
    run = finish(make_run(hub))
    assert [ask["clearance"] for ask in remedy(run, need)["asks"]] == ["child"]
    wish: dict[str, Any] = {"added": [(need.pk, helper.pk)]}
    assert refused(run, **wish).code == "no_clearance"
    assert refused(run, **wish, waived=[(need.pk, helper.pk, "no_clearance")]).code == "no_clearance"
    assert (Proposed.objects.count(), Waiver.objects.count()) == (0, 0)
    # Once it is made and recorded the place may be filled.
    record_clearance(volunteer=helper, kind="child", checked_on=clock.today(), by=make_person(Role.COORDINATOR))
    make_moves(run=run, dropped=[], added=[(need.pk, helper.pk)], by=None)
    assert publish_run(run=run, by=None)["added"] == 1


def test_time_that_something_else_holds_is_no_wish_to_give_way(hub: Any) -> None:
    need, elsewhere = make_open_need(hub=hub), make_open_need(hub=make_hub())
    helper = make_helper()
    Claim.objects.create(
        session=elsewhere.session,
        resource=f"person:{helper.person_id}",
        starts_at=need.session.starts_at,
        ends_at=need.session.ends_at,
    )
    run = finish(make_run(hub))
    assert remedy(run, need) is None
    place = (need.pk, helper.pk)
    assert refused(run, added=[place], waived=[(*place, "blocked")]).code == "blocked"


def test_moving_people_is_the_smallest_where_it_suffices(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    either, only_tuesday = make_helper(max_sessions=1), make_helper(availability=[[1, 0, 1440]])
    run = finish(make_run(hub), (tuesday, either))
    found = remedy(run, monday)
    assert (found["kind"], found["asks"]) == ("swap", [])
    assert steps_of(found["outcome"]) == [
        (either.pk, [monday.pk], [tuesday.pk]),
        (only_tuesday.pk, [tuesday.pk], []),
    ]
    go_along(run, monday)
    assert totals(Proposal(run))["short_of_min"] == 0
    assert Waiver.objects.count() == 0


def test_an_exception_goes_with_its_place(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper(availability=MORNING)
    run = finish(make_run(hub))
    go_along(run, need)
    with pytest.raises(Refused, match="waived"):
        unpin_place(run=run, need=need, volunteer=helper, by=None)
    remove_place(run=run, need=need, volunteer=helper, by=None)
    assert (Pin.objects.count(), Waiver.objects.count()) == (0, 0)
    assert refused(run, added=[(need.pk, helper.pk)]).code == "unavailable"


def test_an_exception_that_is_not_needed_is_none(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub))
    make_moves(run=run, dropped=[], added=[(need.pk, helper.pk)], waived=[(need.pk, helper.pk, "too_far")], by=None)
    assert (Proposed.objects.count(), Waiver.objects.count()) == (1, 0)


def test_moves_are_made_all_or_none(hub: Any) -> None:
    first, second = make_open_need(hub=hub, target=1), make_open_need(hub=hub, day=1)
    there, sure, free = make_helper(), make_helper(), make_helper()
    make_assignment(second, sure, Assignment.State.ACCEPTED)
    run = finish(make_run(hub), (first, there), (second, sure))
    before = set(Proposed.objects.values_list("need", "volunteer"))
    wish = {"dropped": [(first.pk, there.pk)], "added": [(first.pk, free.pk)]}
    assert refused(run, **wish | {"dropped": [(second.pk, sure.pk)]}).code == "accepted"
    assert refused(run, **wish | {"dropped": [(second.pk, there.pk)]}).code == "not_in_proposal"
    assert refused(run, **wish | {"added": [(first.pk, there.pk), (first.pk, sure.pk)]}).code == "need_full"
    assert refused(run, **wish | {"added": [(first.pk, 0)]}).code == "unassignable"
    assert refused(run, **wish | {"added": [(0, free.pk)]}).code == "session_not_planned"
    assert set(Proposed.objects.values_list("need", "volunteer")) == before
    make_moves(run=run, **wish, barred=[(first.pk, there.pk)], by=None)
    assert refused(run, added=[(first.pk, there.pk)]).code == "barred"


def test_nothing_of_one_person_helps(hub: Any) -> None:
    need = make_open_need(hub=hub, clearance="child")
    make_helper(availability=[])
    assert remedy(finish(make_run(hub)), need) is None


def test_somebody_who_stays_is_not_left_a_newcomer_alone(hub: Any) -> None:
    need, other = make_open_need(hub=hub, target=2), make_open_need(hub=hub, day=1)
    old, new = make_helper(), make_volunteer()
    run = finish(make_run(hub), (need, old), (need, new))
    no = refused(run, dropped=[(need.pk, old.pk)], added=[(other.pk, old.pk)])
    assert (no.code, no.facts["volunteer"]) == ("needs_experienced", new.pk)
