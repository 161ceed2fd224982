"""工作人员顶上: who may, whom it fills in for, and that it counts wherever adults are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Role
from hub.places.models import Residency
from scheduling.board.rows import board_row
from scheduling.callouts.shortage import shortage_of
from scheduling.cutoffs.covering import confirmed_adults
from scheduling.rescues.outcome import Outcome
from scheduling.rescues.staff import MOST, step_back, step_in, workers_near
from scheduling.sessions.claims import person_resource, place
from scheduling.sessions.models import Claim, Session, StaffPlace
from scheduling.sessions.sessions import cancel_session, move_session
from tests.bookings.factories import book_for, make_reading
from tests.rescues.factories import SATURDAY, TEN, make_morning, make_reader, worker_of
from tests.support.make import make_agency, make_person, make_session
from tests.support.queries import count_queries
from volunteers.models import Clearance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(SATURDAY, 8 * 60 + 40))


def taken(session: Session, person: int) -> Outcome:
    by = make_person(Role.COORDINATOR, hub=session.hub)
    shown = step_in(session=session, person=person, seen="", by=by)
    return step_in(session=session, person=person, seen=shown.seen, by=by)


def test_a_look_writes_nothing_and_a_take_tells_one_person() -> None:
    session, need = make_morning()
    book_for(session)
    worker = worker_of(session, name="李静")
    Message.objects.all().delete()
    by = make_person(Role.COORDINATOR, hub=session.hub)

    shown = step_in(session=session, person=worker.pk, seen="", by=by)
    assert (shown.done, shown.missing, [(one.what, one.name) for one in shown.people]) == (
        False,
        0,
        [("steps_in", "李静")],
    )
    assert (StaffPlace.objects.count(), Message.objects.count()) == (0, 0)
    assert not Entry.objects.filter(action="staff_place.taken").exists()

    done = step_in(session=session, person=worker.pk, seen=shown.seen, by=by)
    assert (done.done, done.seen) == (True, shown.seen)
    assert StaffPlace.objects.get().need == need
    assert [(one.to_id, one.template) for one in Message.objects.all()] == [(worker.pk, "staff_stands_in")]
    entry = Entry.objects.get(action="staff_place.taken")
    assert (entry.actor_id, entry.for_id) == (by.pk, worker.pk)
    assert Claim.objects.get(resource=person_resource(worker.pk)).exclusive


def test_it_counts_wherever_adults_count() -> None:
    session, need = make_morning()
    book_for(session)
    worker = worker_of(session)
    assert taken(session, worker.pk).missing == 0
    row = board_row(session.pk)
    assert (row["state"], row["needs"][0]["filled"], row["adults"]) == ("full", 1, {"required": 2, "present": 2})
    assert confirmed_adults([session]) == {session.pk: 2}
    need.session = session
    assert (shortage_of(need).endangered, shortage_of(need).filled) == (False, 1)


def test_one_more_adult_where_no_role_lacks_any() -> None:
    session, _ = make_morning(readers=1)
    for _ in range(17):
        book_for(session)
    worker = worker_of(session)
    assert taken(session, worker.pk).missing == 0
    assert StaffPlace.objects.get().need is None
    assert board_row(session.pk)["adults"] == {"required": 3, "present": 3}


def test_who_is_near_and_why_others_can_not() -> None:
    session, _ = make_morning()
    ours = worker_of(session, name="A")
    residing = make_agency()
    Residency.objects.create(agency=residing, hub=session.hub)
    neighbor = make_person(Role.SOCIAL_WORKER, agency=residing, name="B")
    left = make_agency()
    Residency.objects.create(agency=left, hub=session.hub, ends_on=SATURDAY - dt.timedelta(days=1))
    make_person(Role.SOCIAL_WORKER, agency=left)
    make_person(Role.SOCIAL_WORKER)
    make_person(Role.COORDINATOR)
    unchecked = make_person(Role.COORDINATOR, hub=session.hub, name="E")
    checked = make_reader(person=make_person(Role.COORDINATOR, hub=session.hub, name="C")).person
    busy = worker_of(session, name="D")
    make_morning(duty_worker=busy)

    found = [(one.person, one.refused.code if one.refused else "") for one in workers_near(session)]
    assert found == [(ours, ""), (neighbor, ""), (checked, ""), (busy, "clash"), (unchecked, "no_clearance")]
    for person, code in ((busy, "clash"), (unchecked, "no_clearance"), (make_person(), "not_found")):
        with pytest.raises(Refused) as no:
            step_in(session=session, person=person.pk, seen="", by=ours)
        assert no.value.code == code
    assert StaffPlace.objects.count() == 0


def test_a_check_that_ended_yesterday_is_none() -> None:
    session, _ = make_morning()
    who = make_reader(person=make_person(Role.COORDINATOR, hub=session.hub))
    Clearance.objects.filter(volunteer=who).update(valid_until=SATURDAY - dt.timedelta(days=1))
    assert [one.refused.code for one in workers_near(session) if one.refused] == ["no_clearance"]


def test_nobody_steps_in_where_nobody_lacks(at_time: Callable[[dt.datetime], None]) -> None:
    session, _ = make_morning(readers=1)
    worker = worker_of(session)
    with pytest.raises(Refused, match="not_short"):
        taken(session, worker.pk)
    late, _ = make_morning()
    other = worker_of(late)
    at_time(late.starts_at)
    with pytest.raises(Refused, match="session_over"):
        taken(late, other.pk)


def test_stepping_back_frees_their_time_and_tells_them_once() -> None:
    session, _ = make_morning()
    worker = worker_of(session)
    by = make_person(Role.COORDINATOR, hub=session.hub)
    taken(session, worker.pk)
    row = StaffPlace.objects.get()
    step_back(staff_place=row.pk, by=by)
    assert step_back(staff_place=row.pk, by=by).ended_at == clock.now()
    assert not Claim.objects.filter(resource=person_resource(worker.pk)).exists()
    assert list(Message.objects.filter(template="staff_freed").values_list("to_id", flat=True)) == [worker.pk]
    assert board_row(session.pk)["missing"] == 1
    assert taken(session, worker.pk).missing == 0


def test_they_hear_of_a_move_and_of_a_cancellation() -> None:
    session, _ = make_morning()
    worker = worker_of(session)
    taken(session, worker.pk)
    moved = move_session(
        session_id=session.pk,
        revision=session.revision,
        hub=session.hub,
        room=None,
        starts_at=clock.at(SATURDAY, TEN + 60),
        ends_at=clock.at(SATURDAY, TEN + 120),
        by=None,
    )
    assert Claim.objects.get(resource=person_resource(worker.pk)).starts_at == moved.starts_at
    cancel_session(session_id=session.pk, revision=moved.revision, reason="停电", by=None)
    told = Message.objects.filter(to_id=worker.pk).order_by("pk").values_list("template", flat=True)
    assert list(told) == ["staff_stands_in", "session_moved", "session_cancelled"]
    assert StaffPlace.objects.get().ended_at is not None
    assert not Claim.objects.filter(session=session).exists()


def test_who_is_free_is_found_behind_all_who_are_not() -> None:
    session, _ = make_morning()
    for _ in range(MOST):
        place(session=make_reading(day=SATURDAY, start=TEN), resource=person_resource(worker_of(session, name="甲").pk))
    free = worker_of(session, name="乙")
    found = workers_near(session)
    assert (found[0].person, found[0].refused, len(found)) == (free, None, MOST)


def test_many_cost_as_few_queries_as_one_where_nobody_is_a_child() -> None:
    visit = make_session(day=SATURDAY)
    worker_of(visit)
    one = count_queries(lambda: workers_near(visit))
    for _ in range(5):
        worker_of(visit)
    assert (count_queries(lambda: workers_near(visit)), one) == (4, 4)
