"""Agreements, what is entered by hand, and months closed by both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from hub.journal.attest import verify_rows
from hub.journal.models import Entry
from hub.people.models import Person
from hub.places.models import Residency
from scheduling.residency.agreements import Terms, agree
from scheduling.residency.closing import confirm_correction, correct, refuse_correction, say_yes, seen_of, yes_of
from scheduling.residency.entries import confirm_casework, count_people, enter_casework, take_back_casework
from scheduling.residency.ledger import month
from scheduling.residency.models import Agreement, Casework, Closing, Correction, Turnout
from tests.residency.factories import (
    DECEMBER,
    MIDDLE,
    NOVEMBER,
    OCTOBER,
    come,
    make_agreement,
    make_closed,
    make_held,
    make_stay,
)
from tests.support.make import make_hub, make_person, make_room

pytestmark = pytest.mark.django_db

AtTime = Callable[[dt.datetime], None]


@pytest.fixture(autouse=True)
def _in_december(at_time: AtTime) -> None:
    at_time(MIDDLE)


@pytest.fixture
def stay() -> Residency:
    """With November over, one session held and an agreement."""
    stay = make_stay()
    make_agreement(stay, owed={"sessions": 2})
    come(make_held(stay, day=NOVEMBER))
    return stay


def terms(**values: object) -> Terms:
    defaults = {"valid_from": DECEMBER, "starts_on": None, "ends_on": None, "rooms": [], "room_minutes": None}
    return Terms(**defaults | {"owed": {}} | values)  # type: ignore[arg-type]


def yes(stay: Residency, side: str, by: Person | None = None, of: dt.date = NOVEMBER) -> Closing:
    return say_yes(residency=stay.pk, of=of, side=side, seen=seen_of(month(stay.pk, of)), by=by or make_person())


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_agreeing(stay: Residency) -> None:
    room, canteens = make_room(hub=stay.hub), make_room(hub=make_hub(kind="canteen", parent=stay.hub))
    wish = terms(
        valid_from=dt.date(2027, 1, 15),
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2027, 12, 31),
        rooms=[room.pk, canteens.pk],
        room_minutes=2400,
        owed={"sessions": 8, "casework": 0},
    )
    made = agree(residency=stay.pk, terms=wish, by=make_person())
    stay.refresh_from_db()
    assert (made.valid_from, made.owed, made.room_minutes) == (dt.date(2027, 1, 1), {"sessions": 8}, 2400)
    assert [one.pk for one in made.rooms.order_by("pk")] == [room.pk, canteens.pk]
    assert (stay.starts_on, stay.ends_on) == (dt.date(2026, 1, 1), dt.date(2027, 12, 31))
    assert Entry.objects.get(action="agreement.made").facts["owed"] == {"sessions": 8}


def test_what_can_not_be_agreed_on(stay: Residency) -> None:
    make_closed(stay, month=NOVEMBER)
    wishes = {
        "month_closed": terms(valid_from=NOVEMBER),
        "term_ends_before_start": terms(starts_on=DECEMBER, ends_on=NOVEMBER),
        "not_found": terms(rooms=[make_room().pk]),
    }
    for code, wish in wishes.items():
        assert code_of(lambda wish=wish: agree(residency=stay.pk, terms=wish, by=make_person())) == code
    assert Agreement.objects.count() == 1


def test_counting_people(stay: Residency) -> None:
    session, by = make_held(stay, day=DECEMBER), make_person()
    count_people(session=session.pk, visits=12, newcomers=9, by=by)
    count_people(session=session.pk, visits=14, newcomers=10, by=by)
    assert Turnout.objects.values_list("session", "visits", "newcomers").get() == (session.pk, 14, 10)
    lines = month(stay.pk, DECEMBER).lines
    assert [one.done for one in lines[:3]] == [1, 14, 10]


def test_when_people_can_not_be_counted(stay: Residency) -> None:
    make_closed(stay, month=OCTOBER)
    sessions = {
        "was_cancelled": make_held(stay, day=DECEMBER, state="cancelled"),
        "session_not_begun": make_held(stay, day=dt.date(2026, 12, 17)),
        "has_bookings": come(make_held(stay, day=DECEMBER)).session,
        "month_closed": make_held(stay, day=OCTOBER),
    }
    for code, session in sessions.items():
        assert code_of(lambda pk=session.pk: count_people(session=pk, visits=1, newcomers=0, by=make_person())) == code
    session = make_held(stay, day=DECEMBER)
    assert (
        code_of(lambda: count_people(session=session.pk, visits=1, newcomers=2, by=make_person())) == "newcomers_above"
    )
    assert Turnout.objects.count() == 0


def test_casework_counts_once_a_second_person_confirmed_it(stay: Residency) -> None:
    worker, coordinator = make_person(), make_person()
    row = enter_casework(residency=stay.pk, day=DECEMBER, count=3, by=worker)
    assert (month(stay.pk, DECEMBER).lines[3].done, month(stay.pk, DECEMBER).lines[3].pending) == (0, 3)
    assert code_of(lambda: confirm_casework(casework=row.pk, by=worker)) == "second_person"
    confirm_casework(casework=row.pk, by=coordinator)
    assert (month(stay.pk, DECEMBER).lines[3].done, month(stay.pk, DECEMBER).lines[3].pending) == (3, 0)
    assert code_of(lambda: confirm_casework(casework=row.pk, by=coordinator)) == "already_confirmed"
    assert code_of(lambda: take_back_casework(casework=row.pk, by=worker)) == "already_confirmed"


def test_casework_taken_back(stay: Residency) -> None:
    row = enter_casework(residency=stay.pk, day=DECEMBER, count=3, by=make_person())
    take_back_casework(casework=row.pk, by=make_person())
    assert Casework.objects.count() == 0
    assert code_of(lambda: take_back_casework(casework=row.pk, by=make_person())) == "not_found"


def test_casework_of_days_to_come_or_closed(stay: Residency) -> None:
    make_closed(stay, month=OCTOBER)
    for day, code in ((dt.date(2026, 12, 17), "day_ahead"), (OCTOBER, "month_closed")):
        assert code_of(lambda day=day: enter_casework(residency=stay.pk, day=day, count=1, by=make_person())) == code


def test_a_month_is_closed_by_both(stay: Residency) -> None:
    first = yes(stay, "agency")
    assert (first.closed_at, month(stay.pk, NOVEMBER).phase) == (None, "open")
    closing = yes(stay, "hub")
    assert (closing.pk, closing.closed_at) == (first.pk, MIDDLE)
    assert closing.figures["done"]["sessions"] == 1
    come(make_held(stay, day=NOVEMBER))
    make_agreement(stay, owed={"sessions": 7})
    told = month(stay.pk, NOVEMBER)
    assert (told.phase, told.lines[0].done, told.lines[0].owed) == ("closed", 1, 2)
    assert code_of(lambda: yes(stay, "hub")) == "month_closed"


def test_a_yes_is_void_once_figures_change(stay: Residency) -> None:
    worker = make_person()
    yes(stay, "agency", worker)
    assert yes_of(month(stay.pk, NOVEMBER), "agency") == (worker, MIDDLE)
    come(make_held(stay, day=NOVEMBER))
    assert yes_of(month(stay.pk, NOVEMBER), "agency") is None
    closing = yes(stay, "hub")
    assert (closing.closed_at, closing.agency_by, closing.agency_seen) == (None, None, "")
    closing = yes(stay, "agency", worker)
    assert (closing.closed_at, closing.figures["done"]["sessions"]) == (MIDDLE, 2)
    row = correct(closing=closing.pk, figure="visits", change=1, reason="漏记", side="agency", by=worker)
    confirm_correction(correction=row.pk, side="hub", by=make_person())
    assert yes_of(month(stay.pk, NOVEMBER), "agency") == (worker, MIDDLE)


def test_when_a_month_can_not_be_closed(stay: Residency) -> None:
    person = make_person()
    assert code_of(lambda: yes(stay, "hub", of=DECEMBER)) == "month_not_over"
    assert code_of(lambda: yes(stay, "hub", of=dt.date(2026, 9, 1))) == "nothing_agreed"
    assert code_of(lambda: say_yes(residency=stay.pk, of=NOVEMBER, side="hub", seen="", by=person)) == "figures_changed"
    yes(stay, "agency", person)
    assert code_of(lambda: yes(stay, "hub", person)) == "second_person"
    assert Closing.objects.get().hub_by is None


def test_a_correction_counts_once_the_other_side_agrees(stay: Residency) -> None:
    yes(stay, "agency")
    closing, writer = yes(stay, "hub"), make_person()
    row = correct(closing=closing.pk, figure="sessions", change=2, reason="漏记两场", side="agency", by=writer)
    assert month(stay.pk, NOVEMBER).lines[0].done == 1
    assert code_of(lambda: confirm_correction(correction=row.pk, side="agency", by=make_person())) == "other_side"
    assert code_of(lambda: confirm_correction(correction=row.pk, side="hub", by=writer)) == "second_person"
    confirm_correction(correction=row.pk, side="hub", by=make_person())
    line = month(stay.pk, NOVEMBER).lines[0]
    assert (line.done, line.corrected, line.standing) == (3, 2, "met")
    assert code_of(lambda: confirm_correction(correction=row.pk, side="hub", by=make_person())) == "already_confirmed"


def test_a_correction_turned_down_counts_for_nothing_and_stays(stay: Residency) -> None:
    yes(stay, "agency")
    closing, writer = yes(stay, "hub"), make_person()
    row = correct(closing=closing.pk, figure="sessions", change=2, reason="漏记两场", side="agency", by=writer)

    def refuse(side: str = "hub", by: Person | None = None) -> Correction:
        return refuse_correction(correction=row.pk, reason=" 那两场没有办 ", side=side, by=by or make_person())

    assert [code_of(lambda: refuse("agency")), code_of(lambda: refuse("hub", writer))] == [
        "other_side",
        "second_person",
    ]
    refuse()
    assert code_of(refuse) == "already_refused"
    assert code_of(lambda: confirm_correction(correction=row.pk, side="hub", by=make_person())) == "already_refused"
    found = month(stay.pk, NOVEMBER)
    assert (found.lines[0].done, found.closing.corrections.get().refusal) == (1, "那两场没有办")  # type: ignore[union-attr]
    agreed = correct(closing=closing.pk, figure="sessions", change=1, reason="漏记一场", side="agency", by=writer)
    confirm_correction(correction=agreed.pk, side="hub", by=make_person())
    row = agreed
    assert code_of(refuse) == "already_confirmed"
    assert [one.fault for one in verify_rows() if one.label == "residency.closing"] == [None]


def test_what_is_no_correction(stay: Residency) -> None:
    yes(stay, "agency")
    closing = yes(stay, "hub")

    def propose(change: int) -> object:
        return correct(
            closing=closing.pk, figure="sessions", change=change, reason="多记", side="hub", by=make_person()
        )

    assert [code_of(lambda change=change: propose(change)) for change in (0, -2)] == ["nothing_changed", "below_zero"]
    half = yes(stay, "hub", of=OCTOBER)
    assert (
        code_of(
            lambda: correct(closing=half.pk, figure="sessions", change=1, reason="漏记", side="hub", by=make_person())
        )
        == "month_not_closed"
    )
    assert Correction.objects.count() == 0


def test_the_journal_attests_a_closed_month(stay: Residency) -> None:
    yes(stay, "agency")
    closing = yes(stay, "hub")
    row = correct(closing=closing.pk, figure="visits", change=4, reason="漏记", side="hub", by=make_person())
    confirm_correction(correction=row.pk, side="agency", by=make_person())

    def fault() -> str:
        report = next(one for one in verify_rows() if one.label == "residency.closing")
        return report.fault.kind if report.fault else ""

    assert fault() == ""
    other = correct(closing=closing.pk, figure="visits", change=1, reason="漏记", side="hub", by=make_person())
    refuse_correction(correction=other.pk, reason="没有漏", side="agency", by=make_person())
    assert fault() == ""
    Correction.objects.filter(pk=other.pk).update(refusal="漏了")
    assert fault() == "row_altered"
    Correction.objects.filter(pk=other.pk).update(refusal="没有漏")
    Correction.objects.filter(pk=row.pk).update(change=40)
    assert fault() == "row_altered"
    Correction.objects.filter(pk=row.pk).update(change=4)
    Closing.objects.filter(pk=closing.pk).update(figures=closing.figures | {"granted": 1})
    assert fault() == "row_altered"
