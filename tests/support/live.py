"""Real web processes on the test's own database, and a socket that listens as a screen does."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from websockets.sync.client import ClientConnection, connect

from hub.people.models import Person
from tests.support.clients import client_for
from tests.support.server import ROOT, answers, free_port

PATIENCE = 60.0


def database_url() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    host, user = connection.settings_dict["HOST"], connection.settings_dict["USER"]
    password, port = connection.settings_dict["PASSWORD"], connection.settings_dict["PORT"]
    secret = f":{password}" if password else ""
    return f"postgresql://{user}{secret}{'@' if user else ''}{host}{f':{port}' if port else ''}/{name}"


class Web:
    """One web process over the test's database."""

    def __init__(self, *, redis_url: str = "") -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        ours = {"DATABASE_URL", "REDIS_URL", "PORT", "DATA_DIR", "PUBLIC_URL", "DJANGO_SETTINGS_MODULE"}
        environment = {name: value for name, value in os.environ.items() if name not in ours} | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis_url,
            "DATA_DIR": str(settings.DATA_DIR),
            "PORT": str(self.port),
        }
        command = ["uvicorn", "hub.config.asgi:application", "--port", str(self.port), "--log-level", "warning"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE
        while not answers(f"{self.url}/api/openapi.json"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("the web process did not come up")
            time.sleep(0.05)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def listen(self, who: Person | Client | None, *, origin: str = "") -> Socket:
        """A person in a browser of their own, or another tab of a browser."""
        client = client_for(who) if isinstance(who, Person) else who
        cookie = client.cookies["sessionid"].value if client else ""
        headers = {"Cookie": f"sessionid={cookie}", "Origin": origin or self.url}
        stack = ExitStack()
        address = f"ws://localhost:{self.port}/ws"
        line = stack.enter_context(connect(address, additional_headers=headers, close_timeout=1))
        return Socket(line, stack)


@dataclass
class Socket:
    connection: ClientConnection
    stack: ExitStack
    heard: list[dict[str, Any]] = field(default_factory=list)

    def send(self, message: object) -> None:
        self.connection.send(json.dumps(message))

    def receive(self, timeout: float = 10) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.connection.recv(timeout=timeout))
        self.heard.append(message)
        return message

    def subscribe(self, topic: str, after: int | None = None) -> dict[str, Any]:
        self.send({"subscribe": [{"topic": topic} if after is None else {"topic": topic, "after": after}]})
        return self.receive()

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool], timeout: float = 10) -> dict[str, Any]:
        deadline = time.monotonic() + timeout
        while True:
            message = self.receive(timeout=max(0.01, deadline - time.monotonic()))
            if wanted(message):
                return message

    def kill(self) -> None:
        """As a network does it: nothing is said, the line is gone."""
        self.connection.socket.shutdown(socket.SHUT_RDWR)
        self.stack.close()

    def close(self) -> None:
        self.stack.close()
