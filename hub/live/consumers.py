"""The one websocket, /ws.

client: {"subscribe": [{"topic": "hub:3", "after": 17}]}   {"unsubscribe": ["hub:3"]}   {"ping": 1}
server: {"topic": "hub:3", "events": [{"seq", "kind", "ids"}], "seq": 18}
        {"topic", "reset": true, "seq"}   {"topic", "denied": true}   {"pong": 1}
"""

from __future__ import annotations

import asyncio
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings

from hub.access.actor import SESSION_KEY
from hub.live.nudge import group_name
from hub.live.read import heads, read_after
from hub.live.topics import may_listen

MOST_TOPICS = 100


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Reads rows after the client's number from the table; a nudge or the poller only says when to look."""

    async def connect(self) -> None:
        self.last: dict[str, int] = {}
        self.reading = asyncio.Lock()
        user, session = self.scope.get("user"), self.scope.get("session")
        self.person_id = await database_sync_to_async(lambda: session and session.get(SESSION_KEY))()
        if not user or not user.is_authenticated or not self.person_id:
            await self.close(code=4401)
            return
        await self.accept()
        poller.add(self)

    async def disconnect(self, code: int) -> None:
        poller.remove(self)
        for topic in list(getattr(self, "last", {})):
            await self.channel_layer.group_discard(group_name(topic), self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if not isinstance(content, dict):
            return
        if "ping" in content:
            await self.send_json({"pong": content["ping"]})
        for wish in content.get("subscribe") or []:
            if isinstance(wish, dict) and isinstance(wish.get("topic"), str):
                after = wish.get("after")
                await self.subscribe(wish["topic"], after if isinstance(after, int) and after >= 0 else None)
        for topic in content.get("unsubscribe") or []:
            if isinstance(topic, str) and self.last.pop(topic, None) is not None:
                await self.channel_layer.group_discard(group_name(topic), self.channel_name)

    async def subscribe(self, topic: str, after: int | None) -> None:
        allowed = len(self.last) < MOST_TOPICS and await database_sync_to_async(may_listen)(self.person_id, topic)
        if not allowed:
            await self.send_json({"topic": topic, "denied": True})
            return
        # Joined before the read: an event between the two is seen by one of them.
        await self.channel_layer.group_add(group_name(topic), self.channel_name)
        update = await database_sync_to_async(read_after)(topic, after)
        self.last[topic] = update["seq"] if update else (after or 0)
        await self.send_json(update or {"topic": topic, "events": [], "seq": after})

    async def live_nudge(self, message: dict[str, str]) -> None:
        await self.catch_up(message["topic"])

    async def catch_up(self, topic: str) -> None:
        async with self.reading:
            if topic not in self.last:
                return
            update = await database_sync_to_async(read_after)(topic, self.last[topic])
            if update:
                self.last[topic] = update["seq"]
                await self.send_json(update)


class Poller:
    """One look at the table for all sockets of this process, for events whose nudge never came."""

    def __init__(self) -> None:
        self.sockets: set[LiveConsumer] = set()
        self.task: asyncio.Task[None] | None = None

    def add(self, socket: LiveConsumer) -> None:
        self.sockets.add(socket)
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self.run())

    def remove(self, socket: LiveConsumer) -> None:
        self.sockets.discard(socket)

    async def run(self) -> None:
        while self.sockets:
            await asyncio.sleep(settings.LIVE_POLL_SECONDS)
            topics = sorted({topic for socket in self.sockets for topic in socket.last})
            if not topics:
                continue
            newest = await database_sync_to_async(heads)(topics)
            for socket in list(self.sockets):
                for topic, seq in list(socket.last.items()):
                    if newest.get(topic, 0) != seq:
                        await socket.catch_up(topic)


poller = Poller()
