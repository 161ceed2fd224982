"""Two volunteers change places, or one takes the other's: both or neither, under the rules of sign-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.errors import Refused
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import Person
from scheduling.callouts.models import Swap
from scheduling.callouts.swaps import accept_swap, decline_swap, propose_swap, withdraw_swap
from scheduling.sessions.models import Claim
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline, release_place
from tests.callouts.factories import AtTime, sent
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_program, make_session
from tests.support.queries import count_queries
from volunteers.models import Skill, Volunteer

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def two_places(**values: Any) -> tuple[Assignment, Assignment]:
    """Two people's places in two sessions of one program at one site, a day apart."""
    hub, program = make_hub(), make_program()
    days = (MONDAY, MONDAY + dt.timedelta(days=1))
    needs = [make_need(session=make_session(day=day, hub=hub, program=program), target=1) for day in days]
    return take(needs[0], make_regular(**values)), take(needs[1], make_regular(**values))


def propose(mine: Assignment, yours: Assignment | None = None, asked: Volunteer | None = None) -> Swap:
    by = mine.volunteer.person
    return propose_swap(mine=mine.pk, yours=yours and yours.pk, asked=asked and asked.pk, by=by)


def serving() -> set[tuple[int, int, str]]:
    active = Assignment.objects.filter(state__in=Assignment.ACTIVE)
    return set(active.values_list("need", "volunteer", "state"))


def test_a_swap_changes_both_places_at_once() -> None:
    mine, yours = two_places()
    swap = propose(mine, yours)
    assert (swap.state, swap.asked, swap.expires_at) == ("proposed", yours.volunteer, mine.session.starts_at)
    assert sent("swap_asked") == [yours.volunteer.person_id]
    assert serving() == {
        (mine.need_id, mine.volunteer_id, "accepted"),
        (yours.need_id, yours.volunteer_id, "accepted"),
    }, "tried out, and undone"
    accept_swap(swap=swap.pk, by=yours.volunteer.person)
    assert serving() == {
        (mine.need_id, yours.volunteer_id, "accepted"),
        (yours.need_id, mine.volunteer_id, "accepted"),
    }
    assert Claim.objects.count() == 2
    assert sent("swap_done") == [mine.volunteer.person_id]
    assert accept_swap(swap=swap.pk, by=yours.volunteer.person).state == "done"
    assert not Message.objects.filter(template__startswith="callout").exists(), "nobody is looked for"


def test_who_is_full_for_the_week_may_still_swap() -> None:
    mine, yours = two_places(max_sessions=1)
    accept_swap(swap=propose(mine, yours).pk, by=yours.volunteer.person)
    assert (mine.need_id, yours.volunteer_id, "accepted") in serving()


def test_two_roles_of_one_session_are_swapped() -> None:
    session = make_session()
    mine, yours = (take(make_need(session=session, target=1)) for _ in range(2))
    accept_swap(swap=propose(mine, yours).pk, by=yours.volunteer.person)
    assert serving() == {
        (mine.need_id, yours.volunteer_id, "accepted"),
        (yours.need_id, mine.volunteer_id, "accepted"),
    }


def test_a_stand_in_takes_over() -> None:
    mine = take(make_need(target=1))
    friend = make_regular()
    swap = propose(mine, asked=friend)
    assert sent("stand_in_asked") == [friend.person_id]
    accept_swap(swap=swap.pk, by=friend.person)
    assert serving() == {(mine.need_id, friend.pk, "accepted")}
    assert sent("stand_in_done") == [mine.volunteer.person_id]


def test_what_a_rule_forbids_one_of_them_is_not_even_proposed() -> None:
    mine, yours = two_places()
    mine.need.skill = Skill.objects.create(name="讲故事")
    mine.need.save()
    events = Event.objects.count()
    with pytest.raises(Refused, match="no_skill") as refused:
        propose(mine, yours)
    assert refused.value.facts["volunteer"] == yours.volunteer_id
    assert (Swap.objects.count(), Message.objects.count(), Event.objects.count()) == (0, 0, events)


def test_what_has_become_impossible_changes_nothing() -> None:
    mine, yours = two_places()
    swap = propose(mine, yours)
    before = serving()
    Volunteer.objects.filter(pk=mine.volunteer_id).update(active=False)
    with pytest.raises(Refused, match="inactive"):
        accept_swap(swap=swap.pk, by=yours.volunteer.person)
    assert serving() == before
    swap.refresh_from_db()
    assert swap.state == "proposed"


def test_a_place_is_offered_to_one_at_a_time() -> None:
    mine, yours = two_places()
    swap = propose(mine, yours)
    with pytest.raises(Refused, match="swap_open"):
        propose(mine, asked=make_regular())
    withdraw_swap(swap=swap.pk, by=mine.volunteer.person)
    assert sent("swap_asked") == [], "it had not left yet"
    again = propose(mine, yours)
    decline_swap(swap=again.pk, by=yours.volunteer.person)
    assert sent("swap_declined") == [mine.volunteer.person_id]
    for deed in (accept_swap, withdraw_swap):
        with pytest.raises(Refused, match="swap_over"):
            deed(swap=again.pk, by=yours.volunteer.person)


@pytest.mark.parametrize("side", [0, 1])
def test_a_place_given_back_ends_the_proposal(side: int) -> None:
    places = two_places()
    swap = propose(*places)
    decline(assignment=places[side].pk, by=places[side].volunteer.person)
    swap.refresh_from_db()
    assert swap.state == "withdrawn"


