"""The server is killed while a crowd signs up: who was told of a place, or of one in line, has it."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.support import server as servers
from tests.support.server import Server
from tests.support.services import fresh_database

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")
SEATS, LINE, CROWD, LANES = 20, 50, 500, 24
TOKEN = "a" * 32
MAKE = f"""
import json
from scheduling.sessions.models import RosterSettings
from tests.signups.factories import make_regular
from tests.support.clients import client_for
from tests.support.make import make_need, make_session
import datetime as dt
from hub import clock
RosterSettings.objects.create(most_waiting={LINE})
need = make_need(session=make_session(day=clock.today() + dt.timedelta(days=20)), target={SEATS})
people = [make_regular().person for _ in range({CROWD})]
print(json.dumps([need.pk, {{client_for(one).cookies["sessionid"].value: one.pk for one in people}}]))
"""
LOOK = """
import json
from scheduling.sessions.models import Claim
from scheduling.signups.models import Assignment
rows = Assignment.objects.values_list("volunteer__person", "state")
print(json.dumps([list(rows), Claim.objects.count()]))
"""


def sign_up(url: str, need: int, session: str) -> tuple[int, dict[str, Any]]:
    """As a phone does it: a request that got no answer is sent again."""
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    deadline = time.monotonic() + 60
    while True:
        request = urllib.request.Request(f"{url}/api/needs/{need}/sign-up?wait=true", b"", headers)
        try:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as refused:
                return refused.code, json.load(refused)
        except (OSError, HTTPException):
            assert time.monotonic() < deadline, "the server did not come back"
            time.sleep(0.1)


def web_process(server: Server) -> int:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().decode().split("\0")
                data_dir = f"DATA_DIR={server.data_dir}".encode() in (process / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if data_dir and "hub.operations.children" in words and "web" in words:
                return int(process.name)
    raise AssertionError("no web process")


@pytest.fixture
def server(migrated: Path) -> Iterator[Server]:
    """On the kind of database that this run tests."""
    root = os.environ.get("DATABASE_URL", "")
    with fresh_database(root, "killed") if root.startswith("postgres") else nullcontext("") as url:
        started = servers.start(migrated, DEMO="0", LANG="en", DATABASE_URL=url)
        try:
            yield started
        finally:
            started.stop()


def test_killed_and_back_every_answer_still_holds(server: Server) -> None:
    need, sessions = json.loads(server.run("shell", "-v", "0", "-c", MAKE).splitlines()[-1])
    told: dict[int, tuple[int, str]] = {}

    def walk(lane: list[str]) -> None:
        for session in lane:
            status, body = sign_up(server.url, need, session)
            told[sessions[session]] = status, body.get("state") or body["code"]

    lanes = [threading.Thread(target=walk, args=(list(sessions)[lane::LANES],)) for lane in range(LANES)]
    for lane in lanes:
        lane.start()
    for after in (30, 150):
        while len(told) < after and any(lane.is_alive() for lane in lanes):
            time.sleep(0.01)
        os.kill(web_process(server), signal.SIGKILL)
    for lane in lanes:
        lane.join()
    rows, claims = json.loads(server.run("shell", "-v", "0", "-c", LOOK).splitlines()[-1])

    assert (len(told), {status for status, _ in told.values()}) == (CROWD, {200, 409})
    assert Counter(state for _, state in rows) == {"accepted": SEATS, "waiting": LINE}
    assert (claims, len(dict(rows))) == (SEATS, SEATS + LINE)
    promised = {person: word for person, (status, word) in told.items() if status == 200}
    assert promised == {person: dict(rows)[person] for person in promised}
    # Whose answer was lost on the way asked again, and was told that they have it or that it is full.
    assert SEATS + LINE - len(promised) <= 2 * LANES
