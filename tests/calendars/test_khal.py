"""A calendar program of somebody else's subscribes over HTTP: vdirsyncer fetches, khal shows."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hub import clock
from scheduling.sessions.sessions import cancel_session, move_session
from tests.calendars.factories import open_address
from tests.signups.factories import take
from tests.support.make import MONDAY, make_need, make_program, make_session

VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair shifts]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/shifts/"
fileext = ".ics"
[storage there]
type = "http"
url = "{address}"
"""
KHAL = """
[calendars]
[[shifts]]
path = {folder}/shifts/
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


class Program:
    """A calendar program that subscribed."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        (folder / "shifts").mkdir()
        for name, text in (("vdirsyncer", VDIRSYNCER), ("khal", KHAL)):
            (folder / name).write_text(text.format(folder=folder, address=address), encoding="utf-8")
        self._run("vdirsyncer", "-c", "vdirsyncer", "discover")

    def shows(self, day: dt.date) -> list[str]:
        self._run("vdirsyncer", "-c", "vdirsyncer", "sync")
        said = "{start-time}-{end-time} {status}{title}"
        listed = self._run("khal", "-c", "khal", "list", "--day-format", "", "--format", said, day.isoformat(), "1d")
        return [line.strip() for line in listed.splitlines() if line.strip()]

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            [str(Path(sys.executable).with_name(command[0])), *command[1:]],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "rror" in done.stderr) == (0, False), done.stdout + done.stderr
        return done.stdout


@pytest.mark.django_db(transaction=True)
def test_it_sees_an_edit_and_a_cancellation(live_server: Any, tmp_path: Path) -> None:
    session = make_session(program=make_program(name="社区共读"))
    place = take(make_need(session=session, role="领读"))
    program = Program(tmp_path, live_server.url + open_address(place.volunteer.person, "volunteer"))
    assert program.shows(MONDAY) == ["09:00-10:30 CONFIRMED 社区共读（领读）"]

    moved = move_session(
        session_id=session.pk, revision=session.revision, hub=session.hub, room=None,
        starts_at=clock.at(MONDAY, 600), ends_at=clock.at(MONDAY, 660), by=None,
    )  # fmt: skip
    assert program.shows(MONDAY) == ["10:00-11:00 TENTATIVE 社区共读（领读）"]

    cancel_session(session_id=session.pk, revision=moved.revision, reason="停电", by=None)
    assert program.shows(MONDAY) == ["10:00-11:00 CANCELLED 社区共读（领读）"]
