"""People by name, as far as whoever looks may know them."""

from __future__ import annotations

from collections.abc import Collection

from hub.among import among
from volunteers.models import Volunteer


def names_of(volunteers: Collection[int], *, masked: bool = False) -> dict[int, str]:
    """Volunteer id -> name, in order of the ids; `masked` for who oversees without knowing people. One query."""
    found = Volunteer.objects.filter(pk__in=among(volunteers)).order_by("pk").values_list("pk", "person__name")
    return {pk: f"{name[:1]}*" if masked else name for pk, name in found}
