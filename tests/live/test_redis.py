"""Several web processes: Redis carries the nudge, the table carries the events."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator

import pytest
from django.conf import settings

from hub.people.models import Role
from tests.support.clients import client_for
from tests.support.live import Web
from tests.support.make import make_hub, make_person, make_room, make_session

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]
WITHIN = 5.0
"""Far below the 20 seconds after which they would look by themselves."""


@pytest.fixture
def two() -> Iterator[tuple[Web, Web]]:
    first, second = Web(redis_url=settings.REDIS_URL), Web(redis_url=settings.REDIS_URL)
    yield first, second
    first.stop()
    second.stop()


def test_two_processes_agree(two: tuple[Web, Web]) -> None:
    """A change made through the one is heard at once on both, and both say the same."""
    hub = make_hub()
    room = make_room(hub=hub)
    session = make_session(room=room)
    person = make_person(Role.COORDINATOR, hub=hub)
    topic = f"hub:{hub.pk}"
    sockets = [web.listen(person) for web in two]
    assert [socket.subscribe(topic) for socket in sockets] == [{"topic": topic, "events": [], "seq": 0}] * 2

    body = {
        "revision": 1,
        "hub": hub.pk,
        "room": room.pk,
        "starts_at": "2026-12-14T10:00:00+08:00",
        "ends_at": "2026-12-14T11:00:00+08:00",
    }
    token = "t" * 32
    request = urllib.request.Request(
        f"{two[0].url}/api/sessions/{session.pk}/move",
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            "Cookie": f"sessionid={client_for(person).cookies['sessionid'].value}; csrftoken={token}",
            "X-CSRFToken": token,
        },
    )
    with urllib.request.urlopen(request) as answer:
        assert json.loads(answer.read())["revision"] == 2
    event = {"seq": 1, "kind": "session.changed", "ids": {"session": [session.pk]}}
    told = {"topic": topic, "events": [event], "seq": 1}
    assert [socket.receive(timeout=WITHIN) for socket in sockets] == [told, told]
    for socket in sockets:
        socket.close()
