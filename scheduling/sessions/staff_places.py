"""Places that staff fill themselves: where they count beside volunteers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from scheduling.sessions.models import Session, StaffPlace


def staff_in(sessions: Iterable[Session] | QuerySet[Session, Any] | Iterable[int]) -> QuerySet[StaffPlace]:
    """Who stands in in these sessions now."""
    return StaffPlace.objects.filter(session__in=sessions, ended_at=None)
