"""Three days before and a day after, once each, one message for a family; one tap renews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.notify.models import Message
from programs.lending.circulation.models import Loan
from programs.lending.circulation.upkeep import look
from tests.circulation.factories import hold_for, lend_to
from tests.closures.factories import make_closure
from tests.lending.factories import make_copy
from tests.support.make import make_child, make_hub, make_room

pytestmark = pytest.mark.django_db
At = Callable[[dt.datetime], None]
TODAY = dt.date(2026, 11, 2)
DUE = TODAY + dt.timedelta(days=30)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(at_time: At) -> None:
    at_time(clock.at(TODAY, 600))


def two_books() -> list[Loan]:
    """Of siblings."""
    child, hub = make_child(), make_hub()
    sibling = make_child(guardian=child.family.guardian)
    return [lend_to(make_copy(hub=hub), one) for one in (child, sibling)]


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("template", flat=True))


def test_never_more_than_two_for_a_day(at_time: At) -> None:
    loans = two_books()
    seen = []
    for days in range(45):
        at_time(clock.at(TODAY + days * DAY, 600))
        before = len(told())
        look()
        seen += [(days, template) for template in told()[before:]]
    assert seen == [(27, "books_soon"), (31, "books_late")]
    message = Message.objects.get(template="books_soon")
    names = " / ".join(loan.copy.title.name for loan in loans)
    assert message.variables == {"books": names, "day": DUE.isoformat()}
    assert message.to_id == loans[0].family.guardian_id


def test_a_book_that_comes_into_the_time_later_in_the_day_is_reminded_of_too(at_time: At) -> None:
    first, second = two_books()
    Loan.objects.filter(pk=second.pk).update(due_on=DUE + DAY)
    at_time(clock.at(DUE - 3 * DAY, 600))
    look()
    Loan.objects.filter(pk=second.pk).update(due_on=DUE)
    look()
    look()
    books = [one["books"] for one in Message.objects.order_by("pk").values_list("variables", flat=True)]
    assert books == [loan.copy.title.name for loan in (first, second)]


def test_what_was_due_behind_a_closed_door_is_due_later_and_told_anew(at_time: At) -> None:
    first, second = two_books()
    Loan.objects.filter(pk=second.pk).update(due_on=DUE - DAY)
    at_time(clock.at(DUE - 3 * DAY, 600))
    look()
    make_closure(first.hub, day=DUE, start=480, end=1440 + 1260)
    make_closure(room=make_room(hub=first.hub), day=DUE - DAY)
    assert look() == 1
    assert list(Loan.objects.order_by("pk").values_list("due_on", flat=True)) == [DUE + 2 * DAY, DUE - DAY]
    assert Entry.objects.filter(action="loan.put_off").values_list("actor_id", "for_id").get() == (
        None,
        first.reader_id,
    )
    assert (look(), len(told())) == (0, 1)
    at_time(clock.at(DUE, 600))
    look()
    assert told() == ["books_soon", "books_late", "books_soon"]


def test_nobody_is_reminded_before_nine_or_of_what_came_back(at_time: At) -> None:
    two_books()
    at_time(clock.at(DUE, 8 * 60))
    look()
    assert told() == []
    Loan.objects.update(ended="returned", ended_at=clock.now())
    at_time(clock.at(DUE, 9 * 60))
    look()
    assert told() == []


def test_one_tap_renews_what_nobody_else_waits_for(at_time: At) -> None:
    first, second = two_books()
    hold_for(second.copy)
    at_time(clock.at(DUE - 2 * DAY, 600))
    look()
    token = Message.objects.get(template="books_soon").link.rpartition("/l/")[2]
    client = Client()
    before = client.get(f"/api/renewals/{token}").json()["loans"]
    assert [one["not_renewable"] and one["not_renewable"]["code"] for one in before] == [None, "others_wait"]
    after = client.post(f"/api/renewals/{token}").json()["loans"]
    assert [(one["due_on"], one["renewed"]) for one in after] == [("2026-12-02", False), ("2027-01-04", True)]
    assert client.post(f"/api/renewals/{token}").json()["loans"] == after
    first.refresh_from_db()
    assert (first.renewals, first.told_soon) == (1, False)


def test_the_link_ends_when_the_books_are_due(at_time: At) -> None:
    two_books()
    at_time(clock.at(DUE, 600))
    look()
    token = Message.objects.get().link.rpartition("/l/")[2]
    at_time(clock.at(DUE + DAY, 1))
    answer = Client().get(f"/api/renewals/{token}")
    assert (answer.status_code, answer.json()["code"]) == (409, "link_expired")
    assert Client().get("/api/renewals/nothing").status_code == 404
