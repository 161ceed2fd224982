"""Telling screens that something about books changed: those of the site, and those of the family."""

from __future__ import annotations

from collections.abc import Iterable

from hub.live.publish import publish
from hub.people.models import Family, FamilyMember
from programs.lending.circulation.models import Hold, Loan
from programs.lending.circulation.readers import GROWN_UPS


def tell(loans: Iterable[Loan] = (), holds: Iterable[Hold] = ()) -> None:
    """Call it last."""
    lent, held = list(loans), list(holds)
    families = {row.family_id for row in lent} | {row.family_id for row in held}
    sites = {row.hub_id for row in held} | {row.copy.hub_id for row in lent} | {row.hub_id for row in lent}
    people = set(Family.objects.filter(pk__in=families).values_list("guardian", flat=True))
    members = FamilyMember.objects.filter(family__in=families, part__in=GROWN_UPS)
    people.update(members.values_list("person", flat=True))
    topics = [*(f"hub:{pk}" for pk in sites), *(f"person:{pk}" for pk in people)]
    ids = {"loan": [row.pk for row in lent], "hold": [row.pk for row in held]}
    if families:
        publish(topics, "books.changed", **{name: found for name, found in ids.items() if found})
