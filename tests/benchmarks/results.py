"""Where measurements go: one file each time, saying when, of what and on what."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "bench-results"


def write(kind: str, results: Any, *, picture: str | None = None) -> None:
    """As bench-results/KIND-TIME.json, with a picture (SVG) of the same name if there is one."""
    FOLDER.mkdir(exist_ok=True)
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    now = datetime.now(UTC)
    facts = {
        "at": now.isoformat(),
        "revision": revision.stdout.strip(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "results": results,
    }
    path = FOLDER / f"{kind}-{now:%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"written to {path.relative_to(ROOT)}")
    if picture is not None:
        path.with_suffix(".svg").write_text(picture, encoding="utf-8")
        print(f"       and {path.with_suffix('.svg').relative_to(ROOT)}")
