"""`make bench`, or `python -m tests.benchmarks [words of a case's name ...]`: measure against the targets.

Two web processes (granian) over a PostgreSQL database made for the occasion; requests go to this machine alone and are
bounded in number and time.
"""

from __future__ import annotations

import json
import os
import pkgutil
import platform
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.services import Unreachable, find_postgres

if TYPE_CHECKING:
    from tests.benchmarks.case import Answer, Case, Work

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "bench-results"


def main(words: list[str]) -> int:
    from tests.benchmarks.servers import fresh_database, web_processes

    try:
        postgres = find_postgres()
    except Unreachable as error:
        print(error, file=sys.stderr)
        return 1
    if not postgres:
        print("These figures are PostgreSQL's: none answers at TEST_DATABASE_URL or on this machine.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as data_dir, fresh_database(postgres) as url:
        os.environ.update(DATABASE_URL=url, DATA_DIR=data_dir, REDIS_URL="", DEMO="1")
        prepare_database()
        cases = find_cases(words)
        with web_processes() as port:
            warm_up(port)
            results = [measure(case, port) for case in cases]
    write(results)
    print_table(results)
    return 0 if all(result["met"] for result in results) else 1


def prepare_database() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from tests.benchmarks.district import load_district

    call_command("migrate", verbosity=0)
    load_district()


def find_cases(words: list[str]) -> list[Case]:
    from tests.benchmarks import cases

    names = sorted(module.name for module in pkgutil.iter_modules(cases.__path__))
    found: list[Case] = [import_module(f"tests.benchmarks.cases.{name}").CASE for name in names]
    return [case for case in found if not words or any(word in case.name for word in words)]


def warm_up(port: int) -> None:
    """Every thread of every process opens its database connection and imports what it needs."""
    from tests.benchmarks.case import Work, get
    from tests.benchmarks.load import fire

    fire(port, Work(requests=[get("/healthz"), get("/api/me")] * 100, clients=32))


def measure(case: Case, port: int) -> dict[str, Any]:
    from tests.benchmarks.load import fire

    work = case.prepare()
    queries = count(work)
    answers, seconds = fire(port, work)
    measured = figures(answers, seconds) | {"queries": queries}
    fault = ""
    statuses = Counter(answer.status for answer in answers)
    if odd := sorted(statuses.keys() - work.statuses):
        fault = f"answered {odd}"
    try:
        measured |= work.check(answers)
    except AssertionError as error:
        fault = fault or str(error) or "its check failed"
    met = not fault and all(meets(name, measured[name], target) for name, target in case.targets.items())
    return {"case": case.name, "targets": case.targets, "measured": measured, "requests": len(answers),
            "clients": work.clients, "statuses": dict(statuses), "fault": fault, "met": met}  # fmt: skip


def count(work: Work) -> int:
    """The queries of one request, in this process, with caches warm."""
    from django.test import Client

    from tests.support.queries import count_queries

    request = work.probe or work.requests[0]
    headers = {name: value for name, value in request.headers if name not in ("Cookie", "Content-Type")}
    client = Client(headers=headers)
    for pair in dict(request.headers).get("Cookie", "").split("; "):
        name, _, value = pair.partition("=")
        if name:
            client.cookies[name] = value

    def send() -> None:
        client.generic(request.method, request.path, request.body, content_type="application/json")

    send()
    return count_queries(send)


def figures(answers: list[Answer], seconds: float) -> dict[str, float]:
    times = sorted(answer.seconds * 1000 for answer in answers)
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    return {
        "per_second": round(len(answers) / seconds, 1),
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "max_ms": round(times[-1], 2),
        "kilobytes": round(statistics.median(answer.transferred for answer in answers) / 1000, 2),
    }


def meets(name: str, measured: float, target: float) -> bool:
    from tests.benchmarks.case import AT_LEAST

    return measured >= target if name in AT_LEAST else measured <= target


def write(results: list[dict[str, Any]]) -> None:
    from hub import clock

    RESULTS.mkdir(exist_ok=True)
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    now = clock.now()
    facts = {
        "at": now.isoformat(),
        "revision": revision.stdout.strip(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "results": results,
    }
    path = RESULTS / f"web-{now:%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"written to {path.relative_to(ROOT)}")


def print_table(results: list[dict[str, Any]]) -> None:
    print(f"\n{'case':<34}{'measure':<14}{'target':>10}{'measured':>12}")
    for result in results:
        for name, measured in result["measured"].items():
            target = result["targets"].get(name)
            missed = target is not None and not meets(name, measured, target)
            shown = "" if target is None else f"{target:g}"
            print(f"{result['case']:<34}{name:<14}{shown:>10}{measured:>12g}{'  missed' if missed else ''}")
        if result["fault"]:
            print(f"{result['case']:<34}FAULT  {result['fault']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
