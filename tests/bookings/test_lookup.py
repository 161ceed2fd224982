"""Booking at the desk: staff find a child they know, see what speaks against it, book, and give a place back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import make_person, make_program, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return make_reading(places=1)


@pytest.fixture
def desk(session: Session, sign_in: SignIn) -> Client:
    return sign_in(make_person(Role.SOCIAL_WORKER, agency=session.program.agency))


def earlier(session: Session) -> Session:
    """Another session of the same agency, through which its staff know a child."""
    return make_session(program=session.program, hub=session.hub, start=13 * 60, places=30)


def test_found_by_names_and_by_the_whole_number(session: Session, desk: Client) -> None:
    guardian, [child] = make_guardian()
    book_for(earlier(session), child)
    address = f"/api/activities/{session.pk}/children"
    for text in (child.person.name, guardian.name, guardian.phone, f"+86 {guardian.phone}"):
        found = desk.get(address, {"q": text}).json()
        assert [(one["child"], one["guardian"], one["bookable"]) for one in found] == [(child.pk, guardian.name, True)]
    for text in ("", child.person.name[:1], guardian.phone[:7]):
        assert desk.get(address, {"q": text}).json() == []
    assert Entry.objects.filter(action="children.found").first().facts.get("count") == 1  # type: ignore[union-attr]


def test_a_child_nobody_there_knows_is_found_and_booked_by_the_guardians_whole_number_alone(
    session: Session, desk: Client
) -> None:
    guardian, [child] = make_guardian()
    stranger, _ = make_guardian()
    book_for(make_session(start=13 * 60, places=30), child)
    address = f"/api/activities/{session.pk}/children"
    for text in (child.person.name, guardian.name, guardian.phone[:-1], stranger.phone):
        assert child.pk not in [one["child"] for one in desk.get(address, {"q": text}).json()]
    assert [one["child"] for one in desk.get(address, {"q": guardian.phone}).json()] == [child.pk]
    logged = Entry.objects.filter(action="children.found").order_by("-pk").first()
    assert logged is not None
    assert (logged.facts["count"], logged.facts["by_phone"]) == (1, True)
    assert guardian.phone not in str(logged.facts)

    def book(phone: str) -> int:
        wish = {"children": [child.pk], "guardian_phone": phone}
        return desk.post(f"/api/activities/{session.pk}/book", wish, "application/json").status_code

    assert [book(phone) for phone in ("", guardian.name, stranger.phone)] == [404, 404, 404]
    assert not Booking.objects.filter(session=session).exists()
    assert book(guardian.phone) == 200
    assert Booking.objects.get(session=session).participant == child.person


def test_booked_and_given_back_at_the_desk(session: Session, desk: Client) -> None:
    _, [child, other] = make_guardian(2)
    for one in (child, other):
        book_for(earlier(session), one)
    answers = [
        desk.post(f"/api/activities/{session.pk}/book", {"children": [one.pk]}, "application/json")
        for one in (child, other)
    ]
    states = [(row["child"], row["state"]) for answer in answers for row in answer.json()]
    assert states == [(child.pk, "booked"), (other.pk, "waiting")]
    first = Booking.objects.get(session=session, participant=child.person)
    assert desk.post(f"/api/bookings/{first.pk}/cancel").status_code == 200
    assert Booking.objects.get(session=session, participant=other.person).state == Booking.State.OFFERED


def test_an_age_outside_is_said_and_left_to_the_staff(session: Session, desk: Client) -> None:
    _, [child] = make_guardian()
    book_for(earlier(session), child)
    grown = make_reading(program=make_program(kind="reading", agency=session.program.agency, age_min=15))
    [found] = desk.get(f"/api/activities/{grown.pk}/children", {"q": child.person.name}).json()
    assert ([one["code"] for one in found["reasons"]], found["bookable"]) == (["age_outside"], True)


def test_many_cost_as_many_queries_as_one(session: Session, desk: Client) -> None:
    guardian, [child] = make_guardian()
    known = earlier(session)
    book_for(known, child)
    address = f"/api/activities/{session.pk}/children?q={guardian.phone}"
    desk.get(address)
    one = count_queries(lambda: desk.get(address))
    for _ in range(15):
        _, [more] = make_guardian()
        more.family = child.family
        more.save()
        book_for(known, more)
    assert count_queries(lambda: desk.get(address)) == one
    assert len(desk.get(address).json()) == 16
