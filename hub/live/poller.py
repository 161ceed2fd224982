"""One look for all sockets of this process: at the counters, for events whose nudge never came, and at the sessions,
which may run out without an event."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Protocol

from channels.db import database_sync_to_async
from django.conf import settings

from hub.access.actor import living_sessions
from hub.live.read import heads

log = logging.getLogger(__name__)


class Listener(Protocol):
    seen: dict[str, int]
    session_key: str

    async def catch_up(self, topic: str) -> None: ...

    async def end(self) -> None: ...


class Poller:
    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.task: asyncio.Task[None] | None = None

    def add(self, listener: Listener) -> None:
        self.listeners.add(listener)
        if self.task is None or self.task.done() or self.task.get_loop() is not asyncio.get_running_loop():
            self.task = asyncio.get_running_loop().create_task(self.run())

    def remove(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    async def run(self) -> None:
        while self.listeners:
            await asyncio.sleep(settings.LIVE_POLL_SECONDS)
            try:
                await self.look_at_sessions()
                await self.look()
            except Exception:
                # The database may be away for a moment: the next look finds what this one missed.
                log.warning("a look for live events failed", exc_info=True)

    async def look_at_sessions(self) -> None:
        keys = {listener.session_key for listener in self.listeners}
        living = await database_sync_to_async(living_sessions)(keys)
        gone = [listener.end() for listener in list(self.listeners) if listener.session_key in keys - living]
        await _all(gone)

    async def look(self) -> None:
        topics = sorted({topic for listener in self.listeners for topic in listener.seen})
        if not topics:
            return
        newest = await database_sync_to_async(heads)(topics)
        behind = [
            listener.catch_up(topic)
            for listener in list(self.listeners)
            for topic, seq in list(listener.seen.items())
            if newest.get(topic, 0) != seq
        ]
        await _all(behind)


async def _all(calls: list[Coroutine[None, None, None]]) -> None:
    """Each socket's own accident is its own."""
    for outcome in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(outcome, Exception):
            log.warning("a socket could not be told", exc_info=outcome)


poller = Poller()
