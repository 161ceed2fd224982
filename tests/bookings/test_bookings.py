"""Taking a place for a child and giving it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.notify.models import Message
from hub.notify.templates import text_of
from hub.people.models import Consent, FamilyMember, Person, Role
from scheduling.bookings.bookings import book, book_together, cancel_booking
from scheduling.bookings.models import Booking
from scheduling.bookings.turns import accept_turn, guardian_behind
from scheduling.sessions.models import Claim, Session
from scheduling.sessions.sessions import cancel_session, edit_session, move_session
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import MONDAY, make_child, make_hub, make_person, make_program
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
State = Booking.State


def states(session: Session) -> list[str]:
    return list(Booking.objects.filter(session=session).order_by("created_at", "pk").values_list("state", flat=True))


def events(topic: str) -> list[tuple[str, Any]]:
    rows = Event.objects.filter(topic__name=topic).order_by("seq")
    return [(row.kind, row.ids) for row in rows]


def test_a_place_is_booked_claimed_told_and_recorded() -> None:
    guardian, (child,) = make_guardian()
    session = make_reading()
    row = book(session=session.pk, child=child.pk, by=guardian)

    assert (row.state, row.participant_id, row.booked_by_id) == (State.BOOKED, child.person_id, guardian.pk)
    claim = Claim.objects.get(session=session)
    assert (claim.resource, claim.exclusive) == (f"person:{child.person_id}", False)
    told = ("booking.changed", {"session": [session.pk], "booking": [row.pk]})
    assert events(f"hub:{session.hub_id}") == [told]
    assert events(f"person:{guardian.pk}") == [told]
    entry = Entry.objects.get(action="booking.made")
    assert (entry.actor_id, entry.for_id, entry.chain) == (guardian.pk, child.person_id, session.hub_id)


Breaker = Callable[[Session, Any], Any]


def cancelled(session: Session, child: Any) -> None:
    Session.objects.filter(pk=session.pk).update(state=Session.State.CANCELLED)


def over(session: Session, child: Any) -> None:
    now = clock.now()
    Session.objects.filter(pk=session.pk).update(
        starts_at=now - dt.timedelta(minutes=1), ends_at=now + dt.timedelta(hours=1)
    )


def without_places(session: Session, child: Any) -> None:
    Session.objects.filter(pk=session.pk).update(places=None)


def booked_already(session: Session, child: Any) -> None:
    book_for(session, child)


def too_old(session: Session, child: Any) -> None:
    child.person.birth_date = dt.date(2013, 12, 14)
    child.person.save()


def too_young(session: Session, child: Any) -> None:
    child.person.birth_date = dt.date(2020, 12, 15)
    child.person.save()


def not_agreed_to(session: Session, child: Any) -> None:
    Consent.objects.filter(subject=child.person).delete()


def elsewhere(session: Session, child: Any) -> None:
    book_for(make_reading(start=10 * 60), child)


def waiting_elsewhere(session: Session, child: Any) -> None:
    book_for(make_reading(start=10 * 60, places=0), child)


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (cancelled, "session_cancelled"),
        (over, "session_over"),
        (without_places, "not_bookable"),
        (booked_already, "already_booked"),
        (too_old, "age_outside"),
        (too_young, "age_outside"),
        (not_agreed_to, "consent_missing"),
        (elsewhere, "child_clash"),
        (waiting_elsewhere, "child_clash"),
    ],
)
def test_refusals(broken: Breaker, code: str) -> None:
    guardian, (child,) = make_guardian()
    session = make_reading()
    broken(session, child)
    before = Booking.objects.count()
    with pytest.raises(Refused) as refused:
        book(session=session.pk, child=child.pk, by=guardian)
    assert (refused.value.code, Booking.objects.count()) == (code, before)


@pytest.mark.parametrize("born", [dt.date(2020, 12, 14), dt.date(2013, 12, 15)])
def test_the_ages_of_a_program_include_both_ends(born: dt.date) -> None:
    guardian = make_person(Role.GUARDIAN)
    child = make_child(guardian=guardian, born=born)
    assert book(session=make_reading().pk, child=child.pk, by=guardian).state == State.BOOKED


def test_a_clash_names_the_other_session() -> None:
    guardian, (child,) = make_guardian()
    other = make_reading(start=10 * 60, program=make_program(name="周一共读", kind="reading"))
    other.refresh_from_db()
    book_for(other, child)
    with pytest.raises(Refused) as refused:
        book(session=make_reading().pk, child=child.pk, by=guardian)
    assert refused.value.facts == {
        "child": child.pk,
        "session": other.pk,
        "title": "周一共读",
        "starts_at": other.starts_at.isoformat(),
        "ends_at": other.ends_at.isoformat(),
        "room": "",
        "state": "booked",
    }


def test_sessions_that_touch_do_not_clash() -> None:
    guardian, (child,) = make_guardian()
    book_for(make_reading(start=9 * 60, minutes=60), child)
    after = make_reading(start=10 * 60)
    assert book(session=after.pk, child=child.pk, by=guardian).state == State.BOOKED


def test_only_for_children_of_ones_own() -> None:
    child, session = make_child(), make_reading()
    with pytest.raises(Refused, match="not_your_child"):
        book(session=session.pk, child=child.pk, by=make_person(Role.GUARDIAN))
    row = book_for(session, child)
    with pytest.raises(Refused, match="not_your_child"):
        cancel_booking(booking=row.pk, by=make_person(Role.GUARDIAN))


def test_the_second_guardian_books_too_and_a_caregiver_as_far_as_the_guardian_allows() -> None:
    child = make_child()
    father, grandmother, neighbor = (make_person(Role.GUARDIAN) for _ in range(3))
    FamilyMember.objects.create(family=child.family, person=father, part="guardian")
    caregiver = FamilyMember.objects.create(family=child.family, person=grandmother, part="caregiver")
    FamilyMember.objects.create(family=child.family, person=neighbor, part="pickup")
    for start, by in ((540, father), (660, grandmother)):
        assert book(session=make_reading(start=start).pk, child=child.pk, by=by).state == State.BOOKED
    caregiver.may_book = False
    caregiver.save()
    for by in (grandmother, neighbor):
        with pytest.raises(Refused, match="not_your_child"):
            book(session=make_reading(start=840).pk, child=child.pk, by=by)


def test_who_booked_is_told_and_everybody_around_the_child_sees_it_live() -> None:
    child = make_child()
    father, grandmother, neighbor = (make_person(Role.GUARDIAN) for _ in range(3))
    FamilyMember.objects.create(family=child.family, person=father, part="guardian")
    caregiver = FamilyMember.objects.create(family=child.family, person=grandmother, part="caregiver")
    FamilyMember.objects.create(family=child.family, person=neighbor, part="pickup")
    session = make_reading()
    row = book(session=session.pk, child=child.pk, by=grandmother)
    told = Message.objects.order_by("pk").values_list("to_id", flat=True)
    assert list(told) == [grandmother.pk]
    heard = Event.objects.filter(kind="booking.changed").values_list("topic__name", flat=True)
    around = (child.family.guardian, father, grandmother)
    assert sorted(heard) == sorted([f"hub:{session.hub_id}", *(f"person:{one.pk}" for one in around)])
    caregiver.delete()
    cancel_booking(booking=row.pk, by=make_person(Role.SOCIAL_WORKER), as_staff=True)
    assert list(told.all()) == [grandmother.pk, child.family.guardian_id]


def test_staff_judge_the_age_themselves() -> None:
    child = make_child(born=dt.date(2022, 1, 1))
    worker = make_person(Role.SOCIAL_WORKER)
    row = book(session=make_reading().pk, child=child.pk, by=worker, as_staff=True)
    assert (row.state, row.booked_by_id) == (State.BOOKED, worker.pk)


def test_siblings_are_booked_together_or_not_at_all() -> None:
    guardian, (first, second) = make_guardian(2)
    session = make_reading()
    too_old(session, second)
    with pytest.raises(Refused) as refused, transaction.atomic():
        book_together(session=session.pk, children=[first.pk, second.pk], by=guardian)
    assert (refused.value.facts["child"], Booking.objects.count()) == (second.pk, 0)

    too_old_no_more = dt.date(2016, 1, 1)
    second.person.birth_date = too_old_no_more
    second.person.save()
    rows = book_together(session=session.pk, children=[first.pk, second.pk], by=guardian)
    assert [(row.participant_id, row.state) for row in rows] == [
        (first.person_id, State.BOOKED),
        (second.person_id, State.BOOKED),
    ]
    assert len(events(f"person:{guardian.pk}")) == 1


def test_the_later_sibling_waits_where_places_run_out() -> None:
    guardian, children = make_guardian(2)
    rows = book_together(session=make_reading(places=1).pk, children=[one.pk for one in children], by=guardian)
    assert [row.state for row in rows] == [State.BOOKED, State.WAITING]


def test_a_place_given_back_is_offered_to_the_first_who_waits_and_the_family_is_told() -> None:
    session = make_reading(places=1)
    first, second, third = (book_for(session) for _ in range(3))
    assert states(session) == [State.BOOKED, State.WAITING, State.WAITING]
    assert Claim.objects.filter(session=session).count() == 1

    cancel_booking(booking=first.pk, by=first.booked_by)
    assert states(session) == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert Claim.objects.filter(session=session).count() == 0
    message = Message.objects.get(template="booking_offered")
    assert (message.to_id, "/k/" in message.link) == (second.booked_by_id, True)
    assert message.variables["children"] == second.participant.name[1:]
    told = ("booking.changed", {"session": [session.pk], "booking": [second.pk]})
    assert events(f"person:{second.booked_by_id}")[-1] == told
    assert second.turn
    accept_turn(turn=second.turn.pk, by=guardian_behind(second.turn.pk))
    assert states(session) == [State.CANCELLED, State.BOOKED, State.WAITING]
    assert Claim.objects.get(session=session).resource == f"person:{second.participant_id}"
    assert third.state == State.WAITING


def test_who_waits_and_leaves_frees_nothing() -> None:
    session = make_reading(places=1)
    _, second, third = (book_for(session) for _ in range(3))
    cancel_booking(booking=second.pk, by=second.booked_by)
    assert states(session) == [State.BOOKED, State.CANCELLED, State.WAITING]
    assert third.state == State.WAITING


def test_nobody_passes_those_who_wait() -> None:
    session = make_reading(places=2)
    book_for(session), book_for(session), book_for(session)
    Session.objects.filter(pk=session.pk).update(places=3)
    assert book_for(session).state == State.WAITING


def test_more_places_are_offered_to_as_many_fewer_take_none_away() -> None:
    session = make_reading(places=1)
    for _ in range(4):
        book_for(session)
    common = {"by": None, "duty_worker": None, "note": ""}
    edited = edit_session(session_id=session.pk, revision=1, places=3, **common)
    now = [State.BOOKED, State.OFFERED, State.OFFERED, State.WAITING]
    assert states(session) == now
    edit_session(session_id=session.pk, revision=edited.revision, places=0, **common)
    assert states(session) == now


def test_cancelling_again_is_harmless_and_too_late_is_refused() -> None:
    session = make_reading()
    row, late = book_for(session), book_for(session)
    assert cancel_booking(booking=row.pk, by=row.booked_by).state == State.CANCELLED
    assert cancel_booking(booking=row.pk, by=row.booked_by).state == State.CANCELLED
    assert Entry.objects.filter(action="booking.cancelled").count() == 1
    over(session, None)
    with pytest.raises(Refused, match="session_over"):
        cancel_booking(booking=late.pk, by=late.booked_by)


def test_who_gave_a_place_back_may_book_again() -> None:
    session = make_reading()
    row = book_for(session)
    cancel_booking(booking=row.pk, by=row.booked_by)
    again = book(session=session.pk, child=row.participant.child.pk, by=row.booked_by)
    assert (again.state, again.pk == row.pk) == (State.BOOKED, False)


def test_staff_who_cancel_tell_the_family() -> None:
    row = book_for(make_reading())
    cancel_booking(booking=row.pk, by=make_person(Role.SOCIAL_WORKER), as_staff=True)
    assert Message.objects.latest("pk").template == "booking_cancelled"


def told(template: str) -> set[int | None]:
    return set(Message.objects.filter(template=template).values_list("to_id", flat=True))


def test_a_cancelled_session_cancels_its_bookings_and_tells_each_family_once() -> None:
    guardian, children = make_guardian(2)
    session = make_reading(places=1)
    book_together(session=session.pk, children=[one.pk for one in children], by=guardian)
    other = book_for(session)
    cancel_session(session_id=session.pk, revision=1, reason="停电", by=None)
    assert states(session) == [State.CANCELLED] * 3
    assert told("booking_session_cancelled") == {guardian.pk, other.booked_by_id}
    assert Claim.objects.filter(session=session).count() == 0
    assert events(f"person:{guardian.pk}")[-1] == ("booking.changed", {"session": [session.pk]})


def test_no_family_is_told_of_a_session_cancelled_when_it_was_over(at_time: Callable[[dt.datetime], None]) -> None:
    session = make_reading()
    book_for(session)
    at_time(session.ends_at)
    cancel_session(session_id=session.pk, revision=1, reason="没办成", by=None)
    assert (states(session), told("booking_session_cancelled")) == ([State.CANCELLED], set())


def test_a_moved_session_keeps_its_bookings_and_tells_of_time_and_site_alone() -> None:
    session = make_reading()
    row = book_for(session)
    when = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    later = {"starts_at": clock.at(MONDAY, 14 * 60), "ends_at": clock.at(MONDAY, 15 * 60)}
    common = {"session_id": session.pk, "room": None, "by": None}
    moved = move_session(revision=1, hub=session.hub, **common, **later)
    assert told("booking_session_moved") == {row.booked_by_id}
    assert Claim.objects.get(session=session).starts_at == later["starts_at"]
    Message.objects.all().delete()
    move_session(revision=moved.revision, hub=make_hub(), **common, **when)
    assert told("booking_session_moved") == {row.booked_by_id}
    assert states(session) == [State.BOOKED]


def test_a_place_given_back_costs_the_same_for_one_who_waits_and_for_thirty() -> None:
    def cost(waiting: int) -> int:
        session = make_reading(places=1)
        first = book_for(session)
        for _ in range(waiting):
            book_for(session)
        by = Person.objects.get(pk=first.booked_by_id)
        return count_queries(lambda: cancel_booking(booking=first.pk, by=by))

    cost(1)
    assert cost(1) == cost(30)


def test_what_families_are_told_is_worded_in_both_languages() -> None:
    session = make_reading(places=1, program=make_program(name="共读", kind="reading"), hub=make_hub(name="双龙"))
    first, second = book_for(session), book_for(session)
    cancel_booking(booking=first.pk, by=make_person(Role.SOCIAL_WORKER), as_staff=True)
    move_session(
        session_id=session.pk,
        revision=1,
        hub=session.hub,
        room=None,
        starts_at=clock.at(MONDAY, 14 * 60),
        ends_at=clock.at(MONDAY, 15 * 60),
        by=None,
    )
    cancel_session(session_id=session.pk, revision=2, reason="停电", by=None)
    messages = {row.template: row.variables for row in Message.objects.all()}
    assert set(messages) == {
        "booking_made",
        "booking_waits",
        "booking_cancelled",
        "booking_offered",
        "booking_session_moved",
        "booking_session_cancelled",
    }
    for template, variables in messages.items():
        child = (first if template in ("booking_made", "booking_cancelled") else second).participant.name[1:]
        for language in ("zh-hans", "en"):
            text = text_of(template=template, variables=variables, link="", language=language)
            for word in (child, "双龙", "共读"):
                assert word in text
            assert "message." not in text
