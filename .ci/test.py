"""Every test, by group, with a summary that hides nothing.

Rules run twice, on SQLite (with the in-memory channel layer) and on PostgreSQL (with Redis). Two groups run at a time,
the next when one of them is done; the browser journeys run last, two files at a time, each with servers of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from heapq import nlargest
from pathlib import Path

from tests.support.services import Unreachable, find_browser, find_postgres, find_redis, install_browser

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
LOGS = ROOT / ".pytest_cache" / "groups"
APART = ("journeys", "benchmarks", "contract", "solver")
ONCE = (
    "access", "demo", "operations/test_serve.py", "people/test_sensitive_reads.py", "test_access_matrix.py",
    "test_architecture.py", "test_texts.py",
)  # fmt: skip
"""What asks no database, or stands before the rules (who gets in) or behind them (the demo made of them)."""
NOTHING_COLLECTED = 5
TAIL = 150
SLOWEST = 10


@dataclass(frozen=True)
class Case:
    part: str
    """The line of the summary that it counts in."""
    name: str
    outcome: str
    """passed, failed or skipped"""
    seconds: float


@dataclass
class Group:
    name: str
    command: list[str]
    read: Callable[[Path], list[Case]]
    folder: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)
    failed: bool = False
    cases: list[Case] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def report(self) -> Path:
        return LOGS / f"{self.name.replace(' ', '-')}.out"

    def run(self) -> None:
        started = time.monotonic()
        log = self.report.with_suffix(".log")
        self.report.unlink(missing_ok=True)
        with log.open("w") as stream:
            code = subprocess.run(
                [part.replace("REPORT", str(self.report)) for part in self.command],
                cwd=self.folder, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
                stdout=stream, stderr=subprocess.STDOUT, check=False,
            ).returncode  # fmt: skip
        self.seconds = time.monotonic() - started
        self.cases = self.read(self.report) if self.report.exists() else []
        empty = code == NOTHING_COLLECTED and "pytest" in self.command
        self.failed = code != 0 and not empty
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        shown = lines[-TAIL:] if self.failed else lines[-1:]
        say("\n".join([f"{'FAILED' if self.failed else 'passed'}  {self.name} ({self.seconds:.0f} s)", *shown]))


_talking = threading.Lock()


def say(text: str) -> None:
    with _talking:
        print(text, flush=True)


def pytest_group(name: str, *arguments: str, **environment: str) -> Group:
    def read(report: Path) -> list[Case]:
        """Races are counted apart from the rest of their run."""
        found = []
        for case in ElementTree.parse(report).iter("testcase"):
            place = case.get("classname", "")
            part = name.replace("rules", "races") if place.startswith("tests.races") else name
            ends = {"failure": "failed", "error": "failed", "skipped": "skipped"}
            outcome = next((ends[child.tag] for child in case if child.tag in ends), "passed")
            found.append(Case(part, f"{place}.{case.get('name')}", outcome, float(case.get("time", 0))))
        return found

    # A database of its own: any two may run at once.
    suffix = f"{os.environ['TEST_DB_SUFFIX']}_{name.split()[-1].lower()}"
    return Group(name, ["pytest", "-q", "--junitxml=REPORT", *arguments], read,
                 environment={"TEST_DB_SUFFIX": suffix, **environment})  # fmt: skip


def vitest_group() -> Group:
    def read(report: Path) -> list[Case]:
        files = json.loads(report.read_text(encoding="utf-8"))["testResults"]
        return [
            Case("front end", case["fullName"], case["status"] if case["status"] in ("passed", "failed") else "skipped",
                 (case.get("duration") or 0) / 1000)
            for file in files for case in file["assertionResults"]
        ]  # fmt: skip

    reporters = ["--reporter=default", "--reporter=json", "--outputFile.json=REPORT"]
    return Group("front end", ["npm", "run", "--silent", "test", "--", *reporters], read, folder=FRONTEND)


def rule_paths(*, once: bool) -> list[str]:
    """The apps' tests."""
    apart = {*APART, *(() if once else ONCE)}
    return [f"--ignore=tests/{name}" for name in sorted(apart)] + ["tests"]


