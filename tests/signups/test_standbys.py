"""机动: somebody's time kept for a session, in case another can't come."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import Person, Role
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need
from scheduling.sessions.sessions import cancel_session, move_session
from scheduling.signups.candidates import candidates
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.signups import assign_by_hand, decline, sign_up
from scheduling.signups.standbys import decline_standby, name_standby, release_standby
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_agency, make_hub, make_need, make_person, make_program, make_session
from volunteers.models import Skill, Volunteer

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
State = Standby.State


def stand_by(need: Need, volunteer: Volunteer | None = None, *, by: Person | None = None) -> Standby:
    one = volunteer or make_regular()
    return name_standby(session=need.session_id, person=one.person_id, by=by or make_person())


def refusal(need: Need, volunteer: Volunteer) -> str:
    with pytest.raises(Refused) as caught:
        stand_by(need, volunteer)
    return caught.value.code


def claims(volunteer: Volunteer) -> list[int]:
    rows = Claim.objects.filter(resource=person_resource(volunteer.person_id))
    return list(rows.order_by("session").values_list("session", flat=True))


def told(volunteer: Volunteer) -> list[str]:
    return list(Message.objects.filter(to_id=volunteer.person_id).order_by("pk").values_list("template", flat=True))


def test_named_they_are_told_and_their_time_is_held() -> None:
    need, me, staff = make_need(), make_regular(), make_person()
    row = stand_by(need, me, by=staff)
    session = need.session
    assert (row.state, row.session_id, row.by) == (State.READY, session.pk, staff)
    claim = Claim.objects.get()
    assert (claim.resource, claim.starts_at, claim.ends_at, claim.exclusive) == (
        f"person:{me.person_id}",
        session.starts_at,
        session.ends_at,
        True,
    )
    assert told(me) == ["standby_named"]
    events = Event.objects.order_by("topic__name").values_list("topic__name", "kind", "ids")
    ids = {"session": [session.pk], "standby": [row.pk]}
    assert list(events) == [
        (f"hub:{session.hub_id}", "standby.changed", ids),
        (f"person:{me.person_id}", "standby.changed", ids),
    ]
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.for_id, entry.chain) == (
        "standby.named",
        staff.pk,
        me.person_id,
        session.hub_id,
    )


def test_named_again_nothing_more_happens() -> None:
    need, me = make_need(), make_regular()
    assert stand_by(need, me) == stand_by(need, me)
    assert (told(me), claims(me)) == (["standby_named"], [need.session_id])


def test_a_full_session_may_have_them_too() -> None:
    need = make_need(target=1)
    take(need)
    assert stand_by(need).state == State.READY


def test_judged_like_a_place() -> None:
    need = make_need()
    here, away = make_regular(), make_regular(availability=[])
    take(need, here)
    assert (refusal(need, here), refusal(need, away)) == ("already_here", "unavailable")
    at_the_time = make_regular()
    take(make_need(), at_the_time)
    assert refusal(need, at_the_time) == "clash"
    skilled = make_need(skill=Skill.objects.create(name="讲故事"))
    assert refusal(skilled, make_regular()) == "no_skill"


def test_one_need_that_suits_them_is_enough() -> None:
    need = make_need(skill=Skill.objects.create(name="讲故事"))
    make_need(session=need.session)
    assert stand_by(need).state == State.READY


def test_a_session_without_needs_and_none_at_all() -> None:
    session, me = make_session(), make_regular()
    for pk, code in ((session.pk, "no_needs"), (0, "not_found")):
        with pytest.raises(Refused, match=code):
            name_standby(session=pk, person=me.person_id, by=make_person())


def test_their_time_is_kept_from_other_places_and_counts() -> None:
    need, me = make_need(), make_regular(max_sessions=1)
    stand_by(need, me)
    later = make_need(session=make_session(start=15 * 60))
    with pytest.raises(Refused, match="clash"):
        take(make_need(), me)
    with pytest.raises(Refused, match="at_limit"):
        take(later, me)


@pytest.mark.parametrize("how", ["by themselves", "by hand"])
def test_stepping_in_they_have_a_place_and_stand_by_no_longer(how: str) -> None:
    need, me = make_need(), make_regular(max_sessions=1)
    row = stand_by(need, me)
    by = me.person if how == "by themselves" else make_person()
    rule = sign_up if how == "by themselves" else assign_by_hand
    place = rule(need=need.pk, person=me.person_id, by=by)
    row.refresh_from_db()
    assert (row.state, claims(me)) == (State.STEPPED_IN, [need.session_id])
    decline(assignment=place.pk, by=me.person)
    row.refresh_from_db()
    assert (row.state, claims(me)) == (State.STEPPED_IN, [])


def test_they_cannot_and_staff_need_them_no_more() -> None:
    need, me, other, staff = make_need(), make_regular(), make_regular(), make_person()
    mine, theirs = stand_by(need, me), stand_by(need, other)
    for _ in range(2):
        decline_standby(standby=mine.pk, by=me.person, reason=" 要带孙子 ")
        release_standby(standby=theirs.pk, by=staff)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, mine.reason, mine.by) == (State.DECLINED, "要带孙子", None)
    assert (theirs.state, theirs.by) == (State.RELEASED, staff)
    assert (claims(me), claims(other)) == ([], [])
    assert (told(me), told(other)) == (["standby_named"], ["standby_named", "standby_released"])
    with pytest.raises(Refused, match="released"):
        decline_standby(standby=theirs.pk, by=other.person)
    actions = Entry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["standby.named", "standby.named", "standby.declined", "standby.released"]


def test_once_it_began_nobody_declines(at_time: Callable[..., None]) -> None:
    need, me = make_need(), make_regular()
    row = stand_by(need, me)
    at_time(need.session.starts_at)
    with pytest.raises(Refused, match="session_over"):
        decline_standby(standby=row.pk, by=me.person)


def test_a_cancelled_session_lets_them_go() -> None:
    need, me = make_need(), make_regular()
    row = stand_by(need, me)
    cancel_session(session_id=need.session_id, revision=need.session.revision, reason="停电", by=make_person())
    row.refresh_from_db()
    assert (row.state, claims(me), told(me)) == (State.RELEASED, [], ["standby_named", "session_cancelled"])


def test_a_moved_session_takes_them_along() -> None:
    need, me = make_need(), make_regular()
    stand_by(need, me)
    session = need.session
    start = clock.at(MONDAY, 14 * 60)
    end = clock.at(MONDAY, 15 * 60)
    move_session(
        session_id=session.pk,
        revision=session.revision,
        starts_at=start,
        ends_at=end,
        hub=session.hub,
        room=None,
        by=make_person(),
    )
    claim = Claim.objects.get(resource=person_resource(me.person_id))
    assert (claim.starts_at, claim.ends_at, told(me)) == (start, end, ["standby_named", "session_moved"])


def test_whom_to_call_first() -> None:
    need = make_need()
    make_regular(home=need.session.hub)
    me = make_regular()
    stand_by(need, me)
    found = candidates(need=Need.objects.get(pk=need.pk), volunteers=Volunteer.objects.all())
    first = found.free[0]
    assert (first.volunteer, first.why[0].code, found.free_count) == (me, "standby", 2)


def test_over_http_a_social_worker_names_and_the_volunteer_declines(sign_in: SignIn) -> None:
    agency = make_agency()
    need = make_need(session=make_session(program=make_program(agency=agency)))
    me, worker = make_regular(), make_person(Role.SOCIAL_WORKER, agency=agency)
    staff = sign_in(worker)
    address = f"/api/sessions/{need.session_id}/standbys"
    named = staff.post(address, {"volunteer": me.pk}, content_type="application/json").json()
    assert named == {"id": named["id"], "session": need.session_id, "volunteer": me.pk, "state": "ready"}

    (shown,) = staff.get(f"/api/board/sessions/{need.session_id}").json()["standbys"]
    assert (shown["name"], shown["phone"], shown["state"]) == (me.person.name, me.person.phone, "ready")

    mine = sign_in(me.person)
    (kept,) = mine.get("/api/shifts/mine").json()["standbys"]
    assert (kept["id"], kept["session"], kept["hub"]["id"]) == (named["id"], need.session_id, need.session.hub_id)
    answer = mine.post(f"/api/standbys/{named['id']}/decline", {"reason": "发烧"}, content_type="application/json")
    assert answer.json()["state"] == "declined"
    assert mine.get("/api/shifts/mine").json()["standbys"] == []
    (shown,) = staff.get(f"/api/board/sessions/{need.session_id}").json()["standbys"]
    assert (shown["state"], shown["reason"]) == ("declined", "发烧")


def test_a_place_elsewhere_at_another_hub_is_no_matter_of_theirs(sign_in: SignIn) -> None:
    coordinator = make_person(Role.COORDINATOR, hub=make_hub())
    row = stand_by(make_need())
    for act in ("release", "called-off"):
        answer = sign_in(coordinator).post(f"/api/standbys/{row.pk}/{act}", {}, content_type="application/json")
        assert answer.status_code == 404
    assert Assignment.objects.count() == 0
