"""A session that moves, ends or shrinks under those who serve in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from hub.live.models import Event
from hub.notify.models import Message
from scheduling.sessions.models import Claim, Session
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.offers import answer_by
from scheduling.sessions.sessions import cancel_session, edit_session, move_session
from scheduling.signups.models import Assignment
from scheduling.signups.parties import sign_up_together
from scheduling.signups.signups import accept
from tests.signups.factories import make_regular, take
from tests.support.make import make_need, make_person, make_session

pytestmark = pytest.mark.django_db


def move(session: Session, minutes: int) -> Session:
    session.refresh_from_db()
    by = dt.timedelta(minutes=minutes)
    return move_session(
        session_id=session.pk,
        revision=session.revision,
        hub=session.hub,
        room=session.room,
        starts_at=session.starts_at + by,
        ends_at=session.ends_at + by,
        by=make_person(),
    )


def test_cancelled_everybody_is_released_and_told() -> None:
    need = make_need()
    rows = [take(need), take(need)]
    cancel_session(session_id=need.session_id, revision=need.session.revision, reason="停电", by=make_person())
    assert set(Assignment.objects.values_list("state", flat=True)) == {"released"}
    assert Claim.objects.count() == 0
    told = Message.objects.order_by("to_id").values_list("to_id", "template")
    people = sorted(row.volunteer.person_id for row in rows)
    assert list(told) == [(person, "session_cancelled") for person in people]
    for person in people:
        assert Event.objects.filter(topic__name=f"person:{person}").count() == 2


def test_cancelled_when_it_was_over_nobody_is_told_to_stay_away(at_time: Callable[[dt.datetime], None]) -> None:
    need = make_need()
    take(need)
    at_time(need.session.ends_at)
    cancel_session(session_id=need.session_id, revision=need.session.revision, reason="没办成", by=make_person())
    assert (Assignment.objects.get().state, Message.objects.count()) == ("released", 0)


def test_moved_everybody_is_asked_again_and_held_at_the_new_time() -> None:
    need = make_need()
    row = take(need)
    moved = move(need.session, 60)
    row.refresh_from_db()
    assert row.state == "published"
    claim = Claim.objects.get(resource=f"person:{row.volunteer.person_id}")
    assert (claim.starts_at, claim.ends_at) == (moved.starts_at, moved.ends_at)
    message = Message.objects.get()
    assert (message.template, "/a/" in message.link) == ("session_moved", True)


def test_moved_a_party_that_had_agreed_is_asked_again() -> None:
    """A yes was to the old time: they are offered their places anew, with the whole while to answer."""
    need = make_need(target=2)
    me, other = make_regular(), make_regular()
    rows = sign_up_together(need=need.pk, person=me.person_id, companions=[other.pk], by=me.person)
    before = rows[0].answer_by
    moved = move(need.session, 24 * 60)
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["offered", "offered"]
    assert before is not None
    assert [row.answer_by for row in rows] == [answer_by(starts_at=moved.starts_at, now=rows[0].changed_at)] * 2
    assert Claim.objects.count() == 0
    asked = Message.objects.filter(template="session_moved").order_by("to_id")
    assert [(one.to_id, "/a/" in one.link) for one in asked] == [(me.person_id, True), (other.person_id, True)]
    for row in rows:
        accept(assignment=row.pk, by=row.volunteer.person)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"accepted"}
    assert set(Claim.objects.values_list("starts_at", flat=True)) == {moved.starts_at}


def test_a_move_onto_another_place_of_somebody_is_refused() -> None:
    me = make_regular()
    first, second = make_need(), make_need(session=make_session(start=14 * 60))
    take(first, me)
    take(second, me)
    with pytest.raises(Refused, match="clash"):
        move(second.session, -5 * 60)
    assert Message.objects.count() == 0


def test_a_need_keeps_the_places_that_are_taken() -> None:
    need = make_need(min=1, target=2)
    take(need)
    take(need)
    wish = NeedWish(id=need.pk, role=need.role, min=1, target=1)
    with pytest.raises(Refused, match="need_in_use"):
        edit_session(
            session_id=need.session_id,
            revision=need.session.revision,
            by=make_person(),
            places=None,
            duty_worker=None,
            note="",
            needs=[wish],
        )
