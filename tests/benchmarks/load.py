"""A small load generator: keep-alive connections to a server on this machine, each request timed by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence

from tests.benchmarks.case import Answer, Request

HOST = "127.0.0.1"
MOST_REQUESTS = 20_000
MOST_SECONDS = 90


class Connection:
    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, request: Request) -> Answer:
        started = time.perf_counter()
        if self.streams is None:
            self.streams = await asyncio.open_connection(HOST, self.port)
        reader, writer = self.streams
        lines = [f"{request.method} {request.path} HTTP/1.1", f"Host: localhost:{self.port}", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in request.headers]
        writer.write("\r\n".join([*lines, f"Content-Length: {len(request.body)}", "", ""]).encode() + request.body)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        status_line, *fields = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (field.partition(": ") for field in fields if field)}
        body = await self._body(reader, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        status = int(status_line.split(" ", 2)[1])
        return Answer(status, body, time.perf_counter() - started, len(head) + len(body))

    async def _body(self, reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if "chunked" not in headers.get("transfer-encoding", ""):
            return await reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None


async def _client(port: int, waiting: Iterator[tuple[int, Request]], answers: list[Answer | None]) -> None:
    connection = Connection(port)
    try:
        for position, request in waiting:
            answers[position] = await connection.send(request)
    finally:
        connection.close()


async def _fire(port: int, requests: Sequence[Request], clients: int) -> tuple[list[Answer], float]:
    answers: list[Answer | None] = [None] * len(requests)
    waiting = iter(list(enumerate(requests)))
    started = time.perf_counter()
    async with asyncio.timeout(MOST_SECONDS):
        await asyncio.gather(*(_client(port, waiting, answers) for _ in range(clients)))
    seconds = time.perf_counter() - started
    return [answer for answer in answers if answer is not None], seconds


def fire(port: int, requests: Sequence[Request], *, clients: int) -> tuple[list[Answer], float]:
    """Send everything; the answers in the order of the requests, and the seconds all of it took."""
    if len(requests) > MOST_REQUESTS:
        raise ValueError(f"a case sends at most {MOST_REQUESTS} requests")
    return asyncio.run(_fire(port, requests, clients))
