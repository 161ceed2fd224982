"""`make bench`: measure against the targets, the web first and then the planner.

    python -m tests.benchmarks web [words of a case's name ...]
    python -m tests.benchmarks books                                              on SQLite and PostgreSQL
    python -m tests.benchmarks roster [--sizes S,M,L] [--seeds N] [--quick]       needs no database

The web: two processes (granian) over a PostgreSQL database made for the occasion; requests go to this machine alone and
are bounded in number and time.
"""

from __future__ import annotations

import os
import pkgutil
import sys
import tempfile
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tests.benchmarks.results import write
from tests.support.services import Unreachable, find_postgres, fresh_database

if TYPE_CHECKING:
    from tests.benchmarks.case import Case


def main(arguments: list[str]) -> int:
    from tests.benchmarks import books
    from tests.benchmarks.roster import planner

    match arguments:
        case ["roster", *options]:
            return planner.main(options)
        case ["web", *words]:
            return measure_web(words)
        case ["books"]:
            return books.main()
        case []:
            return max(measure_web([]), books.main(), planner.main([]))
    print(__doc__, file=sys.stderr)
    return 2


def measure_web(words: list[str]) -> int:
    from tests.benchmarks.servers import web_processes

    try:
        postgres = find_postgres()
    except Unreachable as error:
        print(error, file=sys.stderr)
        return 1
    if not postgres:
        print("These figures are PostgreSQL's: none answers at TEST_DATABASE_URL or on this machine.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as data_dir, fresh_database(postgres, "bench") as url:
        os.environ.update(DATABASE_URL=url, DATA_DIR=data_dir, REDIS_URL="", DEMO="1")
        prepare_database()
        cases = find_cases(words)
        from tests.benchmarks.measure import measure

        with web_processes() as port:
            warm_up(port)
            results = [measure(case, port) for case in cases]
    write("web", results)
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
    found: list[Case] = [case for name in names for case in import_module(f"tests.benchmarks.cases.{name}").CASES]
    return [case for case in found if not words or any(word in case.name for word in words)]


def warm_up(port: int) -> None:
    """Every thread of every process opens its database connection and imports what it needs."""
    from tests.benchmarks.case import get
    from tests.benchmarks.load import fire

    fire(port, [get("/healthz"), get("/api/me")] * 100, clients=32)


def print_table(results: list[dict[str, Any]]) -> None:
    from tests.benchmarks.measure import meets

    print(f"\n{'case':<40}{'measure':<14}{'target':>10}{'measured':>12}")
    for result in results:
        for name, measured in result["measured"].items():
            target = result["targets"].get(name)
            missed = target is not None and not meets(name, measured, target)
            shown = "" if target is None else f"{target:g}"
            print(f"{result['case']:<40}{name:<14}{shown:>10}{measured:>12g}{'  missed' if missed else ''}")
        if result["fault"]:
            print(f"{result['case']:<40}FAULT  {result['fault']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
