"""Waking the sockets after a commit. Losing a nudge costs latency, never an event: sockets also poll."""

from __future__ import annotations

import asyncio
import logging
import threading

from channels.layers import InMemoryChannelLayer, get_channel_layer

log = logging.getLogger(__name__)
_loop: asyncio.AbstractEventLoop | None = None
_lock = threading.Lock()


def use_loop(loop: asyncio.AbstractEventLoop) -> None:
    """The server's own loop: the in-memory layer is not thread-safe and must be called on it."""
    global _loop
    _loop = loop


def _own_loop() -> asyncio.AbstractEventLoop:
    """The server's; else one in a thread of its own, for processes without sockets that reach them through Redis."""
    global _loop
    with _lock:
        if _loop is None or _loop.is_closed():
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="live-nudge", daemon=True).start()
        return _loop


async def _send(topics: list[str]) -> None:
    layer = get_channel_layer()
    try:
        for topic in topics:
            await layer.group_send(group_name(topic), {"type": "live.nudge", "topic": topic})
    except Exception:
        log.warning("a live nudge was lost; sockets will poll", exc_info=True)


def group_name(topic: str) -> str:
    return f"live.{topic.replace(':', '.')}"


def nudge(topics: list[str]) -> None:
    alive = _loop is not None and not _loop.is_closed()
    if not alive and isinstance(get_channel_layer(), InMemoryChannelLayer):
        return  # No socket lives in this process and none can be reached from it.
    asyncio.run_coroutine_threadsafe(_send(topics), _own_loop())
