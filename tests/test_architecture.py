"""The house keeps its shape where no linter looks: foreign keys by string, folders, undeclared access."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

from django.apps import apps
from django.db import models
from ninja.operation import Operation

from hub.access.operations import Allow, Open
from hub.config.api import api

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"hub", "programs", "volunteers", "scheduling", "frontend", "tests", "docs"}
MADE_HERE = {"staticfiles", "bench-results", "node_modules"}


def contracts(kind: str) -> list[configparser.SectionProxy]:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return [section for section in parser.values() if section.get("type") == kind]


def lines(section: configparser.SectionProxy, name: str) -> list[str]:
    return [line.strip() for line in section[name].splitlines() if line.strip()]


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def place(module: str, layers: list[str]) -> tuple[int, str, bool] | None:
    """Which layer holds the module, as which sibling, and whether that layer's siblings are independent."""
    found: list[tuple[int, tuple[int, str, bool]]] = []
    for level, layer in enumerate(layers):
        for sibling in re.split(r"\s*[|:]\s*", layer):
            name = sibling.strip("()")
            if is_within(module, name):
                found.append((len(name), (level, name, "|" in layer)))
    return max(found)[1] if found else None


def faults_between(source: str, target: str) -> list[str]:
    """The contracts of .importlinter that an import of `target` by `source` would break."""
    faults = []
    for section in contracts("layers"):
        here, there = place(source, lines(section, "layers")), place(target, lines(section, "layers"))
        if here and there:
            upward = there[0] < here[0]
            sideways = there[0] == here[0] and there[1] != here[1] and here[2]
            if upward or sideways:
                faults.append(section["name"])
    for section in contracts("forbidden"):
        leaves = any(is_within(source, name) for name in lines(section, "source_modules"))
        enters = any(is_within(target, name) for name in lines(section, "forbidden_modules"))
        if leaves and enters:
            faults.append(section["name"])
    return faults


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.split(".")[0] in FOLDERS]


def test_the_order_is_read_from_the_contracts() -> None:
    assert faults_between("hub.places.models", "hub.people.models") != []
    assert faults_between("scheduling.signups.models", "scheduling.bookings.models") != []
    assert faults_between("hub.journal.models", "hub.people.models") != []
    assert faults_between("scheduling.planning.models", "scheduling.sessions.models") == []


def test_foreign_keys_point_downward() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}: {fault}"
        for model in own_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.related_model is not None
        for fault in faults_between(model.__module__, field.related_model.__module__)
    ]
    assert upward == []


def test_only_known_folders_stand_at_the_top() -> None:
    found = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert found - MADE_HERE - {"__pycache__"} == FOLDERS


def operations() -> list[tuple[str, Operation]]:
    return [
        (f"{'/'.join(operation.methods)} {path}", operation)
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]


def test_every_operation_declares_its_access_rule() -> None:
    assert operations() != []
    undeclared = [name for name, operation in operations() if not isinstance(operation.auth_param, Allow | Open)]
    assert undeclared == []
