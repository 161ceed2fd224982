"""Places of a week as one speaks of them: what, when and in which role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hub.among import among
from scheduling.sessions.models import Need

Row = dict[str, Any]
COLUMNS = ("pk", "role", "session", "session__program__name", "session__starts_at", "session__ends_at")


def shifts_of(needs: Iterable[int]) -> dict[int, Row]:
    """Need id -> its shift. One query."""
    rows = Need.objects.filter(pk__in=among(needs)).values_list(*COLUMNS)
    return {
        need: {
            "need": need,
            "role": role,
            "session": session,
            "title": title,
            "starts_at": starts_at,
            "ends_at": ends_at,
        }
        for need, role, session, title, starts_at, ends_at in rows
    }
