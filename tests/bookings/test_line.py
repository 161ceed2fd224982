"""The line before a full session: whose turn it is, siblings together, offers that end, and what stays fair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Child, Person
from scheduling.bookings.activities import Wish, find_activities
from scheduling.bookings.bookings import book, book_together, cancel_booking
from scheduling.bookings.family import my_family
from scheduling.bookings.line import families_before, lines_of
from scheduling.bookings.models import Booking
from scheduling.bookings.signals import booking_ended, booking_moved
from scheduling.bookings.tasks import look
from scheduling.bookings.turns import TurnQuestion, accept_turn, decline_turn, guardian_behind
from scheduling.sessions.models import Session
from tests.bookings.factories import actor_for, book_for, make_guardian, make_reading, offered_to
from tests.support.make import MONDAY, make_child, make_hub, make_program

pytestmark = pytest.mark.django_db
State = Booking.State
NOON = clock.at(MONDAY - dt.timedelta(days=7), 12 * 60)


@pytest.fixture(autouse=True)
def _a_week_before(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(NOON)


def together(session: Session, children: list[Child], **wish: bool) -> list[str]:
    ids = [one.pk for one in children]
    rows = book_together(session=session.pk, children=ids, by=children[0].family.guardian, **wish)
    return [row.state for row in rows]


def states(session: Session, children: list[Child]) -> list[str]:
    rows = dict(Booking.objects.filter(session=session).order_by("pk").values_list("participant", "state"))
    return [rows[child.person_id] for child in children]


def give_back(*rows: Booking) -> None:
    for row in rows:
        cancel_booking(booking=row.pk, by=Person.objects.get(pk=row.booked_by_id))


def test_siblings_all_or_none_wait_together_where_too_few_places_are_left() -> None:
    session = make_reading(places=2)
    book_for(session)
    _, children = make_guardian(2)
    assert together(session, children, all_or_none=True) == [State.WAITING] * 2
    assert len({row.turn_id for row in Booking.objects.filter(session=session, state=State.WAITING)}) == 1


def test_as_many_as_fit_and_the_others_wait_or_do_not() -> None:
    for wait, expected in ((True, [State.BOOKED, State.WAITING]), (False, [State.BOOKED])):
        _, children = make_guardian(2)
        assert together(make_reading(places=1), children, wait=wait) == expected


@pytest.mark.parametrize("all_or_none", [True, False])
def test_who_would_not_wait_is_refused(all_or_none: bool) -> None:
    session = make_reading(places=1)
    if not all_or_none:
        book_for(session)
    _, children = make_guardian(2)
    with pytest.raises(Refused, match="places_short"):
        together(session, children, all_or_none=all_or_none, wait=False)
    assert not Booking.objects.filter(participant__in=[one.person for one in children]).exists()


def test_siblings_who_wait_together_are_offered_together_and_skipped_until_then() -> None:
    session = make_reading(places=2)
    one, other = book_for(session), book_for(session)
    _, pair = make_guardian(2)
    together(session, pair, all_or_none=True)
    single = book_for(session)
    give_back(one)
    assert states(session, pair) == [State.WAITING] * 2
    single.refresh_from_db()
    assert single.state == State.OFFERED
    decline_turn(turn=single.turn_id or 0, by=guardian_behind(single.turn_id or 0))
    give_back(other)
    assert states(session, pair) == [State.OFFERED] * 2
    message = Message.objects.filter(template="booking_offered").latest("pk")
    assert message.variables["children"] == " ".join(child.person.name[1:] for child in pair)


def test_a_first_place_comes_before_anybodys_third() -> None:
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    full = make_reading(program=program, hub=hub, places=1)
    holder = book_for(full)
    guardian, (first, second, third) = make_guardian(3)
    for number, child in enumerate((first, second)):
        elsewhere = make_reading(program=program, hub=hub, day=MONDAY + dt.timedelta(1 + number))
        book(session=elsewhere.pk, child=child.pk, by=guardian)
    having_two, newcomer = book_for(full, third), book_for(full)
    line = lines_of([full])[full.pk]
    assert [entry[0].pk for entry in line] == [newcomer.pk, having_two.pk]
    assert families_before(line, third.family_id) == 1
    assert families_before(line, newcomer.participant.child.family_id) == 0
    give_back(holder)
    newcomer.refresh_from_db()
    assert newcomer.state == State.OFFERED


def test_up_to_two_places_and_in_another_week_a_family_keeps_its_turn() -> None:
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    full = make_reading(program=program, hub=hub, places=1)
    book_for(full)
    guardian, children = make_guardian(3)
    for number, child in enumerate(children[:2]):
        elsewhere = make_reading(program=program, hub=hub, day=MONDAY + dt.timedelta(1 + 7 * number))
        book(session=elsewhere.pk, child=child.pk, by=guardian)
    earlier, later = book_for(full, children[2]), book_for(full)
    assert [entry[0].pk for entry in lines_of([full])[full.pk]] == [earlier.pk, later.pk]


def test_the_line_is_counted_in_families() -> None:
    session = make_reading(places=1)
    book_for(session)
    _, pair = make_guardian(2)
    together(session, pair)
    last = make_child()
    book_for(session, last)
    (mine,) = my_family(actor_for(last.family.guardian))
    assert [place.ahead for place in mine.places] == [1]
    (found,) = find_activities(actor=actor_for(last.family.guardian), wish=Wish()).activities
    assert (found.left, found.waiting) == (0, 2)


def test_silence_passes_it_on_once(at_time: Callable[[dt.datetime], None]) -> None:
    session = make_reading(places=1)
    holder, second, third = (book_for(session) for _ in range(3))
    give_back(holder)
    second.refresh_from_db()
    assert second.turn
    until = second.turn.answer_by
    assert until == NOON + dt.timedelta(hours=24)
    at_time(until - dt.timedelta(seconds=1))
    assert look() == 0
    at_time(until)
    assert (look(), look()) == (1, 0)
    for row in (second, third):
        row.refresh_from_db()
    assert (second.state, third.state) == (State.PASSED, State.OFFERED)
    with pytest.raises(Refused, match="offer_over"):
        accept_turn(turn=second.turn.pk, by=Person.objects.get(pk=second.booked_by_id))
    assert book_for(session, second.participant.child).state == State.WAITING


def test_taken_twice_and_passed_on_twice_is_harmless_and_taken_is_taken() -> None:
    row = offered_to(make_child())
    turn = row.turn_id or 0
    by = guardian_behind(turn)
    for _ in range(2):
        assert [one.state for one in accept_turn(turn=turn, by=by)] == [State.BOOKED]
    assert Entry.objects.filter(action="booking.accepted").count() == 1
    with pytest.raises(Refused, match="offer_over"):
        decline_turn(turn=turn, by=by)
    other = offered_to(make_child()).turn_id or 0
    for _ in range(2):
        assert [one.state for one in decline_turn(turn=other, by=by)] == [State.CANCELLED]


def test_one_sibling_leaves_the_turn_and_the_other_keeps_it() -> None:
    _, pair = make_guardian(2)
    row = offered_to(*pair)
    give_back(row)
    assert states(row.session, pair) == [State.CANCELLED, State.OFFERED]
    accept_turn(turn=row.turn_id or 0, by=guardian_behind(row.turn_id or 0))
    assert states(row.session, pair) == [State.CANCELLED, State.BOOKED]


@pytest.mark.parametrize(("yes", "state"), [(True, State.BOOKED), (False, State.CANCELLED)])
def test_a_text_answers_for_all(yes: bool, state: str) -> None:
    _, pair = make_guardian(2)
    row = offered_to(*pair)
    question = TurnQuestion()
    assert question.standing(row.turn_id or 0).name == "OPEN"
    assert question.answer(row.turn_id or 0, yes=yes) == ("reply_yes" if yes else "reply_no")
    assert states(row.session, pair) == [state] * 2
    assert question.standing(row.turn_id or 0).name == "OVER"


def test_who_leaves_a_place_is_told_upward_who_only_waited_is_not() -> None:
    told: list[int] = []

    def hear(sender: object, participant: int, **kwargs: object) -> None:
        told.append(participant)

    booking_ended.connect(hear)
    booking_moved.connect(hear)
    session = make_reading(places=1)
    holder, waiting = book_for(session), book_for(session)
    give_back(waiting, holder)
    assert told == [holder.participant_id]
    booking_ended.disconnect(hear)
    booking_moved.disconnect(hear)
