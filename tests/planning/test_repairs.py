"""Repairing the live roster: few are asked, nobody else moves, and everybody concerned hears of it once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import Person, Role
from hub.places.models import Hub
from scheduling.planning.models import Pin, Waiver
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.signups import accept, assign_by_hand, decline, sign_up
from tests.bookings.factories import book_for
from tests.planning.factories import make_assignment, make_helper, make_open_need
from tests.signups.factories import make_standby
from tests.support.make import MONDAY, make_child, make_hub, make_person
from tests.support.queries import count_queries
from volunteers.models import Clearance, Skill, Volunteer

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
State = Assignment.State
EARLY = clock.at(MONDAY, 8 * 60 + 40)
MORNING = [[0, 8 * 60, 12 * 60]]


@pytest.fixture(autouse=True)
def _at_8_40(at_time: AtTime) -> None:
    at_time(EARLY)


@pytest.fixture
def hub() -> Hub:
    return make_hub()


@pytest.fixture
def desk(hub: Hub, sign_in: SignIn) -> Desk:
    return Desk(sign_in(make_person(Role.COORDINATOR, hub=hub)))


class Desk:
    """A coordinator of the hub, asking for repairs and taking them."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def look(self, need: Need, **query: Any) -> Any:
        answer = self.client.get(f"/api/planning/sessions/{need.session_id}/repairs", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def take(self, need: Need, way: Any) -> Any:
        body = {key: way[key] for key in ("freed", "taken", "seen")}
        address = f"/api/planning/sessions/{need.session_id}/repairs"
        return self.client.post(address, body, content_type="application/json")


def give(need: Need, volunteer: Volunteer, *, said_yes: bool = False) -> Assignment:
    row = assign_by_hand(need=need.pk, person=volunteer.person_id, by=make_person())
    return accept(assignment=row.pk, by=volunteer.person) if said_yes else row


def cleared() -> Volunteer:
    helper = make_helper()
    Clearance.objects.create(
        volunteer=helper, kind="child", checked_on=MONDAY - dt.timedelta(days=30), valid_until=MONDAY.replace(year=2027)
    )
    return helper


def in_force() -> set[tuple[int, int, str]]:
    return set(Assignment.objects.filter(state__in=Assignment.ACTIVE).values_list("need", "volunteer", "state"))


def people(found: Any) -> list[list[int]]:
    return [[step["volunteer"] for step in way["steps"]] for way in found["ways"]]


def move_case(hub: Hub, *, said_yes: bool = False) -> tuple[Need, Need, Volunteer, Volunteer]:
    """(short, other, mover, filler): only the mover can fill the short need, and has the other's place at that time,
    which the filler could take."""
    short = make_open_need(hub=hub, target=1, skill=Skill.objects.create(name="讲故事"))
    other = make_open_need(hub=hub, target=1)
    mover, filler = make_helper(), make_helper()
    assert short.skill is not None
    mover.skills.add(short.skill)
    give(other, mover, said_yes=said_yes)
    Message.objects.all().delete()
    return short, other, mover, filler


def test_two_readers_cancel_and_two_neighbors_step_in(desk: Desk, hub: Hub) -> None:
    need = make_open_need(hub=hub, min=2)
    given = [give(need, make_helper(availability=MORNING), said_yes=True) for _ in range(2)]
    give(make_open_need(hub=hub, start=14 * 60), make_helper(availability=[[0, 13 * 60, 18 * 60]]))
    for row in given:
        decline(assignment=row.pk, by=row.volunteer.person)
    before = in_force()
    near, far = make_helper(home=hub), make_helper()
    Message.objects.all().delete()

    found = desk.look(need)

    assert found["missing"] == 2
    best = found["ways"][0]
    assert [step["name"] for step in best["steps"]] == [one.person.name for one in (near, far)]
    assert (best["open"], best["freed"]) == ([], [])
    assert best["taken"] == [{"need": need.pk, "volunteer": one.pk} for one in (near, far)]
    assert [[why["code"] for why in step["why"]] for step in best["steps"]] == [["near", "fair"], ["near", "fair"]]
    assert [[one["missing"] for one in way["open"]] for way in found["ways"]] == [[], [1], [1]]

    assert desk.take(need, best).json() == {"added": 2, "released": 0, "told": 2}
    assert in_force() - before == {(need.pk, one.pk, State.PUBLISHED) for one in (near, far)}
    assert before - in_force() == set()
    messages = set(Message.objects.values_list("to_id", "template"))
    assert messages == {(one.person_id, "shifts_added") for one in (near, far)}
    assert Message.objects.count() == 2
    after = desk.look(need)
    assert (after["missing"], after["ways"]) == (0, [])


def test_one_moves_over_and_another_takes_their_place(desk: Desk, hub: Hub) -> None:
    short, other, mover, filler = move_case(hub)
    found = desk.look(short)
    (way,) = found["ways"]
    (first, second) = way["steps"]
    assert (first["volunteer"], second["volunteer"]) == (mover.pk, filler.pk)
    assert ([one["need"] for one in first["leaves"]], [one["need"] for one in first["takes"]]) == (
        [other.pk],
        [short.pk],
    )
    assert [one["title"] for one in second["takes"]] == [other.session.program.name]
    assert first["accepted"] is False

    assert desk.take(short, way).json() == {"added": 2, "released": 1, "told": 2}

    assert in_force() == {(short.pk, mover.pk, State.PUBLISHED), (other.pk, filler.pk, State.PUBLISHED)}
    assert set(Claim.objects.values_list("session", "resource")) == {
        (short.session_id, person_resource(mover.person_id)),
        (other.session_id, person_resource(filler.person_id)),
    }
    told = list(Message.objects.order_by("to_id").values_list("to_id", "template"))
    assert told == [(mover.person_id, "shifts_changed"), (filler.person_id, "shifts_added")]
    entry = Entry.objects.get(action="session.repaired")
    assert (entry.chain, entry.facts) == (hub.pk, {"volunteers": [mover.pk, filler.pk]})
    assert entry.subject == f"scheduling_sessions.session:{short.session_id}"
    heard = Event.objects.filter(topic__name=f"hub:{hub.pk}").order_by("-seq")[:3]
    assert sorted(one.ids["session"] for one in heard) == sorted(
        [[short.session_id], [other.session_id], [other.session_id]]
    )
    assert len({one.ids["assignment"][0] for one in heard}) == 3


def test_who_said_yes_moves_only_when_that_is_allowed(desk: Desk, hub: Hub) -> None:
    short, _, mover, filler = move_case(hub, said_yes=True)
    assert desk.look(short)["ways"] == []
    found = desk.look(short, move_accepted=True)
    assert people(found) == [[mover.pk, filler.pk]]
    assert [step["accepted"] for step in found["ways"][0]["steps"]] == [True, False]


def test_a_repair_that_was_overtaken_changes_nothing(desk: Desk, hub: Hub) -> None:
    short, _, _, filler = move_case(hub)
    (way,) = desk.look(short)["ways"]
    give(make_open_need(hub=hub, start=9 * 60 + 30), filler)
    before = in_force(), set(Claim.objects.values_list("session", "resource")), Message.objects.count()

    answer = desk.take(short, way)

    assert (answer.status_code, answer.json()["code"]) == (409, "clash")
    assert answer.json()["facts"]["volunteer"] == filler.pk
    assert (in_force(), set(Claim.objects.values_list("session", "resource")), Message.objects.count()) == before
    assert not Entry.objects.filter(action="session.repaired").exists()


def test_a_place_filled_meanwhile_is_not_filled_twice(desk: Desk, hub: Hub) -> None:
    need = make_open_need(hub=hub)
    first, second = make_helper(), make_helper()
    way = desk.look(need)["ways"][0]
    assert people(desk.look(need)) == [[first.pk], [second.pk]]
    give(need, second)
    answer = desk.take(need, way)
    assert (answer.status_code, answer.json()) == (
        409,
        {"code": "outdated", "facts": {"sessions": [need.session_id]}},
    )
    assert in_force() == {(need.pk, second.pk, State.PUBLISHED)}


def test_who_gave_the_place_back_meanwhile_is_not_moved(desk: Desk, hub: Hub) -> None:
    short, _, mover, _ = move_case(hub)
    (way,) = desk.look(short)["ways"]
    row = Assignment.objects.get(volunteer=mover)
    decline(assignment=row.pk, by=mover.person)
    assert desk.take(short, way).json()["code"] == "outdated"
    assert in_force() == set()


def test_whose_check_no_longer_holds_is_replaced(desk: Desk, hub: Hub) -> None:
    need = make_open_need(hub=hub, kind="reading", clearance="child", min=2, target=2)
    goes, stays, comes = (cleared() for _ in range(3))
    for one in (goes, stays):
        give(need, one, said_yes=True)
    Clearance.objects.filter(volunteer=goes).update(valid_until=MONDAY - dt.timedelta(days=1))
    Message.objects.all().delete()

    found = desk.look(need)

    assert [(one["volunteer"], one["need"]) for one in found["lost"]] == [(goes.pk, need.pk)]
    assert (found["missing"], people(found)) == (1, [[comes.pk]])
    assert desk.take(need, found["ways"][0]).json() == {"added": 1, "released": 1, "told": 2}
    assert in_force() == {(need.pk, stays.pk, State.ACCEPTED), (need.pk, comes.pk, State.PUBLISHED)}
    assert set(Message.objects.values_list("to_id", "template")) == {
        (goes.person_id, "shifts_released"),
        (comes.person_id, "shifts_added"),
    }


@pytest.mark.parametrize(("target", "found_for", "left"), [(4, 2, 0), (2, 1, 1)])
def test_adults_for_the_children_booked_are_missing_people(
    desk: Desk, hub: Hub, target: int, found_for: int, left: int, at_time: AtTime
) -> None:
    """Fifteen six-year-olds take three adults; nobody is on duty and one is there. A role has room for so many."""
    need = make_open_need(hub=hub, kind="reading", clearance="child", target=target)
    need.session.places = 20
    need.session.save()
    give(need, cleared())
    at_time(EARLY - dt.timedelta(days=1))
    for _ in range(15):
        book_for(need.session, make_child(born=MONDAY.replace(year=2020)))
    at_time(EARLY)
    for _ in range(2):
        cleared()
    found = desk.look(need)
    assert (found["missing"], found["short_of_room"]) == (2, left)
    assert [len(way["steps"]) for way in found["ways"]][:1] == [found_for]


def test_people_at_the_sites_of_others_are_not_moved(desk: Desk, hub: Hub) -> None:
    short, other, *_ = move_case(hub)
    other.session.hub = make_hub()
    other.session.save()
    assert desk.look(short)["ways"] == []


def test_a_place_on_another_day_stays_and_counts(desk: Desk, hub: Hub) -> None:
    need, later = make_open_need(hub=hub), make_open_need(hub=hub, day=2)
    busy, free = make_helper(max_sessions=1), make_helper()
    give(later, busy)
    tired = make_helper()
    give(make_open_need(hub=hub, day=3), tired)
    found = desk.look(need)
    assert people(found) == [[free.pk], [tired.pk]]
    assert [[why["code"] for why in way["steps"][0]["why"]] for way in found["ways"]] == [["near", "fair"], ["near"]]


def test_who_was_asked_long_ago_is_said(desk: Desk, hub: Hub) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    make_assignment(make_open_need(hub=hub, day=-21), helper)
    (step,) = desk.look(need)["ways"][0]["steps"]
    assert step["why"][-1] == {"code": "asked", "facts": {"weeks": 3}}


def test_an_exception_agreed_for_a_plan_is_none_for_a_repair(desk: Desk, hub: Hub) -> None:
    """Sign-up's rules, by which a repair is taken, know no exception: nobody is offered who would then be refused."""
    need, helper = make_open_need(hub=hub), make_helper(availability=[[0, 9 * 60 + 30, 18 * 60]])
    pin = Pin.objects.create(need=need, volunteer=helper)
    Waiver.objects.create(pin=pin, code="unavailable", allowed_at=EARLY)
    assert desk.look(need)["ways"] == []


def test_nothing_is_repaired_that_has_begun_or_was_cancelled(desk: Desk, hub: Hub) -> None:
    begun, gone = make_open_need(hub=hub, start=8 * 60), make_open_need(hub=hub)
    gone.session.state = "cancelled"
    gone.session.save()
    codes = []
    for need in (begun, gone):
        answer = desk.client.get(f"/api/planning/sessions/{need.session_id}/repairs")
        codes.append((answer.status_code, answer.json()["code"]))
    assert codes == [(409, "session_over"), (409, "session_cancelled")]


def test_no_place_elsewhere_is_touched_through_a_session_of_ones_own(desk: Desk, hub: Hub) -> None:
    need, foreign, helper = make_open_need(hub=hub), make_open_need(hub=make_hub()), make_helper()
    way = desk.look(need)["ways"][0]
    way["taken"] = [{"need": foreign.pk, "volunteer": helper.pk}]
    answer = desk.take(need, way)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert in_force() == set()


def test_looking_takes_as_many_queries_for_thirty_as_for_one(desk: Desk, hub: Hub) -> None:
    short, *_ = move_case(hub)
    reading = make_open_need(hub=hub, kind="reading", clearance="child").session
    reading.places = 20
    reading.save()
    book_for(reading, make_child())
    desk.look(short)
    few = count_queries(lambda: desk.look(short))
    for _ in range(29):
        give(make_open_need(hub=hub, start=13 * 60), cleared())
        make_open_need(hub=hub, kind="reading", clearance="child", start=16 * 60)
    assert count_queries(lambda: desk.look(short)) == few


def test_who_stands_by_comes_first(desk: Desk, hub: Hub) -> None:
    need = make_open_need(hub=hub)
    make_helper(home=hub)
    standby = make_helper()
    row = make_standby(need, standby)
    Message.objects.all().delete()

    best = desk.look(need)["ways"][0]

    assert [(step["volunteer"], step["standby"]) for step in best["steps"]] == [(standby.pk, True)]
    assert desk.take(need, best).json() == {"added": 1, "released": 0, "told": 1}
    row.refresh_from_db()
    assert (row.state, in_force()) == (Standby.State.STEPPED_IN, {(need.pk, standby.pk, State.PUBLISHED)})
    assert Claim.objects.filter(resource=person_resource(standby.person_id)).count() == 1
    assert list(Message.objects.values_list("to_id", "template")) == [(standby.person_id, "shifts_added")]


def test_who_stands_by_elsewhere_is_left_there(desk: Desk, hub: Hub) -> None:
    need, other = make_open_need(hub=hub), make_open_need(hub=hub)
    make_standby(other, make_helper())
    assert desk.look(need)["ways"] == []


def test_a_social_worker_mends_what_is_their_agencys(hub: Hub, sign_in: SignIn) -> None:
    """Who could come over from another agency's session is left there."""
    short, other, mover, _ = move_case(hub)
    agency = short.session.program.agency
    desk = Desk(sign_in(make_person(Role.SOCIAL_WORKER, agency=agency)))
    assert desk.look(short)["ways"] == []
    assert desk.client.get(f"/api/planning/sessions/{other.session_id}/repairs").status_code == 404

    neighbor = make_helper()
    assert short.skill is not None
    neighbor.skills.add(short.skill)
    (way,) = desk.look(short)["ways"]
    assert desk.take(short, way).json() == {"added": 1, "released": 0, "told": 1}
    assert in_force() == {(short.pk, neighbor.pk, State.PUBLISHED), (other.pk, mover.pk, State.PUBLISHED)}


def test_a_way_through_what_is_not_theirs_is_refused(hub: Hub, desk: Desk, sign_in: SignIn) -> None:
    short, *_ = move_case(hub)
    (way,) = desk.look(short)["ways"]
    worker = Desk(sign_in(make_person(Role.SOCIAL_WORKER, agency=short.session.program.agency)))
    before = in_force()
    assert worker.take(short, way).status_code == 404
    assert in_force() == before


def test_a_place_that_somebody_in_line_is_asked_about_is_not_filled(desk: Desk, hub: Hub) -> None:
    need = make_open_need(hub=hub, min=1, target=1)
    first, second = make_helper(), make_helper()
    row = give(need, first)
    sign_up(need=need.pk, person=second.person_id, by=second.person, wait=True)
    make_helper()
    decline(assignment=row.pk, by=first.person)
    found = desk.look(need)
    assert (found["missing"], found["offered"], found["ways"]) == (0, 1, [])


def test_beside_a_place_that_is_offered_only_the_others_are_filled(desk: Desk, hub: Hub) -> None:
    need = make_open_need(hub=hub, min=2, target=2)
    first, second, third = make_helper(), make_helper(), make_helper(availability=MORNING)
    given = [give(need, one) for one in (first, second)]
    sign_up(need=need.pk, person=third.person_id, by=third.person, wait=True)
    for row in given:
        decline(assignment=row.pk, by=row.volunteer.person)
    free = make_helper(home=hub)
    found = desk.look(need)
    assert (found["missing"], found["offered"], people(found)[0]) == (1, 1, [free.pk])
    assert desk.take(need, found["ways"][0]).json()["added"] == 1
    assert accept(assignment=need.assignments.get(volunteer=third).pk, by=third.person).state == State.ACCEPTED
