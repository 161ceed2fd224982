"""A month that will fall short is told once to both sides, and stands on their first page while it lasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.notify.models import Message
from hub.people.models import Person, Role
from hub.upkeep import waiting
from scheduling.residency.lagging import keep_looking, look_at_ledgers, tell_lagging
from scheduling.residency.models import LaggingTold
from tests.residency.factories import MIDDLE, come, make_agreement, make_held, make_stay
from tests.support.make import make_hub, make_person
from tests.support.queries import count_queries

AtTime = Callable[[dt.datetime], None]
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _in_december(at_time: AtTime) -> None:
    at_time(MIDDLE)


def messages() -> list[tuple[int | None, str, str]]:
    rows = Message.objects.filter(template__startswith="ledger_lags").order_by("to_id", "pk")
    return [(one.to_id, one.template, one.variables["count"]) for one in rows]


@pytest.mark.django_db
def test_both_sides_are_told_once_a_month(at_time: AtTime) -> None:
    hub = make_hub()
    first, second = make_stay(hub=hub), make_stay(hub=hub)
    coordinator = make_person(Role.COORDINATOR, hub=hub)
    workers = [make_person(Role.SOCIAL_WORKER, agency=one.agency) for one in (first, first, second)]
    make_person(Role.COORDINATOR, hub=make_hub())
    make_person(Role.SOCIAL_WORKER)
    for stay in (first, second):
        make_agreement(stay, owed={"sessions": 4})
    for stay in (make_stay(), make_stay(hub=hub)):
        make_agreement(stay, owed={"sessions": 1} if stay.hub != hub else {})
        come(make_held(stay, day=MIDDLE.date()))
    told = [(coordinator.pk, "ledger_lags_many", "2"), *((one.pk, "ledger_lags", "1") for one in workers)]
    assert (tell_lagging(), tell_lagging(), messages()) == (2, 0, told)
    at_time(MIDDLE + dt.timedelta(days=10))
    assert tell_lagging() == 0
    at_time(clock.at(dt.date(2027, 1, 12)))
    assert (tell_lagging(), len(messages())) == (2, 8)


@pytest.mark.django_db
def test_what_is_planned_still_is_no_shortfall_nor_is_a_month_just_begun(at_time: AtTime) -> None:
    planned = make_stay()
    make_agreement(planned, owed={"sessions": 2})
    for day in (20, 21):
        make_held(planned, day=dt.date(2026, 12, day))
    assert tell_lagging() == 0
    make_agreement(make_stay(), owed={"sessions": 30})
    at_time(clock.at(dt.date(2026, 12, 9), 12 * 60))
    assert tell_lagging() == 0
    at_time(clock.at(dt.date(2026, 12, 10), 12 * 60))
    assert tell_lagging() == 1


@pytest.mark.django_db
def test_it_stands_on_the_first_page_while_it_lasts(sign_in: SignIn) -> None:
    stay = make_stay()
    make_agreement(stay, owed={"sessions": 4, "visits": 4})
    client = sign_in(make_person(Role.COORDINATOR, hub=stay.hub))
    assert client.get("/api/ledger/lagging").json() == []
    tell_lagging()
    found = client.get("/api/ledger/lagging").json()
    assert [(one["residency"], [line["indicator"] for line in one["lines"]]) for one in found] == [
        (stay.pk, ["sessions", "visits"])
    ]
    assert sign_in(make_person(Role.SOCIAL_WORKER)).get("/api/ledger/lagging").json() == []
    held = make_held(stay, day=MIDDLE.date())
    for _ in range(4):
        come(held)
    assert client.get("/api/ledger/lagging").json() == []


@pytest.mark.django_db
def test_ten_stays_cost_no_more_queries_than_one(sign_in: SignIn) -> None:
    hub = make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))

    def lag() -> int:
        make_agreement(make_stay(hub=hub), owed={"sessions": 4})
        tell_lagging()
        return count_queries(lambda: client.get("/api/ledger/lagging"))

    lag()
    one = lag()
    assert [lag() for _ in range(8)][-1] == one


@pytest.mark.django_db
def test_each_morning_it_is_looked_at(at_time: AtTime) -> None:
    for moment in (clock.at(dt.date(2026, 12, 16), 8 * 60), clock.at(dt.date(2026, 12, 16), 8 * 60 + 5), MIDDLE):
        at_time(moment)
        keep_looking()
    mornings = waiting(look_at_ledgers).order_by("run_after").values_list("run_after", flat=True)
    assert list(mornings) == [clock.at(dt.date(2026, 12, day), 9 * 60) for day in (16, 17)]


@pytest.mark.django_db(transaction=True)
def test_told_by_two_workers_at_once_it_is_told_once(at_once: Callable[..., list[object]]) -> None:
    stay = make_stay()
    make_agreement(stay, owed={"sessions": 4})
    worker = make_person(Role.SOCIAL_WORKER, agency=stay.agency)
    at_once([tell_lagging] * 3)
    assert (messages(), LaggingTold.objects.count()) == ([(worker.pk, "ledger_lags", "1")], 1)
