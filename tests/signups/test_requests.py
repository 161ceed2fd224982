"""Needs whose places are not for the taking: asked for, wished for, by invitation."""

from __future__ import annotations

import pytest

from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from scheduling.sessions.models import Claim, Need
from scheduling.signups.models import Assignment
from scheduling.signups.requests import approve, refuse, settle_wishes
from scheduling.signups.shifts import Wish, find_shifts
from scheduling.signups.signups import assign_by_hand, decline, sign_up
from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_need, make_person, make_session

pytestmark = pytest.mark.django_db
Mode = Need.Mode


def test_a_request_fills_no_place_until_it_is_approved() -> None:
    need = make_need(target=1, mode=Mode.APPROVAL)
    rows = [take(need), take(need)]
    assert [(row.state, row.source) for row in rows] == [("requested", "self")] * 2
    assert Claim.objects.count() == 0
    by = make_person()
    assert approve(assignment=rows[0].pk, by=by).state == "accepted"
    assert approve(assignment=rows[0].pk, by=by).state == "accepted", "again is harmless"
    with pytest.raises(Refused, match="need_full"):
        approve(assignment=rows[1].pk, by=by)
    assert list(Message.objects.values_list("to_id", "template")) == [(rows[0].volunteer.person_id, "request_approved")]
    entry = Entry.objects.get(action="assignment.approved")
    assert (entry.actor_id, entry.for_id) == (by.pk, rows[0].volunteer.person_id)


def test_a_yes_is_judged_anew() -> None:
    me = make_regular()
    row = take(make_need(mode=Mode.APPROVAL), me)
    other = take(make_need(session=make_session(hub=row.session.hub)), me)
    with pytest.raises(Refused) as caught:
        approve(assignment=row.pk, by=make_person())
    assert (caught.value.code, caught.value.facts) == ("clash", {"session": other.session_id})


def test_a_no_with_its_reason() -> None:
    row = take(make_need(mode=Mode.APPROVAL))
    refused = refuse(assignment=row.pk, by=make_person(), reason=" 这次只要医护 ")
    assert (refused.state, refused.reason) == ("refused", "这次只要医护")
    assert Message.objects.get().template == "request_refused"
    with pytest.raises(Refused, match="not_asked_for"):
        approve(assignment=row.pk, by=make_person())


def test_taken_back() -> None:
    row = take(make_need(mode=Mode.APPROVAL))
    assert decline(assignment=row.pk, by=row.volunteer.person).state == "withdrawn"
    with pytest.raises(Refused, match="not_asked_for"):
        approve(assignment=row.pk, by=make_person())


def test_a_wish_may_be_had_before_a_full_need_and_a_yes_to_it_asks() -> None:
    need = make_need(target=1, mode=Mode.PLAN)
    assign_by_hand(need=need.pk, person=make_regular().person_id, by=make_person())
    row = take(need)
    assert row.state == "wished"
    Need.objects.filter(pk=need.pk).update(target=2)
    assert approve(assignment=row.pk, by=make_person()).state == "published"
    assert Message.objects.filter(to_id=row.volunteer.person_id, template="shifts_added").exists()


def test_who_got_a_place_has_what_they_wished_for() -> None:
    need, me = make_need(mode=Mode.PLAN), make_regular()
    wish = take(need, me)
    settle_wishes([Assignment(session=need.session, volunteer=me)])
    wish.refresh_from_db()
    assert wish.state == "withdrawn"


def test_nobody_asks_for_what_is_by_invitation() -> None:
    need, me = make_need(mode=Mode.INVITED), make_regular()
    with pytest.raises(Refused, match="invited_only"):
        sign_up(need=need.pk, person=me.person_id, by=me.person)
    assert assign_by_hand(need=need.pk, person=me.person_id, by=make_person()).state == "published"


def test_who_said_yes_on_the_phone_is_not_asked_again() -> None:
    need, me, staff = make_need(mode=Mode.APPROVAL), make_regular(), make_person()
    row = assign_by_hand(need=need.pk, person=me.person_id, by=staff, coming=True)
    assert (row.state, row.source, row.by, Message.objects.count()) == ("accepted", "hand", staff, 0)


def test_a_place_by_hand_takes_the_place_of_what_was_asked_for() -> None:
    need, me = make_need(mode=Mode.APPROVAL), make_regular()
    asked = take(need, me)
    assign_by_hand(need=need.pk, person=me.person_id, by=make_person())
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_what_a_volunteer_finds() -> None:
    hub = make_hub()
    me = make_regular(home=hub)
    needs = {
        mode: make_need(session=make_session(hub=hub, start=9 * 60 + 120 * number), target=1, mode=mode)
        for number, mode in enumerate(Mode.values)
    }
    full = make_need(session=make_session(hub=hub, start=18 * 60), target=1)
    take(full)
    open_ones = find_shifts(person_id=me.person_id, wish=Wish()).shifts
    assert [shift.need.mode for shift in open_ones] == ["instant", "approval", "plan"]
    take(needs["plan"], me)
    others = find_shifts(person_id=me.person_id, wish=Wish(), which="others").shifts
    assert [(shift.need.pk, [one.code for one in shift.reasons]) for shift in others] == [
        (needs["plan"].pk, ["already_asked"]),
        (needs["invited"].pk, ["invited_only"]),
    ]
    assert [shift.need.pk for shift in find_shifts(person_id=me.person_id, wish=Wish(), which="full").shifts] == [
        full.pk
    ]
    wish = Wish(program=needs["instant"].session.program_id, within=10)
    assert [shift.need.pk for shift in find_shifts(person_id=me.person_id, wish=wish).shifts] == [needs["instant"].pk]
