"""Who may do what with places, and what a volunteer sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub.people.models import Person, Role
from scheduling.sessions.models import Need, Session
from scheduling.signups.signups import decline
from tests.signups.factories import make_regular, make_young, take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_program, make_session
from volunteers.models import Skill, StandingShift

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def post(client: Client, address: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = client.post(f"/api/{address}", body, content_type="application/json")
    return answer.status_code, answer.json()


def test_found_taken_and_given_back(sign_in: SignIn) -> None:
    need, me = make_need(target=3), make_regular()
    client = sign_in(me.person)
    (shift,) = client.get("/api/shifts/open").json()["shifts"]
    assert (shift["need"], shift["missing"], shift["reasons"]) == (need.pk, 3, [])
    status, taken = post(client, f"needs/{need.pk}/sign-up")
    assert (status, taken["state"]) == (200, "accepted")
    assert client.get("/api/shifts/open").json()["shifts"] == []
    (mine,) = client.get("/api/shifts/mine").json()["shifts"]
    assert (mine["id"], mine["answerable"], mine["company"]) == (taken["id"], True, [])
    assert post(client, f"assignments/{taken['id']}/answer", coming=False)[1]["state"] == "declined"
    assert [one["need"] for one in client.get("/api/shifts/open").json()["shifts"]] == [need.pk]


def test_what_is_not_for_me_says_why(sign_in: SignIn) -> None:
    full, skilled = make_need(target=1), make_need(skill=Skill.objects.create(name="急救"))
    take(full)
    client = sign_in(make_regular().person)
    assert client.get("/api/shifts/open").json()["shifts"] == []
    for which, need, code in (("full", full, "need_full"), ("others", skilled, "no_skill")):
        (one,) = client.get(f"/api/shifts/open?which={which}").json()["shifts"]
        assert (one["need"], [reason["code"] for reason in one["reasons"]]) == (need.pk, [code])
    assert client.get("/api/shifts/open?which=all").status_code == 422


def test_a_full_need_that_is_answered_by_hand_may_be_asked_for(sign_in: SignIn) -> None:
    """The site says yes when a place comes free; it is not passed on by itself."""
    need = make_need(target=1, mode=Need.Mode.INSTANT)
    take(need)
    Need.objects.filter(pk=need.pk).update(mode=Need.Mode.APPROVAL)
    first, second = make_regular(), make_regular()
    for waiting, one in enumerate((first, second)):
        client = sign_in(one.person)
        (shift,) = client.get("/api/shifts/open?which=full").json()["shifts"]
        assert (shift["may_wait"], shift["waiting"], shift["mode"]) == (True, waiting, "approval")
        assert post(client, f"needs/{need.pk}/sign-up")[1]["code"] == "need_full"
        assert post(client, f"needs/{need.pk}/sign-up?wait=true")[1]["state"] == "requested"


def test_who_is_too_young_to_come_alone_finds_shifts_where_company_is(sign_in: SignIn) -> None:
    """However much they have served."""
    young, other = make_young(prior_minutes=200 * 60), make_young(prior_minutes=200 * 60)
    alone, accompanied = make_need(target=3), make_need(target=3)
    for old_hand, need in ((make_regular(prior_minutes=100 * 60), accompanied), (make_regular(), alone)):
        take(need, old_hand)
    take(accompanied, other)
    client = sign_in(young.person)
    assert [one["need"] for one in client.get("/api/shifts/open").json()["shifts"]] == [accompanied.pk]
    (one,) = client.get("/api/shifts/open?which=others").json()["shifts"]
    assert (one["need"], [reason["code"] for reason in one["reasons"]]) == (alone.pk, ["needs_experienced"])
    assert post(client, f"needs/{alone.pk}/sign-up")[1]["code"] == "needs_experienced"
    assert post(client, f"needs/{accompanied.pk}/sign-up")[1]["state"] == "accepted"


def test_pages_hold_every_shift_once(sign_in: SignIn) -> None:
    hub = make_hub()
    needs = {make_need(session=make_session(hub=hub, start=480 + 15 * number)).pk for number in range(45)}
    client, found, cursor = sign_in(make_regular().person), [], ""
    for _ in range(3):
        page = client.get(f"/api/shifts/open?cursor={cursor}").json()
        found += [one["need"] for one in page["shifts"]]
        cursor = page["cursor"]
    assert (len(found), set(found), cursor) == (45, needs, "")
    assert client.get("/api/shifts/open?cursor=nonsense").status_code == 422


def test_others_who_come_are_named_by_family_name_alone(sign_in: SignIn) -> None:
    need = make_need(target=3)
    me, other = make_regular(), make_regular(person=make_person(Role.VOLUNTEER, name="张桂兰"))
    take(need, me)
    take(need, other)
    body = sign_in(me.person).get("/api/shifts/mine").content.decode()
    assert "张*" in body
    assert "张桂兰" not in body


def test_a_declined_place_taken_again_is_shown_once(sign_in: SignIn) -> None:
    need, me = make_need(), make_regular()
    decline(assignment=take(need, me).pk, by=me.person)
    again = take(need, me)
    (mine,) = sign_in(me.person).get("/api/shifts/mine").json()["shifts"]
    assert (mine["id"], mine["state"]) == (again.pk, "accepted")


def test_nobody_answers_for_another_volunteer(sign_in: SignIn) -> None:
    row, stranger = take(make_need()), make_regular()
    assert post(sign_in(stranger.person), f"assignments/{row.pk}/answer", coming=False)[0] == 404


def test_staff_act_within_their_sites(sign_in: SignIn) -> None:
    hub, elsewhere = make_hub(), make_hub()
    need, me = make_need(session=make_session(hub=hub)), make_regular()
    ours = sign_in(make_person(Role.COORDINATOR, hub=hub))
    theirs = sign_in(make_person(Role.COORDINATOR, hub=elsewhere))
    assert post(theirs, f"needs/{need.pk}/assign", volunteer=me.pk)[0] == 404
    status, given = post(ours, f"needs/{need.pk}/assign", volunteer=me.pk)
    assert (status, given["state"]) == (200, "published")
    for deed, body in (("called", {"coming": True}), ("release", {})):
        assert post(theirs, f"assignments/{given['id']}/{deed}", **body)[0] == 404
        assert post(ours, f"assignments/{given['id']}/{deed}", **body)[0] == 200


def test_a_cancelled_shift_stays_visible_and_says_why(sign_in: SignIn) -> None:
    row = take(make_need())
    Session.objects.update(state=Session.State.CANCELLED, cancel_reason="停电")
    (mine,) = sign_in(row.volunteer.person).get("/api/shifts/mine").json()["shifts"]
    assert (mine["cancelled"], mine["cancel_reason"], mine["answerable"]) == (True, "停电", False)


def test_what_is_past_is_kept_apart(sign_in: SignIn, at_time: Callable[..., None]) -> None:
    row = take(make_need())
    client = sign_in(row.volunteer.person)
    at_time(row.session.ends_at)
    assert client.get("/api/shifts/mine").json()["shifts"] == []
    assert [one["id"] for one in client.get("/api/shifts/mine?past=true").json()["shifts"]] == [row.pk]


def test_a_shift_of_mine_becomes_my_own_every_week(sign_in: SignIn) -> None:
    me, hub, program = make_regular(), make_hub(), make_program()
    now, next_week = (
        take(make_need(session=make_session(day=day, hub=hub, program=program)), me)
        for day in (MONDAY, MONDAY + dt.timedelta(weeks=1))
    )
    other = take(make_need(session=make_session(day=MONDAY, start=14 * 60, hub=hub, program=program)), me)
    client = sign_in(me.person)
    status, made = post(client, f"assignments/{now.pk}/standing")
    assert (status, made["weekday"], made["start"]) == (200, 0, 540)
    mine = {one["id"]: one["standing_id"] for one in client.get("/api/shifts/mine").json()["shifts"]}
    assert mine == {now.pk: made["id"], next_week.pk: made["id"], other.pk: None}
    # It is a wish, not a booking: no place was taken by it.
    assert me.assignments.count() == 3
    decline(assignment=other.pk, by=me.person)
    assert post(client, f"assignments/{other.pk}/standing")[0] == 404


def test_who_changes_a_session_makes_its_shifts_somebodys_own(sign_in: SignIn) -> None:
    row = take(make_need())
    client = sign_in(make_person(Role.COORDINATOR, hub=row.session.hub))
    assert post(client, f"assignments/{row.pk}/standing")[0] == 200
    assert [one.volunteer for one in StandingShift.objects.all()] == [row.volunteer]
