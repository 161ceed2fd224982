"""Keep the web server and the workers running until told to stop."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from types import FrameType

from hub.operations.children import Child, stop_all

GIVE_UP_AFTER = 3
PATIENCE = 90.0
TICK = 0.2


class NeverAnswered(Exception):
    """The web server kept ending, or stayed silent, before its first answer."""


class Supervisor:
    """Starts the children, tells when the page answers, starts again what ends, stops all on a signal."""

    def __init__(self, children: list[Child], *, page: str, restarted: Callable[[str, int], None]) -> None:
        self.children = children
        self.page = page
        self.restarted = restarted
        self.stopping = False
        self.restart_wanted = False

    def run(self, *, ready: Callable[[], None]) -> None:
        with self._signals():
            try:
                for child in self.children:
                    child.start()
                if self._wait_for_page():
                    ready()
                while not self.stopping:
                    self._tend()
                    time.sleep(TICK)
            finally:
                stop_all(self.children)

    def _wait_for_page(self) -> bool:
        deadline = time.monotonic() + PATIENCE
        while not self.stopping:
            if _answers(self.page):
                return True
            self._tend()
            if any(child.failures >= GIVE_UP_AFTER for child in self.children) or time.monotonic() > deadline:
                raise NeverAnswered
            time.sleep(TICK)
        return False

    def _tend(self) -> None:
        if self.restart_wanted:
            self.restart_wanted = False
            stop_all(self.children)
            for child in self.children:
                child.start()
        for child in self.children:
            if (code := child.tend()) is not None and not self.stopping:
                self.restarted(child.name, code)

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self.stopping = True

        handled = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, stop) for number in handled}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def reserve_port(host: str, port: int) -> socket.socket:
    """A bound socket, held by the supervisor over restarts of the web server; OSError when the port is taken."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def _answers(page: str) -> bool:
    try:
        with urllib.request.urlopen(page, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
