"""What is printed: PDFs typeset by typst from a template, with an open font (Noto, OFL) embedded; QR codes."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import segno
import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path


@cache
def _fonts() -> typst.Fonts:
    folders = {str(path.parent) for path in (sans_path(), serif_path())}
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(folders))


def typeset(template: Path, facts: Mapping[str, object], *, folder: Path | None = None, **more: str) -> bytes:
    """A PDF: the template reads `facts` as JSON, `more` as text, and pictures by their names in `folder`, into which it
    is copied."""
    if folder:
        template = Path(shutil.copy(template, folder))
    return _compile(str(template), {"facts": json.dumps(facts, ensure_ascii=False), **more})


def typeset_apart(template: Path, facts: Mapping[str, object], *, folder: Path) -> bytes:
    """The same in a process of its own, for many pictures: typst keeps a megabyte of each for as long as its process
    lives."""
    wish = [str(shutil.copy(template, folder)), {"facts": json.dumps(facts, ensure_ascii=False)}]
    done = subprocess.run(
        [sys.executable, "-m", "hub.paper"],
        cwd=Path(__file__).resolve().parents[1],
        input=json.dumps(wish).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout


def _compile(template: str, inputs: dict[str, str]) -> bytes:
    return typst.compile(template, font_paths=_fonts(), sys_inputs=inputs, format="pdf")


def qr_code(text: str) -> str:
    """As SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


if __name__ == "__main__":
    sys.stdout.buffer.write(_compile(*json.load(sys.stdin)))
