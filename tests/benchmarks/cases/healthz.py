"""The floor that everything else stands on: what one request costs that does next to nothing."""

from tests.benchmarks.case import Case, Work, get

NAME = "healthz"


def prepare() -> Work:
    return Work(requests=[get("/healthz")] * 2000)


CASES = [Case(NAME, {"queries": 3}, prepare)]
