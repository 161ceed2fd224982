"""Where the two sides of a session meet: a need never shrinks below those who hold a place in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count
from django.dispatch import receiver

from hub.errors import Refused
from scheduling.sessions.models import Session
from scheduling.sessions.signals import needs_changing
from scheduling.signups.models import Assignment


@receiver(needs_changing)
def refuse_below_assigned(*, session: Session, targets: Mapping[int, int], **kwargs: object) -> None:
    """Refused("need_in_use"): people hold more places than would be left."""
    active = Assignment.objects.filter(need__in=list(targets), state__in=Assignment.ACTIVE)
    held = dict(active.order_by().values_list("need").annotate(Count("pk")))
    for need_id, target in targets.items():
        if held.get(need_id, 0) > target:
            raise Refused("need_in_use", session=session.pk, need=need_id, filled=held[need_id], target=target)
