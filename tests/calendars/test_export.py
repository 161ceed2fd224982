"""`manage.py export_calendar`."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from icalendar import Calendar

from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_need, make_person, make_program, make_room, make_session

pytestmark = pytest.mark.django_db


def export(path: Path, *options: str) -> Calendar:
    call_command("export_calendar", *options, "--out", str(path), verbosity=0)
    return Calendar.from_ical(path.read_bytes())


def test_by_each_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub = make_hub(name="双龙/东区")
    session = make_session(room=make_room(hub=hub, name="书屋"), program=make_program(name="共读"))
    make_session()
    for options in (
        ("--hub", "双龙/东区"),
        ("--room", "双龙/东区/书屋"),
        ("--program", "共读"),
        ("--agency", session.program.agency.name),
    ):
        calendar = export(tmp_path / "out.ics", *options)
        assert [event["uid"] for event in calendar.events] == [f"{session.uid}@renqi"]
    assert "1" in capsys.readouterr().out
    assert len(export(tmp_path / "out.ics", "--district").events) == 2


def test_a_volunteer_by_phone_and_by_name_where_the_phone_is_shared(tmp_path: Path) -> None:
    place = take(make_need())
    person = place.volunteer.person
    path = tmp_path / "out.ics"
    assert len(export(path, "--volunteer", person.phone).events) == 1

    make_regular(person=make_person(phone=person.phone, name="另一位"))
    with pytest.raises(CommandError, match="另一位") as refused:
        export(path, "--volunteer", person.phone)
    assert refused.value.returncode == 2
    assert len(export(path, "--volunteer", person.phone, "--name", person.name).events) == 1
    assert len(export(path, "--volunteer", person.phone, "--name", "另一位").events) == 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--hub", "没有的站点"), 1),
        (("--room", "没有斜杠"), 2),
        (("--room", "没有/这里"), 1),
        (("--volunteer", "13900000000"), 1),
        (("--volunteer", ""), 1),
    ],
)
def test_what_is_not_found_is_said(tmp_path: Path, options: tuple[str, str], code: int) -> None:
    path = tmp_path / "out.ics"
    with pytest.raises(CommandError) as refused:
        export(path, *options)
    assert (refused.value.returncode, path.exists()) == (code, False)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    make_hub(name="双龙")
    with pytest.raises(CommandError, match="nowhere"):
        export(tmp_path / "nowhere" / "out.ics", "--hub", "双龙")
