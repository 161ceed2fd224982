"""An SMS provider's door, in this house: what it was told, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar

import orjson


class Provider(BaseHTTPRequestHandler):
    """Writes down every call, then answers `status`."""

    status = 200
    """Unless the address names one; 0 hangs up."""
    received: ClassVar[list[dict[str, Any]]] = []
    answer = b""
    before_answering: ClassVar[Callable[[dict[str, Any]], None] | None] = None

    def do_POST(self) -> None:
        if not self.status:
            self.received.append(orjson.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.close_connection = True
            return
        body = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.received.append(body | {"token": self.headers["Authorization"]})
        if self.before_answering:
            self.before_answering(body)
        wanted = self.path.partition("?")[0].strip("/")
        self.send_response(int(wanted) if wanted else self.status)
        if self.status == 302:
            self.send_header("Location", "/200")
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *args: object) -> None:
        pass
