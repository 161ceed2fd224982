"""Sockets open for this site's own pages alone: a browser sends its cookies along whichever page asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings


class SameOrigin:
    """The host of `Origin` is the one that was called, or PUBLIC_URL's where a proxy changes names."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        ours = {headers.get(b"host", ""), urlsplit(settings.PUBLIC_URL).netloc}
        fits = urlsplit(headers.get(b"origin", "")).netloc in ours - {""}
        return await (self.application if fits else WebsocketDenier())(scope, receive, send)