def plan(postgres: str, redis: str, browser: str) -> tuple[list[Group], list[Group]]:
    """What runs side by side, the longest first, and what comes after it, alone."""
    embedded = {"DATABASE_URL": "", "REDIS_URL": ""}
    together = [pytest_group("rules, SQLite", "-m", "not postgres and not redis", *rule_paths(once=True), **embedded)]
    if postgres:
        name, marks = ("rules, PostgreSQL and Redis", "") if redis else ("rules, PostgreSQL", "not redis")
        together.append(pytest_group(name, "-m", marks, *rule_paths(once=False),
                                     DATABASE_URL=postgres, REDIS_URL=redis))  # fmt: skip
    together += [pytest_group(name, f"tests/{name}", **embedded) for name in ("solver", "contract")]
    together.append(vitest_group())
    alone = []
    if browser:
        journeys = {"CHROMIUM": browser, "JOURNEY_DATABASE_URL": postgres, "JOURNEY_REDIS_URL": redis}
        alone.append(pytest_group("browser journeys", "-n2", "--dist=loadfile", "tests/journeys", **journeys))
    return together, alone


def run_plan(together: list[Group], alone: list[Group]) -> list[Group]:
    with ThreadPoolExecutor(2) as lanes:
        list(lanes.map(Group.run, together))
    for group in alone:
        group.run()
    return together + alone


def list_slowest(groups: list[Group]) -> None:
    for group in groups:
        print(f"\nslowest of {group.name}, {group.seconds:.0f} seconds in all")
        for case in nlargest(SLOWEST, group.cases, key=lambda case: case.seconds):
            print(f"{case.seconds:8.1f}  {case.name}")


def summarize(groups: list[Group], left_out: list[str], seconds: float) -> None:
    print(f"\n{'group':<34}{'ran':>7}{'passed':>8}{'failed':>8}{'skipped':>9}")
    total: Counter[str] = Counter()
    for group in groups:
        for part in sorted({case.part for case in group.cases} or {group.name}):
            counts = Counter(case.outcome for case in group.cases if case.part == part)
            ran = counts["passed"] + counts["failed"]
            print(f"{part:<34}{ran:>7}{counts['passed']:>8}{counts['failed']:>8}{counts['skipped']:>9}")
            total += counts
    for text in left_out:
        print(f"LEFT OUT  {text}")
    print(f"\n{seconds:.0f} seconds")
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")


def main() -> int:
    started = time.monotonic()
    LOGS.mkdir(parents=True, exist_ok=True)
    checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]
    os.environ.setdefault("TEST_DB_SUFFIX", f"_{checkout}")
    os.environ.pop("DATA_DIR", None)
    try:
        postgres, redis = find_postgres(), find_redis()
    except Unreachable as error:
        print(error, file=sys.stderr)
        return 1
    missing = install_browser()
    browser = "" if missing else find_browser()
    left_out = []
    if not postgres:
        left_out.append("PostgreSQL: none answers at TEST_DATABASE_URL or on this machine")
    if not redis:
        left_out.append("Redis: none answers at TEST_REDIS_URL or on this machine")
    if missing:
        left_out.append(f"browser journeys: {missing}")
    groups = run_plan(*plan(postgres, redis, browser))
    list_slowest(groups)
    summarize(groups, left_out, time.monotonic() - started)
    print(f"PostgreSQL: {'used' if postgres else 'not used'}. Redis: {'used' if postgres and redis else 'not used'}.")
    incomplete = bool(left_out) and os.environ.get("CI") == "true"
    if incomplete:
        print("In CI nothing may be left out.", file=sys.stderr)
    return 1 if incomplete or any(group.failed for group in groups) else 0


if __name__ == "__main__":
    sys.exit(main())
