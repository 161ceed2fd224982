"""A provider of text messages for the tests of sending."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import HTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.support.provider import Provider


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    Provider.received.clear()
    Provider.status, Provider.answer, Provider.before_answering = 200, b"", None
    server = HTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTIFY_CHANNELS = ["sms"]
    settings.SMS = settings.SMS | {
        "URL": f"http://127.0.0.1:{server.server_port}",
        "TOKEN": "t",
        "TEMPLATES": {"session_cancelled": "SMS_7"},
        "DEDUPES": False,
    }
    yield Provider
    server.shutdown()
    server.server_close()
