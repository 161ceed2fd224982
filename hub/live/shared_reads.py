"""One look at the table for all sockets that stand at the same place: a hundred boards, one read."""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async

from hub.live.read import Update, read_after

Place = tuple[str, int | None]
"""A topic and the number after which to read."""


class SharedReads:
    """Reads one after the other. Whoever asks while a read of the same place still waits its turn joins it; a read that
    has begun may be too old already."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.waiting: dict[Place, asyncio.Task[Update | None]] = {}

    async def read(self, topic: str, after: int | None) -> Update | None:
        place = (topic, after)
        task = self.waiting.get(place)
        if task is None:
            task = self.waiting[place] = asyncio.get_running_loop().create_task(self._read(place))
        return await asyncio.shield(task)

    async def _read(self, place: Place) -> Update | None:
        async with self.turn:
            self.waiting.pop(place, None)
            update: Update | None = await database_sync_to_async(read_after)(*place)
            return update


_by_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, SharedReads] = WeakKeyDictionary()


async def read_shared(topic: str, after: int | None) -> Update | None:
    loop = asyncio.get_running_loop()
    if loop not in _by_loop:
        _by_loop[loop] = SharedReads()
    return await _by_loop[loop].read(topic, after)
