"""What a measurement is. A case is a module in tests/benchmarks/cases with `CASE = Case(...)`, no more.

def prepare() -> Work:      # rows and sessions are made here, on the benchmark's own database
    person = make_person("coordinator")
    return Work(requests=[get("/api/board?week=2026-12-14", as_=person)] * 200)

CASE = Case("board of one week", {"p95_ms": 150, "queries": 12}, prepare)
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from hub.people.models import Person
from tests.support.clients import client_for

AT_LEAST = {"per_second"}
"""Measures that should be high; every other one should be low."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    seconds: float
    transferred: int


Check = Callable[[list[Answer]], dict[str, float]]


@dataclass(frozen=True)
class Work:
    """Requests in order, taken by `clients` connections as each comes free."""

    requests: list[Request]
    clients: int = 8
    statuses: frozenset[int] = frozenset({200})
    probe: Request | None = None
    """Whose queries are counted; the first request when not given. It must bear being sent twice more."""
    check: Check = field(default=lambda answers: {})
    """Looks at the answers and the database afterwards; raises AssertionError, adds measures of its own."""


@dataclass(frozen=True)
class Case:
    name: str
    targets: dict[str, float]
    """By measure: per_second, p50_ms, p95_ms, max_ms, kilobytes, queries, or what `check` adds."""
    prepare: Callable[[], Work]


def headers_of(person: Person) -> tuple[tuple[str, str], ...]:
    """A signed-in person's browser: session, and a CSRF token that matches its cookie."""
    session = client_for(person).cookies["sessionid"].value
    token = secrets.token_hex(16)
    return (("Cookie", f"sessionid={session}; csrftoken={token}"), ("X-CSRFToken", token))


def get(path: str, *, as_: Person | None = None, headers: tuple[tuple[str, str], ...] = ()) -> Request:
    return Request("GET", path, (*(headers_of(as_) if as_ else ()), *headers))


def post(path: str, body: object, *, as_: Person) -> Request:
    return Request("POST", path, (*headers_of(as_), ("Content-Type", "application/json")), orjson.dumps(body))
