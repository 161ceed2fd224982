"""Copies: books that stand on a hub's shelves, or no longer do."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from hub.places.models import Hub
from hub.workbook.reading import plain
from programs.lending.library import write_sought
from programs.lending.models import Copy, Title

AT_ONCE = 50
CHANGED = "books.changed"
BY_HAND = {Copy.State.ON_SHELF, Copy.State.DAMAGED, Copy.State.LOST, Copy.State.WITHDRAWN}


@transaction.atomic
def add_copies(*, title: int, hub: Hub, count: int = 1, sticker: str = "", by: Person) -> list[Copy]:
    """Refused: not_found, one_sticker_one_copy, sticker_taken (with the title that wears it)."""
    row = Title.objects.select_for_update(no_key=True).filter(pk=title).first()
    if row is None:
        raise Refused("not_found", model="title", id=title)
    code = read_sticker(sticker)
    if code and count != 1:
        raise Refused("one_sticker_one_copy")
    now = clock.now()
    try:
        with transaction.atomic():
            made = Copy.objects.bulk_create(
                Copy(title=row, hub=hub, sticker=code or None, created_at=now, changed_at=now)
                for _ in range(min(count, AT_ONCE))
            )
    except IntegrityError:
        raise Refused("sticker_taken", title=Copy.objects.get(sticker=code).title_id) from None
    write_sought([row])
    append(action="copies.added", subject=row, actor_id=by.pk, hub_id=hub.pk, copies=[one.pk for one in made])
    _tell(made)
    return made


@transaction.atomic
def mark_copy(*, copy: int, state: str, by: Person) -> Copy:
    """Damaged, lost, withdrawn, or on its shelf again. Refused: not_found, copy_is_lent, copy_is_set_aside,
    state_not_by_hand."""
    row = Copy.objects.select_for_update(of=("self",), no_key=True).select_related("title").filter(pk=copy).first()
    if row is None:
        raise Refused("not_found", model="copy", id=copy)
    if state not in BY_HAND:
        raise Refused("state_not_by_hand")
    if row.state == Copy.State.LENT:
        raise Refused("copy_is_lent")
    if row.state == Copy.State.SET_ASIDE:
        raise Refused("copy_is_set_aside")
    if row.state == state:
        return row
    before, row.state, row.changed_at = row.state, Copy.State(state), clock.now()
    row.save(update_fields=["state", "changed_at"])
    if (before in Copy.GONE) != (state in Copy.GONE):
        write_sought([row.title])
    append(action="copy.marked", subject=row, actor_id=by.pk, hub_id=row.hub_id, before=before, state=state)
    _tell([row])
    return row


def read_sticker(text: str) -> str:
    """The code on a sticker as it is kept: scanned it comes as an address (`.../b/CODE`)."""
    return "".join(plain(text).rstrip("/").rpartition("/")[2].upper().split())[:30]


def _tell(copies: list[Copy]) -> None:
    publish({f"hub:{one.hub_id}" for one in copies}, CHANGED, copy=[one.pk for one in copies])
