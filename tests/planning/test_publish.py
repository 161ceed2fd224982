"""Publishing a proposal: one step, all or nothing, twice is once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.planning.models import Bar, Proposed, Run
from scheduling.planning.publish import publish_run
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need, Session
from scheduling.signups import signups
from scheduling.signups.models import Assignment
from tests.planning.factories import finish, in_force, make_assignment, make_helper, make_open_need, make_run
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_volunteer
from volunteers.models import Absence

State = Assignment.State
AtOnce = Callable[..., list[object]]


@pytest.fixture
def hub(db: None) -> Any:
    return make_hub()


def conflicts(run: Run) -> list[tuple[int, int, str]]:
    with pytest.raises(Refused) as refused:
        publish_run(run=run, by=None)
    assert refused.value.code == "no_longer_fits"
    rows: Any = refused.value.facts["rows"]
    return [(row["need"], row["volunteer"], row["code"]) for row in rows]


def claimed() -> set[tuple[int, str]]:
    return set(Claim.objects.values_list("session", "resource"))


def test_publishing_puts_the_proposal_in_force(hub: Any) -> None:
    by = make_person(Role.COORDINATOR, hub=hub)
    first, second = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    stays, goes, comes = make_helper(), make_helper(), make_helper()
    make_assignment(first, stays)
    dropped = make_assignment(second, goes)
    Claim.objects.create(
        session=second.session,
        resource=person_resource(goes.person_id),
        starts_at=second.session.starts_at,
        ends_at=second.session.ends_at,
    )
    run = finish(make_run(hub), (first, stays), (second, comes))

    assert publish_run(run=run, by=by) == {"added": 1, "released": 1, "kept": 1, "told": 2}

    assert in_force(run) == {(first.pk, stays.pk), (second.pk, comes.pk)}
    added = Assignment.objects.get(volunteer=comes)
    assert (added.state, added.source, added.by) == (State.PUBLISHED, Assignment.Source.PLANNER, by)
    dropped.refresh_from_db()
    assert (dropped.state, dropped.by) == (State.RELEASED, by)
    assert claimed() == {(second.session_id, person_resource(comes.person_id))}
    assert set(Message.objects.values_list("to_id", flat=True)) == {goes.person_id, comes.person_id}
    entry = Entry.objects.get(action="roster.published")
    assert (entry.chain, entry.actor_id, entry.facts) == (hub.pk, by.pk, {"published": 1, "released": 1})
    told = Event.objects.filter(kind="roster.published").values_list("topic__name", "ids")
    assert list(told) == [(f"hub:{hub.pk}", {"session": [second.session_id], "assignment": [added.pk, dropped.pk]})]
    people = Event.objects.filter(kind="assignment.changed").values_list("topic__name", flat=True)
    assert set(people) == {f"person:{goes.person_id}", f"person:{comes.person_id}"}
    assert Event.objects.filter(topic__name=f"run:{run.pk}", kind="run.published").count() == 1


def test_a_place_settles_the_wish_for_it_and_leaves_the_others(hub: Any) -> None:
    """Who was given a place, in whichever role of the session, has what they wished for; who was not still wishes."""
    need = make_open_need(hub=hub, mode=Need.Mode.PLAN, target=2)
    other = make_need(session=need.session, mode=Need.Mode.PLAN)
    same_role, other_role, left = make_helper(), make_helper(), make_helper()
    wishes = [
        signups.sign_up(need=role.pk, person=who.person_id, by=who.person)
        for role, who in ((need, same_role), (other, other_role), (need, left))
    ]
    run = finish(make_run(hub), (need, same_role), (need, other_role))
    told = {"added": 2, "released": 0, "kept": 0, "told": 2}
    assert (publish_run(run=run, by=None), publish_run(run=run, by=None)) == (told, told)
    for row in wishes:
        row.refresh_from_db()
    assert [row.state for row in wishes] == [State.WITHDRAWN, State.WITHDRAWN, State.WISHED]
    assert in_force(run) == {(need.pk, same_role.pk), (need.pk, other_role.pk)}
    messages = Message.objects.order_by("to_id").values_list("to_id", "template")
    assert list(messages) == [(one.person_id, "shifts_added") for one in (same_role, other_role)]


def test_twice_is_once(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub), (need, helper))
    once = publish_run(run=run, by=None)
    assert publish_run(run=run, by=None) == once
    assert (Assignment.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_once(at_once: AtOnce) -> None:
    hub = make_hub()
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub), (need, helper))
    results = at_once([lambda: publish_run(run=run, by=None)] * 4)
    assert results == [{"added": 1, "released": 0, "kept": 0, "told": 1}] * 4
    assert (Assignment.objects.count(), Message.objects.count()) == (1, 1)


def test_an_unfinished_run_has_nothing_to_publish(hub: Any) -> None:
    make_open_need(hub=hub)
    with pytest.raises(Refused) as refused:
        publish_run(run=make_run(hub), by=None)
    assert refused.value.code == "run_not_finished"


def leave(need: Need, who: Any) -> None:
    Absence.objects.create(volunteer=who, starts_at=need.session.starts_at, ends_at=need.session.ends_at)


def say_no(need: Need, who: Any) -> None:
    make_assignment(need, who, State.DECLINED)


def be_barred(need: Need, who: Any) -> None:
    Bar.objects.create(session=need.session, volunteer=who)


def stop(need: Need, who: Any) -> None:
    who.active = False
    who.save()


def cancel(need: Need, who: Any) -> None:
    Session.objects.filter(pk=need.session_id).update(state=Session.State.CANCELLED)


def fill(need: Need, who: Any) -> None:
    for _ in range(need.target):
        make_assignment(need, make_helper(), State.ACCEPTED)


def go_elsewhere(need: Need, who: Any) -> None:
    make_assignment(make_open_need(hub=make_hub()), who, State.ACCEPTED)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (leave, "blocked"),
        (say_no, "declined"),
        (be_barred, "barred"),
        (stop, "unassignable"),
        (cancel, "session_not_planned"),
        (fill, "need_full"),
        (go_elsewhere, "blocked"),
    ],
)
def test_what_no_longer_fits_is_named_and_may_be_left_out(hub: Any, change: Any, code: str) -> None:
    need, other = make_open_need(hub=hub), make_open_need(hub=hub, day=3)
    who, fine = make_helper(), make_helper()
    run = finish(make_run(hub), (need, who), (other, fine))
    change(need, who)
    before = in_force(run)

    assert conflicts(run) == [(need.pk, who.pk, code)]
    assert in_force(run) == before

    assert publish_run(run=run, by=None, skip_conflicts=True)["added"] == 1
    assert in_force(run) == before | {(other.pk, fine.pk)}


def test_a_newcomer_falls_with_their_company(hub: Any) -> None:
    need = make_open_need(hub=hub, target=2)
    old, new = make_helper(), make_volunteer()
    run = finish(make_run(hub), (need, new), (need, old))
    stop(need, old)
    assert sorted(conflicts(run)) == sorted([(need.pk, old.pk, "unassignable"), (need.pk, new.pk, "needs_experienced")])


def test_who_said_yes_since_then_stays_whatever_the_proposal_says(hub: Any) -> None:
    need, helper, late = make_open_need(hub=hub, target=2), make_helper(), make_helper()
    unanswered = make_assignment(need, make_helper())
    run = finish(make_run(hub), (need, helper))
    Assignment.objects.filter(pk=unanswered.pk).update(state=State.ACCEPTED)
    given = make_assignment(make_open_need(hub=hub, day=2), late)
    assert publish_run(run=run, by=None) == {"added": 1, "released": 0, "kept": 0, "told": 1}
    active = Assignment.objects.filter(state__in=Assignment.ACTIVE).values_list("volunteer", flat=True)
    assert set(active) == {helper.pk, unanswered.volunteer_id, given.volunteer_id}


def test_another_role_in_the_same_session_is_a_change_not_a_clash(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    other = Need.objects.create(session=need.session, position=1, role="B", min=0, target=1)
    make_assignment(need, helper)
    run = finish(make_run(hub), (other, helper))
    assert publish_run(run=run, by=None) == {"added": 1, "released": 1, "kept": 0, "told": 1}
    assert in_force(run) == {(other.pk, helper.pk)}


def test_what_has_begun_meanwhile_is_left_alone(hub: Any, at_time: Callable[..., None]) -> None:
    begun, later = make_open_need(hub=hub), make_open_need(hub=hub, day=2)
    there, helper = make_helper(), make_helper()
    make_assignment(begun, there)
    run = finish(make_run(hub), (later, helper))
    at_time(clock.at(MONDAY, 9 * 60 + 5))
    assert publish_run(run=run, by=None) == {"added": 1, "released": 0, "kept": 0, "told": 1}
    assert in_force(run) == {(begun.pk, there.pk), (later.pk, helper.pk)}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_publishing_beside_sign_ups_overfills_nothing(at_once: AtOnce) -> None:
    hub = make_hub()
    need = make_open_need(hub=hub, target=3)
    planned = [make_helper() for _ in range(2)]
    eager = [make_helper() for _ in range(6)]
    run = finish(make_run(hub), *((need, who) for who in planned))
    results = at_once(
        [lambda: publish_run(run=run, by=None, skip_conflicts=True)]
        + [lambda who=who: signups.sign_up(need=need.pk, person=who.person_id, by=who.person) for who in eager]
    )
    assert {type(one).__name__ for one in results} <= {"dict", "Assignment", "Refused"}
    active = Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE)
    assert active.count() == 3
    assert Claim.objects.filter(session=need.session).count() == 3
    assert Proposed.objects.filter(run=run).count() == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_publishing_beside_a_sign_up_puts_nobody_in_two_places(at_once: AtOnce) -> None:
    hub, other = make_hub(), make_hub()
    planned, elsewhere = make_open_need(hub=hub), make_open_need(hub=other)
    who = make_helper()
    run = finish(make_run(hub), (planned, who))
    at_once(
        [
            lambda: publish_run(run=run, by=None, skip_conflicts=True),
            lambda: signups.sign_up(need=elsewhere.pk, person=who.person_id, by=who.person),
        ]
    )
    assert Assignment.objects.filter(volunteer=who, state__in=Assignment.ACTIVE).count() == 1
