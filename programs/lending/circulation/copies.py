"""A copy held for a change. A title's row is the lock of all that is done with its copies and its line: it comes after
persons and sessions, before its copies."""

from __future__ import annotations

from hub import clock
from hub.errors import Refused
from programs.lending.library import write_sought
from programs.lending.models import Copy, Title

State = Copy.State
LIVING = (State.ON_SHELF, State.LENT, State.SET_ASIDE)
"""What can come to somebody who waits."""


def lock_title(title: int) -> Title:
    """Refused("not_found")."""
    row = Title.objects.select_for_update(no_key=True).filter(pk=title).first()
    if row is None:
        raise Refused("not_found", model="title", id=title)
    return row


def lock_copy(copy: int) -> Copy:
    """Its title first, then the copy as it is now. Refused("not_found")."""
    title = Copy.objects.filter(pk=copy).values_list("title", flat=True).first()
    if title is None:
        raise Refused("not_found", model="copy", id=copy)
    held = lock_title(title)
    row = Copy.objects.select_for_update(no_key=True).select_related("hub").get(pk=copy)
    row.title = held
    return row


def put(copy: Copy, state: Copy.State, *, hub: int | None = None) -> None:
    """Under its title's lock."""
    before = (copy.hub_id, copy.state in Copy.GONE)
    copy.state, copy.hub_id, copy.changed_at = state, hub or copy.hub_id, clock.now()
    copy.save(update_fields=["state", "hub", "changed_at"])
    if before != (copy.hub_id, copy.state in Copy.GONE):
        write_sought([copy.title])
