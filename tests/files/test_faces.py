"""Three faces: counts and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.files.faces import count_cards, tap_face
from scheduling.files.models import FaceCount
from tests.files.factories import make_held
from tests.reading.factories import AFTER, BEFORE
from tests.support.make import make_person, make_session

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]


@pytest.fixture(autouse=True)
def after_the_session(at_time: AtTime) -> None:
    at_time(AFTER)


def counts() -> list[tuple[str, int, int, int]]:
    return list(FaceCount.objects.order_by("source").values_list("source", "good", "fair", "bad"))


@pytest.mark.django_db
def test_cards_are_counted_anew_and_taps_one_by_one(sign_in: SignIn) -> None:
    session, _, _ = make_held()
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    address = f"/api/files/sessions/{session.pk}"
    for good in (4, 5):
        client.put(f"{address}/faces", {"good": good, "fair": 1, "bad": 0}, "application/json")
    for face in ("good", "good", "bad"):
        found = client.post(f"{address}/taps", {"face": face}, "application/json").json()
    assert (counts(), found["taps"]) == ([("cards", 5, 1, 0), ("taps", 2, 0, 1)], 3)
    assert set(found) == {"session", "taps"}


@pytest.mark.django_db
def test_a_tap_leaves_no_trace_of_anybody() -> None:
    session, _, _ = make_held()
    before = Entry.objects.count()
    tap_face(session=session.pk, face="bad")
    assert (Entry.objects.count() - before, counts()) == (0, [("taps", 0, 0, 1)])


@pytest.mark.django_db
def test_not_before_and_taps_not_long_after(at_time: AtTime) -> None:
    session, _, _ = make_held()
    at_time(BEFORE)
    with pytest.raises(Refused, match="not_begun"):
        count_cards(session=session.pk, good=1, fair=0, bad=0, by=make_person())
    at_time(session.ends_at + dt.timedelta(days=2))
    with pytest.raises(Refused, match="taps_over"):
        tap_face(session=session.pk, face="good")
    assert counts() == []


@pytest.mark.django_db(transaction=True)
def test_taps_at_once_are_all_counted(at_once: Callable[..., list[object]]) -> None:
    session = make_session()
    at_once([lambda: tap_face(session=session.pk, face="good")] * 4)
    assert counts() == [("taps", 4, 0, 0)]
