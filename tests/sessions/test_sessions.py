"""Adding, moving, editing and cancelling: the rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Role
from scheduling.sessions import claims
from scheduling.sessions.models import Claim, Need, Session
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.sessions import cancel_session, edit_session
from scheduling.sessions.signals import session_cancelled, session_edited, session_moved
from scheduling.signups.models import Assignment
from tests.sessions.factories import added, moved
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_program, make_room, make_volunteer

pytestmark = pytest.mark.django_db
READER = NeedWish(role="领读员", min=1, target=2)
HELPER = NeedWish(role="秩序员", min=1, target=1)


def told() -> list[tuple[str, str, dict[str, list[int]]]]:
    return [(event.topic.name, event.kind, event.ids) for event in Event.objects.order_by("pk").select_related("topic")]


def windows(session: Session) -> dict[str, tuple[dt.datetime, dt.datetime]]:
    return {claim.resource: (claim.starts_at, claim.ends_at) for claim in Claim.objects.filter(session=session)}


def edited(session: Session, **values: Any) -> Session:
    kept = {"places": session.places, "duty_worker": session.duty_worker, "note": session.note}
    return edit_session(**{"session_id": session.pk, "revision": session.revision, "by": None} | kept | values)


def code_of(call: Any) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code, refused.value.facts


class Listener:
    """Keeps what a signal said; connected until it is let go."""

    def __init__(self, signal: Any) -> None:
        self.heard: list[dict[str, Any]] = []
        signal.connect(self)

    def __call__(self, *, signal: Any, sender: Any, **facts: Any) -> None:
        self.heard.append(facts)


def test_adding() -> None:
    room, worker, by = make_room(), make_person(Role.SOCIAL_WORKER), make_person(Role.ADMINISTRATOR)
    session = added(room=room, duty_worker=worker, places=12, needs=(READER, HELPER), by=by)
    assert (session.week, session.code, session.revision, session.sequence) == (MONDAY, "N1", 1, 0)
    window = (session.starts_at, session.ends_at)
    assert windows(session) == {f"room:{room.pk}": window, f"person:{worker.pk}": window}
    assert list(session.needs.values_list("position", "role", "min", "target")) == [
        (0, "领读员", 1, 2),
        (1, "秩序员", 1, 1),
    ]
    assert told() == [
        (topic, "session.added", {"session": [session.pk]})
        for topic in (f"hub:{room.hub_id}", f"team:{session.program.agency_id}")
    ]
    assert list(Entry.objects.values_list("action", "actor_id", "chain")) == [("session.added", by.pk, room.hub_id)]


def test_codes_of_a_week_go_on() -> None:
    assert [added().code, added(code="B7").code, added().code] == ["N1", "B7", "N2"]
    assert added(day=MONDAY + dt.timedelta(days=7)).code == "N1"


def test_a_room_taken_is_refused_and_nothing_is_left() -> None:
    room = make_room()
    first = added(room=room)
    code, facts = code_of(lambda: added(room=room, start=9 * 60 + 30))
    assert (code, facts["session"]) == ("clash", first.pk)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"minutes": 0}, "impossible_time"),
        ({"minutes": 25 * 60}, "impossible_time"),
        ({"needs": (NeedWish(role=" ", min=0, target=1),)}, "role_unnamed"),
        ({"needs": (READER, READER)}, "role_twice"),
        ({"needs": (NeedWish(role="领读员", min=2, target=1),)}, "min_above_target"),
        ({"needs": (NeedWish(role="领读员", min=0, target=1, skill_id=999),)}, "not_found"),
    ],
)
def test_what_cannot_be(values: dict[str, Any], code: str) -> None:
    assert code_of(lambda: added(**values))[0] == code


def test_a_room_elsewhere_and_a_worker_who_is_none() -> None:
    assert code_of(lambda: added(room=make_room(), hub=make_hub()))[0] == "room_elsewhere"
    assert code_of(lambda: added(duty_worker=make_person(Role.VOLUNTEER)))[0] == "not_a_social_worker"


def test_a_duty_worker_in_two_places_is_asked_about() -> None:
    worker = make_person(Role.SOCIAL_WORKER)
    first = added(duty_worker=worker)
    code, facts = code_of(lambda: added(duty_worker=worker, start=9 * 60 + 30))
    assert (code, facts["session"]) == ("worker_busy", first.pk)
    assert added(duty_worker=worker, start=9 * 60 + 30, confirmed=True).duty_worker == worker


def test_moving_takes_everyone_along() -> None:
    room, other = make_room(), make_room()
    session = added(room=room, duty_worker=make_person(Role.SOCIAL_WORKER))
    claims.place(session=session, resource="person:77")
    listener = Listener(session_moved)
    now = moved(session, start=14 * 60, hub=other.hub, room=other)
    window = (clock.at(MONDAY, 14 * 60), clock.at(MONDAY, 15 * 60))
    assert windows(now) == {
        f"room:{other.pk}": window,
        f"person:{session.duty_worker_id}": window,
        "person:77": window,
    }
    assert (now.revision, now.sequence) == (2, 1)
    topics = (f"hub:{room.hub_id}", f"hub:{other.hub_id}", f"team:{session.program.agency_id}")
    assert sorted(told()[2:]) == [(topic, "session.changed", {"session": [session.pk]}) for topic in topics]
    assert listener.heard[0]["before"] == {
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "hub_id": room.hub_id,
        "room_id": room.pk,
    }


def test_moving_nowhere_changes_nothing() -> None:
    session = added()
    assert moved(session, start=9 * 60).revision == 1


def test_a_person_held_elsewhere_keeps_the_session_where_it_is() -> None:
    session, other = added(), added(start=14 * 60)
    for one in (session, other):
        claims.place(session=one, resource="person:77")
    before = windows(session)
    code, facts = code_of(lambda: moved(session, start=14 * 60 + 30))
    assert (code, facts["session"], facts["resource"]) == ("clash", other.pk, "person:77")
    session.refresh_from_db()
    assert (session.revision, windows(session)) == (1, before)


def test_moving_within_its_own_time_is_no_clash_with_itself() -> None:
    session = added(room=make_room())
    assert moved(session, start=9 * 60 + 30).starts_at == clock.at(MONDAY, 9 * 60 + 30)


def test_another_week_keeps_the_code_unless_it_is_taken() -> None:
    next_week = MONDAY + dt.timedelta(days=7)
    added(day=next_week, code="B1")
    free, taken = added(code="B2"), added(code="B1")
    assert (moved(free, day=next_week, start=540).code, moved(taken, day=next_week, start=540).code) == ("B2", "N1")


def test_an_older_revision_is_shown_what_is_now() -> None:
    session = added()
    moved(session, start=600)
    code, facts = code_of(lambda: moved(session, start=700))
    assert (code, facts["revision"], facts["starts_at"]) == ("outdated", 2, clock.at(MONDAY, 600).isoformat())


def test_editing() -> None:
    room, worker, next_one = make_room(), make_person(Role.SOCIAL_WORKER), make_person(Role.SOCIAL_WORKER)
    session = added(room=room, duty_worker=worker, needs=(READER,), places=10)
    listener = Listener(session_edited)
    need = session.needs.get()
    wishes = [HELPER, NeedWish(id=need.pk, role="领读员", min=2, target=3)]
    now = edited(session, places=12, duty_worker=next_one, needs=wishes)
    assert (now.revision, now.sequence, now.places) == (2, 0, 12)
    assert sorted(windows(now)) == sorted([f"room:{room.pk}", f"person:{next_one.pk}"])
    assert list(now.needs.values_list("role", "min", "target")) == [("秩序员", 1, 1), ("领读员", 2, 3)]
    assert listener.heard[0]["before"] == {"places": 10, "duty_worker_id": worker.pk}
    assert Entry.objects.latest("pk").facts == {"changed": ["duty_worker_id", "needs", "places"]}


def test_saving_the_same_changes_nothing() -> None:
    session = added(needs=(READER,))
    need = session.needs.get()
    same = [NeedWish(id=need.pk, role=need.role, min=need.min, target=need.target)]
    assert edited(session, needs=same).revision == 1
    assert len(told()) == 2


def test_roles_may_swap_their_names() -> None:
    session = added(needs=(READER, HELPER))
    first, second = session.needs.all()
    wishes = [
        NeedWish(id=first.pk, role="秩序员", min=1, target=1),
        NeedWish(id=second.pk, role="领读员", min=1, target=1),
    ]
    assert [need.role for need in edited(session, needs=wishes).needs.all()] == ["秩序员", "领读员"]


def test_a_need_never_shrinks_below_those_who_hold_it() -> None:
    session = added(needs=(READER, HELPER))
    need = session.needs.get(role="领读员")
    now = clock.now()
    for state in ("published", "accepted", "declined"):
        Assignment.objects.create(
            need=need,
            session=session,
            volunteer=make_volunteer(),
            state=state,
            source="hand",
            created_at=now,
            changed_at=now,
        )
    smaller = [NeedWish(id=need.pk, role="领读员", min=1, target=1)]
    code, facts = code_of(lambda: edited(session, needs=smaller))
    assert (code, facts) == ("need_in_use", {"need": need.pk, "taken": 2})
    assert code_of(lambda: edited(session, needs=[HELPER]))[0] == "need_in_use"
    Assignment.objects.update(state="released")
    assert code_of(lambda: edited(session, needs=[]))[0] == "need_has_history"
    assert list(edited(session, needs=smaller).needs.values_list("role", "target")) == [("领读员", 1)]


def test_a_need_of_another_session_is_not_found() -> None:
    session, foreign = added(), make_need()
    assert (
        code_of(lambda: edited(session, needs=[NeedWish(id=foreign.pk, role="x", min=0, target=1)]))[0] == "not_found"
    )
    assert Need.objects.get().role == foreign.role


def test_cancelling() -> None:
    room, by = make_room(), make_person(Role.ADMINISTRATOR)
    session = added(room=room, needs=(READER,))
    listener = Listener(session_cancelled)
    now = cancel_session(session_id=session.pk, revision=1, reason=" 场地检修 ", by=by)
    assert (now.state, now.cancel_reason, now.revision, now.sequence) == ("cancelled", "场地检修", 2, 1)
    assert windows(now) == {}
    assert {(topic, kind) for topic, kind, _ in told()[2:]} == {
        (f"hub:{room.hub_id}", "session.cancelled"),
        (f"team:{session.program.agency_id}", "session.cancelled"),
    }
    assert (listener.heard[0]["reason"], listener.heard[0]["by"]) == ("场地检修", by)
    assert added(room=room).state == "planned"


def test_cancelling_asks_for_a_reason_and_happens_once() -> None:
    session = added()
    assert (
        code_of(lambda: cancel_session(session_id=session.pk, revision=1, reason=" ", by=None))[0] == "reason_missing"
    )
    cancel_session(session_id=session.pk, revision=1, reason="雨", by=None)
    assert (
        code_of(lambda: cancel_session(session_id=session.pk, revision=2, reason="雨", by=None))[0]
        == "already_cancelled"
    )
    session.refresh_from_db()
    assert code_of(lambda: moved(session, start=700))[0] == "already_cancelled"


def test_a_receiver_that_fails_rolls_the_change_back() -> None:
    session = added(program=make_program())

    def refuse(**facts: Any) -> None:
        raise Refused("no_way")

    session_cancelled.connect(refuse)
    try:
        assert code_of(lambda: cancel_session(session_id=session.pk, revision=1, reason="雨", by=None))[0] == "no_way"
    finally:
        session_cancelled.disconnect(refuse)
    session.refresh_from_db()
    assert (session.state, len(told())) == ("planned", 2)
