"""When a session moves. The sender holds its row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.dispatch import receiver

from hub import clock
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Session
from scheduling.sessions.signals import session_moved


@receiver(session_moved, dispatch_uid="cutoffs.moved")
def begin_anew(sender: object, session: Session, before: Mapping[str, Any], **kwargs: Any) -> None:
    """Another time has a cut-off of its own: until then it gives places again."""
    if before["starts_at"] != session.starts_at:
        CutOff.objects.filter(session=session).update(state=CutOff.State.COVERED, next_look=clock.now())
