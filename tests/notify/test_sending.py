"""Sending: each message once, whatever dies on the way."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.notify.models import Message
from hub.notify.outbox import Draft, queue, queue_all
from hub.notify.recipients import Recipient
from hub.notify.sending import BACKOFF, LEASE, next_due, send_due, send_one
from hub.notify.tasks import deliver
from tests.support.make import make_person
from tests.support.provider import Provider

State = Message.State


def queued(key: str = "k", **values: Any) -> Message:
    defaults = {"to_id": make_person().pk, "template": "session_cancelled", "variables": {"hub": "沙溪"}}
    queue(dedupe_key=key, **defaults | values)
    return Message.objects.get(dedupe_key=key)


@pytest.mark.django_db
def test_one_cause_is_one_message() -> None:
    queued("same")
    queue_all([Draft(to_id=1, template="session_cancelled", dedupe_key="same")] * 3)
    assert Message.objects.count() == 1
    assert (send_due(), send_due()) == (1, 0)


@pytest.mark.django_db
def test_a_message_carries_template_and_short_variables_and_no_link_among_them(provider: type[Provider]) -> None:
    person = make_person(phone="13912345678")
    message = queued(to_id=person.pk, variables={"hub": "沙" * 50}, link="http://localhost:8000/a/Abc")
    assert send_due() == 1
    assert provider.received == [
        {
            "id": message.pk,
            "phone": "13912345678",
            "template": "SMS_7",
            "variables": {"hub": "沙" * 35, "code": "Abc"},
            "token": "Bearer t",
        }
    ]


def raw_link(message: Message) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT link FROM notify_message WHERE id = %s", [message.pk])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.django_db
def test_what_opens_a_door_is_forgotten_once_it_is_settled(
    status: int, provider: type[Provider], settings: Any
) -> None:
    settings.DEMO, provider.status = False, status
    settings.SMS = settings.SMS | {"TEMPLATES": {"session_moved": "1", "sign_in_code": "2"}}
    link = queued("link", template="session_moved", link="http://localhost:8000/a/Abc")
    code = queued("code", to_id=None, phone="13912345678", template="sign_in_code", variables={"code": "123456"})
    send_due()
    assert [one["variables"]["code"] for one in provider.received] == ["Abc", "123456"]
    link.refresh_from_db()
    code.refresh_from_db()
    kept = "" if status == 200 else "http://localhost:8000/a/Abc"
    assert (link.link, link.variables, code.variables) == (kept, {"hub": "沙溪"}, {})
    assert raw_link(link) != "http://localhost:8000/a/Abc"


@pytest.mark.django_db
def test_an_invented_number_is_never_dialed(provider: type[Provider]) -> None:
    message = queued(to_id=make_person(phone="199123456789").pk)
    send_due()
    message.refresh_from_db()
    assert (message.state, message.error, provider.received) == (State.DEAD, "out_of_reach", [])


@pytest.mark.django_db
def test_a_failing_provider_is_tried_later_and_later_and_then_given_up(
    provider: type[Provider], at_time: Callable[[dt.datetime], None]
) -> None:
    provider.status = 500
    message, now = queued(), clock.now()
    waits = []
    for _ in range(len(BACKOFF)):
        at_time(now)
        send_due()
        message.refresh_from_db()
        assert (message.state, message.error) == (State.QUEUED, "http_500")
        waits.append(message.not_before - now)
        now = message.not_before
    at_time(now)
    send_due()
    message.refresh_from_db()
    assert waits == BACKOFF
    assert (message.state, message.attempts, len(provider.received)) == (State.DEAD, 5, 5)
    assert next_due() is None


@pytest.mark.django_db
def test_a_number_refused_for_good_is_not_tried_again(provider: type[Provider]) -> None:
    provider.status = 400
    message = queued()
    send_due()
    message.refresh_from_db()
    assert (message.state, message.error) == (State.DEAD, "http_400")


@pytest.mark.parametrize(
    ("status", "state", "error"),
    [
        (429, State.QUEUED, "http_429"),
        (302, State.QUEUED, "http_302"),
        (502, State.DEAD, "outcome_unknown"),
        (504, State.DEAD, "outcome_unknown"),
    ],
)
@pytest.mark.django_db
def test_what_a_providers_answer_means(status: int, state: str, error: str, provider: type[Provider]) -> None:
    provider.status = status
    message = queued()
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.error, len(provider.received)) == (state, error, 1)


@pytest.mark.parametrize(("dedupes", "state"), [(False, State.DEAD), (True, State.QUEUED)])
@pytest.mark.django_db
def test_a_line_cut_before_the_answer(dedupes: bool, state: str, provider: type[Provider], settings: Any) -> None:
    """Whether it went out is not known: again only where the provider drops what it has seen."""
    settings.SMS = settings.SMS | {"DEDUPES": dedupes}
    provider.status = 0
    message = queued()
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.error) == (state, "outcome_unknown")
    if dedupes:
        provider.status = 200
        Message.objects.update(not_before=clock.now())
        assert send_due() == 1
        assert [one["id"] for one in provider.received] == [message.pk] * 2


@pytest.mark.django_db
def test_a_provider_that_is_away_is_tried_later(provider: type[Provider], settings: Any) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.SMS = settings.SMS | {"URL": f"http://127.0.0.1:{nobody.getsockname()[1]}"}
        message = queued()
        assert send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.error) == (State.QUEUED, "unreachable")


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # the robots' library's own
@pytest.mark.parametrize(
    ("statuses", "state", "error"),
    [
        ([200, 200], State.SENT, ""),
        ([500, 500], State.QUEUED, "robot_refused"),
        ([200, 500], State.DEAD, "outcome_unknown"),
    ],
)
@pytest.mark.django_db
def test_groups_hear_by_their_robots(
    statuses: list[int], state: str, error: str, provider: type[Provider], settings: Any
) -> None:
    address = settings.SMS["URL"].removeprefix("http://")
    settings.NOTIFY_CHANNELS, settings.DEMO = ["sms", "email", "group"], False
    settings.NOTIFY_GROUP_URLS = [f"json://{address}/{status}" for status in statuses]
    message = queued(to_id=None)
    send_due()
    message.refresh_from_db()
    assert (message.state, message.error) == (state, error)
    assert ["沙溪" in one["message"] for one in provider.received] == [True, True]


class MailServer:
    """Takes one letter; says `answers` to what it is told, or hangs up where there is none."""

    def __init__(self, **answers: str | None) -> None:
        self.answers: dict[str, str | None] = {"DATA": "354 go", **answers}
        self.letter: list[str] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.thread = Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        line, _ = self.door.accept()
        with line, line.makefile("rwb", buffering=0) as stream:
            stream.write(b"220 here\r\n")
            in_letter = False
            for raw in stream:
                words = raw.decode().rstrip("\r\n")
                if in_letter and words != ".":
                    self.letter.append(words)
                    continue
                verb = "." if in_letter else words[:4].upper()
                answer = self.answers.get(verb, "250 ok")
                in_letter = verb == "DATA"
                if answer is None:
                    return
                stream.write(f"{answer}\r\n".encode())

    def close(self) -> None:
        self.door.close()
        self.thread.join(5)


@pytest.mark.parametrize(
    ("answers", "state", "error"),
    [
        ({}, State.SENT, ""),
        ({"RCPT": "450 later"}, State.QUEUED, "smtp_450"),
        ({"RCPT": "550 nobody"}, State.DEAD, "smtp_550"),
        ({".": "554 no"}, State.DEAD, "smtp_554"),
        ({".": None}, State.DEAD, "outcome_unknown"),
    ],
)
@pytest.mark.django_db
def test_what_a_mail_server_says(answers: dict[str, str | None], state: str, error: str, settings: Any) -> None:
    server = MailServer(**answers)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.NOTIFY_CHANNELS = "127.0.0.1", server.port, ["email"]
    message = queued()
    send_one(message, Recipient(name="王芳", email="w@example.org", language="en"))
    server.close()
    message.refresh_from_db()
    assert (message.state, message.error) == (state, error)
    if state == State.SENT:
        assert f"Message-ID: <{message.pk}@localhost>" in server.letter


@pytest.mark.django_db
def test_a_code_that_comes_too_late_does_not_come(at_time: Callable[[dt.datetime], None]) -> None:
    message = queued(to_id=None, phone="13912345678", template="sign_in_code", variables={"code": "ABC"})
    at_time(clock.now() + dt.timedelta(minutes=11))
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.error) == (State.DEAD, "expired")


@pytest.mark.django_db
def test_mail_goes_to_whoever_has_an_address(settings: Any) -> None:
    settings.NOTIFY_CHANNELS, settings.EMAIL_HOST = ["sms", "email"], "mail.example.org"
    message = queued()
    assert send_one(message, Recipient(name="王芳", email="w@example.org", language="en"))
    assert [(one.to, "沙溪" in one.body) for one in mail.outbox] == [(["w@example.org"], True)]


@pytest.mark.parametrize(("repeatable", "state"), [(True, State.QUEUED), (False, State.DEAD)])
@pytest.mark.django_db
def test_a_sender_that_died_leaves_nothing_lost_and_nothing_sent_twice(
    repeatable: bool, state: str, provider: type[Provider], settings: Any, at_time: Callable[[dt.datetime], None]
) -> None:
    settings.SMS = settings.SMS | {"DEDUPES": repeatable}
    message = queued()
    Message.objects.update(state=State.SENDING, attempts=1, channel="sms", not_before=clock.now() + LEASE)
    assert send_due() == 0, "it is still held"
    at_time(clock.now() + LEASE + dt.timedelta(seconds=1))
    assert send_due() == (1 if repeatable else 0)
    message.refresh_from_db()
    assert message.state == (State.SENT if repeatable else State.DEAD)
    assert len(provider.received) == (1 if repeatable else 0)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_senders_never_send_the_same(at_once: Callable[..., list[object]], provider: type[Provider]) -> None:
    for number in range(20):
        queued(f"k{number}")
    assert sum(at_once([send_due] * 4)) == 20  # type: ignore[arg-type]
    assert sorted(one["id"] for one in provider.received) == sorted(Message.objects.values_list("pk", flat=True))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_sends(provider: type[Provider], at_time: Callable[[dt.datetime], None]) -> None:
    """A process of its own, killed after the provider took the message and before anything was written down."""
    message = queued()
    connection.close()
    child = os.fork()
    if child == 0:
        from hub.notify.channels import sms

        send = sms.channel.send

        def send_and_die(letter: Any) -> None:
            send(letter)
            os.kill(os.getpid(), signal.SIGKILL)

        sms.channel.send = send_and_die  # type: ignore[method-assign]
        send_due()
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert len(provider.received) == 1
    at_time(clock.now() + LEASE * 2)
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.error) == (State.DEAD, "outcome_unknown")
    assert len(provider.received) == 1


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_the_worker_once() -> None:
    with transaction.atomic():
        queued("a")
        queued("b")
        assert DBTaskResult.objects.count() == 0
    assert DBTaskResult.objects.count() == 1
    assert deliver.call() == 2
    assert Message.objects.filter(state=State.SENT).count() == 2
