"""Publishing some sessions of a proposal: the rest stays one, and holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Person, Role
from scheduling.planning.edits import add_place, pin_place
from scheduling.planning.models import Publication, Run
from scheduling.planning.moves import make_moves
from scheduling.planning.parts import parts
from scheduling.planning.proposal import Proposal, is_outdated
from scheduling.planning.publish import publish_run
from scheduling.planning.review import changes, figures
from scheduling.sessions.models import Need, Session
from scheduling.signups.models import Assignment
from tests.planning.factories import finish, in_force, make_assignment, make_helper, make_open_need, make_run
from tests.support.make import make_hub, make_person
from tests.support.queries import count_queries
from volunteers.models import Absence

SignIn = Callable[[Person], Client]
AtOnce = Callable[..., list[object]]


@pytest.fixture
def hub(db: None) -> Any:
    return make_hub()


def planned(hub: Any, *needs: Need) -> Run:
    """Somebody for each."""
    people = [make_helper() for _ in needs]
    return finish(make_run(hub), *zip(needs, people, strict=True))


def publish(run: Run, *needs: Need, skip: bool = False) -> dict[str, int]:
    return publish_run(run=run, by=None, sessions=[need.session_id for need in needs], skip_conflicts=skip)


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code


def test_a_part_is_in_force_and_the_rest_stays_a_proposal(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two, goes = make_helper(), make_helper(), make_helper()
    make_assignment(tuesday, goes)
    Assignment.objects.update(changed_at=clock.now())
    run = finish(make_run(hub), (monday, one), (tuesday, two))

    assert publish(run, monday) == {"added": 1, "released": 0, "kept": 0, "told": 1}
    run.refresh_from_db()
    assert (run.published_at, in_force(run)) == (None, {(monday.pk, one.pk), (tuesday.pk, goes.pk)})
    assert not is_outdated(run), "publishing a part of it is no news to the rest"
    left = figures(Proposal(run))
    assert (left["changes"], left["told"], left["published_sessions"]) == (2, 2, 1)
    assert [person["volunteer"] for person in changes(Proposal(run), most=9)["people"]] == [two.pk, goes.pk]
    assert [row["session"] for row in parts(Proposal(run))] == [tuesday.session_id]

    assert publish(run, tuesday) == {"added": 1, "released": 1, "kept": 0, "told": 2}
    run.refresh_from_db()
    assert in_force(run) == {(monday.pk, one.pk), (tuesday.pk, two.pk)}
    assert run.published == {"added": 2, "released": 1, "kept": 0, "told": 3}
    assert list(Message.objects.order_by("pk").values_list("to_id", flat=True)) == [
        one.person_id,
        two.person_id,
        goes.person_id,
    ]


def test_the_whole_after_a_part_is_the_rest(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two = make_helper(), make_helper()
    run = finish(make_run(hub), (monday, one), (tuesday, two))
    publish(run, monday)
    both = {"added": 2, "released": 0, "kept": 0, "told": 2}
    assert (publish_run(run=run, by=None), publish_run(run=run, by=None)) == (both, both)
    assert (Message.objects.count(), Publication.objects.count()) == (2, 2)
    assert [one.roster for one in Publication.objects.order_by("pk")] == [[[monday.pk, one.pk]], [[tuesday.pk, two.pk]]]


def test_a_part_twice_is_once(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    run = planned(hub, monday, tuesday)
    once = publish(run, monday)
    assert publish(run, monday) == once
    assert (Assignment.objects.count(), Message.objects.count()) == (1, 1)


def test_who_is_still_elsewhere_is_named_and_comes_with_the_rest(hub: Any) -> None:
    """The proposal moves somebody: as long as they are not taken out there, they can't be here."""
    here, there = make_open_need(hub=hub), make_open_need(hub=hub)
    moved, instead = make_helper(), make_helper()
    make_assignment(there, moved)
    run = finish(make_run(hub), (here, moved), (there, instead))
    with pytest.raises(Refused) as caught:
        publish(run, here)
    assert caught.value.facts["rows"] == [{"need": here.pk, "volunteer": moved.pk, "code": "clash"}]
    assert in_force(run) == {(there.pk, moved.pk)}
    publish(run, here, there)
    assert in_force(run) == {(here.pk, moved.pk), (there.pk, instead.pk)}


