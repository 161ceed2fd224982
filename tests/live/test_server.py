"""The socket as screens use it: a real server, real clients, a network that breaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from websockets.exceptions import ConnectionClosed, InvalidStatus

from hub import clock
from hub.live.models import Event
from hub.live.publish import publish
from hub.people.models import Role, RoleGrant
from tests.support.clients import client_for
from tests.support.live import Socket, Web
from tests.support.make import make_agency, make_hub, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def web(django_db_setup: None) -> Iterator[Web]:
    server = Web()
    yield server
    server.stop()


def tell(topic: str, *numbers: int) -> None:
    for number in numbers:
        with transaction.atomic():
            publish([topic], "session.changed", session=[number])


def numbers(message: dict[str, object]) -> list[int]:
    return [event["seq"] for event in message.get("events", [])]  # type: ignore[attr-defined, index, union-attr]


def closed_with(socket: Socket) -> int:
    """The code after which a screen knows what to do."""
    with pytest.raises(ConnectionClosed) as closed:
        socket.receive(timeout=5)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def still_there(socket: Socket) -> bool:
    socket.send({"ping": 1})
    return socket.receive() == {"pong": 1}


def test_nobody_gets_no_socket(web: Web) -> None:
    assert closed_with(web.listen(None)) == 4401


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:1", "null", "http://"])
def test_another_sites_page_gets_no_socket(web: Web, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        web.listen(make_person(Role.ADMINISTRATOR), origin=origin)


def test_what_one_may_not_hear_is_denied(web: Web) -> None:
    ours, theirs = make_hub(), make_hub()
    agency, other = make_agency(), make_agency()
    coordinator = make_person(Role.COORDINATOR, hub=ours)
    worker = make_person(Role.SOCIAL_WORKER, agency=agency)
    agency.residencies.create(hub=theirs)
    other.residencies.create(hub=ours)
    hubs = {"ours": f"hub:{ours.pk}", "theirs": f"hub:{theirs.pk}"}
    heard = {}
    for name, person in {
        "coordinator": coordinator,
        "worker": worker,
        "regulator": make_person(Role.REGULATOR),
        "volunteer": make_person(Role.VOLUNTEER),
        "guardian": make_person(Role.GUARDIAN),
    }.items():
        socket = web.listen(person)
        heard[name] = {key: "denied" not in socket.subscribe(topic) for key, topic in hubs.items()}
        socket.close()
    assert heard == {
        "coordinator": {"ours": True, "theirs": False},
        "worker": {"ours": False, "theirs": True},
        "regulator": {"ours": True, "theirs": True},
        # Open shifts are found everywhere, and an event holds ids alone.
        "volunteer": {"ours": True, "theirs": True},
        "guardian": {"ours": False, "theirs": False},
    }


@pytest.mark.parametrize(
    "topic", ["", "hub", "hub:", "hub:x", "hub:-1", "hub:²", "hub:99999999999999999999", "secret:1"]
)
def test_odd_topics_are_denied(web: Web, topic: str) -> None:
    socket = web.listen(make_person(Role.ADMINISTRATOR))
    assert socket.subscribe(topic) == {"topic": topic, "denied": True}
    socket.close()


def test_another_person_is_not_listened_to(web: Web) -> None:
    me, other = make_person(Role.VOLUNTEER), make_person(Role.VOLUNTEER)
    socket = web.listen(me)
    assert socket.subscribe(f"person:{other.pk}") == {"topic": f"person:{other.pk}", "denied": True}
    assert socket.subscribe(f"person:{me.pk}") == {"topic": f"person:{me.pk}", "events": [], "seq": 0}
    socket.close()


def test_events_arrive_as_they_happen(web: Web) -> None:
    hub = make_hub()
    socket = web.listen(make_person(Role.COORDINATOR, hub=hub))
    assert socket.subscribe(f"hub:{hub.pk}") == {"topic": f"hub:{hub.pk}", "events": [], "seq": 0}
    tell(f"hub:{hub.pk}", 5)
    assert socket.receive(timeout=3) == {
        "topic": f"hub:{hub.pk}",
        "events": [{"seq": 1, "kind": "session.changed", "ids": {"session": [5]}}],
        "seq": 1,
    }
    socket.close()


def test_roles_that_end_end_what_is_heard(web: Web) -> None:
    hub = make_hub()
    person = make_person(Role.COORDINATOR, hub=hub)
    socket = web.listen(person)
    socket.subscribe(f"hub:{hub.pk}", 0)
    with transaction.atomic():
        RoleGrant.objects.filter(person=person).delete()
        publish([f"person:{person.pk}"], "roles.changed", person=[person.pk])
    assert socket.receive(timeout=3) == {"topic": f"hub:{hub.pk}", "denied": True}
    tell(f"hub:{hub.pk}", 1)
    socket.send({"ping": 1})
    assert socket.receive() == {"pong": 1}
    with pytest.raises(TimeoutError):
        socket.receive(timeout=settings.LIVE_POLL_SECONDS + 0.5)
    socket.close()


def test_what_is_no_json_closes(web: Web) -> None:
    socket = web.listen(make_person(Role.ADMINISTRATOR))
    socket.connection.send("{")
    assert closed_with(socket) == 4400


def test_odd_messages_are_passed_over(web: Web) -> None:
    socket = web.listen(make_person(Role.ADMINISTRATOR))
    for odd in ([], 5, {"subscribe": 7}, {"subscribe": [None, {"topic": 3}]}, {"unsubscribe": "x"}):
        socket.send(odd)
    socket.send({"ping": "still here"})
    assert socket.receive() == {"pong": "still here"}
    socket.close()


def test_a_socket_killed_in_mid_stream_loses_nothing(web: Web) -> None:
    """Events keep coming while the line breaks again and again; what was heard in all is every event once, in order."""
    hub = make_hub()
    topic = f"hub:{hub.pk}"
    person = make_person(Role.COORDINATOR, hub=hub)

    def speak() -> None:
        try:
            tell(topic, *range(20))
        finally:
            connection.close()

    heard: list[int] = []
    for _ in range(6):
        socket = web.listen(person)
        heard += numbers(socket.subscribe(topic, heard[-1] if heard else 0))
        speaker = threading.Thread(target=speak)
        speaker.start()
        heard += numbers(socket.receive())
        socket.kill()
        speaker.join()
    socket = web.listen(person)
    heard += numbers(socket.subscribe(topic, heard[-1]))
    socket.close()
    assert heard == list(range(1, 121))


def test_after_pruning_a_client_is_told_to_start_anew(web: Web) -> None:
    hub = make_hub()
    topic = f"hub:{hub.pk}"
    tell(topic, 1, 2, 3)
    Event.objects.filter(seq=2).delete()
    socket = web.listen(make_person(Role.COORDINATOR, hub=hub))
    assert socket.subscribe(topic, 1) == {"topic": topic, "reset": True, "seq": 3}
    tell(topic, 4)
    assert numbers(socket.receive(timeout=3)) == [4]
    socket.close()


@pytest.mark.parametrize("way", ["/api/me/sign-out", "/_allauth/browser/v1/auth/session"])
def test_signing_out_ends_the_sockets_of_this_browser_alone(web: Web, way: str) -> None:
    person = make_person(Role.VOLUNTEER)
    here, there = client_for(person), client_for(person)
    tabs, other = [web.listen(here), web.listen(here)], web.listen(there)
    tabs[0].subscribe(f"person:{person.pk}")
    assert other.subscribe(f"person:{person.pk}", 0) == {"topic": f"person:{person.pk}", "events": [], "seq": 0}
    here.post(way) if way.startswith("/api") else here.delete(way)
    assert [closed_with(tab) for tab in tabs] == [4401, 4401]
    event = {"seq": 1, "kind": "sign_in.ended", "ids": {}}
    assert other.receive(timeout=3) == {"topic": f"person:{person.pk}", "events": [event], "seq": 1}
    assert still_there(other)
    other.close()


def test_becoming_another_person_ends_what_the_first_heard(web: Web) -> None:
    mother = make_person(Role.GUARDIAN)
    father = make_person(Role.VOLUNTEER, phone=mother.phone)
    client = client_for(mother)
    socket = web.listen(client)
    socket.subscribe(f"person:{mother.pk}", 0)
    client.post("/api/me/person", {"person_id": mother.pk}, content_type="application/json")
    assert still_there(socket), "the same person chosen again"
    client.post("/api/me/person", {"person_id": father.pk}, content_type="application/json")
    assert closed_with(socket) == 4401
    after = web.listen(client)
    assert after.subscribe(f"person:{father.pk}") == {"topic": f"person:{father.pk}", "events": [], "seq": 0}
    after.close()


def test_another_demo_face_ends_what_the_first_heard(web: Web) -> None:
    person = make_person(Role.VOLUNTEER)
    make_person(Role.REGULATOR)
    client = client_for(person)
    socket = web.listen(client)
    client.post("/api/demo/sign-in", {"role": "regulator"}, content_type="application/json")
    assert closed_with(socket) == 4401


def test_a_session_that_ran_out_ends_its_socket(web: Web) -> None:
    client = client_for(make_person(Role.VOLUNTEER))
    socket = web.listen(client)
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=clock.now())
    assert closed_with(socket) == 4401
