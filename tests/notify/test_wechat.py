"""Messages by WeChat, against something that answers as its interface does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client

from hub.notify.models import Message, WeChatFollower
from hub.notify.outbox import queue
from hub.notify.sending import send_due
from hub.notify.wechat import follow
from hub.people.models import Person
from tests.support.clients import client_for
from tests.support.make import make_person
from tests.support.provider import Provider

pytestmark = pytest.mark.django_db
TEMPLATES = {"session_cancelled": {"id": "T7", "data": {"thing1": "hub", "time2": "when", "thing3": "program"}}}
STARTS = "2026-12-14T01:00:00+00:00"


class WeChat(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, dict[str, Any]]]] = []
    answers: ClassVar[list[int]] = []
    """Codes of the next letters' answers; 0 after them."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = urlsplit(self.path)
        if path.path == "/cgi-bin/stable_token":
            self._answer(body, {"access_token": f"token{len(self.asked)}", "expires_in": 7200})
        else:
            self._answer(body, {"errcode": self.answers.pop(0) if self.answers else 0})

    def do_GET(self) -> None:
        code = parse_qs(urlsplit(self.path).query)["code"][0]
        self._answer({}, {"openid": "o-me"} if code == "good" else {"errcode": 40029})

    def _answer(self, body: dict[str, Any], answer: dict[str, Any]) -> None:
        self.asked.append((self.path, body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def wechat(settings: Any, provider: type[Provider]) -> Iterator[type[WeChat]]:
    WeChat.asked.clear()
    WeChat.answers.clear()
    cache.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), WeChat)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTIFY_CHANNELS = ["wechat", "sms"]
    settings.WECHAT = settings.WECHAT | {
        "APP_ID": "app",
        "APP_SECRET": "secret",
        "TEMPLATES": TEMPLATES,
        "API": f"http://127.0.0.1:{server.server_port}",
    }
    yield WeChat
    server.shutdown()
    server.server_close()


def tell(person: Person, template: str = "session_cancelled") -> Message:
    variables = {"hub": "沙溪" * 20, "starts_at": STARTS}
    queue(to_id=person.pk, template=template, dedupe_key=template, variables=variables, link="http://x/a/Abc")
    return Message.objects.get(dedupe_key=template)


def test_who_follows_is_told_in_fields_that_fit(wechat: type[WeChat], provider: type[Provider]) -> None:
    me = make_person()
    follow(person=me.pk, openid="o-me")
    message = tell(me)
    assert send_due() == 1
    (_path, secret), (path, body) = wechat.asked
    assert secret == {"grant_type": "client_credential", "appid": "app", "secret": "secret"}
    assert path == "/cgi-bin/message/template/send?access_token=token0"
    assert body == {
        "touser": "o-me",
        "template_id": "T7",
        "url": "http://x/a/Abc",
        "client_msg_id": str(message.pk),
        "data": {"thing1": {"value": "沙溪" * 10}, "time2": {"value": "12月14日 周一 09:00"}, "thing3": {"value": "-"}},
    }
    assert provider.received == []
    message.refresh_from_db()
    assert (message.state, message.channel) == ("sent", "wechat")


def test_who_does_not_and_what_it_has_no_template_for_goes_by_text(
    wechat: type[WeChat], provider: type[Provider], settings: Any
) -> None:
    settings.SMS = settings.SMS | {"TEMPLATES": {"session_cancelled": "S1", "session_moved": "S2"}}
    follower, other = make_person(), make_person()
    follow(person=follower.pk, openid="o-me")
    tell(other)
    tell(follower, "session_moved")
    assert send_due() == 2
    assert (wechat.asked, [one["template"] for one in provider.received]) == ([], ["S1", "S2"])


def later(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(not_before=message.created_at)


@pytest.mark.parametrize("code", [40003, 43004, 43101])
def test_who_left_in_wechat_gets_the_next_try_by_text(
    wechat: type[WeChat], provider: type[Provider], code: int
) -> None:
    me, same_account, other = make_person(), make_person(), make_person()
    for person, openid in ((me, "o-me"), (same_account, "o-me"), (other, "o-other")):
        follow(person=person.pk, openid=openid)
    wechat.answers.append(code)
    message = tell(me)
    assert send_due() == 0
    assert list(WeChatFollower.objects.values_list("person_id", flat=True)) == [other.pk]
    later(message)
    assert send_due() == 1
    assert [one["id"] for one in provider.received] == [message.pk]


def test_a_token_that_ended_is_fetched_anew(wechat: type[WeChat]) -> None:
    me = make_person()
    follow(person=me.pk, openid="o-me")
    wechat.answers.append(42001)
    message = tell(me)
    assert send_due() == 0
    later(message)
    assert send_due() == 1
    assert [path.rpartition("=")[2] for path, _body in wechat.asked if "template" in path] == ["token0", "token2"]


def test_what_is_refused_for_good_is_laid_aside(wechat: type[WeChat], provider: type[Provider]) -> None:
    me = make_person()
    follow(person=me.pk, openid="o-me")
    wechat.answers.append(40037)
    message = tell(me)
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.error, provider.received) == ("dead", "wechat_40037", [])


def begin(client: Client) -> dict[str, list[str]]:
    answer = client.get("/wechat/follow")
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)


def test_following_leads_through_wechat_and_back(wechat: type[WeChat], settings: Any) -> None:
    me = make_person()
    client = client_for(me)
    assert client.get("/api/wechat").json() == {"possible": True, "follows": False}
    asked = begin(client)
    assert (asked["appid"], asked["redirect_uri"]) == (["app"], [f"{settings.PUBLIC_URL}/wechat/back"])
    back = client.get("/wechat/back", {"code": "good", "state": asked["state"][0]})
    assert (back.status_code, back["Location"]) == (302, "/my-data?wechat=follows")
    row = WeChatFollower.objects.get()
    assert (row.person_id, row.openid) == (me.pk, "o-me")
    assert client.delete("/api/wechat").status_code == 204
    assert client.get("/api/wechat").json() == {"possible": True, "follows": False}


def test_a_link_of_somebody_else_a_code_of_nobody_and_a_visitor_bind_nothing(wechat: type[WeChat]) -> None:
    client = client_for(make_person())
    mine = begin(client)["state"][0]
    others = begin(client_for(make_person()))["state"][0]
    tries = [
        (client, {"code": "good", "state": others}),
        # The state was spent on the try before.
        (client, {"code": "good", "state": mine}),
        (Client(), {"code": "good", "state": mine}),
    ]
    for visitor, query in tries:
        assert visitor.get("/wechat/back", query)["Location"] == "/my-data?wechat=failed"
    state = begin(client)["state"][0]
    assert client.get("/wechat/back", {"code": "spent", "state": state})["Location"] == "/my-data?wechat=failed"
    assert WeChatFollower.objects.count() == 0


def test_templates_that_are_written_wrong_are_said_before_anything_starts(settings: Any) -> None:
    settings.WECHAT = settings.WECHAT | {"TEMPLATES": TEMPLATES | {"no_such": TEMPLATES["session_cancelled"]}}
    assert [one.id for one in run_checks() if one.id == "notify.E002"] == ["notify.E002"]
    settings.WECHAT = settings.WECHAT | {"TEMPLATES": TEMPLATES}
    assert [one.id for one in run_checks() if one.id == "notify.E002"] == []
