"""1 and 2 texted back: which question they answer, and what is said when they answer none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hub.notify.models import Message, Reply
from hub.notify.replies import MOST_AN_HOUR, _questions, offered, take_reply
from hub.notify.sending import send_due
from hub.notify.templates import text_of
from hub.people.models import Person, Role
from scheduling.signups.models import Assignment
from scheduling.signups.signups import assign_by_hand, release_place
from tests.signups.factories import make_regular
from tests.support.make import make_need, make_person, make_session

PHONE = "13912345678"
numbers = iter(range(10**6))
pytestmark = pytest.mark.django_db


def asked(person: Person, **session: Any) -> Assignment:
    """A place given to somebody, who was told."""
    row = assign_by_hand(need=make_need(session=make_session(**session)).pk, person=person.pk, by=make_person())
    send_due()
    return row


def volunteer(**values: Any) -> Person:
    return make_regular(person=make_person(Role.VOLUNTEER, **{"phone": PHONE} | values)).person


def text(words: str, phone: str = PHONE, provider_id: str = "") -> str:
    return take_reply(provider_id=provider_id or f"r{next(numbers)}", phone=phone, text=words).outcome


def said_back() -> list[str]:
    return list(Message.objects.filter(template__startswith="reply_").order_by("pk").values_list("template", flat=True))


def state(row: Assignment) -> str:
    row.refresh_from_db()
    return row.state


@pytest.mark.parametrize(
    ("words", "outcome", "after"),
    [
        ("1", "reply_yes", "accepted"),
        ("２。", "reply_no", "declined"),
        ("\u3000 1 \n", "reply_yes", "accepted"),
        ("1能来", "reply_yes", "accepted"),
        ("2 来不了。", "reply_no", "declined"),
        ("来不了", "reply_no", "declined"),
        ("1来不了", "reply_unclear", "published"),
        ("12", "reply_unclear", "published"),
        ("好的", "reply_unclear", "published"),
        ("", "reply_unclear", "published"),
    ],
)
def test_what_counts_as_an_answer(words: str, outcome: str, after: str) -> None:
    row = asked(volunteer())
    assert (text(words), state(row), said_back()) == (outcome, after, [outcome])


@pytest.mark.parametrize("written", ["+8613912345678", "86 139 1234 5678", "13912345678"])
def test_the_number_may_be_written_in_any_way(written: str) -> None:
    row = asked(volunteer())
    assert (text("1", written), state(row)) == ("reply_yes", "accepted")


def test_the_confirmation_says_which() -> None:
    asked(volunteer(), start=540)
    text("1")
    last = Message.objects.latest("pk")
    assert "12月14日 周一 09:00-10:30" in text_of(
        template=last.template, variables=last.variables, link="", language="zh-hans"
    )


def test_the_newest_open_question_first_and_then_the_one_before() -> None:
    person = volunteer()
    first, second = asked(person, start=540), asked(person, start=840)
    assert [(text("1"), state(first), state(second)), (text("2"), state(first), state(second))] == [
        ("reply_yes", "published", "accepted"),
        ("reply_no", "declined", "accepted"),
    ]


def test_a_mind_may_be_changed() -> None:
    row = asked(volunteer())
    assert [(text(words), state(row)) for words in "1221"] == [
        ("reply_yes", "accepted"),
        ("reply_no", "declined"),
        ("reply_no", "declined"),
        ("reply_yes", "accepted"),
    ]


def test_the_same_reply_brought_again_changes_nothing() -> None:
    row = asked(volunteer())
    assert [text("1", provider_id="p1"), text("2", provider_id="p2"), text("1", provider_id="p1")] == [
        "reply_yes",
        "reply_no",
        "reply_yes",
    ]
    assert (state(row), said_back(), Reply.objects.count()) == ("declined", ["reply_yes", "reply_no"], 2)


def test_two_people_behind_one_number_who_were_both_asked() -> None:
    one, other = asked(volunteer()), asked(volunteer())
    assert (text("1"), state(one), state(other)) == ("reply_unclear", "published", "published")


def test_two_people_behind_one_number_of_whom_one_was_asked() -> None:
    make_person(Role.GUARDIAN, phone=PHONE)
    row = asked(volunteer())
    assert (text("1"), state(row)) == ("reply_yes", "accepted")


def test_too_late_is_said_kindly_and_once_a_day(at_time: Callable[[dt.datetime], None]) -> None:
    row = asked(volunteer())
    at_time(row.session.starts_at)
    assert (text("1"), text("2"), state(row)) == ("reply_late", "reply_late", "published")
    assert said_back() == ["reply_late"]
    at_time(row.session.starts_at + dt.timedelta(days=1))
    text("1")
    assert said_back() == ["reply_late"] * 2


def test_released_meanwhile_is_too_late() -> None:
    row = asked(volunteer())
    release_place(assignment=row.pk, by=make_person())
    assert (text("1"), state(row)) == ("reply_late", "released")


def test_a_no_taken_back_when_the_place_is_gone() -> None:
    row = asked(volunteer())
    text("2")
    row.need.target = row.need.min = 0
    row.need.save()
    assert (text("1"), state(row)) == ("reply_late", "declined")


def test_who_was_asked_nothing_is_left_alone() -> None:
    volunteer()
    assert (text("谢谢"), text("1"), text("1", "13812345678"), said_back()) == (
        "not_asked",
        "not_asked",
        "unknown_number",
        [],
    )


def test_what_was_not_sent_yet_is_not_answered() -> None:
    row = assign_by_hand(need=make_need().pk, person=volunteer().pk, by=make_person())
    assert (text("1"), state(row)) == ("not_asked", "published")


def test_a_machine_that_answers_ours_is_not_answered_for_ever() -> None:
    asked(volunteer())
    outcomes = [text("1") for _ in range(MOST_AN_HOUR + 2)]
    assert outcomes == ["reply_yes"] * MOST_AN_HOUR + ["too_many"] * 2


def test_one_text_for_several_shifts_says_yes_to_all_and_no_to_none() -> None:
    from scheduling.signups.announce import announce_roster

    person, staff = volunteer(), make_person()
    rows = []
    for start in (540, 840):
        need = make_need(session=make_session(start=start))
        rows.append(assign_by_hand(need=need.pk, person=person.pk, by=staff))
    Message.objects.all().delete()
    announce_roster(added=rows, released=[], by=None)
    send_due()
    assert (text("2"), [state(row) for row in rows]) == ("reply_unclear", ["published"] * 2)
    assert (text("1"), [state(row) for row in rows]) == ("reply_yes", ["accepted"] * 2)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_question_has_words_that_offer_it(language: str) -> None:
    for name in _questions:
        words = text_of(template="shifts_added", variables={}, link="", language=language, question=name)
        assert "1" in words
        assert "message." not in words


def test_a_reply_is_offered_where_somebody_listens(settings: Any) -> None:
    row = Message(asks="roster:1")
    settings.DEMO = False
    assert offered(row) == ""
    settings.SMS = settings.SMS | {"REPLY_SECRET": "s"}
    assert offered(row) == "roster"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_reply_brought_by_several_at_once(at_once: Callable[..., list[object]]) -> None:
    row = asked(volunteer())
    results = at_once([lambda: take_reply(provider_id="same", phone=PHONE, text="1").outcome] * 4)
    assert (results, state(row), said_back()) == (["reply_yes"] * 4, "accepted", ["reply_yes"])


class TestTheDoor:
    @pytest.fixture(autouse=True)
    def _secret(self, settings: Any) -> Any:
        cache.clear()
        settings.SMS = settings.SMS | {"REPLY_SECRET": "s3cret"}
        yield
        cache.clear()

    def bring(self, body: Any, *, secret: str = "s3cret", query: str = "") -> Any:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        client = Client(enforce_csrf_checks=True)
        return client.post(
            f"/api/notify/replies{query}", json.dumps(body), content_type="application/json", headers=headers
        )

    def test_a_reply(self) -> None:
        row = asked(volunteer())
        answer = self.bring({"id": "a", "phone": PHONE, "text": "1"})
        assert (answer.status_code, answer.json(), state(row)) == (
            200,
            {"code": 0, "result": 0, "taken": 1},
            "accepted",
        )

    def test_a_list_in_the_providers_own_words(self, settings: Any) -> None:
        settings.SMS = settings.SMS | {
            "REPLY_FIELDS": {"id": "sequence_id", "phone": "phone_number", "text": "content"}
        }
        row = asked(volunteer())
        entry = {"sequence_id": 1234567890, "phone_number": PHONE, "content": "1", "sign_name": ""}
        answer = self.bring([entry, entry], secret="", query="?secret=s3cret")
        assert (answer.json()["taken"], state(row), Reply.objects.get().provider_id) == (2, "accepted", "1234567890")

    def test_without_an_id_the_same_words_are_the_same_reply(self) -> None:
        asked(volunteer())
        entry = {"phone": PHONE, "text": "1", "time": 1765700000}
        self.bring(entry)
        self.bring(entry)
        self.bring(entry | {"time": 1765700001})
        kept = Reply.objects.values_list("provider_id", flat=True)
        assert (len(kept), [PHONE in one for one in kept]) == (2, [False, False])

    def test_a_wrong_secret_and_guessing(self) -> None:
        codes = [self.bring({}, secret=f"guess{number}").status_code for number in range(22)]
        assert codes == [403] * 20 + [429] * 2

    def test_without_a_secret_set_nobody_gets_in(self, settings: Any) -> None:
        settings.SMS = settings.SMS | {"REPLY_SECRET": ""}
        assert self.bring({}, secret="").status_code == 403

    @pytest.mark.parametrize("body", [1, "x", None, {}, [{}], [[]], {"phone": PHONE}, {"phone": {}, "text": "1"}])
    def test_what_cannot_be_read_is_refused_whole(self, body: Any) -> None:
        row = asked(volunteer())
        good = {"id": "a", "phone": PHONE, "text": "1"}
        for brought in (body, [good, body]):
            answer = self.bring(brought)
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        assert (state(row), Reply.objects.count()) == ("published", 0)
