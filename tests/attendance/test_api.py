"""The day at the door over the API: staff's screen, a volunteer's phone, a tablet."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Person, Role
from hub.places.models import Residency
from scheduling.attendance.cards import card_of, card_text
from scheduling.attendance.door import sign, window_at
from scheduling.attendance.models import AttendanceEvent
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_device, make_place, make_regular, seen, tell
from tests.signups.factories import take
from tests.support.make import make_agency, make_hub, make_need, make_person, make_program, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db


def post(client: Client, address: str, **body: object) -> tuple[int, Any]:
    answer = client.post(f"/api/{address}", body, content_type="application/json")
    return answer.status_code, answer.json() if answer.content else None


def token_now(hub: int) -> str:
    return sign(hub_id=hub, device_id=0, window=window_at(clock.now()))


def test_a_day_from_awaited_to_gone(sign_in: SignIn, at_time: AtTime) -> None:
    place = make_place()
    hub = place.session.hub
    boss = sign_in(make_person(Role.COORDINATOR, hub=hub))
    at_time(at(NINE + 2))

    def person() -> dict[str, Any]:
        day = boss.get("/api/attendance/day").json()
        assert (day["hub"], [one["id"] for one in day["hubs"]]) == (hub.pk, [hub.pk])
        ((found,),) = [session["people"] for session in day["sessions"]]
        assert found["name"] == place.volunteer.person.name
        return dict(found)

    assert (person()["signed_in_at"], person()["missed"]) == (None, False)
    status, row = post(boss, f"attendance/places/{place.pk}/in")
    assert (status, row["how"]) == (200, "hand")
    assert person()["by"] != ""
    assert post(boss, f"attendance/sessions/{place.session_id}/close")[1]["code"] == "not_over_yet"
    at_time(at(HALF_PAST_TEN))
    assert post(boss, f"attendance/places/{place.pk}/missed")[1]["code"] == "was_here"
    assert post(boss, f"attendance/sessions/{place.session_id}/close")[0] == 200
    assert (person()["how_out"], person()["hours_entered"]) == ("hand", True)


def test_what_fits_nowhere_is_shown_until_somebody_looked(sign_in: SignIn, at_time: AtTime) -> None:
    place = make_place()
    hub = place.session.hub
    device, _ = make_device(hub=hub)
    stranger = make_regular()
    at_time(at(NINE))
    tell(device, seen(place.volunteer, NINE - 1), seen(stranger, NINE - 1, 2))
    agency = make_agency()
    Residency.objects.create(agency=agency, hub=hub, starts_on=dt.date(2026, 1, 1))
    for person in (make_person(Role.COORDINATOR, hub=hub), make_person(Role.SOCIAL_WORKER, agency=agency)):
        client = sign_in(person)
        (loose,) = client.get("/api/attendance/day").json()["loose"]
        assert (loose["name"], loose["doubt"]) == (stranger.person.name, "not_expected")
    for _ in range(2):
        assert post(client, f"attendance/sightings/{loose['id']}/set-aside") == (204, None)
    assert client.get("/api/attendance/day").json()["loose"] == []
    assert AttendanceEvent.objects.filter(kind="void").count() == 1


def test_an_agencys_worker_sees_its_own_sessions_people(sign_in: SignIn, at_time: AtTime) -> None:
    hub, agency = make_hub(), make_agency()
    ours = make_session(hub=hub, program=make_program(agency=agency))
    mine, _ = take(make_need(session=ours)), make_place(hub=hub)
    at_time(at(NINE))
    day = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency)).get("/api/attendance/day").json()
    assert [[one["assignment"] for one in session["people"]] for session in day["sessions"]] == [[mine.pk]]


def test_the_days_queries_do_not_grow(sign_in: SignIn, at_time: AtTime) -> None:
    hub = make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    device, _ = make_device(hub=hub)
    at_time(at(NINE))

    def queries() -> int:
        client.get("/api/attendance/day")
        return count_queries(lambda: client.get("/api/attendance/day"))

    def fill(many: int) -> None:
        for number in range(many):
            at_time(at(0))
            place = make_place(hub=hub)
            at_time(at(NINE))
            tell(device, seen(place.volunteer, NINE - 1, number), seen(make_regular(), NINE, number))

    fill(1)
    few = queries()
    fill(29)
    assert queries() == few


def test_a_phone_at_the_door(sign_in: SignIn, at_time: AtTime) -> None:
    place = make_place()
    hub, me = place.session.hub, place.volunteer
    phone = sign_in(me.person)
    at_time(at(NINE - 10))
    assert post(phone, "attendance/visit/pass") == (409, {"code": "visit_over", "facts": {}})
    assert post(phone, "attendance/visit", token="no")[1]["code"] == "qr_unknown"
    token = token_now(hub.pk)
    assert post(phone, "attendance/visit", token=token) == (200, {"hub": {"id": hub.pk, "name": hub.name}})
    (shift,) = post(phone, "attendance/visit/pass")[1]["shifts"]
    assert (shift["assignment"], shift["done"], shift["signed_out_at"]) == (place.pk, "in", None)
    at_time(at(NINE))
    status, answer = post(phone, f"attendance/visit/leave/{place.pk}")
    assert (status, answer["shifts"][0]["done"]) == (200, "out")
    at_time(at(NINE + 1))
    assert post(phone, "attendance/visit/pass")[1]["code"] == "visit_over"
    assert post(phone, "attendance/visit", token=token)[1]["code"] == "qr_old"


def test_who_signs_in_after_opening_the_code_is_still_at_the_door(sign_in: SignIn, at_time: AtTime) -> None:
    place = make_place()
    at_time(at(NINE))
    stranger = Client()
    assert post(stranger, "attendance/visit", token=token_now(place.session.hub_id))[0] == 200
    assert post(stranger, "attendance/visit/pass")[1]["code"] == "sign_in_first"
    signed_in = sign_in(place.volunteer.person)
    signed_in.cookies["visit"] = stranger.cookies["visit"]
    at_time(at(NINE + 9))
    assert [one["done"] for one in post(signed_in, "attendance/visit/pass")[1]["shifts"]] == ["in"]
    signed_in.cookies["visit"] = stranger.cookies["visit"].value.replace(str(place.session.hub_id), "1", 1) + "x"
    assert post(signed_in, "attendance/visit/pass")[1]["code"] == "visit_over"


def test_who_has_no_place_joins_on_the_spot(sign_in: SignIn, at_time: AtTime) -> None:
    need, me = make_need(), make_regular()
    phone = sign_in(me.person)
    at_time(at(NINE - 5))
    post(phone, "attendance/visit", token=token_now(need.session.hub_id))
    assert post(phone, "attendance/visit/pass")[1]["shifts"] == []
    (offer,) = phone.get("/api/attendance/visit/open").json()
    assert post(phone, f"needs/{offer['need']}/sign-up")[0] == 200
    assert [one["done"] for one in post(phone, "attendance/visit/pass")[1]["shifts"]] == ["in"]


def test_a_card_is_ones_own_and_can_be_replaced(sign_in: SignIn) -> None:
    me = make_regular()
    phone = sign_in(me.person)
    card = phone.get("/api/attendance/card").json()
    assert (card["text"], card["name"]) == (card_text(card_of(me)), me.person.name)
    new = post(phone, "attendance/card/replace")[1]
    assert (new["number"], new["text"] == card["text"]) == (card["number"], False)
    printed = sign_in(make_person(Role.COORDINATOR)).get(f"/api/attendance/volunteers/{me.pk}/card").json()
    assert printed == new


def test_a_tablet_from_pairing_to_revoking(sign_in: SignIn, at_time: AtTime) -> None:
    place = make_place()
    hub = place.session.hub
    boss, tablet = sign_in(make_person(Role.COORDINATOR, hub=hub)), Client()
    assert post(boss, "attendance/devices", hub=make_hub().pk, name="前台")[0] == 404
    code = post(boss, "attendance/devices", hub=hub.pk, name="前台")[1]["code"]
    assert post(tablet, "device/pair", code="1")[1]["code"] == "code_wrong"
    paired = post(tablet, "device/pair", code=code)[1]
    assert (paired["hub"]["id"], paired["device"]) == (hub.pk, "前台")
    at_time(at(NINE))

    def sync(token: str, *events: dict[str, Any], now: dt.datetime | None = None) -> tuple[int, Any]:
        answer = tablet.post(
            "/api/device/sync",
            {"now": (now or clock.now()).isoformat(), "events": list(events)},
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        return answer.status_code, answer.json()

    status, sheet = sync(paired["token"])
    ((expected,), mine) = (sheet["expected"], card_of(place.volunteer))
    assert (status, expected["name"], expected["number"]) == (200, place.volunteer.person.name, mine.number)
    event = {"uid": str(uuid.uuid4()), "counter": 3, "card": card_text(mine), "at": clock.now().isoformat()}
    for _ in range(2):
        sheet = sync(paired["token"], event)[1]
        assert sheet["taken"] == [event["uid"]]
    assert sheet["expected"][0]["places"][0]["signed_in_at"] is not None
    assert AttendanceEvent.objects.count() == 1
    sync(paired["token"], {**event, "uid": str(uuid.uuid4()), "counter": 6})
    (listed,) = boss.get("/api/attendance/devices").json()
    assert (listed["paired"], listed["lost"], listed["last_seen_at"] is None) == (True, 2, False)
    naive = {**event, "at": "2026-12-14T09:00:00"}
    assert sync(paired["token"], naive)[0] == 422
    assert sync(paired["token"], now=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))[0] == 200
    assert boss.delete(f"/api/attendance/devices/{listed['id']}").status_code == 204
    assert sync(paired["token"])[1]["code"] == "device_revoked"
    assert sync("")[1]["code"] == "device_unknown"
    assert boss.get("/api/attendance/devices").json() == []


def test_guessing_a_pairing_code_is_slow() -> None:
    tablet = Client(REMOTE_ADDR="10.9.8.7")
    codes = [post(tablet, "device/pair", code=str(number))[1]["code"] for number in range(21)]
    assert codes == [*["code_wrong"] * 20, "too_many"]


def test_a_volunteer_reads_what_is_noted_of_their_shift_of_now(sign_in: SignIn, at_time: AtTime) -> None:
    place, other = make_place(), make_place()
    client = sign_in(place.volunteer.person)

    def mine() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get("/api/attendance/mine").json()
        return found

    at_time(at(NINE - 10))
    assert mine() == []
    for one in (place, other):
        boss = sign_in(make_person(Role.COORDINATOR, hub=one.session.hub))
        assert post(boss, f"attendance/places/{one.pk}/in")[0] == 200
    came = at(NINE - 10).astimezone(dt.UTC).isoformat()
    assert mine() == [{"assignment": place.pk, "signed_in_at": came, "signed_out_at": None}]
    at_time(at(NINE + 60))
    boss = sign_in(make_person(Role.COORDINATOR, hub=place.session.hub))
    assert post(boss, f"attendance/places/{place.pk}/out")[0] == 200
    assert [(one["assignment"], one["signed_out_at"] is not None) for one in mine()] == [(place.pk, True)]
    at_time(at(HALF_PAST_TEN + 121))
    assert mine() == [], "it is over"
