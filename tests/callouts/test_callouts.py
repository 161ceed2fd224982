"""A call-out from its first wave to its end: who is asked and when, and what everybody is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from hub.notify.recipients import Recipient
from hub.notify.sending import send_one
from hub.people.models import Role
from scheduling.callouts.answers import say_no, say_yes
from scheduling.callouts.callouts import look, start_call_out, stop_call_out
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.tasks import look_after, look_at_due, look_soon
from scheduling.callouts.waves import WAVES, pause_with, wave_with
from scheduling.planning.publish import publish_run
from scheduling.sessions.models import Need
from scheduling.sessions.sessions import cancel_session, move_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, assign_by_hand, decline, sign_up
from scheduling.signups.standbys import name_standby
from tests.callouts.factories import AtTime, asked_in, first_wave, helpers, sent, short_need, the_callout
from tests.planning.factories import finish, make_helper, make_run
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session

pytestmark = pytest.mark.django_db
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
START = clock.at(MONDAY, 9 * 60)


def test_who_cannot_come_starts_it_and_the_coordinator_is_told() -> None:
    hub = make_hub()
    coordinator = make_person(Role.COORDINATOR, hub=hub)
    make_person(Role.COORDINATOR)
    need, place = short_need(session=make_session(hub=hub))
    callout = the_callout(need)
    assert (callout.state, callout.wished, callout.by) == ("running", False, None)
    assert sent("callout_started") == [coordinator.pk]
    assert sent("callout_ask") == [], "the wave is the worker's"
    assert decline(assignment=place.pk, by=place.volunteer.person).state == "declined"
    assert CallOut.objects.count() == 1


def test_where_enough_come_still_nobody_is_rung_out_of_bed() -> None:
    """The session can be held: the wish is asked for once, and no more."""
    need = make_need(min=1, target=2)
    place, _ = take(need), take(need)
    decline(assignment=place.pk, by=place.volunteer.person)
    helpers(8)
    first_wave(need)
    callout = the_callout(need)
    assert (callout.wished, len(asked_in(callout))) == (True, 3)
    assert callout.next_look == need.session.starts_at


def test_a_second_gap_wakes_it_up_again(at_time: AtTime) -> None:
    need = make_need(min=1, target=2)
    places = [take(need), take(need)]
    decline(assignment=places[0].pk, by=places[0].volunteer.person)
    helpers(20)
    first_wave(need)
    decline(assignment=places[1].pk, by=places[1].volunteer.person)
    look_soon(need.pk)
    callout = the_callout(need)
    assert look(callout.pk), "nobody is asked before those asked had their time"
    assert asked_in(callout, 2) == set()
    callout.refresh_from_db()
    assert callout.next_look is not None
    at_time(callout.next_look)
    assert look(callout.pk)
    assert len(asked_in(callout, 2)) == 6, "three for each of the two places"


def test_nobody_is_asked_whom_a_rule_excludes() -> None:
    hub = make_hub()
    session = make_session(hub=hub)
    need, place = short_need(session=session)
    make_regular(active=False)
    make_regular(availability=[[2, 0, 1440]])
    make_regular(home=make_hub(longitude=109.0))
    busy = make_regular()
    take(make_need(session=make_session(hub=hub, start=9 * 60 + 30)), busy)
    fits = make_regular(home=hub)
    asks = first_wave(need)
    assert [one.volunteer_id for one in asks] == [fits.pk], "nor whoever just said they can't come"
    assert place.volunteer_id != fits.pk
    assert [one["code"] for one in asks[0].why] == ["near", "fair"]


def test_who_was_asked_a_lot_and_stayed_silent_comes_later() -> None:
    hub = make_hub()
    quiet = make_regular(home=hub)
    for start in (13, 15, 17):
        need, _ = short_need(session=make_session(hub=hub, start=start * 60))
        assert [one.volunteer_id for one in first_wave(need)] == [quiet.pk]
    others = helpers(3, home=hub)
    need, _ = short_need(session=make_session(hub=hub))
    assert asked_in(the_callout(need)) == set()
    asks = first_wave(need)
    assert {one.volunteer_id for one in asks} == {one.pk for one in others}


def test_who_stands_by_is_asked_before_all_others(at_time: AtTime) -> None:
    need, _ = short_need()
    helpers(3)
    ready = make_regular(home=make_hub(longitude=106.72))
    name_standby(session=need.session_id, person=ready.person_id, by=make_person())
    asks = first_wave(need)
    assert [(one.volunteer_id, one.why[0]["code"]) for one in asks] == [(ready.pk, "standby")]
    callout = the_callout(need)
    assert callout.next_look is not None
    at_time(callout.next_look)
    assert look(callout.pk)
    assert len(asked_in(callout, 2)) == 3


def test_the_table_of_waves() -> None:
    assert [
        (wave_with(left).people, pause_with(left)) for left in (100 * HOUR, 30 * HOUR, 10 * HOUR, 3 * HOUR, HOUR)
    ] == [
        (3, 12 * HOUR),
        (3, 4 * HOUR),
        (4, HOUR),
        (6, 20 * MINUTE),
        (10, 8 * MINUTE),
    ]
    assert pause_with(73 * HOUR) == 5 * HOUR, "an hour until the nearer row, then its own pause"
    pauses = [pause_with(dt.timedelta(minutes=left)) for left in range(100 * 60)]
    assert all(before <= after for before, after in pairwise(pauses))
    assert [wave.people for wave in WAVES] == sorted(wave.people for wave in WAVES)


@pytest.mark.parametrize(("left", "people", "pause"), [(30 * HOUR, 3, 4 * HOUR), (3 * HOUR, 6, 20 * MINUTE)])
def test_silence_passes_on_after_the_pause(
    left: dt.timedelta, people: int, pause: dt.timedelta, at_time: AtTime
) -> None:
    need, _ = short_need()
    helpers(20)
    at_time(START - left)
    first_wave(need)
    callout = the_callout(need)
    assert (len(asked_in(callout)), callout.next_look) == (people, START - left + pause)
    at_time(START - left + pause - MINUTE)
    assert not look(callout.pk)
    at_time(START - left + pause)
    assert look(callout.pk)
    assert not look(callout.pk), "once"
    assert len(asked_in(callout, 2)) == people
    assert not asked_in(callout, 1) & asked_in(callout, 2)


def test_when_all_of_a_wave_say_no_others_are_asked_at_once() -> None:
    need, _ = short_need()
    helpers(6)
    asks = first_wave(need)
    for one in asks:
        say_no(ask=one.pk, by=one.volunteer.person)
    look_soon(need.pk)
    callout = the_callout(need)
    assert look(callout.pk)
    assert len(asked_in(callout, 2)) == 3
    assert not asked_in(callout, 2) & {one.volunteer_id for one in asks}


def test_when_no_message_reached_those_who_have_not_said_no_others_are_asked_at_once(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.NOTIFY_CHANNELS = ["sms"]
    need, _ = short_need()
    helpers(6)
    no, *lost = first_wave(need)
    say_no(ask=no.pk, by=no.volunteer.person)
    callout = the_callout(need)
    for one, due in zip(lost, (0, 1), strict=True):
        assert asked_in(callout, 2) == set(), "one may still answer"
        with django_capture_on_commit_callbacks(execute=True):
            send_one(Message.objects.get(dedupe_key=f"callout_ask:{one.pk}"), Recipient(name="没有电话"))
        look_at_due()
        assert (len(asked_in(callout, 2)) > 0) == due
    assert len(asked_in(callout, 2)) == 3


def test_the_first_yes_takes_the_place_and_the_others_are_thanked() -> None:
    need, _ = short_need()
    helpers(3)
    first, second, third = first_wave(need)
    Message.objects.update(state="sent")
    say_no(ask=third.pk, by=third.volunteer.person)
    say_yes(ask=first.pk, by=first.volunteer.person)
    callout = the_callout(need)
    assert callout.state == "filled"
    row = Assignment.objects.get(need=need, state="accepted")
    assert (row.volunteer_id, row.source, row.by) == (first.volunteer_id, "self", None)
    states = dict(callout.asks.values_list("pk", "state"))
    assert states == {first.pk: "yes", second.pk: "closed", third.pk: "no"}
    assert sent("callout_filled") == [second.volunteer.person_id]
    assert say_yes(ask=first.pk, by=first.volunteer.person).state == "yes"
    with pytest.raises(Refused, match="callout_filled"):
        say_yes(ask=second.pk, by=second.volunteer.person)


def test_a_question_that_has_not_left_yet_is_taken_back_instead() -> None:
    need, _ = short_need()
    helpers(3)
    asks = first_wave(need)
    say_yes(ask=asks[0].pk, by=asks[0].volunteer.person)
    assert sent("callout_filled") == []
    assert sent("callout_ask") == [asks[0].volunteer.person_id]


def test_whoever_else_fills_the_place_ends_it() -> None:
    need, place = short_need()
    helpers(2)
    asks = first_wave(need)
    Message.objects.update(state="sent")
    accept(assignment=place.pk, by=place.volunteer.person)
    look_soon(need.pk)
    callout = the_callout(need)
    assert look(callout.pk)
    callout.refresh_from_db()
    assert (callout.state, callout.next_look) == ("filled", None)
    assert sent("callout_filled") == [one.volunteer.person_id for one in asks]


def fill_by_plan(need: Need) -> None:
    helper = make_helper()
    publish_run(run=finish(make_run(need.session.hub), (need, helper)), by=None)


def fill_by_sign_up(need: Need) -> None:
    take(need)


def fill_by_hand(need: Need) -> None:
    assign_by_hand(need=need.pk, person=make_regular().person_id, by=make_person())


@pytest.mark.parametrize("fill", [fill_by_plan, fill_by_sign_up, fill_by_hand])
def test_however_the_place_is_filled_it_is_looked_at_at_once(
    fill: Callable[[Need], None], django_capture_on_commit_callbacks: Any
) -> None:
    need, _ = short_need()
    helpers(2)
    first_wave(need)
    with django_capture_on_commit_callbacks(execute=True):
        fill(need)
    assert look_at_due() == 1
    assert the_callout(need).state == "filled"


def test_a_place_that_nobody_was_asked_for_costs_no_look(django_capture_on_commit_callbacks: Any) -> None:
    need = make_need(target=2)
    short_need()
    with django_capture_on_commit_callbacks() as callbacks:
        take(need)
    looks = [one for one in callbacks if isinstance(one, partial) and one.func is look_soon]
    assert looks == []


def test_nobody_left_is_said_and_a_late_yes_still_counts(at_time: AtTime) -> None:
    hub = make_hub()
    coordinator = make_person(Role.COORDINATOR, hub=hub)
    need, _ = short_need(session=make_session(hub=hub))
    (only,) = helpers(1)
    (ask,) = first_wave(need)
    callout = the_callout(need)
    assert callout.next_look is not None
    at_time(callout.next_look)
    assert look(callout.pk)
    callout.refresh_from_db()
    assert callout.state == "nobody_left"
    assert sent("callout_nobody_left") == [coordinator.pk]
    say_yes(ask=ask.pk, by=only.person)
    callout.refresh_from_db()
    assert callout.state == "filled"


def test_it_ends_when_the_session_begins(at_time: AtTime) -> None:
    need, _ = short_need()
    helpers(1)
    (ask,) = first_wave(need)
    at_time(START)
    callout = the_callout(need)
    assert look(callout.pk)
    callout.refresh_from_db()
    assert callout.state == "begun"
    for answer in (say_yes, say_no):
        with pytest.raises(Refused, match="session_over"):
            answer(ask=ask.pk, by=ask.volunteer.person)


def test_stopped_by_hand_it_tells_those_who_were_asked() -> None:
    need, _ = short_need()
    helpers(1)
    (ask,) = first_wave(need)
    Message.objects.update(state="sent")
    staff = make_person()
    callout = stop_call_out(callout=the_callout(need).pk, by=staff)
    assert callout.state == "stopped"
    assert sent("callout_stopped") == [ask.volunteer.person_id]
    assert stop_call_out(callout=callout.pk, by=staff).ended_at == callout.ended_at
    with pytest.raises(Refused, match="callout_stopped"):
        say_yes(ask=ask.pk, by=ask.volunteer.person)


def test_started_by_hand_for_any_short_need() -> None:
    staff, need = make_person(), make_need(min=0, target=1)
    helpers(4)
    callout = start_call_out(need=need.pk, by=staff)
    assert start_call_out(need=need.pk, by=staff).pk == callout.pk
    assert (callout.by, callout.wished) == (staff, True)
    assert len(first_wave(need)) == 3
    full = make_need(min=1, target=1)
    take(full)
    with pytest.raises(Refused, match="not_short"):
        start_call_out(need=full.pk, by=staff)


def test_cancelled_and_moved() -> None:
    staff = make_person()
    need, _ = short_need()
    helpers(1)
    first_wave(need)
    session = need.session
    moved = move_session(
        session_id=session.pk,
        revision=session.revision,
        hub=session.hub,
        room=None,
        starts_at=session.starts_at + 2 * HOUR,
        ends_at=session.ends_at + 2 * HOUR,
        by=staff,
    )
    before, after = CallOut.objects.filter(need=need).order_by("pk")
    assert (before.state, after.state) == ("stopped", "running")
    cancel_session(session_id=session.pk, revision=moved.revision, reason="停电", by=staff)
    after.refresh_from_db()
    assert after.state == "stopped"


def test_who_said_no_is_not_asked_for_the_same_session_again() -> None:
    need, _ = short_need()
    helpers(2)
    one, other = first_wave(need)
    say_no(ask=one.pk, by=one.volunteer.person)
    stop_call_out(callout=the_callout(need).pk, by=make_person())
    start_call_out(need=need.pk, by=make_person())
    assert [ask.volunteer_id for ask in first_wave(need)] == [other.volunteer_id]


def test_who_has_the_place_gives_it_back_as_any_other() -> None:
    need, _ = short_need()
    helpers(1)
    (ask,) = first_wave(need)
    say_yes(ask=ask.pk, by=ask.volunteer.person)
    with pytest.raises(Refused, match="said_yes"):
        say_no(ask=ask.pk, by=ask.volunteer.person)
    row = Assignment.objects.get(need=need, state="accepted")
    decline(assignment=row.pk, by=ask.volunteer.person)
    assert the_callout(need).state == "running"
    assert CallOut.objects.filter(need=need).count() == 2
    assert first_wave(need) == []


def test_a_sign_up_without_a_call_out_changes_nothing() -> None:
    need, person = make_need(), make_regular().person
    sign_up(need=need.pk, person=person.pk, by=person)
    look_soon(need.pk)
    assert look_after.call() == 0


def test_the_worker_looks_after_all_that_are_due(at_time: AtTime) -> None:
    hub = make_hub()
    for start in (9, 13):
        short_need(session=make_session(hub=hub, start=start * 60))
    helpers(1)
    assert look_after.call() == 2
    assert look_after.call() == 0
    assert Ask.objects.count() == 2
