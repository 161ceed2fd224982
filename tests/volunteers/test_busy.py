"""Calendars of volunteers' own: kept, read again, forgotten; by page, address and command."""

from __future__ import annotations

import datetime as dt
import http.server
import io
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from requests_hardened import Config, Manager

from hub import clock
from hub.errors import Refused
from hub.people.models import Role
from tests.support.clients import client_for
from tests.support.make import MONDAY, make_need, make_person, make_session, make_volunteer
from tests.volunteers.factories import make_own_week
from tests.volunteers.test_busy_reading import calendar, event
from volunteers.availability import Times, times_in
from volunteers.busy.calendars import MOST, due_again, import_file, read_again, remove
from volunteers.busy.fetching import fetch, normal_address
from volunteers.busy.reading import MAX_BYTES
from volunteers.exceptions import add_extra_time
from volunteers.models import Absence, BusyCalendar, Volunteer

pytestmark = pytest.mark.django_db
NOW = clock.at(MONDAY - dt.timedelta(days=3), 600)
NINE_TO_TEN = (540, 600)
FULL = ((0, 7 * 1440),)


@pytest.fixture(autouse=True)
def _then(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(NOW)


def on_monday(hour: int, uid: str = "1") -> str:
    start = clock.at(MONDAY, hour * 60).astimezone(dt.UTC)
    return event(f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT1H", uid=uid)


def times_of(volunteer: Volunteer) -> Times:
    return times_in(Volunteer.objects.get(pk=volunteer.pk), MONDAY)


def test_busy_time_is_time_away_until_an_extra_time_says_otherwise() -> None:
    me = make_volunteer()
    import_file(volunteer=me, name="work.ics", data=calendar(on_monday(9)), by=me.person)
    assert times_of(me) == Times(FULL, (NINE_TO_TEN,))
    add_extra_time(volunteer=me, starts_at=clock.at(MONDAY, 570), ends_at=clock.at(MONDAY, 630), by=me.person)
    assert times_of(me) == Times(FULL, ((540, 570),))


def test_a_word_for_the_week_does_not_make_busy_time_free() -> None:
    me = make_volunteer()
    import_file(volunteer=me, name="work.ics", data=calendar(on_monday(9)), by=me.person)
    make_own_week(me, [[0, 480, 720]])
    assert times_of(me) == Times(((480, 720),), (NINE_TO_TEN,))


def test_a_file_takes_the_place_of_its_like_and_leaves_what_was_said() -> None:
    me = make_volunteer()
    said = Absence.objects.create(volunteer=me, starts_at=clock.at(MONDAY, 540), ends_at=clock.at(MONDAY, 600))
    first, _ = import_file(volunteer=me, name="work.ics", data=calendar(on_monday(9), on_monday(12, "2")), by=me.person)
    kept = first.absences.get(starts_at=clock.at(MONDAY, 540)).pk
    again, _ = import_file(volunteer=me, name="work.ics", data=calendar(on_monday(9), on_monday(15, "3")), by=me.person)
    assert (again.pk, again.absences.get(starts_at=clock.at(MONDAY, 540)).pk) == (first.pk, kept)
    assert times_of(me).away == (NINE_TO_TEN, (900, 960))
    remove(calendar=again, by=me.person)
    assert list(Absence.objects.values_list("pk", flat=True)) == [said.pk]


def test_what_is_refused_leaves_all_as_it_was() -> None:
    me = make_volunteer()
    import_file(volunteer=me, name="work.ics", data=calendar(on_monday(9)), by=me.person)
    with pytest.raises(Refused) as refused:
        import_file(volunteer=me, name="work.ics", data=b"nothing", by=me.person)
    assert (refused.value.code, times_of(me).away) == ("not_a_calendar", (NINE_TO_TEN,))
    for number in range(MOST - 1):
        import_file(volunteer=me, name=f"{number}.ics", data=calendar(), by=me.person)
    with pytest.raises(Refused) as refused:
        import_file(volunteer=me, name="more.ics", data=calendar(), by=me.person)
    assert (refused.value.code, me.busy_calendars.count()) == ("too_many_calendars", MOST)


def test_the_page_adds_lists_and_removes() -> None:
    me = make_volunteer()
    client = client_for(me.person)
    file = SimpleUploadedFile("work.ics", calendar(on_monday(9), event("SUMMARY:x", uid="2")))
    taken = client.post("/api/volunteers/me/calendars/file", {"file": file})
    assert taken.status_code == 200, taken.content
    row = BusyCalendar.objects.get()
    listed = {
        "id": row.pk,
        "name": "work.ics",
        "is_address": False,
        "read_at": taken.json()["calendars"][0]["read_at"],
        "problem": "",
        "ahead": 1,
    }
    assert taken.json() == {"calendars": [listed], "entries": 2, "spans": 1, "skipped": 1}
    assert client.get("/api/volunteers/me/calendars").json() == [listed]
    assert client.get("/api/volunteers/me").json()["absences"] == []
    assert client.delete(f"/api/volunteers/absences/{row.absences.get().pk}").status_code == 404
    assert client.delete(f"/api/volunteers/me/calendars/{row.pk}").status_code == 204
    assert client.get("/api/volunteers/me/calendars").json() == []


def test_sign_up_says_that_the_calendar_keeps_them() -> None:
    me = make_volunteer()
    need = make_need(session=make_session(starts_at=clock.at(MONDAY, 540), ends_at=clock.at(MONDAY, 660)))
    import_file(volunteer=me, name="work.ics", data=calendar(on_monday(10)), by=me.person)
    answer = client_for(me.person).post(f"/api/needs/{need.pk}/sign-up", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "blocked")


class _Hosted(http.server.BaseHTTPRequestHandler):
    body = b""
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "http://10.0.0.1/calendar.ics")
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def hosted() -> Iterator[Callable[..., str]]:
    """Serves a body at an address on this machine."""
    handler = type("Handler", (_Hosted,), {})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def host(body: bytes, status: int = 200) -> str:
        handler.body, handler.status = body, status  # type: ignore[attr-defined]
        return f"http://127.0.0.1:{server.server_port}/calendar.ics"

    yield host
    server.shutdown()
    server.server_close()


NEARBY = Manager(
    Config(ip_filter_enable=True, ip_filter_allow_loopback_ips=True, never_redirect=False, default_timeout=(2, 5))
)


def test_fetching_brings_what_lies_there(hosted: Callable[..., str]) -> None:
    assert fetch(hosted(b"BEGIN:VCALENDAR"), through=NEARBY) == b"BEGIN:VCALENDAR"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 404, "address_unreachable"),
        (b"", 302, "address_private"),
        (b"x" * (MAX_BYTES + 1), 200, "file_too_large"),
    ],
)
def test_fetching_is_bounded_and_follows_nowhere_private(
    hosted: Callable[..., str], body: bytes, status: int, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        fetch(hosted(body, status), through=NEARBY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/a", "http://10.1.2.3/a", "http://[::1]/a", "http://169.254.169.254/a", "http://0.0.0.0/"],
)
def test_private_networks_are_not_asked(address: str) -> None:
    with pytest.raises(Refused) as refused:
        fetch(address)
    assert refused.value.code == "address_private"


def test_addresses_as_people_paste_them() -> None:
    assert normal_address(" webcal://example.org/a.ics ") == "https://example.org/a.ics"
    for wrong in ("", "example.org/a.ics", "ftp://example.org/a", "file:///etc/passwd", "https://", "http://a:99999/"):
        with pytest.raises(Refused) as refused:
            normal_address(wrong)
        assert refused.value.code == "address_wrong"


def test_an_address_that_fails_keeps_its_last_word_and_says_why(at_time: Callable[[dt.datetime], None]) -> None:
    me = make_volunteer()
    row = BusyCalendar.objects.create(
        volunteer=me, name="127.0.0.1", address="http://127.0.0.1/a", read_at=NOW, tried_at=NOW
    )
    row.absences.create(volunteer=me, starts_at=clock.at(MONDAY, 540), ends_at=clock.at(MONDAY, 600))
    assert due_again() == []
    at_time(NOW + dt.timedelta(hours=6))
    assert due_again() == [row]
    read_again(row)
    row.refresh_from_db()
    assert (row.problem, row.read_at, row.tried_at) == ("address_private", NOW, clock.now())
    assert times_of(me).away == (NINE_TO_TEN,)


def run(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("import_busy", *args, stdout=out, stderr=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_command_reads_writes_and_refuses(tmp_path: Path) -> None:
    me = make_volunteer()
    file = tmp_path / "work.ics"
    file.write_bytes(calendar(on_monday(9), event("SUMMARY:x", uid="2")))
    wanted = {
        "entries": 2,
        "busy": [{"starts_at": "2026-12-14T01:00:00+00:00", "ends_at": "2026-12-14T02:00:00+00:00"}],
        "skipped": [{"entry": 2, "code": "no_start", "message": "没有开始时间"}],
    }
    args = [str(file), "--volunteer", me.person.phone, "--json"]
    code, said = run(*args, "--dry-run")
    assert (code, json.loads(said)) == (0, {"written": False, **wanted})
    assert BusyCalendar.objects.count() == 0
    code, said = run(*args)
    assert (code, json.loads(said)) == (0, {"written": True, **wanted})
    assert times_of(me).away == (NINE_TO_TEN,)
    file.write_bytes(b"nothing")
    assert run(*args)[0] == 1
    code, said = run(str(file), "--volunteer", "13800000000", "--json")
    assert (code, json.loads(said)["refused"]) == (1, "no_such_volunteer")
    other = make_volunteer(person=make_person(Role.VOLUNTEER, phone=me.person.phone, name="同号的人"))
    code, said = run(*args)
    assert (code, json.loads(said)["refused"]) == (1, "several_volunteers")
    file.write_bytes(calendar(on_monday(12)))
    assert run(*args, "--name", "同号的人")[0] == 0
    assert times_of(other).away == ((720, 780),)
