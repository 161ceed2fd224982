"""Books, made directly; what they are found by is written as the rules write it."""

from __future__ import annotations

import itertools
from typing import Any

from hub import clock
from programs.lending.isbn import check_digit_13
from programs.lending.models import Copy, Title
from tests.support.make import make_hub

_numbers = itertools.count(1)


def make_isbn(number: int | None = None) -> str:
    core = f"9787{next(_numbers) if number is None else number:08d}"
    return core + check_digit_13(core)


def make_title(**values: Any) -> Title:
    now = clock.now()
    defaults = {"name": f"书{next(_numbers)}", "isbn": make_isbn(), "created_at": now, "changed_at": now}
    return Title.objects.create(**defaults | values)


def make_copy(**values: Any) -> Copy:
    now = clock.now()
    needed: dict[str, Any] = {}
    if "title" not in values:
        needed["title"] = make_title()
    if "hub" not in values:
        needed["hub"] = make_hub()
    return Copy.objects.create(**{"created_at": now, "changed_at": now} | needed | values)
