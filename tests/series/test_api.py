"""/api/series, /api/terms and /api/week-templates over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from hub import clock
from hub.people.models import Person, Role
from hub.places.models import MarkedDay
from scheduling.bookings.bookings import book
from scheduling.calendars.calendar import write_target
from scheduling.calendars.models import Feed
from scheduling.calendars.scopes import Target
from scheduling.series.models import Series, Term
from scheduling.sessions.models import Session
from tests.series.factories import TUESDAY, add, change, make_wish, session_on, sessions_of
from tests.support.make import (
    MONDAY,
    make_agency,
    make_child,
    make_hub,
    make_person,
    make_program,
    make_room,
    make_session,
)
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
TUESDAYS: dict[str, Any] = {
    "first_day": TUESDAY.isoformat(), "rule": "FREQ=WEEKLY;BYDAY=TU", "count": 3, "start": 960, "minutes": 90,
}  # fmt: skip


def send(client: Client, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    answer = getattr(client, method)(path, body or {}, content_type="application/json")
    return answer.status_code, answer.json() if answer.content else None


def test_shown_saved_changed_and_had_back(sign_in: SignIn) -> None:
    room, program = make_room(), make_program()
    client = sign_in(make_person(Role.COORDINATOR, hub=room.hub))
    body = TUESDAYS | {"program": program.pk, "hub": room.hub_id, "room": room.pk}
    status, shown = send(client, "post", "/api/series", body)
    assert (status, shown["saved"], shown["series"], len(shown["rows"])) == (200, False, None, 3)
    assert shown["rows"][0] | {"session": None} == {
        "key": "2027-03-02",
        "day": "2027-03-02",
        "what": "added",
        "starts_at": "2027-03-02T16:00:00+08:00",
        "ends_at": "2027-03-02T17:30:00+08:00",
        "session": None,
        "title": "",
        "people": 0,
        "reasons": [],
        "room_name": "",
        "wished_at": None,
        "wished_room": None,
        "offers": [],
        "bearable": [],
    }
    _, saved = send(client, "post", "/api/series", body | {"seen": shown["seen"]})
    assert saved["saved"] is True
    path = f"/api/series/{saved['series']}"
    full = client.get(path).json()
    assert [one["day"] for one in full["occurrences"]] == ["2027-03-02", "2027-03-09", "2027-03-16"]
    less = body | {"count": 1, "revision": full["revision"]}
    _, shown = send(client, "post", f"{path}/change", less)
    assert [row["what"] for row in shown["rows"]] == ["kept", "removed", "removed"]
    send(client, "post", f"{path}/change", less | {"seen": shown["seen"]})
    full = client.get(path).json()
    assert (len(full["occurrences"]), full["undo_until"] is not None) == (1, True)
    _, shown = send(client, "post", f"{path}/undo", {"revision": full["revision"]})
    send(client, "post", f"{path}/undo", {"revision": full["revision"], "seen": shown["seen"]})
    full = client.get(path).json()
    assert (len(full["occurrences"]), full["count"], full["undo_until"]) == (3, 3, None)


def test_a_draft_is_its_agencys_alone(sign_in: SignIn) -> None:
    agency, hub = make_agency(), make_hub()
    agency.residencies.create(hub=hub)
    worker = make_person(Role.SOCIAL_WORKER, agency=agency)
    body = TUESDAYS | {"program": make_program(agency=agency).pk, "hub": hub.pk, "draft": True}
    _, saved = send(sign_in(worker), "post", "/api/series", body)
    others = {
        "ours": worker,
        "colleague": make_person(Role.SOCIAL_WORKER, agency=agency),
        "coordinator": make_person(Role.COORDINATOR, hub=hub),
        "admin": make_person(Role.ADMINISTRATOR),
        "regulator": make_person(Role.REGULATOR),
    }
    seen = {who: [one["id"] for one in sign_in(person).get("/api/series").json()] for who, person in others.items()}
    assert seen == {
        "ours": [saved["series"]], "colleague": [saved["series"]], "coordinator": [], "admin": [], "regulator": []
    }  # fmt: skip
    send(sign_in(worker), "delete", f"/api/series/{saved['series']}?revision=1")
    assert sign_in(worker).get("/api/series").json() == []
    assert send(sign_in(worker), "post", f"/api/series/{saved['series']}/restore")[1] == {"revision": 3}


def test_a_list_takes_as_many_queries_for_thirty(sign_in: SignIn) -> None:
    admin = sign_in(make_person(Role.ADMINISTRATOR))
    add(make_wish(count=1))
    admin.get("/api/series")
    one = count_queries(lambda: admin.get("/api/series"))
    for _ in range(29):
        add(make_wish(count=2))
    assert count_queries(lambda: admin.get("/api/series")) == one
    assert len(admin.get("/api/series").json()) == 30


def test_one_takes_as_many_queries_for_thirty_sessions(sign_in: SignIn) -> None:
    admin = sign_in(make_person(Role.ADMINISTRATOR))
    short, long = add(make_wish(count=1)), add(make_wish(count=30))
    admin.get(f"/api/series/{short.pk}")
    counts = [count_queries(lambda pk=one.pk: admin.get(f"/api/series/{pk}")) for one in (short, long)]  # type: ignore[misc]
    assert counts[0] == counts[1]


def test_days_left_count_those_that_are_not_held(sign_in: SignIn) -> None:
    """So many this and the following ones are: with one less, the last would be cancelled."""
    MarkedDay.objects.create(day=TUESDAY + dt.timedelta(weeks=2), works=False)
    series, bounded = add(make_wish(count=4)), add(make_wish(until=TUESDAY))
    admin = sign_in(make_person(Role.ADMINISTRATOR))
    found = [admin.get(f"/api/series/{one.pk}").json()["occurrences"] for one in (series, bounded)]
    assert [[one["days_left"] for one in rows] for rows in found] == [[4, 3, 1], [None]]


def test_terms(sign_in: SignIn) -> None:
    hub = make_hub()
    admin, coordinator = sign_in(make_person(Role.ADMINISTRATOR)), sign_in(make_person(Role.COORDINATOR, hub=hub))
    wish = {"name": "春季学期", "hub": None, "first_day": "2027-03-01", "last_day": "2027-07-02"}
    assert send(coordinator, "post", "/api/terms", wish)[0] == 403
    status, term = send(admin, "post", "/api/terms", wish)
    assert (status, term) == (201, wish | {"id": term["id"], "editable": True})
    assert send(admin, "post", "/api/terms", wish)[1]["code"] == "term_named_twice"
    own = send(coordinator, "post", "/api/terms", wish | {"hub": hub.pk})[1]
    assert [(one["id"], one["editable"]) for one in coordinator.get("/api/terms").json()] == [
        (term["id"], False), (own["id"], True),
    ]  # fmt: skip
    assert (
        send(admin, "put", f"/api/terms/{term['id']}", wish | {"last_day": "2027-02-01"})[1]["code"]
        == "impossible_term"
    )
    add(make_wish(term=Term.objects.get(pk=term["id"])))
    assert send(admin, "delete", f"/api/terms/{term['id']}")[1]["code"] == "term_in_use"
    assert send(coordinator, "delete", f"/api/terms/{own['id']}")[0] == 204


def test_week_templates(sign_in: SignIn) -> None:
    session = make_session()
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    wish = {"hub": session.hub_id, "week": MONDAY.isoformat(), "name": "平常"}
    status, template = send(client, "post", "/api/week-templates", wish)
    assert (status, template["sessions"]) == (201, 1)
    assert [one["id"] for one in client.get("/api/week-templates").json()] == [template["id"]]
    path = f"/api/week-templates/{template['id']}"
    _, shown = send(client, "post", f"{path}/lay", {"week": "2027-03-01"})
    assert [(row["what"], row["title"]) for row in shown["rows"]] == [("added", session.program.name)]
    assert send(client, "post", f"{path}/lay", {"week": "2027-03-01", "seen": shown["seen"]})[1]["saved"] is True
    assert send(client, "delete", path)[0] == 204
    assert Session.objects.count() == 2


def test_members(sign_in: SignIn) -> None:
    series = add(make_wish(group_only=True))
    child = make_child()
    client = sign_in(make_person(Role.COORDINATOR, hub=series.hub))
    path = f"/api/series/{series.pk}/members"
    body = {"children": [child.pk], "guardian_phone": child.family.guardian.phone}
    assert send(client, "post", path, body) == (200, {"left_out": 0})
    assert [one["child"] for one in client.get(path).json()] == [child.pk]
    assert send(client, "delete", f"{path}/{child.pk}")[0] == 204
    assert client.get(path).json() == []


def test_the_panel_names_its_series(sign_in: SignIn) -> None:
    series, alone = add(), make_session()
    admin = sign_in(make_person(Role.ADMINISTRATOR))
    ours = session_on(series, TUESDAY)
    panels = [admin.get(f"/api/board/sessions/{one.pk}").json()["series"] for one in (ours, alone)]
    assert panels == [{"series": series.pk, "day": "2027-03-02"}, None]


def events(hub: int) -> dict[str, tuple[int, str]]:
    target = Target(Feed.Scope.HUB, hub)
    data, _count = write_target(target, None, language="zh-hans")
    found = Calendar.from_ical(data).walk("VEVENT")
    return {str(one["UID"]): (int(one["SEQUENCE"]), str(one["STATUS"])) for one in found}


def test_calendars_follow_by_identity() -> None:
    """Moved: SEQUENCE up. Cancelled: stays in as CANCELLED. Taken away and had back: the same UID."""
    wish = make_wish(count=2)
    series = add(wish)
    first, second = (f"{one.uid}@renqi" for one in sessions_of(series))
    child = make_child()
    book(session=session_on(series, TUESDAY).pk, child=child.pk, by=child.family.guardian)
    assert [*events(series.hub_id).values()] == [(0, "CONFIRMED")] * 2
    change(series, make_wish(count=2, start=600, hub=series.hub))
    assert events(series.hub_id) == {first: (1, "CONFIRMED"), second: (1, "CONFIRMED")}
    change(series, make_wish(until=TUESDAY, first_day=TUESDAY, start=600, hub=series.hub, rule="FREQ=WEEKLY;BYDAY=MO"))
    assert events(series.hub_id) == {first: (2, "CANCELLED")}
    change(series, make_wish(count=2, start=600, hub=series.hub))
    assert events(series.hub_id) == {first: (2, "CANCELLED"), second: (2, "CONFIRMED")}
    assert Series.objects.get(pk=series.pk).revision == 4


def test_what_ended_long_ago_is_left_out(sign_in: SignIn, at_time: Callable[[dt.datetime], None]) -> None:
    add(make_wish(count=1))
    lately = add(make_wish(count=4))
    at_time(clock.at(TUESDAY + dt.timedelta(weeks=6)))
    seen = sign_in(make_person(Role.ADMINISTRATOR)).get("/api/series").json()
    assert [(one["id"], one["ahead"]) for one in seen] == [(lately.pk, 0)]
