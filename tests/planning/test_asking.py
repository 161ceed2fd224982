"""Questions about a proposal over HTTP: remedies, what-ifs, why, who carries what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.access.actor import load_actor
from hub.people.models import Person, Role
from scheduling.planning.lookup import proposal_of
from scheduling.planning.models import Bar, Proposed, Run
from tests.planning.factories import finish, make_assignment, make_helper, make_open_need, make_run, steps_of
from tests.support.make import MONDAY, make_hub, make_person
from tests.support.queries import count_queries
from volunteers.wishes import set_wish

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def hub() -> Any:
    return make_hub()


@pytest.fixture
def planner(hub: Any, sign_in: SignIn) -> Client:
    return sign_in(make_person(Role.COORDINATOR, hub=hub))


def get(client: Client, run: Run, path: str, **query: Any) -> Any:
    return client.get(f"/api/planning/runs/{run.pk}/{path}", query)


def post(client: Client, run: Run, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/api/planning/runs/{run.pk}/{path}", body, content_type="application/json")


def ask(client: Client, run: Run, kind: str, **facts: Any) -> Any:
    return post(client, run, "what-if", {"question": {"kind": kind, **facts}})


def test_a_remedy_is_offered_and_gone_along_with(hub: Any, planner: Client) -> None:
    need, helper = make_open_need(hub=hub), make_helper(availability=[])
    run = finish(make_run(hub))
    remedy = get(planner, run, f"needs/{need.pk}/remedy").json()["remedy"]
    [step] = remedy["outcome"]["steps"]
    assert (remedy["kind"], step["name"]) == ("unavailable", helper.person.name)
    [shift] = step["takes"]
    times = [dt.datetime.fromisoformat(shift.pop(end)) for end in ("starts_at", "ends_at")]
    title = need.session.program.name
    assert shift == {"need": need.pk, "role": need.role, "session": need.session_id, "title": title}
    assert times == [need.session.starts_at, need.session.ends_at]
    place = {"need": need.pk, "volunteer": helper.pk}
    assert post(planner, run, "moves", {"added": [place]}).json()["code"] == "unavailable"
    unheard = post(planner, run, "moves", {"added": [place], "waived": [{**place, "code": "no_clearance"}]})
    assert unheard.status_code == 422
    moved = post(planner, run, "moves", {"added": [place], "waived": [{**place, "code": "unavailable"}]})
    assert moved.json()["short_of_min"] == 0
    assert get(planner, run, f"needs/{need.pk}/remedy").json() == {"remedy": None}
    assert get(planner, run, "needs/0/remedy").status_code == 404


def test_what_is_reckoned_is_kept_as_long_as_a_proposal_stands_the_same(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    run, by = finish(make_run(hub), (need, helper)), load_actor(make_person(Role.COORDINATOR, hub=hub))
    once = proposal_of(by, "view", run.pk)
    assert proposal_of(by, "view", run.pk) is once
    Bar.objects.create(session=need.session, volunteer=make_helper())
    assert proposal_of(by, "view", run.pk) is not once


def test_what_if_somebody_were_not_there(hub: Any, planner: Client) -> None:
    need, there, other = make_open_need(hub=hub, target=1), make_helper(), make_helper(home=None)
    run = finish(make_run(hub), (need, there))
    answer = ask(planner, run, "bar", need=need.pk, volunteer=there.pk).json()
    assert steps_of(answer) == [(other.pk, [need.pk], []), (there.pk, [], [need.pk])]
    assert (answer["short_of_min"], answer["is_proven"], "min" in answer["terms"]) == (0, True, False)
    assert set(Proposed.objects.values_list("volunteer", flat=True)) == {there.pk}
    places = [{"need": need.pk, "volunteer": who.pk} for who in (there, other)]
    post(planner, run, "moves", {"dropped": places[:1], "added": places[1:], "barred": places[:1]})
    assert set(Proposed.objects.values_list("volunteer", flat=True)) == {other.pk}
    assert list(Bar.objects.values_list("session", "volunteer")) == [(need.session_id, there.pk)]


def test_what_if_somebody_were(hub: Any, planner: Client) -> None:
    monday, tuesday = make_open_need(hub=hub, target=1), make_open_need(hub=hub, day=1, target=1)
    one, other = make_helper(max_sessions=1), make_helper(availability=[[1, 0, 1440]])
    run = finish(make_run(hub), (tuesday, one))
    answer = ask(planner, run, "pin", need=monday.pk, volunteer=one.pk).json()
    assert answer["short_of_min"] == -1
    assert steps_of(answer)[0] == (one.pk, [monday.pk], [tuesday.pk])
    no = ask(planner, run, "pin", need=monday.pk, volunteer=other.pk)
    assert (no.status_code, no.json()["code"]) == (409, "unavailable")


def test_what_was_promised_is_not_asked_away(hub: Any, planner: Client) -> None:
    need, sure, other = make_open_need(hub=hub, target=1), make_helper(), make_helper()
    make_assignment(need, sure, "accepted")
    run = finish(make_run(hub), (need, sure))
    assert ask(planner, run, "bar", need=need.pk, volunteer=sure.pk).json()["code"] == "accepted"
    assert ask(planner, run, "pin", need=need.pk, volunteer=other.pk).json()["code"] == "pins_contradict"


def test_what_if_a_session_fell_out_or_moved(hub: Any, planner: Client) -> None:
    need, helper = make_open_need(hub=hub), make_helper(availability=[[0, 0, 720]])
    run = finish(make_run(hub), (need, helper))
    dropped = ask(planner, run, "drop", session=need.session_id).json()
    assert steps_of(dropped) == [(helper.pk, [], [need.pk])]
    at = [clock.at(MONDAY, minute).isoformat() for minute in (840, 930)]
    moved = ask(planner, run, "move", session=need.session_id, starts_at=at[0], ends_at=at[1]).json()
    assert moved["short_of_min"] == 1
    late = ask(planner, run, "move", session=need.session_id, starts_at=at[1], ends_at=at[0])
    assert late.json()["code"] == "impossible_time"
    assert ask(planner, run, "drop", session=0).status_code == 404


def test_what_if_one_more_came(hub: Any, planner: Client) -> None:
    need = make_open_need(hub=hub, clearance="child")
    run = finish(make_run(hub))
    who = {"home": hub.pk, "weekdays": [0], "experienced": True}
    assert ask(planner, run, "join", **who).json()["recruit"] == []
    answer = ask(planner, run, "join", **who, cleared=True).json()
    assert [shift["need"] for shift in answer["recruit"]] == [need.pk]
    assert (answer["steps"], answer["short_of_min"]) == ([], -1)


def test_why_this_person_and_not_the_next(hub: Any, planner: Client) -> None:
    need, near, far = make_open_need(hub=hub), make_helper(home=hub), make_helper(home=None)
    run = finish(make_run(hub), (need, near))
    answer = get(planner, run, f"needs/{need.pk}/why", volunteer=near.pk).json()
    assert (answer["next_best"]["volunteer"], answer["terms"]["travel"]) == (far.pk, 0)
    assert answer["next_terms"]["travel"] > 0
    no = get(planner, run, f"needs/{need.pk}/why", volunteer=far.pk)
    assert (no.status_code, no.json()["code"]) == (409, "not_in_proposal")


def test_who_carries_what_without_names_for_who_oversees(hub: Any, planner: Client, sign_in: SignIn) -> None:
    need, there, idle = make_open_need(hub=hub), make_helper(max_sessions=2), make_helper()
    run = finish(make_run(hub), (need, there))
    report = get(planner, run, "fairness").json()
    rows = [(row["name"], row["places"], row["minutes"], row["limit"]) for row in report["people"]]
    assert rows == [(there.person.name, 1, 90, 2), (idle.person.name, 0, 0, None)]
    assert report["people_by_places"] == [1, 1]
    set_wish(volunteer=there, per_week=2, by=there.person)
    assert [row["wish"] for row in get(planner, run, "fairness").json()["people"]] == [2, None]
    masked = get(sign_in(make_person(Role.REGULATOR)), run, "fairness").json()
    assert {row["name"] for row in masked["people"]} == {f"{there.person.name[0]}*"}


def test_questions_take_as_many_queries_with_thirty_rows_as_with_one(hub: Any, planner: Client) -> None:
    counts = []
    make_helper()
    for size in (1, 30):
        needs = [make_open_need(hub=hub, day=day % 7, start=480 + day, target=1) for day in range(size)]
        short, people = make_open_need(hub=hub, day=6, start=1200, clearance="child"), [make_helper() for _ in needs]
        run = finish(make_run(hub), *zip(needs, people, strict=True))
        paths = {
            "fairness": {},
            f"needs/{short.pk}/remedy": {},
            f"needs/{needs[0].pk}/why": {"volunteer": people[0].pk},
        }
        for path, query in paths.items():
            get(planner, run, path, **query)
        counts.append([count_queries(lambda: get(planner, run, path, **query)) for path, query in paths.items()])  # noqa: B023
    assert counts[0] == counts[1]
