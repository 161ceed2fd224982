"""The one websocket, /ws.

    client: {"subscribe": [{"topic": "hub:3", "after": 17}]}   {"unsubscribe": ["hub:3"]}   {"ping": 1}
    server: {"topic": "hub:3", "events": [{"seq", "kind", "ids"}], "seq": 18}
            {"topic", "reset": true, "seq"}   {"topic", "denied": true}   {"pong": 1}

Closed with 4401: nobody is signed in, or no longer the same person. 4400: what was sent is not JSON.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from hub.access.actor import actor_in, person_behind
from hub.live.nudge import group_name
from hub.live.poller import poller
from hub.live.read import Update, heads
from hub.live.shared_reads import read_shared
from hub.live.topics import ROLES_CHANGED, SIGN_IN_ENDED, may_listen

MOST_TOPICS = 300
SIGNED_OUT = 4401


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Reads rows after the client's number from the table; a nudge or the poller only says when to look.

    It always follows its own person's topic, asked for or not: a change of roles and the end of a sign-in are heard
    there, in order and without loss like everything else.
    """

    session_key = ""

    async def connect(self) -> None:
        self.seen: dict[str, int] = {}
        """Topics followed, and the number up to which they were read."""
        self.wanted: set[str] = set()
        """Those of them that the client asked for."""
        self.reading = asyncio.Lock()
        self.ended = False
        actor = await database_sync_to_async(lambda: actor_in(self.scope.get("session"), self._user()))()
        if actor is None:
            # A browser is told a code only on a socket that was open.
            await self.accept()
            await self.close(code=SIGNED_OUT)
            return
        self.person_id = actor.person.pk
        self.session_key = self.scope["session"].session_key
        self.own = f"person:{self.person_id}"
        await self.accept()
        await self._join(self.own)
        self.seen[self.own] = (await database_sync_to_async(heads)([self.own])).get(self.own, 0)
        poller.add(self)

    def _user(self) -> object:
        """The signed-in user; touching it reads the database, so do it in a thread."""
        user = self.scope.get("user")
        return user if user is not None and user.is_authenticated else None

    async def disconnect(self, code: int) -> None:
        poller.remove(self)
        for topic in list(self.seen):
            await self._leave(topic)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        try:
            content = json.loads(text_data or "")
        except ValueError:
            await self.close(code=4400)
            return
        if isinstance(content, dict):
            await self.receive_json(content)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if "ping" in content:
            await self.send_json({"pong": content["ping"]})
        for wish in _list(content.get("subscribe")):
            if isinstance(wish, dict) and isinstance(wish.get("topic"), str):
                after = wish.get("after")
                await self._subscribe(wish["topic"], after if isinstance(after, int) and after >= 0 else None)
        for topic in _list(content.get("unsubscribe")):
            if isinstance(topic, str):
                await self._unsubscribe(topic)

    async def _subscribe(self, topic: str, after: int | None) -> None:
        async with self.reading:
            if self.ended:
                return
            room = topic in self.wanted or len(self.wanted) < MOST_TOPICS
            if not (room and await database_sync_to_async(may_listen)(self.person_id, topic)):
                await self._deny(topic)
                return
            if topic == self.own:
                await self._read_own()
                if self.ended:
                    return
            # Joined before the read: an event between the two is seen by one of them.
            await self._join(topic)
            self.wanted.add(topic)
            update = await read_shared(topic, after)
            self.seen[topic] = update["seq"] if update else (after or 0)
            await self.send_json(update or {"topic": topic, "events": [], "seq": after})

    async def _unsubscribe(self, topic: str) -> None:
        async with self.reading:
            await self._drop(topic)

    async def live_nudge(self, message: dict[str, str]) -> None:
        await self.catch_up(message["topic"])

    async def catch_up(self, topic: str) -> None:
        async with self.reading:
            if topic == self.own and not self.ended:
                await self._read_own()
            elif topic in self.wanted:
                update = await read_shared(topic, self.seen[topic])
                if update:
                    await self._tell(update)

    async def _read_own(self) -> None:
        update = await read_shared(self.own, self.seen[self.own])
        if update is None:
            return
        kinds = {event["kind"] for event in update.get("events", [])}
        if (update.get("reset") or SIGN_IN_ENDED in kinds) and await self._acts_for_another():
            await self._end()
            return
        await self._tell(update)
        if update.get("reset") or ROLES_CHANGED in kinds:
            for topic in sorted(self.wanted):
                if not await database_sync_to_async(may_listen)(self.person_id, topic):
                    await self._deny(topic)

    async def _acts_for_another(self) -> bool:
        """The scope's session is the one of the handshake."""
        person_id: int | None = await database_sync_to_async(person_behind)(self.session_key)
        return bool(person_id != self.person_id)

    async def end(self) -> None:
        """Its browser is signed out."""
        async with self.reading:
            await self._end()

    async def _end(self) -> None:
        if not self.ended:
            self.ended = True
            self.wanted.clear()
            await self.close(code=SIGNED_OUT)

    async def _tell(self, update: Update) -> None:
        self.seen[update["topic"]] = update["seq"]
        if update["topic"] in self.wanted:
            await self.send_json(update)

    async def _deny(self, topic: str) -> None:
        await self._drop(topic)
        await self.send_json({"topic": topic, "denied": True})

    async def _drop(self, topic: str) -> None:
        """The client hears no more of it; the own topic is followed on."""
        if topic not in self.wanted:
            return
        self.wanted.discard(topic)
        if topic != self.own:
            del self.seen[topic]
            await self._leave(topic)

    async def _join(self, topic: str) -> None:
        await self.channel_layer.group_add(group_name(topic), self.channel_name)

    async def _leave(self, topic: str) -> None:
        await self.channel_layer.group_discard(group_name(topic), self.channel_name)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
