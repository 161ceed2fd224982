"""Two coordinators take two ways out at the same moment: one of them is taken, the other sees what has become of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub import clock
from hub.errors import Refused
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.bookings.models import Booking
from scheduling.rescues.fewer import fewer_places
from scheduling.rescues.merging import merge_sessions
from scheduling.rescues.outcome import Outcome
from scheduling.rescues.staff import step_in
from scheduling.rescues.standby import call_in
from scheduling.sessions.models import Session, StaffPlace
from scheduling.sessions.sessions import cancel_session
from scheduling.signups.models import Assignment
from tests.bookings.factories import book_for
from tests.rescues.factories import SATURDAY, make_morning, make_reader, worker_of
from tests.signups.factories import make_standby, take
from tests.support.make import make_person

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _saturday(at_time: Callable[..., None]) -> None:
    at_time(clock.at(SATURDAY, 8 * 60 + 40))


def word(result: object) -> str:
    if isinstance(result, Refused):
        return result.code
    return ("done" if result.done else "shown anew") if isinstance(result, Outcome) else type(result).__name__


def in_order(session: Session) -> None:
    seqs = list(Event.objects.filter(topic__name=f"hub:{session.hub_id}").order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_two_send_one_of_the_staff_each(at_once: AtOnce) -> None:
    for _ in range(3):
        session, _need = make_morning()
        calls = []
        for _ in range(2):
            who, by = worker_of(session), make_person(Role.COORDINATOR, hub=session.hub)
            shown = step_in(session=session, person=who.pk, seen="", by=by)
            calls.append(partial(step_in, session=session, person=who.pk, seen=shown.seen, by=by))
        Message.objects.all().delete()
        assert Counter(map(word, at_once(calls))) == {"done": 1, "not_short": 1}
        assert StaffPlace.objects.filter(session=session, ended_at=None).count() == 1
        assert Message.objects.count() == 1
        in_order(session)


def test_one_calls_the_standby_in_while_another_sends_one_of_the_staff(at_once: AtOnce) -> None:
    """One of them comes; who was not called in still stands by."""
    for _ in range(3):
        session, need = make_morning()
        standby, who = make_standby(need, make_reader()), worker_of(session)
        calls = []
        for act, wish in ((call_in, {"volunteer": standby.volunteer_id}), (step_in, {"person": who.pk})):
            wish |= {"session": session, "by": make_person(Role.COORDINATOR, hub=session.hub)}
            calls.append(partial(act, **wish, seen=act(**wish, seen="").seen))
        Message.objects.all().delete()
        words = [word(one) for one in at_once(calls)]
        assert sorted(words) == ["done", "not_short"]
        called = words[0] == "done"
        standby.refresh_from_db()
        assert standby.state == (standby.State.STEPPED_IN if called else standby.State.READY)
        assert Assignment.objects.filter(session=session, state__in=Assignment.ACTIVE).count() == called
        assert StaffPlace.objects.filter(session=session, ended_at=None).count() == (not called)
        assert list(Message.objects.values_list("to_id", flat=True)) == [
            standby.volunteer.person_id if called else who.pk
        ]
        in_order(session)


def test_one_worker_wanted_in_two_sessions(at_once: AtOnce) -> None:
    for _ in range(3):
        one, _need = make_morning()
        two, _need = make_morning(program=one.program, hub=one.hub)
        who, by = worker_of(one), make_person()
        calls = [
            partial(
                step_in,
                session=short,
                person=who.pk,
                seen=step_in(session=short, person=who.pk, seen="", by=by).seen,
                by=by,
            )
            for short in (one, two)
        ]
        assert Counter(map(word, at_once(calls))) == {"done": 1, "clash": 1}


def test_merged_while_another_takes_places_away_or_cancels(at_once: AtOnce) -> None:
    """Whichever comes first, no child has two places, none is lost without a word, and no lock waits in a ring."""
    for _ in range(3):
        short, need = make_morning(readers=1, least=3)
        into, _other = make_morning(program=short.program, hub=short.hub, readers=1)
        take(need, make_reader())
        rows = [book_for(short) for _ in range(4)]
        book_for(into)
        by = make_person()
        merge, fewer = (
            partial(merge_sessions, session=short, into=into.pk, by=by),
            partial(fewer_places, session=short, by=by),
        )
        calls = [partial(act, seen=act(seen="").seen) for act in (merge, fewer)]
        calls.append(partial(cancel_session, session_id=into.pk, revision=into.revision, reason="停电", by=by))
        Message.objects.all().delete()
        words = [word(one) for one in at_once(calls)]
        assert not {"OperationalError", "DeadlockDetected", "IntegrityError"} & set(words), words
        assert "done" in words or words[2] == "Session", words
        for row in rows:
            held = Booking.objects.filter(participant=row.participant_id, state__in=Booking.HOLDING)
            told = Message.objects.filter(to_id=row.booked_by_id)
            row.refresh_from_db()
            assert (held.count(), row.state == "booked" or told.exists()) in ((1, True), (0, True)), words
        in_order(short)
