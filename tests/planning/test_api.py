"""Planning over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.people.models import Person, Role
from scheduling.planning.listeners import may_follow
from scheduling.planning.models import Run
from tests.planning.factories import finish, in_force, make_helper, make_open_need, make_run
from tests.support.make import MONDAY, make_hub, make_person
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def post(client: Client, path: str, body: Any = None) -> Any:
    return client.post(f"/api/planning/{path}", body or {}, content_type="application/json")


def test_the_desk_shows_the_sites_one_plans_and_the_newest_run(sign_in: SignIn) -> None:
    hub, other = make_hub(), make_hub()
    canteen = make_hub(kind="canteen", parent=hub)
    make_open_need(hub=hub)
    make_open_need(hub=hub, day=7)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    desk = client.get("/api/planning/desk", {"week": MONDAY + dt.timedelta(days=3)}).json()
    assert (desk["week"], desk["run"], desk["may_plan"]) == (MONDAY.isoformat(), None, True)
    assert [(one["id"], one["sessions"]) for one in desk["hubs"]] == [(hub.pk, 1), (canteen.pk, 0)]
    assert client.get("/api/planning/desk").json()["week"] == MONDAY.isoformat()

    make_open_need(hub=other)
    make_run(other)
    assert client.get("/api/planning/desk", {"week": MONDAY}).json()["run"] is None
    run = make_run(hub)
    shown = client.get("/api/planning/desk", {"week": MONDAY}).json()["run"]
    assert (shown["id"], shown["state"], shown["hubs"], shown["may_edit"]) == (run.pk, "queued", [hub.pk], True)


def test_a_coordinator_plans_reviews_edits_and_publishes(sign_in: SignIn) -> None:
    hub = make_hub()
    need, helper = make_open_need(hub=hub), make_helper()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    asked = post(client, "runs", {"week": MONDAY, "hubs": [hub.pk], "seconds": 5})
    assert (asked.status_code, asked.json()["state"]) == (200, "queued")
    run = Run.objects.get()
    assert post(client, f"runs/{run.pk}/publish").json()["code"] == "run_not_finished"
    assert client.get(f"/api/planning/runs/{run.pk}/proposal").status_code == 409
    finish(run)
    assert client.get(f"/api/planning/runs/{run.pk}/proposal").json()["totals"]["short_of_min"] == 1
    found = client.get(f"/api/planning/runs/{run.pk}/needs/{need.pk}/candidates").json()
    assert [one["volunteer"] for one in found["free"]] == [helper.pk]
    edit = {"action": "add", "need": need.pk, "volunteer": helper.pk}
    assert post(client, f"runs/{run.pk}/edits", edit).json()["short_of_min"] == 0
    again = post(client, f"runs/{run.pk}/edits", edit)
    assert (again.status_code, again.json()["code"]) == (409, "assigned_here")
    assert post(client, f"runs/{run.pk}/publish").json() == {"added": 1, "released": 0, "kept": 0, "told": 1}
    assert in_force(run) == {(need.pk, helper.pk)}
    assert client.get(f"/api/planning/runs/{run.pk}").json()["outdated"] is False


def test_nobody_plans_the_sites_of_others(sign_in: SignIn) -> None:
    hub, other = make_hub(), make_hub()
    make_open_need(hub=other)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    answer = post(client, "runs", {"week": MONDAY, "hubs": [hub.pk, other.pk]})
    assert (answer.status_code, answer.json()["facts"]) == (404, {"model": "hub"})


def test_earlier_runs_are_listed_newest_first_to_those_who_may_see_them(sign_in: SignIn) -> None:
    hub, other = make_hub(), make_hub()
    need, helper = make_open_need(hub=hub), make_helper()
    make_open_need(hub=other)
    person = make_person(Role.COORDINATOR, hub=hub)
    client = sign_in(person)
    first = finish(make_run(hub), (need, helper))
    post(client, f"runs/{first.pk}/publish")
    asked = post(client, "runs", {"week": MONDAY, "hubs": [hub.pk], "seconds": 5}).json()
    elsewhere = make_run(other)
    rows = client.get("/api/planning/runs").json()
    facts = [(row["id"], row["asked_by"], row["hubs"], row["state"], row["places"]) for row in rows]
    assert facts == [(asked["id"], person.name, [hub.pk], "queued", 0), (first.pk, "", [hub.pk], "finished", 1)]
    assert [row["published_at"] is not None for row in rows] == [False, True]
    first.refresh_from_db()
    gap = 10 / ((first.empty_objective or 0) - 90)
    results = [(row["published"], row["short"], row["gap"], row["policy"]["code"]) for row in rows]
    assert results == [("no", None, None, "balanced"), ("whole", 0, gap, "balanced")]
    later = {"week": (MONDAY + dt.timedelta(days=7)).isoformat()}
    assert client.get("/api/planning/runs", later).json() == []
    everywhere = sign_in(make_person(Role.REGULATOR)).get("/api/planning/runs").json()
    assert [row["id"] for row in everywhere] == [elsewhere.pk, asked["id"], first.pk]


def test_as_many_earlier_runs_cost_as_many_queries_as_one(sign_in: SignIn) -> None:
    hub = make_hub()
    make_open_need(hub=hub)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    finish(make_run(hub))
    client.get("/api/planning/runs")
    one = count_queries(lambda: client.get("/api/planning/runs"))
    for _ in range(4):
        finish(make_run(hub))
    assert count_queries(lambda: client.get("/api/planning/runs")) == one


def test_a_regulator_looks_on_without_names(sign_in: SignIn) -> None:
    hub = make_hub()
    need, helper = make_open_need(hub=hub), make_helper()
    run = finish(make_run(hub), (need, helper))
    client = sign_in(make_person(Role.REGULATOR))
    assert client.get("/api/planning/desk", {"week": MONDAY}).json()["run"]["may_edit"] is False
    address, shown = f"/api/planning/runs/{run.pk}/proposal", f"{helper.person.name[0]}*"
    assert client.get(address).json()["totals"]["places"] == 1
    [session] = client.get(f"{address}/sessions").json()["sessions"]
    assert [row["name"] for need in session["needs"] for row in need["rows"]] == [shown]
    assert [one["name"] for one in client.get(f"{address}/people").json()["people"]] == [shown]
    # Nor do they find out by asking for a name.
    assert client.get(f"{address}/people", {"name": helper.person.name}).json()["count"] == 0
    assert [one["name"] for one in client.get(f"{address}/changes").json()["people"]] == [shown]
    assert post(client, f"runs/{run.pk}/publish").status_code == 403


def test_a_run_is_followed_by_those_who_may_see_it() -> None:
    hub = make_hub()
    make_open_need(hub=hub)
    run = make_run(hub)
    people = [
        make_person(Role.COORDINATOR, hub=hub),
        make_person(Role.ADMINISTRATOR),
        make_person(Role.REGULATOR),
        make_person(Role.COORDINATOR),
        make_person(Role.VOLUNTEER),
    ]
    assert [may_follow(person.pk, run.pk) for person in people] == [True, True, True, False, False]


def test_the_group_post_names_the_week_the_missing_and_where_to_help(sign_in: SignIn) -> None:
    hub = make_hub(name="双龙<联合体>")
    need, short = make_open_need(hub=hub), make_open_need(hub=hub, day=1, min=2)
    helper = make_helper(person=make_person(name="王芳"))
    run = finish(make_run(hub), (need, helper))
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    post(client, f"runs/{run.pk}/publish")
    address = f"/api/planning/runs/{run.pk}/group"
    text = client.get(f"{address}-text", {"hub": hub.pk}).json()["text"]
    assert text.splitlines() == [
        "【双龙<联合体>】12月14日—20日志愿者班表",
        "",
        "12月14日 周一",
        f"09:00-10:30 {need.session.program.name} 人齐了",
        "",
        "12月15日 周二",
        f"09:00-10:30 {short.session.program.name} 还差2人",
        "",
        "还有1个班次差2人",
        "有空的邻居来搭把手，点这里找班次：http://localhost:8000/shifts/find",
    ]
    assert "王老师" in client.get(f"{address}-text", {"hub": hub.pk, "names": True}).json()["text"]
    picture = client.get(f"{address}-picture", {"hub": hub.pk})
    assert picture["Content-Type"] == "image/svg+xml"
    drawn = picture.content.decode()
    assert "双龙&lt;联合体&gt;" in drawn
    assert "王" not in drawn
    english = client.get(f"{address}-text", {"hub": hub.pk}, headers={"Accept-Language": "en"}).json()["text"]
    assert english.splitlines()[-2] == "1 shifts still lack 2 people"


def test_the_desk_takes_as_many_queries_with_thirty_sites_as_with_one(sign_in: SignIn) -> None:
    client = sign_in(make_person(Role.ADMINISTRATOR))
    first = make_hub()
    make_open_need(hub=first)
    make_run(first)

    def look() -> None:
        assert client.get("/api/planning/desk", {"week": MONDAY}).status_code == 200

    look()
    one = count_queries(look)
    for _ in range(29):
        make_open_need(hub=make_hub())
    assert count_queries(look) == one
