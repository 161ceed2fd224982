"""Screens that watch by socket while changes are made, and how long after its commit each has heard of a change."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import orjson
from websockets.asyncio.client import ClientConnection, connect

from hub.live.models import Event, Topic
from tests.benchmarks.case import Watch, session_of
from tests.benchmarks.load import HOST, Connection
from tests.benchmarks.servers import socket_process, web_processes
from tests.support.services import find_redis

PATIENCE = 5
"""Seconds after the last change in which everybody has to have heard of it."""
WARMING = 20
"""Changes not measured: every thread has opened its connection and prepared its statements then."""
Heard = tuple[str, int, float]
"""Topic, number, and when (seconds since the epoch) a screen had it."""


def watch(work: Watch) -> tuple[dict[str, float], str]:
    """The figures, and what was wrong."""
    redis = "" if work.one_process else find_redis()
    if not (redis or work.one_process):
        return {}, "needs Redis (TEST_REDIS_URL)"
    sessions = [session_of(person) for person, _ in work.screens]
    with _servers(redis) as (web, sockets):
        before = dict(Topic.objects.filter(name__in=work.topics).values_list("name", "seq"))
        heard = asyncio.run(_watch(work, sessions, web, sockets))
    watching = Counter(topic for _, topics in work.screens for topic in topics)
    written = {
        (topic, seq): at.timestamp()
        for topic, seq, at in Event.objects.filter(topic__name__in=work.topics).values_list("topic__name", "seq", "at")
        if seq > before.get(topic, 0)
    }
    times = Counter((topic, seq) for topic, seq, _ in heard if (topic, seq) in written)
    owed = {place: watching[place[0]] for place in written}
    first = sorted(written, key=lambda place: written[place])[WARMING:]
    took = sorted((at - written[topic, seq]) * 1000 for topic, seq, at in heard if (topic, seq) in set(first))
    fault = "" if times == owed and len(written) == len(work.changes) else "not every screen heard of every change once"
    return _figures(took) | {"screens": len(work.screens)}, fault


def _figures(took: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(took, n=100, method="inclusive") if len(took) > 1 else [0.0] * 99
    return {"p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1), "max_ms": round(max(took, default=0), 1)}


@contextlib.contextmanager
def _servers(redis: str) -> Iterator[tuple[int, int]]:
    """The ports of the web and of its sockets."""
    if not redis:
        with socket_process() as port:
            yield port, port
        return
    with web_processes(redis_url=redis) as web, socket_process(redis_url=redis) as sockets:
        yield web, sockets


async def _watch(work: Watch, sessions: Sequence[str], web: int, sockets: int) -> list[Heard]:
    heard: list[Heard] = []
    wanted = [topics for _, topics in work.screens]
    screens = [await _open(session, topics, sockets) for session, topics in zip(sessions, wanted, strict=True)]
    listening = [asyncio.create_task(_listen(screen, heard)) for screen in screens]
    connection = Connection(web)
    for change in work.changes:
        answer = await connection.send(change)
        if answer.status != 200:
            raise RuntimeError(f"a change was answered {answer.status}: {answer.body[:200]!r}")
    connection.close()
    mine = set(work.topics)
    due = sum(topic in mine for topics in wanted for topic in topics) * len(work.changes) // len(mine)
    deadline = time.monotonic() + PATIENCE
    while sum(topic in mine for topic, _, _ in heard) < due and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    for task in listening:
        task.cancel()
    for screen in screens:
        await screen.close()
    return heard


async def _open(session: str, topics: Sequence[str], port: int) -> ClientConnection:
    headers = {"Cookie": f"sessionid={session}", "Origin": f"http://localhost:{port}"}
    screen = await connect(
        f"ws://localhost:{port}/ws", host=HOST, port=port, additional_headers=headers, close_timeout=1
    )
    await screen.send(orjson.dumps({"subscribe": [{"topic": topic} for topic in topics]}).decode())
    for _ in topics:
        told = orjson.loads(await screen.recv())
        if told.get("denied"):
            raise RuntimeError(f"a screen may not watch {told['topic']}")
    return screen


async def _listen(screen: ClientConnection, heard: list[Heard]) -> None:
    async for message in screen:
        at = time.time()
        told = orjson.loads(message)
        heard += [(told["topic"], event["seq"], at) for event in told.get("events", ())]
