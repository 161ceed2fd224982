"""Cases of foreign ids: someone whose role opens the door asks for a thing that is not theirs, and it does not exist.

An app states its cases in `tests/<app>/foreign_cases.py`:

    @foreign("GET /api/bookings/{booking_id}", "DELETE /api/bookings/{booking_id}")
    def booking_of_another_family() -> Foreign:
        booking = make_booking(...)
        return Foreign(person=make_person(Role.GUARDIAN), ids={"booking_id": booking.pk})

`body` and `query` carry what the operation needs to get past its own parsing. tests/test_access_matrix.py demands a
case for every operation with an id in its path.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from hub.people.models import Person


@dataclass(frozen=True)
class Foreign:
    person: Person
    ids: dict[str, object]
    body: dict[str, Any] | None = None
    query: str = ""


Case = Callable[[], Foreign]
cases: dict[str, list[Case]] = {}


def foreign(*operations: str) -> Callable[[Case], Case]:
    def register(case: Case) -> Case:
        for operation in operations:
            cases.setdefault(operation, []).append(case)
        return case

    return register


def load_cases() -> dict[str, list[Case]]:
    root = Path(__file__).resolve().parent.parent
    for file in sorted(root.glob("*/foreign_cases.py")):
        import_module(f"tests.{file.parent.name}.foreign_cases")
    return cases