def test_what_is_left_is_judged_beside_what_happened_to_the_part(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    who = make_helper(max_sessions=1)
    run = finish(make_run(hub), (tuesday, who))
    publish(run, monday)
    make_assignment(monday, who)
    assert refused(lambda: publish(run, tuesday)) == "no_longer_fits"
    assert publish(run, tuesday, skip=True) == {"added": 0, "released": 0, "kept": 0, "told": 0}


def test_news_in_the_part_does_not_outdate_the_rest_and_news_in_the_rest_does(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    run = planned(hub, monday, tuesday)
    publish(run, monday)
    Session.objects.filter(pk=monday.session_id).update(changed_at=clock.now())
    assert not is_outdated(run)
    Session.objects.filter(pk=tuesday.session_id).update(changed_at=clock.now())
    assert is_outdated(run)


def test_what_is_published_is_not_edited_any_more(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub, target=2), make_open_need(hub=hub, day=1)
    one, two, other = make_helper(), make_helper(), make_helper()
    run = finish(make_run(hub), (monday, one), (tuesday, two))
    publish(run, monday)
    deeds: list[Callable[[], object]] = [
        lambda: add_place(run=run, need=monday, volunteer=other, by=None),
        lambda: make_moves(run=run, dropped=[(monday.pk, one.pk)], added=[], by=None),
        lambda: make_moves(run=run, dropped=[], added=[(monday.pk, other.pk)], by=None),
    ]
    assert [refused(deed) for deed in deeds] == ["already_published"] * 3
    pin_place(run=run, need=tuesday, volunteer=two, by=None)


def test_sessions_that_have_begun_are_not_waited_for(hub: Any, at_time: Callable[..., None]) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    run = planned(hub, monday, tuesday)
    at_time(monday.session.starts_at)
    publish(run, tuesday)
    run.refresh_from_db()
    assert run.published == {"added": 1, "released": 0, "kept": 0, "told": 1}


def test_nothing_chosen_or_something_that_was_not_planned_is_refused(hub: Any) -> None:
    need = make_open_need(hub=hub)
    run = planned(hub, need)
    later = make_open_need(hub=hub, day=3)
    assert (refused(lambda: publish(run)), refused(lambda: publish(run, later))) == ("no_sessions", "not_found")


def test_only_the_sites_of_the_part_have_it_in_their_journal(hub: Any) -> None:
    other = make_hub()
    here, there = make_open_need(hub=hub), make_open_need(hub=other)
    one, two = make_helper(), make_helper()
    run = finish(make_run(hub, other), (here, one), (there, two))
    publish(run, here)
    assert list(Entry.objects.filter(action="roster.published").values_list("chain", "facts")) == [
        (hub.pk, {"published": 1})
    ]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_parts_published_at_once_put_each_session_in_force_once(at_once: AtOnce) -> None:
    hub = make_hub()
    needs = [make_open_need(hub=hub, day=day) for day in range(3)]
    people = [make_helper() for _ in needs]
    run = finish(make_run(hub), *zip(needs, people, strict=True))
    results = at_once(
        [lambda: publish(run, *needs[:2]), lambda: publish(run, *needs[1:]), lambda: publish(run, *needs)]
    )
    assert all(isinstance(one, dict) for one in results)
    run.refresh_from_db()
    assert run.published == {"added": 3, "released": 0, "kept": 0, "told": 3}
    assert (Assignment.objects.count(), Message.objects.count()) == (3, 3)
    published = [pk for one in Publication.objects.all() for pk in one.sessions]
    assert sorted(published) == sorted(need.session_id for need in needs)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_an_edit_and_a_part_take_turns(at_once: AtOnce) -> None:
    hub = make_hub()
    need, later = make_open_need(hub=hub, target=2), make_open_need(hub=hub, day=1)
    one, other = make_helper(), make_helper()
    run = finish(make_run(hub), (need, one), (later, one))
    edit, part = at_once([lambda: add_place(run=run, need=need, volunteer=other, by=None), lambda: publish(run, need)])
    was_edited = isinstance(edit, Proposal)
    assert was_edited or (isinstance(edit, Refused) and edit.code == "already_published")
    assert part == {"added": 1 + was_edited, "released": 0, "kept": 0, "told": 1 + was_edited}


def test_parts_say_what_each_session_changes_and_for_whom(hub: Any, sign_in: SignIn) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1, min=2, target=2)
    stays, comes, goes = make_helper(), make_helper(), make_helper()
    make_assignment(monday, stays)
    make_assignment(tuesday, goes)
    run = finish(make_run(hub), (monday, stays), (tuesday, comes))
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    rows = client.get(f"/api/planning/runs/{run.pk}/proposal/parts").json()
    assert [(row["session"], row["changes"], row["missing"], row["people"]) for row in rows] == [
        (monday.session_id, 0, 0, []),
        (tuesday.session_id, 2, 1, sorted([comes.pk, goes.pk])),
    ]
    body = {"sessions": [tuesday.session_id]}
    answer = client.post(f"/api/planning/runs/{run.pk}/publish", body, content_type="application/json")
    assert answer.json() == {"added": 1, "released": 1, "kept": 0, "told": 2}


def test_parts_take_as_many_queries_with_thirty_sessions_as_with_one(hub: Any) -> None:
    found = []
    for size in (1, 30):
        needs = [make_open_need(hub=hub, day=day % 7, start=480 + day) for day in range(size)]
        run = planned(hub, *needs)
        found.append(count_queries(lambda: parts(Proposal(run))))  # noqa: B023
    assert found[0] == found[1]


def test_who_left_meanwhile_is_no_reason_to_hold_back_other_parts(hub: Any) -> None:
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    away, fine = make_helper(), make_helper()
    run = finish(make_run(hub), (monday, away), (tuesday, fine))
    Absence.objects.create(volunteer=away, starts_at=monday.session.starts_at, ends_at=monday.session.ends_at)
    assert publish(run, tuesday)["added"] == 1
    assert refused(lambda: publish(run, monday)) == "no_longer_fits"
