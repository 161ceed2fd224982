"""Sessions are cancelled while their people answer for others or have others cancelled: nobody waits for each other in
a ring."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from hub import clock
from hub.live.models import Event
from scheduling.bookings.models import Booking
from scheduling.sessions.claims import person_resource, place
from scheduling.sessions.sessions import cancel_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline
from tests.signups.factories import make_regular, take
from tests.support.make import make_child, make_hub, make_need, make_session

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_cancelling_while_its_people_answer_elsewhere(at_once: AtOnce) -> None:
    hub = make_hub()
    gone, stays = (make_need(session=make_session(hub=hub, start=hour * 60), target=8) for hour in (9, 15))
    people = [make_regular(home=hub) for _ in range(8)]
    for volunteer in people:
        take(gone, volunteer)
    others = [take(stays, volunteer) for volunteer in people]
    calls = [
        partial(cancel_session, session_id=gone.session_id, revision=1, reason="停电", by=None),
        *(partial(decline, assignment=one.pk, by=one.volunteer.person) for one in others),
    ]
    failed = [result for result in at_once(calls) if isinstance(result, Exception)]
    assert failed == []
    assert not Assignment.objects.filter(need__in=(gone, stays), state__in=Assignment.ACTIVE).exists()
    seqs = Event.objects.filter(topic__name=f"hub:{hub.pk}").order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, len(seqs) + 1))


def test_two_sessions_cancelled_whose_people_serve_in_one_and_have_children_in_the_other(at_once: AtOnce) -> None:
    """Neither session's claims hold the other's people back; only whom they tell crosses."""
    for _ in range(5):
        needs = [make_need(session=make_session(hub=make_hub(), places=9), target=9) for _ in range(2)]
        people = [[make_regular() for _ in range(4)] for _ in range(2)]
        for here, there in ((0, 1), (1, 0)):
            for volunteer in people[here]:
                take(needs[here], volunteer)
                child = make_child(guardian=volunteer.person)
                now = clock.now()
                booking = Booking.objects.create(
                    session=needs[there].session,
                    participant=child.person,
                    booked_by=volunteer.person,
                    state=Booking.State.BOOKED,
                    created_at=now,
                    changed_at=now,
                )
                place(session=booking.session, resource=person_resource(child.person_id), exclusive=False)
        calls = [
            partial(cancel_session, session_id=need.session_id, revision=1, reason="停电", by=None) for need in needs
        ]
        assert [result for result in at_once(calls) if isinstance(result, Exception)] == []
        for volunteer in (*people[0], *people[1]):
            events = Event.objects.filter(topic__name=f"person:{volunteer.person_id}").order_by("seq")
            assert sorted(one.kind for one in events) == ["assignment.changed"] * 2 + ["booking.changed"]
            assert [one.seq for one in events] == [1, 2, 3]
