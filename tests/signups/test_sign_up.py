"""Each reason that keeps somebody from a place, and what a place taken leaves behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Consent
from scheduling.sessions.models import Claim, Need, RosterSettings, Session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import assign_by_hand, decline, sign_up
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session, make_volunteer
from volunteers.models import Absence, Clearance, Skill, Volunteer

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + dt.timedelta(days=4)


def refusal(need: Need, volunteer: Volunteer) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        take(need, volunteer)
    return caught.value.code, caught.value.facts


def test_a_place_taken() -> None:
    need, me = make_need(), make_regular()
    row = take(need, me)
    session = need.session
    assert (row.state, row.source, row.by) == ("accepted", "self", None)
    claim = Claim.objects.get()
    assert (claim.resource, claim.starts_at, claim.ends_at, claim.exclusive) == (
        f"person:{me.person_id}",
        session.starts_at,
        session.ends_at,
        True,
    )
    events = Event.objects.order_by("topic__name").values_list("topic__name", "kind", "ids")
    told = {"session": [session.pk], "assignment": [row.pk]}
    assert list(events) == [
        (f"hub:{session.hub_id}", "assignment.changed", told),
        (f"person:{me.person_id}", "assignment.changed", told),
    ]
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.for_id, entry.chain) == (
        "assignment.taken",
        me.person_id,
        None,
        session.hub_id,
    )


def test_by_hand_it_is_not_answered_yet_and_says_who_did_it() -> None:
    need, me, staff = make_need(), make_regular(), make_person()
    row = assign_by_hand(need=need.pk, person=me.person_id, by=staff)
    assert (row.state, row.source, row.by) == ("published", "hand", staff)
    entry = Entry.objects.get()
    assert (entry.actor_id, entry.for_id) == (staff.pk, me.person_id)


def test_nobody_and_nothing() -> None:
    person = make_person()
    with pytest.raises(Refused, match="not_found"):
        sign_up(need=make_need().pk, person=person.pk, by=person)
    with pytest.raises(Refused, match="not_found"):
        sign_up(need=0, person=make_regular().person_id, by=person)


def test_full() -> None:
    need = make_need(target=1)
    take(need)
    assert refusal(need, make_regular()) == ("need_full", {"target": 1})


def test_a_place_given_back_is_free() -> None:
    need = make_need(target=1)
    first = take(need)
    decline(assignment=first.pk, by=None)
    assert take(need).state == "accepted"


def test_already_here_even_as_something_else() -> None:
    session = make_session()
    one, other, me = make_need(session=session), make_need(session=session), make_regular()
    take(one, me)
    assert refusal(other, me) == ("already_here", {})


def test_over_and_cancelled(at_time: Callable[[dt.datetime], None]) -> None:
    need = make_need(session=make_session(state=Session.State.CANCELLED))
    assert refusal(need, make_regular()) == ("session_cancelled", {})
    need = make_need()
    at_time(need.session.starts_at)
    assert refusal(need, make_regular()) == ("session_over", {})


def test_skill() -> None:
    skill = Skill.objects.create(name="急救")
    need, me = make_need(skill=skill), make_regular()
    assert refusal(need, me) == ("no_skill", {})
    me.skills.add(skill)
    assert take(need, me).state == "accepted"


@pytest.mark.parametrize(("until", "allowed"), [(FRIDAY - dt.timedelta(days=1), False), (FRIDAY, True)])
def test_a_check_is_judged_on_the_day_and_asked_of_all(until: dt.date, allowed: bool) -> None:
    session, me = make_session(day=FRIDAY), make_regular()
    make_need(session=session, clearance=Clearance.Kind.CHILD)
    helper = make_need(session=session)
    Clearance.objects.create(volunteer=me, kind="child", checked_on=dt.date(2026, 1, 1), valid_until=until)
    if allowed:
        assert take(helper, me).state == "accepted"
    else:
        assert refusal(helper, me) == ("no_clearance", {})


def test_times_said_and_absences() -> None:
    need, me = make_need(), make_regular(availability=[[0, 10 * 60, 12 * 60]])
    assert refusal(need, me) == ("unavailable", {})
    me = make_regular()
    start = need.session.starts_at
    Absence.objects.create(
        volunteer=me, starts_at=start - dt.timedelta(hours=1), ends_at=start + dt.timedelta(minutes=1)
    )
    assert refusal(need, me) == ("blocked", {})


def test_too_far() -> None:
    near, far = make_hub(longitude=106.65, latitude=29.0), make_hub(longitude=106.65, latitude=29.2)
    need = make_need(session=make_session(hub=far))
    assert refusal(need, make_regular(home=near)) == ("too_far", {"minutes": 106, "most": 60})


@pytest.mark.parametrize(("start", "code"), [(600, "clash"), (640, "clash"), (645, "")])
def test_two_places_need_rest_between_them(start: int, code: str) -> None:
    hub, me = make_hub(), make_regular()
    first = make_need(session=make_session(hub=hub, start=540, minutes=90))
    second = make_need(session=make_session(hub=hub, start=start))
    take(first, me)
    if code:
        assert refusal(second, me) == (code, {"session": first.session_id})
    else:
        assert take(second, me).state == "accepted"


def test_a_hold_of_any_kind_is_a_clash() -> None:
    need, other, me = make_need(), make_session(), make_regular()
    Claim.objects.create(
        session=other,
        resource=f"person:{me.person_id}",
        starts_at=need.session.starts_at,
        ends_at=need.session.ends_at,
    )
    assert refusal(need, me) == ("clash", {"session": other.pk})


def test_limits_of_a_week() -> None:
    me = make_regular(max_sessions=1)
    take(make_need(), me)
    tuesday = make_need(session=make_session(day=MONDAY + dt.timedelta(days=1)))
    assert refusal(tuesday, me) == ("at_limit", {"sessions": 1, "most": 1})
    next_week = make_need(session=make_session(day=MONDAY + dt.timedelta(days=7)))
    assert take(next_week, me).state == "accepted"
    assert refusal(make_need(), make_regular(max_minutes=60))[0] == "at_limit"


def test_a_full_need_tells_whoever_is_there_that_they_are() -> None:
    need = make_need(target=1)
    me = take(need).volunteer
    assert refusal(need, me) == ("already_here", {})
    other = make_regular()
    row = sign_up(need=need.pk, person=other.person_id, by=other.person, wait=True)
    assert refusal(need, other) == ("already_asked", {"assignment": row.pk, "state": "waiting"})
    assert refusal(need, make_regular()) == ("need_full", {"target": 1})


def minor(**values: Any) -> Volunteer:
    return make_regular(person=make_person("volunteer", birth_date=dt.date(2010, 6, 1)), **values)


def test_a_minor_needs_a_guardians_consent_that_still_holds() -> None:
    me, need = minor(), make_need()
    assert refusal(need, me) == ("minor_without_consent", {})
    for granted in (True, False):
        Consent.objects.create(
            subject=me.person, kind=Consent.Kind.VOLUNTEERING, granted=granted, recorded_at=clock.now()
        )
        if granted:
            decline(assignment=take(need, me).pk, by=me.person)
    assert refusal(need, me) == ("minor_without_consent", {})


def test_who_left_is_not_asked() -> None:
    assert refusal(make_need(), make_regular(active=False)) == ("inactive", {})


def test_a_newcomer_comes_where_somebody_experienced_is() -> None:
    need, newcomer = make_need(target=3), make_volunteer()
    assert refusal(need, newcomer) == ("needs_experienced", {})
    take(need, make_regular(prior_minutes=100 * 60))
    assert take(need, newcomer).state == "accepted"


def test_the_figures_come_from_one_table() -> None:
    RosterSettings.objects.create(new_at_minutes=700)
    assert refusal(make_need(), make_regular()) == ("needs_experienced", {})


def test_the_first_reason_is_told_and_nothing_is_left_behind() -> None:
    refusal(make_need(skill=Skill.objects.create(name="急救"), target=1), make_regular(availability=[]))
    assert (Assignment.objects.count(), Claim.objects.count(), Event.objects.count()) == (0, 0, 0)
