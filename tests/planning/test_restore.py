"""An earlier roster as a proposal: as it was, but for whom it may not be again, each with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.planning.models import Bar, Proposed, Run
from scheduling.planning.policies import set_policy
from scheduling.planning.proposal import Proposal, is_outdated
from scheduling.planning.publish import publish_run
from scheduling.planning.restore import restore_run
from scheduling.planning.review import figures
from scheduling.sessions.models import Need, Session
from scheduling.signups import signups
from scheduling.signups.models import Assignment
from tests.planning.factories import finish, in_force, make_helper, make_open_need, make_run
from tests.support.make import make_hub, make_person
from tests.support.queries import count_queries
from volunteers.models import Absence, Volunteer

SignIn = Callable[[Person], Client]
AtOnce = Callable[..., list[object]]
State = Assignment.State


@pytest.fixture
def hub(db: None) -> Any:
    return make_hub()


def put_in_force(hub: Any, *places: tuple[Need, Volunteer]) -> Run:
    run = finish(make_run(hub), *places)
    publish_run(run=run, by=None)
    return run


def proposed(run: Run) -> set[tuple[int, int]]:
    return set(Proposed.objects.filter(run=run).values_list("need_id", "volunteer_id"))


def differences(run: Run, side: str = "without") -> list[tuple[int, int, str]]:
    assert run.restored is not None
    return [tuple(one) for one in run.restored[side]]


def row(need: Need, who: Volunteer) -> Assignment:
    return Assignment.objects.get(need=need, volunteer=who, state__in=Assignment.ACTIVE)


def test_an_earlier_roster_comes_back_as_it_was_and_is_published_as_any_proposal(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two, three = make_helper(), make_helper(), make_helper()
    earlier = put_in_force(hub, (monday, one), (tuesday, two))
    put_in_force(hub, (monday, three), (tuesday, two))
    by = make_person(Role.COORDINATOR, hub=hub)

    again = restore_run(run=earlier, by=by)
    assert (again.state, again.published_at, again.requested_by) == (Run.State.FINISHED, None, by)
    assert proposed(again) == {(monday.pk, one.pk), (tuesday.pk, two.pk)}
    assert (differences(again), differences(again, "besides")) == ([], [])
    assert in_force(again) == {(monday.pk, three.pk), (tuesday.pk, two.pk)}, "nothing changes before it is published"
    assert publish_run(run=again, by=by) == {"added": 1, "released": 1, "kept": 1, "told": 2}
    assert in_force(again) == {(monday.pk, one.pk), (tuesday.pk, two.pk)}
    entry = Entry.objects.get(action="run.restored")
    assert (entry.chain, entry.actor_id, entry.facts) == (hub.pk, by.pk, {"run": earlier.pk})


def say_no(need: Need, who: Volunteer) -> None:
    """They hold the place, and give it back."""
    signups.decline(assignment=row(need, who).pk, by=who.person, reason="")


def be_taken_out(need: Need, who: Volunteer) -> None:
    signups.release_place(assignment=row(need, who).pk, by=make_person(Role.ADMINISTRATOR))


def leave(need: Need, who: Volunteer) -> None:
    Absence.objects.create(volunteer=who, starts_at=need.session.starts_at, ends_at=need.session.ends_at)


def stop(need: Need, who: Volunteer) -> None:
    Volunteer.objects.filter(pk=who.pk).update(active=False)


def be_barred(need: Need, who: Volunteer) -> None:
    Bar.objects.create(session=need.session, volunteer=who)


def cancel(need: Need, who: Volunteer) -> None:
    Session.objects.filter(pk=need.session_id).update(state=Session.State.CANCELLED)


@pytest.mark.parametrize(
    ("since", "code"),
    [
        (say_no, "declined"),
        (be_taken_out, "taken_out"),
        (leave, "blocked"),
        (stop, "unassignable"),
        (be_barred, "barred"),
        (cancel, "session_not_planned"),
    ],
)
@pytest.mark.parametrize("replanned", [False, True])
def test_whoever_may_not_come_again_stays_away_with_the_reason(
    hub: Any, since: Callable[[Need, Volunteer], None], code: str, replanned: bool
) -> None:
    """Whether the place was theirs until then, or another roster has been published in between."""
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two, three = make_helper(), make_helper(), make_helper()
    earlier = put_in_force(hub, (monday, one), (tuesday, two))
    if replanned and since not in (leave, stop, be_barred):
        since(monday, one)
        put_in_force(hub, *([] if since is cancel else [(monday, three)]), (tuesday, three))
    elif replanned:
        put_in_force(hub, (monday, three), (tuesday, three))
        since(monday, one)
    else:
        since(monday, one)
    again = restore_run(run=earlier, by=None)
    assert differences(again) == [(monday.pk, one.pk, code)]
    assert proposed(again) == {(tuesday.pk, two.pk)}
    told: Any = figures(Proposal(again))["restored"]
    assert [(one["volunteer"], one["code"]) for one in told["without"]] == [(one.pk, code)]


def test_who_said_since_that_they_come_stays(hub: Any) -> None:
    need = make_open_need(hub=hub, target=1)
    one, late = make_helper(), make_helper()
    earlier = put_in_force(hub, (need, one))
    put_in_force(hub, (need, late))
    Assignment.objects.filter(volunteer=late).update(state=State.ACCEPTED)
    again = restore_run(run=earlier, by=None)
    assert proposed(again) == {(need.pk, late.pk)}
    assert differences(again) == [(need.pk, one.pk, "need_full")]
    assert differences(again, "besides") == [(need.pk, late.pk, "accepted")]


def test_sessions_the_earlier_roster_did_not_know_keep_what_they_have(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two, three = make_helper(), make_helper(), make_helper()
    earlier = finish(make_run(hub), (monday, one), (tuesday, two))
    publish_run(run=earlier, by=None, sessions=[monday.session_id])
    put_in_force(hub, (monday, three), (tuesday, three))
    again = restore_run(run=earlier, by=None)
    assert proposed(again) == {(monday.pk, one.pk), (tuesday.pk, three.pk)}
    assert differences(again) == []


def test_what_has_begun_is_left_alone(hub: Any, at_time: Callable[..., None]) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two = make_helper(), make_helper()
    earlier = put_in_force(hub, (monday, one), (tuesday, two))
    put_in_force(hub, (monday, two), (tuesday, one))
    at_time(monday.session.starts_at)
    again = restore_run(run=earlier, by=None)
    assert proposed(again) == {(tuesday.pk, two.pk)}
    assert differences(again) == [(monday.pk, one.pk, "session_not_planned")]


def test_it_is_scored_by_the_policy_the_earlier_one_was_made_by(hub: Any) -> None:
    set_policy(hub=hub, usual="fair", by=None)
    need, one = make_open_need(hub=hub), make_helper()
    earlier = put_in_force(hub, (need, one))
    set_policy(hub=hub, usual="steady", by=None)
    again = restore_run(run=earlier, by=None)
    assert (again.policy["code"], again.snapshot["weights"]) == ("fair", earlier.snapshot["weights"])
    assert (again.objective, again.bound) == (Proposal(again).score.total, None)


def test_only_what_was_published_is_restored_and_not_beside_a_run(hub: Any) -> None:
    need, one = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub), (need, one))
    with pytest.raises(Refused) as refused:
        restore_run(run=run, by=None)
    assert refused.value.code == "not_published"
    publish_run(run=run, by=None)
    make_run(hub)
    with pytest.raises(Refused) as refused:
        restore_run(run=run, by=None)
    assert (refused.value.code, Run.objects.count()) == ("run_in_progress", 2)


def test_what_changes_while_it_is_drafted_makes_it_outdated(hub: Any) -> None:
    need, one = make_open_need(hub=hub), make_helper()
    earlier = put_in_force(hub, (need, one))
    waiting = [need.session_id]

    def change_meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Once the week is read, and before the proposal is written."""
        if "planning_publication" in sql and "signups_assignment" in sql and waiting:
            Session.objects.filter(pk=waiting.pop()).update(changed_at=clock.now())
        return execute(sql, *rest)

    with connection.execute_wrapper(change_meanwhile):
        again = restore_run(run=earlier, by=None)
    assert (waiting, is_outdated(again)) == ([], True)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_who_says_no_while_it_is_published_does_not_come_back(at_once: AtOnce) -> None:
    hub = make_hub()
    need, other = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two = make_helper(), make_helper()
    earlier = put_in_force(hub, (need, one), (other, two))
    again = restore_run(run=earlier, by=None)
    at_once([lambda: say_no(need, one), lambda: publish_run(run=again, by=None, skip_conflicts=True)])
    assert in_force(again) == {(other.pk, two.pk)}


def test_a_coordinator_restores_over_http(hub: Any, sign_in: SignIn) -> None:
    need, one = make_open_need(hub=hub), make_helper()
    earlier = put_in_force(hub, (need, one))
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    made = client.post(f"/api/planning/runs/{earlier.pk}/restore").json()
    assert (made["state"], made["may_edit"]) == ("finished", True)
    [row, _] = client.get("/api/planning/runs").json()
    assert (row["id"], row["restored"], row["published"]) == (made["id"], True, "no")


def test_restoring_takes_as_many_queries_with_thirty_places_as_with_one(hub: Any) -> None:
    found = []
    for size in (1, 30):
        needs = [make_open_need(hub=hub, day=day % 7, start=480 + day) for day in range(size)]
        people = [make_helper() for _ in needs]
        earlier = put_in_force(hub, *zip(needs, people, strict=True))
        found.append(count_queries(lambda: restore_run(run=earlier, by=None)))  # noqa: B023
    assert found[0] == found[1]
