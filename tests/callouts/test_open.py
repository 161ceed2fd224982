"""What keeps a call-out open and what ends it: late answers, telephone calls, another gap, changed needs, the night."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub import clock
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.callouts.answers import Outcome, find_ask, record_call, say_no, say_yes
from scheduling.callouts.callouts import look, start_call_out
from scheduling.callouts.models import CallOut
from scheduling.callouts.reading import call_list
from scheduling.callouts.tasks import look_after, look_soon
from scheduling.sessions.models import Need
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.sessions import cancel_session, edit_session, move_session
from scheduling.signups.signups import accept, decline
from tests.callouts.factories import AtTime, asked_in, first_wave, helpers, sent, short_need, the_callout
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
START = clock.at(MONDAY, 9 * 60)


def nobody_left(need: Need, at_time: AtTime) -> CallOut:
    """All who could come were asked, and stay silent beyond their time."""
    callout = the_callout(need)
    while callout.state == "running":
        assert callout.next_look is not None
        at_time(max(callout.next_look, clock.now()))
        assert look(callout.pk)
        callout.refresh_from_db()
    assert callout.state == "nobody_left"
    return callout


def set_target(need: Need, *, least: int, target: int) -> None:
    session = need.session
    session.refresh_from_db()
    edit_session(
        session_id=session.pk,
        revision=session.revision,
        by=make_person(),
        places=session.places,
        duty_worker=session.duty_worker,
        note=session.note,
        needs=[NeedWish(id=need.pk, role=need.role, min=least, target=target)],
    )
    look_soon(need.pk)
    need.refresh_from_db()


def test_a_call_when_nobody_is_left_is_written_beside_those_asked(at_time: AtTime) -> None:
    need, _ = short_need()
    (only,) = helpers(1)
    callout = nobody_left(need, at_time)
    other = make_regular()
    for outcome in (Outcome.NO_ANSWER, Outcome.NO):
        record_call(need=need.pk, volunteer=other.pk, outcome=outcome, by=make_person())
    listed = call_list(need)
    assert listed.callout == callout
    assert [(one.volunteer_id, one.state, one.wave) for one in listed.asked] == [
        (only.pk, "silent", 1),
        (other.pk, "no", 0),
    ]
    record_call(need=need.pk, volunteer=only.pk, outcome=Outcome.YES, by=make_person())
    assert [one.state for one in CallOut.objects.all()] == ["filled"]


def test_staff_have_those_asked_who_can_come_by_now(at_time: AtTime) -> None:
    need, _ = short_need()
    (only,) = helpers(1)
    callout = nobody_left(need, at_time)
    newcomer = make_regular()
    assert start_call_out(need=need.pk, by=make_person()) == callout
    assert look(callout.pk)
    assert [asked_in(callout, 1), asked_in(callout, 2)] == [{only.pk}, {newcomer.pk}]
    assert nobody_left(need, at_time) == callout


def test_each_time_that_nobody_is_left_is_said(at_time: AtTime) -> None:
    hub = make_hub()
    coordinator = make_person(Role.COORDINATOR, hub=hub)
    need = make_need(session=make_session(hub=hub), min=2, target=2)
    first, second = take(need), take(need)
    decline(assignment=first.pk, by=first.volunteer.person)
    (only,) = helpers(1)
    callout = nobody_left(need, at_time)
    assert sent("callout_nobody_left") == sent("callout_started") == [coordinator.pk]
    decline(assignment=second.pk, by=second.volunteer.person)
    callout.refresh_from_db()
    assert (callout.state, sent("callout_started")) == ("running", [coordinator.pk] * 2)
    newcomer = make_regular()
    assert look(callout.pk)
    assert asked_in(callout) == {only.pk, newcomer.pk}
    nobody_left(need, at_time)
    assert sent("callout_nobody_left") == [coordinator.pk] * 2


def test_filled_by_somebody_else_after_all_it_thanks_those_asked(at_time: AtTime) -> None:
    need, place = short_need()
    (only,) = helpers(1)
    callout = nobody_left(need, at_time)
    Message.objects.update(state="sent")
    accept(assignment=place.pk, by=place.volunteer.person)
    look_soon(need.pk)
    assert look(callout.pk)
    callout.refresh_from_db()
    assert (callout.state, callout.asks.get().state) == ("filled", "closed")
    assert sent("callout_filled") == [only.person_id]


def test_nobody_left_ends_when_the_session_begins_or_is_cancelled(at_time: AtTime) -> None:
    need, _ = short_need()
    other, _ = short_need(session=make_session(start=14 * 60))
    (only,) = helpers(1)
    nobody_left(need, at_time)
    nobody_left(other, at_time)
    session = other.session
    cancel_session(session_id=session.pk, revision=session.revision, reason="停电", by=make_person())
    at_time(START)
    assert look_after.call() == 1
    rows = CallOut.objects.order_by("pk").values_list("state", "next_look", "asks__state", "asks__volunteer")
    assert list(rows) == [("begun", None, "closed", only.pk), ("stopped", None, "closed", only.pk)]


@pytest.mark.parametrize(("least", "target", "state"), [(1, 1, "filled"), (2, 2, "running"), (2, 3, "running")])
def test_a_need_that_changes_is_looked_for_as_it_is(least: int, target: int, state: str) -> None:
    """Searched for two of which one is there: fewer are wanted, or as many, or more."""
    need = make_need(min=2, target=2)
    places = [take(need), take(need)]
    decline(assignment=places[0].pk, by=places[0].volunteer.person)
    helpers(8)
    first_wave(need)
    set_target(need, least=least, target=target)
    assert look(the_callout(need).pk)
    assert the_callout(need).state == state


def test_a_yes_fills_a_need_that_grew_only_when_there_are_enough() -> None:
    need, _ = short_need()
    helpers(3)
    first, second, _ = first_wave(need)
    set_target(need, least=2, target=2)
    say_yes(ask=first.pk, by=first.volunteer.person)
    assert the_callout(need).state == "running"
    say_yes(ask=second.pk, by=second.volunteer.person)
    assert the_callout(need).state == "filled"


def test_those_asked_hear_the_new_time_of_a_session_that_moved() -> None:
    need, _ = short_need()
    fits = make_regular()
    morning = make_regular(availability=[[0, 8 * 60, 12 * 60]])
    no = make_regular()
    asks = {one.volunteer_id: one for one in first_wave(need)}
    say_no(ask=asks[no.pk].pk, by=no.person)
    old = Message.objects.get(to_id=fits.person_id, template="callout_ask").link.rsplit("/", 1)[-1]
    Message.objects.update(state="sent")
    session = need.session
    move_session(
        session_id=session.pk,
        revision=session.revision,
        hub=session.hub,
        room=None,
        starts_at=session.starts_at + 5 * HOUR,
        ends_at=session.ends_at + 5 * HOUR,
        by=make_person(),
    )
    before, after = CallOut.objects.filter(need=need).order_by("pk")
    assert sorted(before.asks.values_list("volunteer", "state")) == [
        (fits.pk, "closed"),
        (morning.pk, "closed"),
        (no.pk, "no"),
    ]
    assert list(after.asks.values_list("volunteer", "state", "wave")) == [(fits.pk, "silent", 1)]
    told = Message.objects.exclude(state="sent").filter(template__startswith="callout").order_by("pk")
    assert [(one.to_id, one.template, one.variables["starts_at"]) for one in told] == [
        (fits.person_id, "callout_ask", (START + 5 * HOUR).isoformat()),
        (morning.person_id, "callout_stopped", (START + 5 * HOUR).isoformat()),
    ]
    assert find_ask(old) == after.asks.get()
    say_yes(ask=after.asks.get().pk, by=fits.person)
    assert the_callout(need).state == "filled"


def test_a_question_about_the_old_time_that_has_not_left_goes_unsent() -> None:
    need, _ = short_need()
    helpers(1)
    (ask,) = first_wave(need)
    session = need.session
    move_session(
        session_id=session.pk,
        revision=session.revision,
        hub=session.hub,
        room=None,
        starts_at=session.starts_at + HOUR,
        ends_at=session.ends_at + HOUR,
        by=make_person(),
    )
    (message,) = Message.objects.filter(template="callout_ask")
    assert (message.to_id, message.variables["starts_at"]) == (
        ask.volunteer.person_id,
        (START + HOUR).isoformat(),
    )


def test_who_cannot_come_has_others_asked_though_staff_only_rang_so_far() -> None:
    need = make_need(min=2, target=3)
    place = take(need)
    take(need)
    rung, *others = helpers(4)
    record_call(need=need.pk, volunteer=rung.pk, outcome=Outcome.NO_ANSWER, by=make_person())
    callout = the_callout(need)
    assert (callout.asking, callout.wished) == (False, True)
    decline(assignment=place.pk, by=place.volunteer.person)
    callout.refresh_from_db()
    assert (callout.asking, callout.wished, callout.by) == (True, False, None)
    assert look(callout.pk)
    assert asked_in(callout, 1) == {one.pk for one in others}


NIGHT = clock.at(MONDAY, -3 * 60)
"""Nine in the evening before."""


@pytest.mark.parametrize(
    ("hours", "now", "asked", "then"),
    [
        ("21:00-08:00", NIGHT, 0, clock.at(MONDAY, 8 * 60)),
        ("21:00-08:00", clock.at(MONDAY, 3 * 60), 0, clock.at(MONDAY, 8 * 60)),
        # An hour's pause would end in the night.
        ("21:00-08:00", NIGHT - HOUR / 2, 4, clock.at(MONDAY, 8 * 60)),
        ("21:00-08:00", clock.at(MONDAY, 8 * 60), 9, clock.at(MONDAY, 8 * 60 + 8)),
        # Then it would be too late.
        ("21:00-09:00", NIGHT, 4, NIGHT + HOUR),
    ],
)
def test_nobody_is_asked_at_night_for_what_can_wait(
    hours: str, now: dt.datetime, asked: int, then: dt.datetime, at_time: AtTime, settings: object
) -> None:
    settings.QUIET_HOURS = hours  # type: ignore[attr-defined]
    at_time(now)
    need, _ = short_need()
    helpers(9)
    callout = the_callout(need)
    assert look(callout.pk)
    callout.refresh_from_db()
    assert (len(asked_in(callout)), callout.next_look) == (asked, then)


def test_nobody_is_ranked_while_no_wave_is_due() -> None:
    need, _ = short_need()
    helpers(9)
    callout = the_callout(need)

    def ranks() -> bool:
        look_soon(need.pk)
        with CaptureQueriesContext(connection) as captured:
            assert look(callout.pk)
        return any('FROM "volunteers_volunteer"' in query["sql"] for query in captured.captured_queries)

    assert [ranks(), ranks()] == [True, False]
    say_all_no = partial(say_no, by=make_person())
    for ask in callout.asks.all():
        say_all_no(ask=ask.pk)
    assert ranks()
