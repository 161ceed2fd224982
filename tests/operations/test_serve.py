"""`manage.py serve`, with real processes: it says what is wrong, heals, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import server as servers
from tests.support.server import ROOT, Server, environment

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")


@pytest.fixture
def server(migrated: Path) -> Iterator[Server]:
    server = servers.start(migrated, DEMO="0", LANG="en")
    yield server
    server.stop()


def children(server: Server) -> dict[str, int]:
    """The processes that follow this server, by name: those whose standard input it holds."""
    found = {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().decode().split("\0")
                data_dir = f"DATA_DIR={server.data_dir}".encode() in (process / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if data_dir and "hub.operations.children" in words:
                found[words[words.index("hub.operations.children") + 1]] = int(process.name)
    return found


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def try_to_serve(data_dir: Path, port: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT, env=environment(PORT=str(port), DATA_DIR=str(data_dir), DEMO="0", LANG="en"),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.strip()


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = f"Port {port} is taken by another program. Try another one: PORT={port + 1} make run"
        assert try_to_serve(tmp_path, port) == (1, said)


def test_what_runs_heals_and_ends_whole(server: Server) -> None:
    assert eventually(lambda: set(children(server)) == {"web", "worker", "solver"})
    assert stat.S_IMODE((server.data_dir / "keys.json").stat().st_mode) == 0o600
    code, said = try_to_serve(server.data_dir, servers.free_port())
    assert (code, "is in use by a Renqi that is already running" in said) == (1, True)

    before = children(server)
    os.kill(before["web"], signal.SIGKILL)
    assert eventually(lambda: children(server).get("web") not in (None, before["web"]))
    assert eventually(lambda: servers.answers(f"{server.url}/healthz"))

    assert eventually(lambda: "http://localhost" in server.log.read_text())
    assert "There is no administrator yet" in server.log.read_text()
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(20) == 0
    assert children(server) == {}


def test_a_killed_supervisor_leaves_no_orphan(server: Server) -> None:
    assert eventually(lambda: len(children(server)) == 3)
    server.process.kill()
    assert eventually(lambda: children(server) == {})
