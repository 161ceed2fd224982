"""What people came to is not cancelled under them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from scheduling.attendance import attendance
from scheduling.attendance.children import arrive
from scheduling.sessions.models import Session
from scheduling.sessions.sessions import cancel_session
from scheduling.signups.signups import release_place
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_awaited, make_place
from tests.support.make import make_person

pytestmark = pytest.mark.django_db
AtTime = Callable[[dt.datetime], None]


def cancel(session: Session) -> Session:
    return cancel_session(session_id=session.pk, revision=session.revision, reason="停电", by=make_person())


def test_a_session_that_somebody_came_to_stays(at_time: AtTime) -> None:
    place, booking = make_place(), make_awaited()
    at_time(at(NINE))
    attendance.sign_in(assignment=place.pk, by=make_person())
    arrive(booking=booking.pk, by=make_person())
    for moment in (NINE, HALF_PAST_TEN + 60):
        at_time(at(moment))
        for session in (place.session, booking.session):
            with pytest.raises(Refused) as error:
                cancel(session)
            assert (error.value.code, error.value.facts) == ("people_came", {"count": 1})
    place.refresh_from_db()
    assert place.state in place.ACTIVE


def test_one_that_nobody_came_to_is_cancelled_afterwards_too(at_time: AtTime) -> None:
    place = make_place()
    at_time(at(HALF_PAST_TEN))
    assert cancel(place.session).state == Session.State.CANCELLED


def test_nobody_is_taken_out_of_what_is_over(at_time: AtTime) -> None:
    place = make_place()
    at_time(at(HALF_PAST_TEN))
    with pytest.raises(Refused, match="session_over"):
        release_place(assignment=place.pk, by=make_person())
