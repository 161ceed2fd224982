"""A session is cancelled while its people answer for others at the same site: nobody waits for each other in a ring."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from hub.live.models import Event
from scheduling.sessions.sessions import cancel_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline
from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_need, make_session

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
