"""What clashes on a date is named, and settled there: another room or hour, or it is borne."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.series.models import Occurrence
from scheduling.series.outcome import Outcome, Row
from scheduling.series.series import add_series, change_series
from scheduling.series.settling import Choice, Settled
from scheduling.series.week_templates import lay_template, save_template
from scheduling.series.wishes import Wish
from scheduling.sessions import claims
from scheduling.sessions.models import Override, Session
from tests.series.factories import TUESDAY, add, change, make_wish, session_on, sessions_of
from tests.sessions.factories import added
from tests.support.make import MONDAY, make_agency, make_hub, make_person, make_program, make_room

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)
SECOND = TUESDAY + WEEK
OPEN = [[weekday, 8 * 60, 18 * 60] for weekday in range(5)]
LATE = {"start": 17 * 60 + 30}
"""Half an hour after the site has closed."""


def look(wish: Wish, by: Person, *, seen: str = "", **settled: Any) -> Outcome:
    program = make_program()
    return add_series(program=program, wish=wish, seen=seen, by=by, settled=Settled(**settled))


def told(row: Row) -> list[tuple[str, bool]]:
    return [(one.code, one.borne) for one in row.reasons]


def key(day: dt.date) -> str:
    return day.isoformat()


def test_a_date_that_clashes_names_all_of_it_and_offers_what_is_free() -> None:
    room = make_room(capacity=10)
    other = make_room(hub=room.hub, capacity=20)
    make_room(hub=room.hub, capacity=10)
    there = added(room=room, day=SECOND, start=16 * 60)
    rows = look(make_wish(room=room), make_person(Role.COORDINATOR, hub=room.hub)).rows
    assert [row.what for row in rows] == ["not_held"] * 6
    assert [(told(row), row.bearable) for row in rows[:2]] == [
        ([("too_small", False)], ["too_small"]),
        ([("clash", False), ("too_small", False)], ()),
    ]
    assert rows[1].reasons[0].facts["session"] == there.pk
    assert [(one.room, one.starts_at) for one in rows[1].offers] == [(other, clock.at(SECOND, 16 * 60))]


def test_what_is_chosen_for_a_date_is_an_edit_of_that_date() -> None:
    room, by = make_room(), make_person(Role.COORDINATOR)
    added(room=room, day=SECOND, start=16 * 60)
    wish = make_wish(room=room)
    offer = look(wish, by).rows[1].offers[0]
    assert (offer.room, offer.starts_at) == (room, clock.at(SECOND, 17 * 60))
    taken = {key(SECOND): Choice(offer.room, offer.starts_at)}
    assert [row.what for row in look(wish, by, choices=taken).rows] == ["added"] * 6
    series = add(wish, by=by, choices=taken)
    hours = [clock.local(one.starts_at).hour for one in sessions_of(series)]
    assert hours == [16, 17, 16, 16, 16, 16]
    outcome = change(series, replace(wish, start=15 * 60))
    assert [row.what for row in outcome.rows] == ["moved", "kept", "moved", "moved", "moved", "moved"]
    assert [one.code for one in outcome.rows[1].reasons] == ["edited_by_hand"]


def test_what_is_chosen_and_clashes_too_is_named_in_its_turn() -> None:
    room, by = make_room(), make_person(Role.COORDINATOR)
    for start in (16 * 60, 18 * 60):
        added(room=room, day=SECOND, start=start)
    row = look(make_wish(room=room), by, choices={key(SECOND): Choice(room, clock.at(SECOND, 17 * 60))}).rows[1]
    assert (row.what, [one.code for one in row.reasons], row.room) == ("not_held", ["clash"], None)
    assert row.wish is not None
    assert row.wish.starts_at == clock.at(SECOND, 17 * 60)


def test_borne_on_one_date_or_on_all_with_a_reason() -> None:
    hub = make_hub(opening=OPEN)
    by = make_person(Role.COORDINATOR, hub=hub)
    wish = make_wish(hub=hub, **LATE)
    one = look(wish, by, choices={key(SECOND): Choice(borne=["outside_hours"])}).rows
    assert [row.what for row in one] == ["not_held", "added", *["not_held"] * 4]
    assert [told(row) for row in one[:2]] == [[("outside_hours", False)], [("outside_hours", True)]]
    assert [row.bearable for row in one[:2]] == [["outside_hours"], ()]
    seen = look(wish, by, borne=["outside_hours"])
    assert [row.what for row in seen.rows] == ["added"] * 6
    with pytest.raises(Refused, match="reason_missing"):
        look(wish, by, seen=seen.seen, borne=["outside_hours"])
    assert Session.objects.count() == 0
    add(wish, by=by, borne=["outside_hours"], reason="家长下班晚")
    assert list(Override.objects.values_list("code", "reason", "by")) == [("outside_hours", "家长下班晚", by.pk)] * 6
    assert Entry.objects.filter(action="session.overridden", actor_id=by.pk).count() == 6


def test_what_is_not_theirs_to_bear_stands_against_it() -> None:
    """As for a single session: the policy is the site's coordinator's, and what is held gives way to nobody."""
    hub = make_hub(opening=OPEN)
    room = make_room(hub=hub)
    added(room=room, day=SECOND, start=16 * 60)
    codes = ["outside_hours", "clash"]
    for by in (make_person(Role.COORDINATOR), make_person(Role.SOCIAL_WORKER), make_person(Role.REGULATOR)):
        rows = look(make_wish(hub=hub, **LATE), by, borne=codes, reason="必须").rows
        assert [(told(row), row.bearable) for row in rows] == [([("outside_hours", False)], ())] * 6
    admin = make_person(Role.ADMINISTRATOR)
    assert [row.what for row in look(make_wish(room=room), admin, borne=codes, reason="必须").rows][1] == "not_held"


def test_a_change_is_settled_the_same_way() -> None:
    hub = make_hub(opening=OPEN)
    room = make_room(hub=hub)
    by = make_person(Role.COORDINATOR, hub=hub)
    wish = make_wish(room=room, minutes=60, count=3)
    series = add(wish, by=by)
    added(room=room, day=SECOND, start=17 * 60)
    later = replace(wish, start=17 * 60 + 30)
    asked: dict[str, Any] = {"series_id": series.pk, "revision": series.revision, "wish": later, "by": by}
    shown = change_series(seen="", **asked)
    assert [(row.what, [one.code for one in row.reasons]) for row in shown.rows] == [
        ("stays", ["outside_hours"]),
        ("stays", ["clash", "outside_hours"]),
        ("stays", ["outside_hours"]),
    ]
    assert shown.rows[1].offers[0].starts_at == clock.at(SECOND, 16 * 60)
    how = Settled({key(SECOND): Choice(room, clock.at(SECOND, 15 * 60))}, ["outside_hours"], "冬天放学晚")
    shown = change_series(seen="", settled=how, **asked)
    assert change_series(seen=shown.seen, settled=how, **asked).saved
    assert [one.starts_at for one in sessions_of(series)] == [
        clock.at(TUESDAY, 17 * 60 + 30), clock.at(SECOND, 15 * 60), clock.at(TUESDAY + 2 * WEEK, 17 * 60 + 30),
    ]  # fmt: skip
    assert {row.session_id for row in Override.objects.all()} == {
        session_on(series, TUESDAY).pk, session_on(series, TUESDAY + 2 * WEEK).pk,
    }  # fmt: skip


def test_a_duty_worker_who_is_elsewhere_is_said_not_kept_back() -> None:
    worker = make_person(Role.SOCIAL_WORKER)
    added(day=SECOND, start=16 * 60, duty_worker=worker)
    rows = look(make_wish(duty_worker=worker), make_person(Role.COORDINATOR)).rows
    assert [(row.what, told(row)) for row in rows[:2]] == [("added", []), ("added", [("worker_busy", False)])]


def test_a_week_laid_over_another_is_settled_row_by_row() -> None:
    hub = make_hub(opening=OPEN)
    room, by = make_room(hub=hub), make_person(Role.COORDINATOR, hub=hub)
    day = dt.timedelta(days=1)
    for number in (0, 3):
        added(room=room, day=MONDAY + number * day)
    template = save_template(hub=hub, week=MONDAY, name="平常", by=by)
    there = clock.monday_of(TUESDAY)
    added(room=room, day=there)
    hub.opening = [[weekday, 10 * 60, 18 * 60] for weekday in range(5)]
    hub.save()
    asked: dict[str, Any] = {"template_id": template.pk, "week": there, "by": by}
    rows = lay_template(seen="", **asked).rows
    assert [[one.code for one in row.reasons] for row in rows] == [["clash", "outside_hours"], ["outside_hours"]]
    offer = rows[0].offers[0]
    assert (offer.room, offer.starts_at) == (room, clock.at(there, 10 * 60))
    how = Settled({rows[0].key: Choice(room, offer.starts_at)}, ["outside_hours"], "寒假提前开门")
    shown = lay_template(seen="", settled=how, **asked)
    outcome = lay_template(seen=shown.seen, settled=how, **asked)
    assert [(row.what, told(row)) for row in outcome.rows] == [
        ("added", []),
        ("added", [("outside_hours", True)]),
    ]
    assert Override.objects.get().session.starts_at == clock.at(there + 3 * day, 540)


def send(client: Client, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    answer = client.post(path, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_over_http_it_is_named_offered_and_chosen(sign_in: Callable[[Person], Client]) -> None:
    room = make_room()
    person = make_person(name="陈桂芳")
    by = make_person(Role.COORDINATOR, hub=room.hub)
    series = add(make_wish(room=room, count=2), by=by)
    claims.place(session=session_on(series, SECOND), resource=claims.person_resource(person.pk))
    busy = added(room=room, day=SECOND, start=18 * 60)
    claims.place(session=busy, resource=claims.person_resource(person.pk))
    client = sign_in(by)
    body = {
        "first_day": TUESDAY.isoformat(), "rule": "FREQ=WEEKLY;BYDAY=TU", "count": 2, "start": 1080, "minutes": 60,
        "hub": room.hub_id, "room": room.pk, "places": 12, "revision": series.revision,
        "needs": [{"role": "领读员", "min": 1, "target": 2}],
    }  # fmt: skip
    path = f"/api/series/{series.pk}/change"
    row = send(client, path, body)[1]["rows"][1]
    assert [(one["code"], one["facts"].get("who"), one["facts"]["title"]) for one in row["reasons"]] == [
        ("clash", None, busy.program.name),
        ("clash", "陈桂芳", busy.program.name),
    ]
    assert (row["wished_at"], row["wished_room"]) == ("2027-03-09T18:00:00+08:00", room.pk)
    offer = row["offers"][0]
    choice = {"row": row["key"], "room": offer["room"], "starts_at": offer["starts_at"]}
    row = send(client, path, body | {"choices": [choice]})[1]["rows"][1]
    assert (row["what"], row["starts_at"], row["room_name"]) == ("moved", offer["starts_at"], room.name)
    noon = choice | {"starts_at": "2027-03-09T12:00:00"}
    assert send(client, path, body | {"choices": [noon]})[1]["facts"] == {
        "places": [{"place": "body.choices.0.starts_at", "code": "time_without_zone"}]
    }
    assert Occurrence.objects.filter(session__starts_at=clock.at(SECOND, 16 * 60)).count() == 1


def test_over_http_what_is_not_theirs_to_bear_is_refused_where_it_stands(sign_in: Callable[[Person], Client]) -> None:
    agency, hub = make_agency(), make_hub(opening=OPEN)
    agency.residencies.create(hub=hub)
    program = make_program(agency=agency, equipment=["投影"])
    room = make_room(hub=hub)
    client = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))
    body = {
        "first_day": TUESDAY.isoformat(), "rule": "FREQ=WEEKLY;BYDAY=TU", "count": 2, "start": 1050, "minutes": 60,
        "hub": hub.pk, "room": room.pk, "program": program.pk,
    }  # fmt: skip
    rows = send(client, "/api/series", body)[1]["rows"]
    assert ([one["code"] for one in rows[0]["reasons"]], rows[0]["bearable"]) == (
        ["outside_hours", "equipment_missing"],
        [],
    )
    wrong = {"borne": ["equipment_missing", "clash"], "choices": [{"row": rows[0]["key"], "borne": ["outside_hours"]}]}
    assert send(client, "/api/series", body | wrong) == (
        422,
        {
            "code": "invalid",
            "facts": {
                "places": [
                    {"place": "body.borne.1", "code": "may_not_bear"},
                    {"place": "body.choices.0.borne.0", "code": "may_not_bear"},
                ]
            },
        },
    )
