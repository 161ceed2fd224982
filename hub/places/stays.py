"""Which sites an agency's stay (入驻) spans: its hub's, and those of canteens and meal points below it where the agency
has no stay of its own. The ledger of space for service counts by it, and a month's files are put together by it."""

from __future__ import annotations

from collections.abc import Collection

from hub.among import among
from hub.places.models import Hub, Residency

Pair = tuple[int, int]
"""(agency, site)"""


def sites_counted(pairs: Collection[Pair]) -> dict[Pair, int]:
    """Each with the site whose stay it belongs to; without any, itself. Two queries."""
    above = dict(Hub.objects.filter(pk__in=among({site for _, site in pairs})).values_list("pk", "parent"))
    stays = set(Residency.objects.filter(agency__in={agency for agency, _ in pairs}).values_list("agency", "hub"))
    found = {}
    for agency, site in pairs:
        parent = above.get(site)
        below = (agency, site) not in stays and (agency, parent) in stays
        found[agency, site] = parent if below and parent else site
    return found


def sites_of_stay(agency: int, hub: int) -> list[int]:
    """The hub itself among them."""
    sites = [hub, *Hub.objects.filter(parent=hub).values_list("pk", flat=True)]
    counted = sites_counted([(agency, site) for site in sites])
    return [site for site in sites if site == hub or counted[agency, site] == hub]
