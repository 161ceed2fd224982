"""Install and build what the project needs, each step only when its inputs changed.

Runs on the system's Python with nothing but the standard library, since it is what brings the rest. Every step leaves a
stamp (a hash of its inputs) inside the virtual environment, so a second run only hashes files.

    python3 .ci/prepare.py run   what serving needs
    python3 .ci/prepare.py dev   that, and what tests and linters need
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
BIN = VENV / "bin"
FRONTEND = ROOT / "frontend"
OLDEST = (3, 11)
APPS = ("hub", "programs", "volunteers", "scheduling")
NOT_SOURCES = {"node_modules", "dist", "test-results", "__pycache__"}


class Failed(Exception):
    """A step that did not work; its text is for the person at the terminal."""


def main() -> int:
    profile = sys.argv[1] if len(sys.argv) > 1 else "dev"
    if sys.version_info < OLDEST:
        print(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    handle = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)  # two make commands at once take turns
    try:
        prepare(profile)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        os.close(handle)
    return 0


def prepare(profile: str) -> None:
    make_venv()
    lock = choose_lock(profile)
    python_id = run([str(BIN / "python"), "-c", "import sys; print(sys.version)"])
    sync = [str(BIN / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", str(BIN / "python")]
    step("packages", [lock], lambda: run([*sync, str(lock)]), extra=python_id, kind=lock.name)

    packages = [FRONTEND / "package.json", FRONTEND / "package-lock.json", FRONTEND / ".npmrc"]
    if packages[1].exists():
        step("node packages", packages, lambda: run([npm(), "ci", "--no-audit", "--no-fund"], cwd=FRONTEND),
             made=FRONTEND / "node_modules" / ".package-lock.json")  # fmt: skip
    if (FRONTEND / "index.html").exists():
        step("front end", sources(FRONTEND), build_front_end, made=FRONTEND / "dist" / "index.html")

    catalogs = sorted(path for app in APPS for path in (ROOT / app).glob("**/locale/*/LC_MESSAGES/*.po"))
    compiled = [path.with_suffix(".mo") for path in catalogs]
    step("catalogs", catalogs, lambda: compile_catalogs(catalogs), made=compiled)

    solver = ROOT / "scheduling" / "solver"
    if (solver / "__main__.py").exists():
        step("solver", [*solver.glob("**/*.py"), lock], warm_up_solver)


def make_venv() -> None:
    """A venv that works and belongs here; one moved with its folder keeps the old path in every script."""
    if VENV.is_symlink() or (VENV.exists() and not (VENV / "pyvenv.cfg").exists()):
        raise Failed(f"{VENV} is not a virtual environment of this project; move it away and try again.")
    if VENV.exists() and (fault := venv_fault()):
        say(f"rebuilding .venv: {fault}")
        shutil.rmtree(VENV)
    if not VENV.exists():
        started = time.monotonic()
        try:
            run([sys.executable, "-m", "venv", str(VENV)])
        except Failed as failure:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Failed(f"{failure}\nThe venv module is needed (on Debian: apt-get install python3-venv).") from None
        done("environment", started)
    if not (BIN / "uv").exists():
        started = time.monotonic()
        run([str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
        done("uv", started)
    STAMPS.mkdir(exist_ok=True)


def venv_fault() -> str:
    activate = BIN / "activate"
    if not activate.exists() or str(VENV) not in activate.read_text(encoding="utf-8", errors="replace"):
        return "it was moved from another folder"
    probe = subprocess.run(
        [BIN / "python", "-c", "import pip, sys; print(sys.version_info >= (3, 11))"],
        capture_output=True, text=True, check=False,
    ) if (BIN / "python").exists() else None  # fmt: skip
    if probe is None or probe.returncode:
        return "its Python no longer starts"
    return "" if probe.stdout.strip() == "True" else "its Python is too old"


def choose_lock(profile: str) -> Path:
    """Serving from a developer's checkout keeps the developer's tools: never sync down, only up."""
    has_tools = read_stamp("packages").startswith("requirements-dev.lock") or (BIN / "pytest").exists()
    return ROOT / ("requirements-dev.lock" if profile == "dev" or has_tools else "requirements.lock")


def compile_catalogs(catalogs: list[Path]) -> None:
    for folder in sorted({path.parents[2] for path in catalogs}):
        run([str(BIN / "pybabel"), "compile", "--domain", "django", "--directory", str(folder)])


def build_front_end() -> None:
    """With compressed files beside the plain ones: the server sends them as they are."""
    run([npm(), "run", "build"], cwd=FRONTEND)
    run([str(BIN / "python"), "-m", "whitenoise.compress", "--quiet", str(FRONTEND / "dist")])


def warm_up_solver() -> None:
    run([str(BIN / "python"), "-m", "scheduling.solver", "warm-up"])


def npm() -> str:
    return str(BIN / "npm")


def step(name: str, inputs: Iterable[Path], work: Callable[[], object], *, extra: str = "", kind: str = "",
         made: Path | list[Path] | None = None) -> None:  # fmt: skip
    stamp = f"{kind} {digest(inputs, extra)}".strip()
    outputs = [made] if isinstance(made, Path) else made or []
    if read_stamp(name) == stamp and all(output.exists() for output in outputs):
        return
    started = time.monotonic()
    stamp_file(name).unlink(missing_ok=True)
    work()
    stamp_file(name).write_text(stamp, encoding="utf-8")
    done(name, started)


def stamp_file(name: str) -> Path:
    return STAMPS / name.replace(" ", "-")


def read_stamp(name: str) -> str:
    path = stamp_file(name)
    return path.read_text(encoding="utf-8") if path.exists() else ""


def digest(inputs: Iterable[Path], extra: str) -> str:
    sum_ = hashlib.sha256(extra.encode())
    for path in sorted(inputs):
        sum_.update(str(path.relative_to(ROOT)).encode())
        sum_.update(path.read_bytes() if path.exists() else b"-")
    return sum_.hexdigest()


def sources(folder: Path, skip: set[str] = NOT_SOURCES) -> list[Path]:
    found: list[Path] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in skip]
        found += [Path(parent) / name for name in files]
    return found


def run(command: list[str], cwd: Path = ROOT) -> str:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}", "VIRTUAL_ENV": str(VENV)}
    environment.pop("PYTHONHOME", None)
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        tail = "\n".join((result.stdout + result.stderr).strip().splitlines()[-40:])
        raise Failed(f"{tail}\n\nThis did not work: {' '.join(command)}")
    return result.stdout


def done(name: str, started: float) -> None:
    say(f"{name:<14} {time.monotonic() - started:6.1f} s")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
