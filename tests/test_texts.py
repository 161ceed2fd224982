"""What people read stands in catalogs, in both languages; what the code holds names no machine of ours."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
APPS = ("hub", "programs", "volunteers", "scheduling")
LANGUAGES = ("zh_Hans", "en")
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SPEAKS_CHINESE = re.compile(
    r"/sheets\.py$|/sheets/|^hub/workbook/|^hub/places/notice\.py$|^programs/demo/|^programs/\w+/apps\.py$"
    r"|^hub/config/settings\.py$|/migrations/"
)
"""The workbook's own vocabulary and people's habits of writing it, the yearly notice's, invented names of the demo,
names of languages."""
GETTEXT = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def is_spoken(node: ast.AST, notes: set[int]) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes


def notes_of(tree: ast.Module) -> set[int]:
    """Strings that stand alone: docstrings and remarks below an attribute."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def test_code_speaks_no_chinese() -> None:
    spoken = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if not SPEAKS_CHINESE.search(path)
        for notes in [notes_of(tree)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and is_spoken(node, notes) and CJK.search(node.value)
    ]
    assert spoken == []


def locales() -> list[Path]:
    return sorted({path for app in APPS for path in (ROOT / app).rglob("locale") if path.is_dir()})


def messages(locale: Path, language: str) -> dict[str, Message]:
    with (locale / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {
            # A text with a plural has a pair of ids; code asks by the first.
            message.id[0] if isinstance(message.id, tuple) else str(message.id): message
            for message in read_po(file)
            if message.id
        }


@pytest.mark.parametrize("locale", locales(), ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_catalogs_are_complete(locale: Path) -> None:
    found = {language: messages(locale, language) for language in LANGUAGES}
    assert found["zh_Hans"].keys() == found["en"].keys()
    unfinished = [
        f"{language}: {key}"
        for language, texts in found.items()
        for key, message in texts.items()
        if message.fuzzy or not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    assert unfinished == []
    variables = re.compile(r"%\(\w+\)s|\{\w+\}")
    differing = [
        key
        for key, message in found["en"].items()
        if set(variables.findall(str(message.string))) != set(variables.findall(str(found["zh_Hans"][key].string)))
    ]
    assert differing == []


def test_every_text_that_code_asks_for_is_in_a_catalog() -> None:
    known = {key for locale in locales() for key in messages(locale, "en")}
    asked = {
        f"{path}: {node.args[0].value}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in GETTEXT
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value not in known
    }
    assert asked == set()


PASSED_ON = (
    "day_off",
    "outside_hours",
    "equipment_missing",
    "duty_elsewhere",
    "gone_in_app",
    "column_ignored",
    "sheet_ignored",
)
"""Warned of under a name: the rules that a session's place and time are held against say the code."""


def test_every_warning_of_an_import_has_its_heading_on_the_page() -> None:
    warned = {
        f"import.warning.{node.args[2].value}"
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "warn"
        and len(node.args) == 3
        and isinstance(node.args[2], ast.Constant)
    }
    warned |= {f"import.warning.{code}" for code in PASSED_ON}
    pages = ROOT / "frontend" / "src" / "hub" / "workbook" / "locales"
    wordless = {
        f"{path.stem}: {heading}"
        for path in pages.glob("*.json")
        for heading in warned - json.loads(path.read_text(encoding="utf-8")).keys()
    }
    assert (len(warned) > 20, wordless) == (True, set())


def test_no_committed_file_names_where_packages_come_from() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    named = re.compile(
        r'"resolved": *"https?://|^ *(--index-url|--extra-index-url|--find-links|registry *=)', re.MULTILINE
    )
    kinds = re.compile(r"lock|requirements|npmrc|\.toml$|\.ini$|\.cfg$")
    files = [ROOT / name for name in listed.stdout.split("\0") if name and kinds.search(name)]
    assert [path.name for path in files if path.exists() and named.search(path.read_text(encoding="utf-8"))] == []
