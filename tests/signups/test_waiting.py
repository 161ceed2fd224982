"""The line before a full need: who is next, who is passed over, and what becomes of a place nobody takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from scheduling.sessions.models import Claim, Need, RosterSettings
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.offers import answer_by
from scheduling.sessions.sessions import cancel_session, edit_session
from scheduling.signups.models import Assignment
from scheduling.signups.signals import place_left_open
from scheduling.signups.signups import accept, assign_by_hand, decline, release_place, sign_up
from scheduling.signups.standbys import name_standby
from scheduling.signups.tasks import look
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_need, make_person, make_session
from volunteers.models import Absence, Volunteer

pytestmark = pytest.mark.django_db
NOON = clock.at(MONDAY - dt.timedelta(days=7), 12 * 60)


@pytest.fixture(autouse=True)
def _a_week_before(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(NOON)


@pytest.fixture
def left_open() -> Iterator[list[int]]:
    """Volunteers whose places were told to be open."""
    told: list[int] = []

    def hear(sender: object, left: int, **kwargs: Any) -> None:
        told.append(left)

    place_left_open.connect(hear)
    yield told
    place_left_open.disconnect(hear)


def wait_for(need: Need, volunteer: Volunteer | None = None) -> Assignment:
    person = (volunteer or make_regular()).person
    return sign_up(need=need.pk, person=person.pk, by=person, wait=True)


def state(row: Assignment) -> str:
    row.refresh_from_db()
    return row.state


def full_need(**values: Any) -> tuple[Need, Assignment]:
    need = make_need(**{"target": 1} | values)
    return need, take(need)


def test_who_would_wait_for_a_free_place_has_it() -> None:
    assert wait_for(make_need()).state == "accepted"


def test_a_freed_place_is_offered_to_the_first_and_held_for_them(left_open: list[int]) -> None:
    need, first = full_need()
    second, third = wait_for(need), wait_for(need)
    assert (second.state, third.state) == ("waiting", "waiting")
    decline(assignment=first.pk, by=None)
    assert (state(second), state(third)) == ("offered", "waiting")
    assert second.answer_by == NOON + dt.timedelta(hours=24)
    message = Message.objects.get(template="place_offered")
    assert (message.to_id, "/a/" in message.link) == (second.volunteer.person_id, True)
    for taking in (take, lambda one: assign_by_hand(need=one.pk, person=make_regular().person_id, by=make_person())):
        with pytest.raises(Refused, match="need_full"):
            taking(need)
    assert accept(assignment=second.pk, by=second.volunteer.person).state == "accepted"
    assert (state(third), left_open) == ("waiting", [])


def test_who_comes_after_all_leaves_no_second_place_for_the_line() -> None:
    """They declined, came back to the line, are offered the place and take it by their first link."""
    need, first = full_need()
    decline(assignment=first.pk, by=None)
    holder = take(need)
    again, third = wait_for(need, first.volunteer), wait_for(need)
    decline(assignment=holder.pk, by=None)
    assert (state(again), state(third)) == ("offered", "waiting")
    accept(assignment=first.pk, by=first.volunteer.person)
    assert (state(first), state(again), state(third)) == ("accepted", "withdrawn", "waiting")


def test_an_offer_declined_by_who_stands_by_keeps_their_time() -> None:
    need, first = full_need()
    second = wait_for(need)
    name_standby(session=need.session_id, person=second.volunteer.person_id, by=make_person())
    decline(assignment=first.pk, by=None)
    assert state(second) == "offered"
    decline(assignment=second.pk, by=second.volunteer.person)
    assert Claim.objects.filter(session=need.session_id, resource=f"person:{second.volunteer.person_id}").count() == 1


def test_a_place_that_passes_when_the_session_begins_calls_nobody(
    at_time: Callable[[dt.datetime], None], left_open: list[int]
) -> None:
    need, first = full_need()
    at_time(need.session.starts_at - dt.timedelta(minutes=10))
    second = wait_for(need)
    decline(assignment=first.pk, by=None)
    assert state(second) == "offered"
    at_time(need.session.starts_at)
    assert (look(), state(second), left_open) == (1, "passed", [])


def test_a_no_passes_it_on_and_the_last_no_calls_out(left_open: list[int]) -> None:
    need, first = full_need()
    second, third = wait_for(need), wait_for(need)
    decline(assignment=first.pk, by=None)
    decline(assignment=second.pk, by=second.volunteer.person)
    assert (state(second), state(third), left_open) == ("declined", "offered", [])
    decline(assignment=third.pk, by=third.volunteer.person)
    assert left_open == [third.volunteer_id]


def test_silence_passes_it_on_once(at_time: Callable[[dt.datetime], None], left_open: list[int]) -> None:
    need, first = full_need()
    second, third = wait_for(need), wait_for(need)
    decline(assignment=first.pk, by=None)
    second.refresh_from_db()
    assert second.answer_by is not None
    at_time(second.answer_by - dt.timedelta(seconds=1))
    assert look() == 0
    at_time(second.answer_by)
    assert (look(), look()) == (1, 0)
    assert (state(second), second.reason, state(third)) == ("passed", "silent", "offered")
    with pytest.raises(Refused, match="offer_over"):
        accept(assignment=second.pk, by=second.volunteer.person)
    at_time(clock.now() + dt.timedelta(days=2))
    assert (look(), look(), left_open) == (1, 0, [third.volunteer_id])


def test_who_cannot_any_more_is_passed_over_with_the_reason() -> None:
    need, first = full_need()
    second, third = wait_for(need), wait_for(need)
    start = need.session.starts_at
    Absence.objects.create(volunteer=second.volunteer, starts_at=start, ends_at=start + dt.timedelta(hours=1))
    decline(assignment=first.pk, by=None)
    assert (state(second), second.reason, state(third)) == ("passed", "blocked", "offered")


def test_whoever_took_something_else_meanwhile_may_not_take_the_offer() -> None:
    need, first = full_need()
    second = wait_for(need)
    decline(assignment=first.pk, by=None)
    take(make_need(session=make_session(hub=need.session.hub)), second.volunteer)
    with pytest.raises(Refused, match="clash"):
        accept(assignment=second.pk, by=second.volunteer.person)


def test_asked_for_once() -> None:
    need, _ = full_need()
    row = wait_for(need)
    with pytest.raises(Refused, match="already_asked"):
        wait_for(need, row.volunteer)


def test_a_line_has_an_end() -> None:
    RosterSettings.objects.create(most_waiting=2)
    need, _ = full_need()
    wait_for(need)
    wait_for(need)
    with pytest.raises(Refused, match="waiting_full"):
        wait_for(need)


def test_taken_back_it_is_no_no() -> None:
    need, first = full_need()
    second, third = wait_for(need), wait_for(need)
    decline(assignment=second.pk, by=second.volunteer.person)
    decline(assignment=first.pk, by=None)
    assert (state(second), state(third)) == ("withdrawn", "offered")
    assert wait_for(need, second.volunteer).state == "waiting"


def test_another_role_in_the_session_instead() -> None:
    need, first = full_need()
    second, third = wait_for(need), wait_for(need)
    decline(assignment=first.pk, by=None)
    take(make_need(session=need.session), second.volunteer)
    assert (state(second), state(third)) == ("withdrawn", "offered")


def test_released_by_hand_and_raised_targets_reach_the_line() -> None:
    need, first = full_need()
    second, third, fourth = (wait_for(need) for _ in range(3))
    release_place(assignment=first.pk, by=make_person())
    assert [state(one) for one in (second, third, fourth)] == ["offered", "waiting", "waiting"]
    edit_session(
        session_id=need.session_id, revision=1, by=None, places=None, duty_worker=None, note="",
        needs=[NeedWish(id=need.pk, role=need.role, min=1, target=2)],
    )  # fmt: skip
    assert [state(one) for one in (second, third, fourth)] == ["offered", "offered", "waiting"]


def test_a_place_that_came_free_where_nobody_looked_is_found() -> None:
    need, _ = full_need()
    second = wait_for(need)
    Need.objects.filter(pk=need.pk).update(target=2)
    with pytest.raises(Refused, match="need_full"):
        take(need)
    assert state(second) == "waiting", "a refusal undoes all"
    assert (look(), look()) == (1, 0)
    assert state(second) == "offered"


def test_a_cancelled_session_has_no_line() -> None:
    need, first = full_need()
    second = wait_for(need)
    decline(assignment=first.pk, by=None)
    cancel_session(session_id=need.session_id, revision=1, reason="停电", by=None)
    assert (state(second), second.answer_by) == ("released", None)
    assert look() == 0


@pytest.mark.parametrize(
    ("now", "starts", "until"),
    [
        ((0, 12, 0), (4, 9, 0), (1, 12, 0)),
        ((0, 12, 0), (2, 9, 0), (0, 16, 0)),
        ((0, 9, 0), (0, 15, 0), (0, 10, 0)),
        ((0, 9, 0), (0, 10, 30), (0, 9, 20)),
        ((0, 20, 0), (2, 9, 0), (1, 9, 0)),
        ((0, 6, 0), (0, 12, 0), (0, 9, 0)),
        ((0, 21, 50), (0, 22, 20), (0, 22, 20)),
        ((0, 9, 0), (0, 9, 5), (0, 9, 5)),
    ],
)
def test_the_nearer_the_session_the_shorter_an_offer(
    now: tuple[int, int, int], starts: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    moment = [
        clock.at(MONDAY + dt.timedelta(days=day), hour * 60 + minute) for day, hour, minute in (now, starts, until)
    ]
    assert answer_by(starts_at=moment[1], now=moment[0]) == moment[2]


def test_the_journal_tells_how_a_place_went_from_hand_to_hand() -> None:
    need, first = full_need()
    second = wait_for(need)
    decline(assignment=first.pk, by=None)
    accept(assignment=second.pk, by=second.volunteer.person)
    told = list(Entry.objects.order_by("pk").values_list("action", "facts__state"))
    assert told == [
        ("assignment.taken", "accepted"),
        ("assignment.waiting", "waiting"),
        ("assignment.declined", "declined"),
        ("assignment.offered", "offered"),
        ("assignment.accepted", "accepted"),
    ]
