"""A round: started once, reminded once, closed; who is asked, and who answers what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import Person, Role
from tests.rounds.factories import make_round
from tests.support.make import make_hub, make_person, make_session, make_volunteer
from tests.support.queries import count_queries
from tests.volunteers.factories import make_absence, make_own_week, make_standing_shift
from volunteers.models import OwnWeek
from volunteers.rounds.answers import answer
from volunteers.rounds.models import Asked, RoundLink
from volunteers.rounds.rounds import close_round, next_week, remind_silent, start_round

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
Answer = Asked.Answer
MORNINGS = [[0, 480, 720], [3, 480, 720]]


def post(client: Client, address: str, **body: Any) -> Any:
    return client.post(address, body, content_type="application/json")


def link_of(message: Message) -> str:
    return f"/api/round-links/{message.link.rpartition('/')[2]}"


def test_everyone_active_around_the_hub_gets_one_message(sign_in: SignIn) -> None:
    hub = make_hub()
    lives, point = make_volunteer(home=hub), make_volunteer(home=make_hub(parent=hub))
    comes = make_standing_shift(session=make_session(hub=hub)).volunteer
    make_volunteer(home=hub, active=False)
    make_volunteer(home=make_hub())
    by = make_person(Role.COORDINATOR, hub=hub)
    client, week = sign_in(by), next_week().isoformat()
    for _ in range(2):
        found = post(client, "/api/rounds", week=week, hub=hub.pk).json()
    assert (found["silent"], found["hub"]["id"], found["mine"]) == (3, hub.pk, True)
    people = {one.person_id for one in (lives, point, comes)}
    assert set(Message.objects.values_list("to_id", "template")) == {(person, "round_asked") for person in people}
    assert set(Event.objects.filter(kind="round.started").values_list("topic__name", flat=True)) == {
        f"round:{found['id']}",
        *(f"person:{person}" for person in people),
    }
    assert Entry.objects.filter(action="round.started").count() == 1


def test_nobody_is_asked_twice_about_a_week(sign_in: SignIn) -> None:
    one, elsewhere = make_volunteer(home=make_hub()), make_volunteer(home=make_hub())
    make_round(volunteer=one)
    client = sign_in(make_person(Role.ADMINISTRATOR))
    found = post(client, "/api/rounds", week=next_week().isoformat()).json()
    assert (found["hub"], found["silent"]) == (None, 1)
    assert sorted(Message.objects.values_list("to_id", flat=True)) == [one.person_id, elsewhere.person_id]
    with pytest.raises(Refused, match="nobody_to_ask"):
        start_round(week=next_week(), hub=elsewhere.home, by=make_person())


@pytest.mark.parametrize("days", [-7, 1, 6 * 7])
def test_only_the_next_weeks_are_asked_about(days: int) -> None:
    make_volunteer()
    with pytest.raises(Refused, match="round_week_wrong"):
        start_round(week=next_week() + dt.timedelta(days=days), hub=None, by=make_person())


def test_the_district_is_an_administrators_to_ask(sign_in: SignIn) -> None:
    make_volunteer()
    answer_ = post(sign_in(make_person(Role.COORDINATOR)), "/api/rounds", week=next_week().isoformat())
    assert (answer_.status_code, answer_.json()["code"]) == (403, "not_allowed")


def test_by_link_as_last_week_these_times_not_at_all() -> None:
    me = make_volunteer(home=make_hub(), availability=MORNINGS)
    make_own_week(me, [[1, 600, 660], [2, 600, 660]], week=next_week() - dt.timedelta(weeks=1))
    make_absence(me, day=next_week() + dt.timedelta(days=2))
    make_round(volunteer=me)
    client, address = Client(), link_of(Message.objects.get())
    page = client.get(address).json()
    assert (page["answer"], page["name"]) == ("silent", f"{me.person.name[:1]}*")
    assert page["same"] == [{"weekday": 1, "start": 600, "end": 660}]
    assert page["known"] == [{"weekday": day, "start": start, "end": end} for day, start, end in MORNINGS]
    windows = [{"weekday": 2, "start": 540, "end": 600}]
    for said, kept in (
        ({"answer": "same"}, page["same"]),
        ({"answer": "times", "times": windows}, windows),
        ({"answer": "away"}, []),
    ):
        page = post(client, address, **said).json()
        assert (page["answer"], page["known"]) == (said["answer"], kept)
    assert post(client, address, answer="times", times=[]).json()["code"] == "times_missing"
    wrong = post(client, address, answer="times", times=[{"weekday": 1, "start": 9, "end": 9}])
    assert wrong.json()["code"] == "times_wrong"
    assert post(client, address, answer="silent").status_code == 422
    assert client.get("/api/round-links/nothing").status_code == 404


def test_the_silent_are_reminded_once_and_both_links_lead_there() -> None:
    hub = make_hub()
    said, silent = make_volunteer(home=hub), make_volunteer(home=hub)
    found = make_round(hub=hub)
    by = make_person()
    answer(asked=found.asked.get(volunteer=said), said=Answer.AWAY, times=None, by=said.person)
    remind_silent(round_=found, by=by)
    with pytest.raises(Refused, match="reminded_already"):
        remind_silent(round_=found, by=by)
    reminders = Message.objects.filter(template="round_reminded")
    assert [one.to_id for one in reminders] == [silent.person_id]
    assert RoundLink.objects.filter(asked__volunteer=silent).count() == 2
    first = Message.objects.get(template="round_asked", to_id=silent.person_id)
    for message, said_ in ((first, "same"), (reminders[0], "away")):
        assert post(Client(), link_of(message), answer=said_).status_code == 200
    assert found.asked.get(volunteer=silent).answer == Answer.AWAY


def test_a_closed_round_takes_no_answers_until_it_is_opened_again(sign_in: SignIn) -> None:
    me = make_volunteer(home=make_hub())
    found = make_round(volunteer=me)
    by, client = make_person(), sign_in(me.person)
    assert len(client.get("/api/rounds/mine").json()["questions"]) == 1
    close_round(round_=found, by=by)
    assert client.get("/api/rounds/mine").json()["questions"] == []
    address = link_of(Message.objects.get())
    assert (Client().get(address).json()["over"], post(Client(), address, answer="same").json()["code"]) == (
        True,
        "round_over",
    )
    start_round(week=found.week, hub=found.hub, by=by)
    assert post(client, f"/api/rounds/asked/{found.asked.get().pk}/answer", answer="same").status_code == 200
    assert Message.objects.count() == 1


def test_the_coordinator_sees_calls_and_writes_down(sign_in: SignIn) -> None:
    hub = make_hub()
    me, other = make_volunteer(home=hub), make_volunteer(home=hub)
    found = make_round(hub=hub)
    by = make_person(Role.COORDINATOR, hub=hub, name="王红")
    desk = sign_in(by)
    rows = desk.get(f"/api/rounds/{found.pk}/people").json()["people"]
    assert [(one["name"], one["phone"]) for one in rows] == [(one.person.name, one.person.phone) for one in (me, other)]
    assert post(desk, f"/api/rounds/asked/{rows[1]['id']}/missed").json()["called_at"] is not None
    told = post(desk, f"/api/rounds/asked/{rows[0]['id']}/called", answer="away").json()
    assert (told["answer"], told["recorded_by"], told["phone"]) == ("away", "王红", "")
    counts = desk.get("/api/rounds").json()["rounds"][0]
    assert {name: counts[name] for name in ("silent", "same", "times", "away")} == {
        "silent": 1,
        "same": 0,
        "times": 0,
        "away": 1,
    }
    entry = Entry.objects.get(action="round.answered")
    assert (entry.actor_id, entry.for_id, entry.facts) == (by.pk, me.person_id, {"answer": "away"})


def test_ones_own_word_stands_over_what_was_written_down() -> None:
    me = make_volunteer(home=make_hub())
    asked, by = make_round(volunteer=me).asked.get(), make_person()
    answer(asked=asked, said=Answer.AWAY, times=None, by=by)
    mine = answer(asked=asked, said=Answer.TIMES, times=[[0, 480, 540]], by=me.person)
    assert mine.recorded_by is None
    with pytest.raises(Refused, match="answered_themselves"):
        answer(asked=asked, said=Answer.AWAY, times=None, by=by)
    assert OwnWeek.objects.get().availability == [[0, 480, 540]]


def test_lists_take_as_many_queries_for_thirty_as_for_one(sign_in: SignIn) -> None:
    hubs = [make_hub(), make_hub()]
    for hub, many in zip(hubs, (1, 30), strict=True):
        for _ in range(many):
            make_volunteer(home=hub)
    rounds = [make_round(hub=hub) for hub in hubs]
    for found in rounds:
        for asked in found.asked.all():
            answer(asked=asked, said=Answer.SAME, times=None, by=asked.volunteer.person)
    desk = sign_in(make_person(Role.ADMINISTRATOR))

    def look(pk: int) -> None:
        assert desk.get(f"/api/rounds/{pk}/people?silent=false").status_code == 200

    look(rounds[0].pk)
    one, thirty = (count_queries(lambda pk=found.pk: look(pk)) for found in rounds)
    assert one == thirty


def test_questions_of_six_weeks_take_as_many_queries_as_of_one(sign_in: SignIn) -> None:
    me = make_volunteer(home=make_hub(), availability=MORNINGS)
    client, counts = sign_in(me.person), []
    for week in range(6):
        make_round(volunteer=me, week=next_week() + dt.timedelta(weeks=week))
        client.get("/api/rounds/mine")
        counts.append(count_queries(lambda: client.get("/api/rounds/mine")))
    assert counts == [counts[0]] * 6


def test_a_district_is_asked_in_bulk() -> None:
    hub, clerk = make_hub(), make_person()
    people = [make_volunteer(home=hub) for _ in range(3)]
    few = count_queries(lambda: start_round(week=next_week(), hub=None, by=clerk))
    people += [make_volunteer(home=hub) for _ in range(60)]
    later = next_week() + dt.timedelta(weeks=1)
    assert count_queries(lambda: start_round(week=later, hub=None, by=clerk)) == few
    assert Message.objects.filter(template="round_asked").count() == 3 + len(people)
