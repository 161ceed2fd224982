"""Families that were started and never agreed to: after a month of silence nothing is kept of them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from hub import clock
from hub.live.publish import told_together
from hub.people.circles import lock_family
from hub.people.family_links import GOOD_FOR, end_unconfirmed
from hub.people.models import Child, Family, FamilyLink


def _waiting() -> QuerySet[Family]:
    return Family.objects.filter(confirmed_at=None, children__isnull=False).distinct()


def any_waits() -> bool:
    return _waiting().exists()


def end_unanswered() -> int:
    """How many ended. Each in a transaction of its own: whoever answers meanwhile is heard."""
    now = clock.now()
    asked = FamilyLink.objects.filter(expires_at__gt=now).values("family")
    silent = _waiting().filter(created_at__lte=now - GOOD_FOR).exclude(pk__in=asked)
    return sum(_end(pk) for pk in silent.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
@told_together()
def _end(pk: int) -> bool:
    family = Family.objects.select_related("guardian").get(pk=pk)
    lock_family(family)
    known = Child.objects.filter(family=family, person__consents__isnull=False).exists()
    if family.confirmed_at is not None or known:
        return False
    end_unconfirmed(family, by=None)
    return True
