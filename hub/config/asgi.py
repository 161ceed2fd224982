"""One process for everything: Django by WSGI in threads (several times faster than through ASGI), /ws by Channels."""

import asyncio
import os
from typing import Any

from django.core.wsgi import get_wsgi_application

from hub.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.config.settings")
_django = get_wsgi_application()

from a2wsgi import WSGIMiddleware  # noqa: E402
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import path  # noqa: E402

from hub.config.origin import SameOrigin  # noqa: E402
from hub.live.consumers import LiveConsumer  # noqa: E402
from hub.live.nudge import use_loop  # noqa: E402

_protocols = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(_django, workers=8),  # type: ignore[arg-type]
        "websocket": AllowedHostsOriginValidator(
            SameOrigin(AuthMiddlewareStack(URLRouter([path("ws", LiveConsumer.as_asgi())])))
        ),
    }
)
settle()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    await _protocols(scope, receive, send)


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            use_loop(asyncio.get_running_loop())
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
