"""When a session changes under the staff who stand in there. The sender holds its row and its people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.dispatch import receiver

from hub.people.models import Person
from scheduling.rescues.staff import announce, end, of_sessions
from scheduling.sessions.models import Session, StaffPlace
from scheduling.sessions.signals import session_cancelled, session_moved


@receiver(session_cancelled, dispatch_uid="rescues.cancelled")
def free_staff(sender: object, session: Session, by: Person | None, **kwargs: Any) -> None:
    """The claims are the sender's to give up."""
    for row in of_sessions([session.pk]):
        row.session = session
        end(row, by)
        _tell(row, session, "session_cancelled")


@receiver(session_moved, dispatch_uid="rescues.moved")
def tell_staff(sender: object, session: Session, before: Mapping[str, Any], **kwargs: Any) -> None:
    """They come along, or the move was refused. Another room is only seen."""
    if all(before[name] == getattr(session, name) for name in ("starts_at", "ends_at", "hub_id")):
        return
    for row in of_sessions([session.pk]):
        _tell(row, session, "session_moved")


def _tell(row: StaffPlace, session: Session, template: str) -> None:
    announce(row.person_id, session, template, f"{template}:staff:{row.pk}:{session.sequence}")
