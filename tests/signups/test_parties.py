"""People who come together or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from hub.people.models import Person
from scheduling.sessions.models import Claim, Need
from scheduling.signups.models import Assignment
from scheduling.signups.parties import sign_up_together
from scheduling.signups.signups import accept, assign_by_hand, decline, sign_up
from scheduling.signups.standbys import release_standby
from scheduling.signups.tasks import look
from tests.signups.factories import make_regular, make_standby, make_young, take
from tests.support.make import MONDAY, make_need, make_person, make_session, make_volunteer
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_week_before(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(MONDAY - dt.timedelta(days=7), 12 * 60))


def together(need: Need, *who: Volunteer, wait: bool = False) -> list[Assignment]:
    me, *others = who
    companions = [one.pk for one in others]
    return sign_up_together(need=need.pk, person=me.person_id, companions=companions, by=me.person, wait=wait)


def states(rows: Sequence[Assignment]) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def say(row: Assignment, coming: bool = True) -> None:
    (accept if coming else decline)(assignment=row.pk, by=row.volunteer.person)


def test_places_are_kept_until_all_have_said_yes() -> None:
    need = make_need(target=3)
    rows = together(need, *(make_regular() for _ in range(3)))
    assert states(rows) == ["agreed", "offered", "offered"]
    assert Claim.objects.count() == 1, "the time of who agreed is held"
    with pytest.raises(Refused, match="need_full"):
        take(need)
    say(rows[1])
    assert states(rows) == ["agreed", "agreed", "offered"]
    say(rows[2])
    assert states(rows) == ["accepted"] * 3
    assert Claim.objects.count() == 3
    told = Message.objects.order_by("pk").values_list("to_id", "template")
    people = [row.volunteer.person_id for row in rows]
    assert list(told) == [
        (people[1], "party_asked"), (people[2], "party_asked"),
        (people[0], "party_complete"), (people[1], "party_complete"),
    ]  # fmt: skip


def test_one_no_and_nobody_comes() -> None:
    need = make_need(target=3)
    rows = together(need, *(make_regular() for _ in range(3)))
    say(rows[1])
    say(rows[2], coming=False)
    assert states(rows) == ["passed", "passed", "declined"]
    assert (rows[0].reason, Claim.objects.count()) == ("party", 0)
    assert take(need).state == "accepted"


def test_silence_lets_all_go(at_time: Callable[[dt.datetime], None]) -> None:
    rows = together(make_need(target=2), make_regular(), make_regular())
    assert rows[1].answer_by is not None
    at_time(rows[1].answer_by)
    assert (look(), look()) == (2, 0)
    assert states(rows) == ["passed", "passed"]
    assert ([row.reason for row in rows], Claim.objects.count()) == (["party", "silent"], 0)


def test_in_line_a_party_is_skipped_only_where_it_does_not_fit() -> None:
    need = make_need(target=2)
    first = [take(need), take(need)]
    rows = together(need, make_regular(), make_regular(), wait=True)
    alone, later = (wait(need), wait(need))
    say(first[0], coming=False)
    assert (states(rows), states([alone, later])) == (["waiting"] * 2, ["offered", "waiting"])
    say(alone, coming=False)
    assert (states(rows), states([later])) == (["waiting"] * 2, ["offered"])
    say(later, coming=False)
    say(first[1], coming=False)
    assert states(rows) == ["offered"] * 2, "together, and asked together"
    for row in rows:
        say(row)
    assert states(rows) == ["accepted"] * 2


def wait(need: Need) -> Assignment:
    person = make_regular().person
    return sign_up(need=need.pk, person=person.pk, by=person, wait=True)


def test_a_party_too_large_is_refused_or_waits() -> None:
    need = make_need(target=2)
    take(need)
    pair = [make_regular(), make_regular()]
    with pytest.raises(Refused, match="need_full"):
        together(need, *pair)
    assert Assignment.objects.count() == 1, "nothing half written"
    assert states(together(need, *pair, wait=True)) == ["waiting"] * 2


def test_who_cannot_is_named_by_place_and_not_why() -> None:
    need = make_need(target=3)
    away = make_regular(availability=[])
    with pytest.raises(Refused) as caught:
        together(need, make_regular(), make_regular(), away)
    assert (caught.value.code, caught.value.facts) == ("companion_cannot", {"position": 2})
    assert Assignment.objects.count() == 0


def test_a_newcomer_comes_in_experienced_company() -> None:
    need = make_need(target=2)
    rows = together(need, make_regular(prior_minutes=100 * 60), make_volunteer())
    say(rows[1])
    assert states(rows) == ["accepted"] * 2


def test_a_child_with_many_hours_is_no_experienced_company() -> None:
    need = make_need(target=2)
    with pytest.raises(Refused, match="companion_cannot"):
        together(need, make_regular(), make_young(prior_minutes=200 * 60))
    with pytest.raises(Refused, match="needs_experienced"):
        together(need, make_volunteer(), make_young(prior_minutes=200 * 60))
    rows = together(need, make_regular(prior_minutes=100 * 60), make_young(prior_minutes=200 * 60))
    say(rows[1])
    assert states(rows) == ["accepted"] * 2


def test_two_parties_that_share_somebody() -> None:
    need, other = make_need(target=2), make_need(session=make_session(), target=2)
    shared = make_regular()
    together(need, make_regular(), shared)
    rows = together(other, make_regular(), shared)
    say(rows[1])
    with pytest.raises(Refused, match="clash"):
        say(Assignment.objects.get(need=need, volunteer=shared))


def test_a_place_by_hand_does_not_break_a_party() -> None:
    need = make_need(target=2)
    rows = together(need, make_regular(), make_regular())
    with pytest.raises(Refused, match="in_party"):
        assign_by_hand(need=need.pk, person=rows[1].volunteer.person_id, by=make_person())


def test_a_party_passes_nobody_who_waits() -> None:
    """A place came free where nobody looked: the line comes first, and the party after it."""
    need = make_need(target=2)
    first = [take(need), take(need)]
    alone = wait(need)
    Need.objects.filter(pk=need.pk).update(target=4)
    pair = [make_regular(), make_regular()]
    rows = together(need, *pair, wait=True)
    assert (states([alone]), states(rows)) == (["offered"], ["waiting", "waiting"])
    say(first[0], coming=False)
    assert states(rows) == ["offered", "offered"]


@pytest.mark.parametrize("end", ["declines", "silent", "let_go"])
def test_a_party_that_fails_leaves_who_stood_by_standing_by(end: str, at_time: Callable[[dt.datetime], None]) -> None:
    need = make_need(target=2)
    me, other = make_regular(), make_regular()
    standby = make_standby(need, me)
    rows = together(need, me, other)
    assert (states(rows), Claim.objects.count()) == (["agreed", "offered"], 1)
    if end == "declines":
        say(rows[0], coming=False)
    elif end == "silent":
        assert rows[1].answer_by
        at_time(rows[1].answer_by)
        look()
    else:
        say(rows[1], coming=False)
    standby.refresh_from_db()
    assert (standby.state, claims()) == ("ready", [f"person:{me.person_id}"])


def test_a_party_that_comes_takes_over_what_its_members_stood_by_for() -> None:
    need = make_need(target=2)
    me, other = make_regular(), make_regular()
    standbys = [make_standby(need, one) for one in (me, other)]
    rows = together(need, me, other)
    say(rows[1])
    for one in standbys:
        one.refresh_from_db()
    assert (states(rows), [one.state for one in standbys]) == (["accepted"] * 2, ["stepped_in"] * 2)
    assert claims() == sorted(f"person:{one.person_id}" for one in (me, other))


def test_who_stands_by_no_longer_is_held_by_what_they_agreed_to() -> None:
    need = make_need(target=2)
    me, other = make_regular(), make_regular()
    standby = make_standby(need, me)
    rows = together(need, me, other)
    release_standby(standby=standby.pk, by=make_person())
    assert claims() == [f"person:{me.person_id}"]
    say(rows[1], coming=False)
    assert claims() == []


def claims() -> list[str]:
    return sorted(Claim.objects.values_list("resource", flat=True))


def call(client: Client, need: Need, *companions: dict[str, str]) -> Any:
    body = {"companions": list(companions)}
    return client.post(f"/api/needs/{need.pk}/sign-up-together", body, content_type="application/json")


def test_companions_are_named_by_name_and_phone(sign_in: Callable[[Person], Client]) -> None:
    cache.clear()
    me = make_regular(person=make_person("volunteer", name="王芳", phone="13900001111"))
    make_regular(person=make_person("volunteer", name="李强", phone="13900001111"))
    make_regular(person=make_person("volunteer", name="赵敏", phone="13900002222"))
    client, need = sign_in(me.person), make_need(target=3)
    assert client.get("/api/shifts/companions").json() == ["李强"]
    found = call(client, need, {"name": "李强"}, {"name": "赵敏", "phone": "13900002222"})
    assert [one["state"] for one in found.json()] == ["agreed", "offered", "offered"]
    wrong = [{"name": "赵敏", "phone": "13900003333"}, {"name": "赵大", "phone": "13900002222"}]
    answers = [call(client, need, one).json() for one in wrong]
    assert [(one["code"], one["facts"]) for one in answers] == [("companion_unknown", {"position": 1})] * 2


def test_guessing_names_is_cut_short(sign_in: Callable[[Person], Client]) -> None:
    cache.clear()
    client, need = sign_in(make_regular().person), make_need()
    answers = [call(client, need, {"name": "谁", "phone": f"1390000{n:04}"}).json() for n in range(12)]
    cache.clear()
    assert [one["code"] for one in answers] == ["companion_unknown"] * 10 + ["too_many"] * 2
    assert answers[-1]["facts"] == {"minutes": 60}
