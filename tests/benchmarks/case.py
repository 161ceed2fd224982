"""What a measurement is. A case stands in a module of tests/benchmarks/cases with `CASES = [Case(...)]`, no more.

def prepare() -> Work:      # rows and sessions are made here, on the benchmark's own database
    person = make_person("administrator")
    return Work(requests=[get(f"/api/board?week={WEEK}", as_=person)] * 200)

CASES = [Case("board of one week", {"p95_ms": 150, "queries": 12}, prepare)]
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

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

    requests: Sequence[Request]
    clients: int = 8
    statuses: frozenset[int] = frozenset({200})
    warm: Sequence[Request] = ()
    """Sent before and not measured: every thread has prepared its statements then."""
    probe: Sequence[Request] = ()
    """The queries of the last one are counted, those before it warm caches. None given: the first request, twice."""
    check: Check = field(default=lambda answers: {})
    """Looks at the answers and the database afterwards; raises AssertionError, adds measures of its own."""


@dataclass(frozen=True)
class Visit:
    """Pages opened on a phone, each by a browser that has never been here."""

    person: Person
    paths: Sequence[str]


@dataclass(frozen=True)
class Desk:
    """The board opened at a desk some times, by a browser that has its files, and scrolled through."""

    person: Person
    path: str
    times: int = 5


@dataclass(frozen=True)
class Watch:
    """Changes made through the web one after the other, while screens watch by socket. Each takes from just before its
    commit, when its event was written, until a screen has it."""

    changes: Sequence[Request]
    screens: Sequence[tuple[Person, Sequence[str]]]
    """Who watches, and which topics."""
    topics: Sequence[str]
    """Each change is told to these, and to whoever watches them."""
    one_process: bool = False
    """As a small installation runs it: the web and its sockets in one process, without Redis."""


@dataclass(frozen=True)
class Case:
    name: str
    targets: dict[str, float]
    """By measure: per_second, p50_ms, p95_ms, max_ms, kilobytes, queries, or what `check` adds."""
    prepare: Callable[[], Work | Visit | Desk | Watch]
    rounds: int = 1
    """How often it is prepared and measured; the median counts. For work too short to be measured once."""


@cache
def headers_of(person: Person) -> tuple[tuple[str, str], ...]:
    """A signed-in person's browser: session, and a CSRF token that matches its cookie."""
    token = secrets.token_hex(16)
    return (("Cookie", f"sessionid={session_of(person)}; csrftoken={token}"), ("X-CSRFToken", token))


@cache
def session_of(person: Person) -> str:
    return client_for(person).cookies["sessionid"].value


def get(path: str, *, as_: Person | None = None, headers: tuple[tuple[str, str], ...] = ()) -> Request:
    return Request("GET", path, (*(headers_of(as_) if as_ else ()), *headers))


def post(path: str, body: object, *, as_: Person) -> Request:
    return Request("POST", path, (*headers_of(as_), ("Content-Type", "application/json")), orjson.dumps(body))
