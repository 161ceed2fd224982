"""Catching up from the table."""

import datetime as dt
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.live.models import Event, Topic
from hub.live.prune import SHORTEN_EVERY, prune
from hub.live.publish import publish, publish_each, told_together
from hub.live.read import MOST_EVENTS, heads, read_after
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db


def tell(topic: str, times: int = 1) -> None:
    for number in range(times):
        with transaction.atomic():
            publish([topic], "session.changed", session=[number])


def test_a_topic_nobody_spoke_of_stands_at_zero() -> None:
    assert read_after("hub:1", None) == {"topic": "hub:1", "events": [], "seq": 0}
    assert read_after("hub:1", 0) is None


def test_events_come_in_order_without_a_gap() -> None:
    tell("hub:1", 3)
    tell("hub:2")
    assert read_after("hub:1", 1) == {
        "topic": "hub:1",
        "events": [
            {"seq": 2, "kind": "session.changed", "ids": {"session": [1]}},
            {"seq": 3, "kind": "session.changed", "ids": {"session": [2]}},
        ],
        "seq": 3,
    }
    assert read_after("hub:1", 3) is None
    assert heads(["hub:1", "hub:2", "hub:3"]) == {"hub:1": 3, "hub:2": 1}


def test_one_event_for_several_topics() -> None:
    with transaction.atomic():
        publish(["person:9", "hub:1", "hub:1"], "booking.changed", session=[4])
    assert heads(["hub:1", "person:9"]) == {"hub:1": 1, "person:9": 1}


@pytest.mark.django_db(transaction=True)
def test_publishing_belongs_in_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        publish(["hub:1"], "session.changed")


def test_an_event_of_a_rolled_back_change_never_was() -> None:
    with transaction.atomic():
        publish(["hub:1"], "session.changed")
        transaction.set_rollback(True)
    tell("hub:1")
    assert [event.seq for event in Event.objects.all()] == [1]


def test_pruned_events_answer_reset() -> None:
    tell("hub:1", 3)
    Event.objects.filter(seq__lte=2).delete()
    assert read_after("hub:1", 1) == {"topic": "hub:1", "reset": True, "seq": 3}
    assert read_after("hub:1", 2) == {
        "topic": "hub:1",
        "events": [{"seq": 3, "kind": "session.changed", "ids": {"session": [2]}}],
        "seq": 3,
    }


def test_a_client_ahead_of_a_restored_database_starts_anew() -> None:
    assert read_after("hub:1", 7) == {"topic": "hub:1", "reset": True, "seq": 0}
    tell("hub:1")
    assert read_after("hub:1", 7) == {"topic": "hub:1", "reset": True, "seq": 1}


def test_too_far_behind_answers_reset() -> None:
    tell("hub:1")
    Topic.objects.update(seq=MOST_EVENTS + 5)
    assert read_after("hub:1", 4) == {"topic": "hub:1", "reset": True, "seq": MOST_EVENTS + 5}


def test_a_topic_keeps_what_would_be_replayed() -> None:
    tell("hub:1")
    topic = Topic.objects.get()
    Topic.objects.update(seq=MOST_EVENTS + SHORTEN_EVERY - 1)
    tell("hub:1")
    assert list(Event.objects.filter(topic=topic).values_list("seq", flat=True)) == [MOST_EVENTS + SHORTEN_EVERY]


def test_old_events_are_forgotten() -> None:
    tell("hub:1", 2)
    Event.objects.filter(seq=1).update(at=clock.now() - dt.timedelta(days=8))
    assert prune() == 1
    assert read_after("hub:1", 0) == {"topic": "hub:1", "reset": True, "seq": 2}


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    tell("hub:1", 2)
    Event.objects.update(at=clock.now() - dt.timedelta(days=2))
    call_command("prune_events", "--days", "1")
    assert capsys.readouterr().out == "2\n"


def test_each_topic_hears_its_own_in_as_many_queries_for_many() -> None:
    def tell_each(people: int) -> None:
        with transaction.atomic():
            publish_each((f"person:{pk}", "assignment.changed", {"assignment": [pk]}) for pk in range(people))

    assert count_queries(lambda: tell_each(1)) == count_queries(lambda: tell_each(30))
    heard = Event.objects.filter(topic__name__in=["person:0", "person:7"]).order_by("topic__name", "seq")
    assert list(heard.values_list("topic__name", "seq", "ids")) == [
        ("person:0", 1, {"assignment": [0]}),
        ("person:0", 2, {"assignment": [0]}),
        ("person:7", 1, {"assignment": [7]}),
    ]


def test_what_a_rule_and_its_signals_tell_is_told_at_its_end_in_the_order_it_happened() -> None:
    with transaction.atomic(), told_together():
        publish(["hub:1"], "session.changed", session=[1])
        with told_together():
            publish(["hub:1", "person:2"], "assignment.changed", assignment=[3])
        with suppress(Refused), transaction.atomic(), told_together():
            publish(["person:2"], "booking.changed")
            raise Refused("clash")
        publish(["hub:1"], "booking.changed", booking=[4])
        assert heads(["hub:1", "person:2"]) == {}
    rows = Event.objects.order_by("topic__name", "seq").values_list("topic__name", "seq", "kind", "ids")
    assert list(rows) == [
        ("hub:1", 1, "session.changed", {"session": [1]}),
        ("hub:1", 2, "assignment.changed", {"assignment": [3]}),
        ("hub:1", 3, "booking.changed", {"booking": [4]}),
        ("person:2", 1, "assignment.changed", {"assignment": [3]}),
    ]
