"""What is printed: PDFs typeset by typst from a template, with an open font (Noto, OFL) embedded; QR codes."""

from __future__ import annotations

import io
import json
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


def typeset(template: Path, facts: Mapping[str, object], **more: str) -> bytes:
    """A PDF: the template reads `facts` as JSON, and `more` as text."""
    inputs = {"facts": json.dumps(facts, ensure_ascii=False), **more}
    return typst.compile(str(template), font_paths=_fonts(), sys_inputs=inputs, format="pdf")


def qr_code(text: str) -> str:
    """As SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
