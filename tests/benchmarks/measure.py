"""One case, measured: requests fired or pages visited, queries counted, targets compared."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.case import AT_LEAST, Answer, Case, Desk, Request, Visit, Watch
from tests.benchmarks.desk import open_board
from tests.benchmarks.load import fire
from tests.benchmarks.phone import visit
from tests.benchmarks.screens import watch

# A transaction's begin and end are no queries; a test, which runs inside one, does not count them either.
BRACKETS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def measure(case: Case, port: int) -> dict[str, Any]:
    rounds = [measure_once(case, port) for _ in range(case.rounds)]
    measured = {name: statistics.median(one[0][name] for one in rounds) for name in rounds[0][0]}
    faults = [fault for _, fault in rounds if fault]
    met = not faults and all(meets(name, measured[name], target) for name, target in case.targets.items())
    return {"case": case.name, "targets": case.targets, "measured": measured, "fault": "; ".join(faults), "met": met}


def measure_once(case: Case, port: int) -> tuple[dict[str, float], str]:
    """The figures, and what was wrong with the answers."""
    work = case.prepare()
    if isinstance(work, Visit):
        transferred = visit(work, port)
        queries = sum(count_queries([request, request]) for request in transferred.calls)
        return {"kilobytes": transferred.kilobytes, "calls": len(transferred.calls), "queries": queries}, ""
    if isinstance(work, Desk):
        return open_board(work, port), ""
    if isinstance(work, Watch):
        return watch(work)
    gather_statistics()
    queries = count_queries(work.probe or [work.requests[0]] * 2)
    if work.warm:
        fire(port, work.warm, clients=8)
    answers, seconds = fire(port, work.requests, clients=work.clients)
    measured = figures(answers, seconds) | {"queries": queries, "clients": work.clients}
    odd = Counter(answer.status for answer in answers if answer.status not in work.statuses)
    try:
        return measured | work.check(answers), f"answered {dict(odd)}" if odd else ""
    except AssertionError as error:
        return measured, str(error) or "its check failed"


def gather_statistics() -> None:
    """As a database does by itself within minutes, which a measurement does not wait for."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def count_queries(requests: Sequence[Request]) -> int:
    """The queries of the last of these requests, in this process; those before it warm caches."""
    for request in requests[:-1]:
        send(request)
    with CaptureQueriesContext(connection) as captured:
        send(requests[-1])
    return sum(not query["sql"].startswith(BRACKETS) for query in captured.captured_queries)


def send(request: Request) -> None:
    headers = {name: value for name, value in request.headers if name not in ("Cookie", "Content-Type")}
    client = Client(headers=headers)
    for pair in dict(request.headers).get("Cookie", "").split("; "):
        name, _, value = pair.partition("=")
        if name:
            client.cookies[name] = value
    client.generic(request.method, request.path, request.body, content_type="application/json")


def figures(answers: list[Answer], seconds: float) -> dict[str, float]:
    times = sorted(answer.seconds * 1000 for answer in answers)
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {
        "per_second": round(len(answers) / seconds, 1),
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "max_ms": round(times[-1], 2),
        "kilobytes": round(statistics.median(answer.transferred for answer in answers) / 1000, 2),
    }


def meets(name: str, measured: float, target: float) -> bool:
    return measured >= target if name in AT_LEAST else measured <= target
