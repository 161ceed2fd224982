"""Every check that runs nothing: one line each, its output only when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
LONG = {".py": 300, ".ts": 300, ".tsx": 300}
FOLDERS = ("hub", "programs", "volunteers", "scheduling", ".ci", "tests", "frontend/src")
Check = tuple[str, list[str], Path]


def main() -> int:
    with ThreadPoolExecutor(2) as lanes:
        passed = [one for lane in lanes.map(run_lane, checks()) for one in lane]
    list_long_modules()
    failed = passed.count(False)
    print(f"\n{passed.count(True)} checks passed, {failed} failed")
    return 1 if failed else 0


def run_lane(lane: list[Check]) -> list[bool]:
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "DATA_DIR": scratch}
        environment.pop("DATABASE_URL", None)
        return [check(name, command, folder, environment) for name, command, folder in lane]


def checks() -> list[list[Check]]:
    """Two lanes, side by side. What reads the generated client stands in the one that writes it anew."""
    npm = ["npm", "run", "--silent"]
    python: list[Check] = [
        ("mypy", ["mypy", "hub", "programs", "volunteers", "scheduling", "manage.py"], ROOT),
        ("imports", ["lint-imports"], ROOT),
    ]
    others: list[Check] = [
        ("ruff", ["ruff", "check", "--quiet", "."], ROOT),
        ("ruff format", ["ruff", "format", "--check", "--quiet", "."], ROOT),
        ("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"], ROOT),
        ("system checks", ["python", "-W", "error", "manage.py", "check"], ROOT),
        ("texts", ["pytest", "-q", "tests/test_texts.py"], ROOT),
    ]
    if (FRONTEND / "package.json").exists():
        others += [(f"front end: {script}", [*npm, script], FRONTEND) for script in ("lint", "check", "size")]
        others.append(("generated client", ["python", str(Path(__file__)), "client"], ROOT))
    return [python, others]


def check(name: str, command: list[str], folder: Path, environment: dict[str, str]) -> bool:
    started = time.monotonic()
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    passed = result.returncode == 0
    print(f"{'passed' if passed else 'FAILED'}  {name:<24} {time.monotonic() - started:6.1f} s", flush=True)
    if not passed:
        print((result.stdout + result.stderr).strip(), flush=True)
    return passed


def check_client() -> int:
    """Generate the client again and put the committed one back: they must be the same."""
    schema = FRONTEND / "src" / "api" / "schema.ts"
    committed = schema.read_bytes()
    try:
        result = subprocess.run(["npm", "run", "--silent", "api"], cwd=FRONTEND, check=False)
        if result.returncode == 0 and schema.read_bytes() != committed:
            print("frontend/src/api/schema.ts is older than the API: run `npm run api` in frontend/ and commit it.")
            return 1
        return result.returncode
    finally:
        schema.write_bytes(committed)


def list_long_modules() -> None:
    """A note, not a fault: does each of these hold two things?"""
    lengths = [
        (len(path.read_text(encoding="utf-8").splitlines()), path.relative_to(ROOT))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in LONG and "migrations" not in path.parts and "schema" not in path.name
    ]
    long = sorted(((lines, path) for lines, path in lengths if lines > LONG[path.suffix]), reverse=True)
    if long:
        print("\nOver 300 lines: " + ", ".join(f"{path} ({lines})" for lines, path in long))


if __name__ == "__main__":
    sys.exit(check_client() if sys.argv[1:] == ["client"] else main())
