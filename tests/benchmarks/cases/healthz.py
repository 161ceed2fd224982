"""The floor that everything else stands on: what one request costs that does next to nothing."""

from tests.benchmarks.case import Case, Work, get


def prepare() -> Work:
    return Work(requests=[get("/healthz")] * 2000)


CASE = Case("healthz", {"per_second": 300, "p95_ms": 60, "queries": 3}, prepare)
