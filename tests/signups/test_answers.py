"""Every answer from every state, as a table; links that answer without signing in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hub.errors import Refused
from hub.live.models import Event
from hub.notify.models import Message
from scheduling.sessions.models import Claim
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import AnswerLink, Assignment
from scheduling.signups.signups import accept, assign_by_hand, decline, release_place
from tests.signups.factories import make_regular, take
from tests.support.make import make_need, make_person, make_session

pytestmark = pytest.mark.django_db
State = Assignment.State


def place_in(state: str) -> Assignment:
    staff, me, need = make_person(), make_regular(), make_need(target=1)
    row = assign_by_hand(need=need.pk, person=me.person_id, by=staff)
    if state == "accepted":
        return accept(assignment=row.pk, by=me.person)
    if state == "declined":
        return decline(assignment=row.pk, by=me.person)
    if state == "released":
        return release_place(assignment=row.pk, by=staff)
    return row


@pytest.mark.parametrize(
    ("before", "deed", "after"),
    [
        ("published", "accept", "accepted"),
        ("published", "decline", "declined"),
        ("published", "release", "released"),
        ("accepted", "accept", "accepted"),
        ("accepted", "decline", "declined"),
        ("accepted", "release", "released"),
        ("declined", "accept", "accepted"),
        ("declined", "decline", "declined"),
        ("declined", "release", "declined"),
        ("released", "accept", Refused("released")),
        ("released", "decline", Refused("released")),
        ("released", "release", "released"),
    ],
)
def test_answers(before: str, deed: str, after: Any) -> None:
    row, by = place_in(before), make_person()
    events = Event.objects.count()
    deeds: dict[str, Callable[[], Assignment]] = {
        "accept": lambda: accept(assignment=row.pk, by=by),
        "decline": lambda: decline(assignment=row.pk, by=by, reason="临时有事"),
        "release": lambda: release_place(assignment=row.pk, by=by),
    }
    if isinstance(after, Refused):
        with pytest.raises(Refused, match=after.code):
            deeds[deed]()
        after = before
    else:
        assert deeds[deed]().state == after
    row.refresh_from_db()
    assert row.state == after
    assert Claim.objects.count() == (1 if after in Assignment.ACTIVE else 0)
    assert (Event.objects.count() == events) == (before == after), "only a change is news"


def test_a_no_taken_back_finds_the_place_gone() -> None:
    row = place_in("declined")
    take(row.need)
    with pytest.raises(Refused, match="need_full"):
        accept(assignment=row.pk, by=row.volunteer.person)


def test_nothing_is_answered_after_it_began(at_time: Callable[[dt.datetime], None]) -> None:
    row = place_in("published")
    at_time(row.session.starts_at)
    for deed in (accept, decline):
        with pytest.raises(Refused, match="session_over"):
            deed(assignment=row.pk, by=None)


def link_for(*rows: Assignment) -> str:
    Message.objects.all().delete()
    announce_roster(added=rows, released=[], by=None)
    return Message.objects.get().link.rsplit("/", 1)[-1]


def answer(token: str, row: Assignment, coming: bool) -> Any:
    body = {"assignment": row.pk, "coming": coming}
    return Client().post(f"/api/answers/{token}", body, content_type="application/json")


def test_a_link_answers_as_often_as_wanted() -> None:
    row = place_in("published")
    token = link_for(row)
    assert len(token) <= 10
    assert not AnswerLink.objects.filter(token_hash=token).exists(), "only a hash is kept"
    page = Client().get(f"/api/answers/{token}").json()
    assert (page["name"], [one["state"] for one in page["shifts"]]) == ("人*", ["published"])
    for coming, state in [(True, "accepted"), (True, "accepted"), (False, "declined"), (True, "accepted")]:
        given = answer(token, row, coming)
        assert (given.status_code, given.json()["shifts"][0]["state"]) == (200, state)


def test_one_message_with_one_link_for_several_shifts() -> None:
    me, staff = make_regular(), make_person()
    rows = []
    for start in (540, 840):
        need = make_need(session=make_session(start=start))
        rows.append(assign_by_hand(need=need.pk, person=me.person_id, by=staff))
    token = link_for(*rows)
    assert Message.objects.get().variables["added"] == "2"
    answer(token, rows[1], False)
    states = [one["state"] for one in Client().get(f"/api/answers/{token}").json()["shifts"]]
    assert states == ["published", "declined"]


def test_a_link_answers_for_nobody_else() -> None:
    token, other = link_for(place_in("published")), place_in("published")
    assert answer(token, other, False).status_code == 404
    other.refresh_from_db()
    assert other.state == "published"


def test_a_link_ends_when_the_shift_begins(at_time: Callable[[dt.datetime], None]) -> None:
    row = place_in("published")
    token = link_for(row)
    at_time(row.session.starts_at)
    answer_ = Client().get(f"/api/answers/{token}")
    assert (answer_.status_code, answer_.json()["code"]) == (409, "link_expired")


def test_released_by_the_coordinator_it_says_so() -> None:
    row = place_in("published")
    token = link_for(row)
    release_place(assignment=row.pk, by=make_person())
    shift = Client().get(f"/api/answers/{token}").json()["shifts"][0]
    assert (shift["state"], shift["answerable"]) == ("released", False)
    assert answer(token, row, True).json()["code"] == "released"


def test_guessing_is_cut_short() -> None:
    cache.clear()
    codes = [Client().get(f"/api/answers/guess{number}").status_code for number in range(22)]
    cache.clear()
    assert codes == [404] * 20 + [429] * 2


def test_told_once_for_one_cause() -> None:
    row = place_in("published")
    row.session = row.session
    before = Message.objects.count()
    for _ in range(3):
        announce_roster(added=[row], released=[], by=None)
    assert Message.objects.count() == before