def test_it_expires_when_the_earlier_session_begins(at_time: AtTime) -> None:
    mine, yours = two_places()
    swap = propose(yours, mine)
    assert swap.expires_at == mine.session.starts_at
    at_time(mine.session.starts_at)
    with pytest.raises(Refused, match="session_over"):
        accept_swap(swap=swap.pk, by=mine.volunteer.person)


def test_a_proposal_whose_time_is_over_keeps_nobody_from_another(at_time: AtTime) -> None:
    mine, yours = two_places()
    first = propose(yours, mine)
    at_time(mine.session.starts_at)
    friend = make_regular()
    again = propose(yours, asked=friend)
    first.refresh_from_db()
    assert (first.state, again.state, again.asked) == ("withdrawn", "proposed", friend)


def test_a_place_taken_back_ends_the_proposal_for_both(sign_in: SignIn) -> None:
    """A coordinator frees it; nobody is looked for, and nothing tells this app."""
    mine, yours = two_places()
    propose(mine, yours)
    me, them = sign_in(mine.volunteer.person), sign_in(yours.volunteer.person)
    assert [len(one.get("/api/swaps").json()) for one in (me, them)] == [1, 1]
    release_place(assignment=yours.pk, by=make_person())
    assert [len(one.get("/api/swaps").json()) for one in (me, them)] == [0, 0]
    token = Message.objects.get(template="swap_asked").link.rsplit("/", 1)[-1]
    assert Client().get(f"/api/swapped/{token}").json()["swap"]["state"] == "withdrawn"
    propose(mine, asked=make_regular())


def test_who_was_asked_hears_that_the_place_was_given_back() -> None:
    mine, yours = two_places()
    swap = propose(mine, yours)
    decline(assignment=mine.pk, by=mine.volunteer.person)
    told = Event.objects.filter(topic__name=f"person:{yours.volunteer.person_id}", kind="swap.changed")
    assert list(told.values_list("ids", flat=True)) == [{"swap": [swap.pk]}] * 2
    assert sent("swap_asked") == [], "it had not left yet"


def test_in_the_app_from_finding_a_partner_to_the_swap(sign_in: SignIn, at_time: AtTime) -> None:
    mine, yours = two_places()
    at_time(mine.session.starts_at - dt.timedelta(days=2))
    stranger = make_regular()
    me, them = sign_in(mine.volunteer.person), sign_in(yours.volunteer.person)
    found = me.get(f"/api/assignments/{mine.pk}/partners").json()
    assert [(one["assignment"], one["name"]) for one in found["shifts"]] == [(yours.pk, "人*")]
    assert found["colleagues"] == []
    for body in ({"volunteer": stranger.pk}, {"yours": mine.pk}, {}):
        address = f"/api/assignments/{mine.pk}/swap"
        assert me.post(address, body, content_type="application/json").status_code == 404
    swap = me.post(f"/api/assignments/{mine.pk}/swap", {"yours": yours.pk}, content_type="application/json").json()
    assert (swap["by_me"], swap["other"], swap["wanted"]["need"]) == (True, "人*", yours.need_id)
    (asked,) = them.get("/api/swaps").json()
    assert (asked["by_me"], asked["other"]) == (False, mine.volunteer.person.name)
    token = Message.objects.get(template="swap_asked").link.rsplit("/", 1)[-1]
    page = Client().get(f"/api/swapped/{token}").json()
    assert (page["name"], page["swap"]["given"]["need"]) == ("人*", mine.need_id)
    done = Client().post(f"/api/swapped/{token}", {"agreed": True}, content_type="application/json").json()
    assert done["swap"]["state"] == "done"
    assert me.get("/api/swaps").json() == []


def test_colleagues_are_those_one_has_served_with(sign_in: SignIn, at_time: AtTime) -> None:
    hub = make_hub()
    here, me = make_need(session=make_session(hub=hub), target=3), make_regular()
    friend = make_regular()
    take(here, friend)
    take(here, me)
    mine = take(make_need(session=make_session(hub=hub, start=14 * 60), target=1), me)
    make_regular()
    found = sign_in(me.person).get(f"/api/assignments/{mine.pk}/partners").json()
    assert [(one["volunteer"], one["together"]) for one in found["colleagues"]] == [(friend.pk, 1)]


def test_lists_cost_the_same_for_thirty_rows(sign_in: SignIn, at_time: AtTime) -> None:
    hub, program = make_hub(), make_program()
    at_time(make_session().starts_at - dt.timedelta(days=2))
    need = make_need(session=make_session(hub=hub, program=program), target=1)
    mine = take(need)
    me = sign_in(mine.volunteer.person)

    def add(count: int, first: int) -> None:
        for number in range(first, first + count):
            day = MONDAY + dt.timedelta(days=1 + number % 10)
            session = make_session(day=day, start=(7 + number // 10 * 3) * 60, hub=hub, program=program)
            theirs = take(make_need(session=session, target=1))
            propose(theirs, asked=mine.volunteer)

    calls = {
        "partners": lambda: me.get(f"/api/assignments/{mine.pk}/partners"),
        "swaps": lambda: me.get("/api/swaps"),
    }
    add(1, 0)
    for call in calls.values():
        call()
    one = {name: count_queries(call) for name, call in calls.items()}
    add(29, 1)
    assert {name: count_queries(call) for name, call in calls.items()} == one
    assert len(calls["swaps"]().json()) == 30
    assert len(calls["partners"]().json()["shifts"]) == 12
