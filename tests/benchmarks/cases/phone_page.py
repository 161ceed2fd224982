"""What a phone transfers to show a volunteer's pages, nothing kept from before."""

from __future__ import annotations

from tests.benchmarks.case import Case, Visit
from volunteers.models import Volunteer

PATHS = ("/home", "/shifts/find", "/shifts", "/me")


def prepare() -> Visit:
    someone = Volunteer.objects.filter(assignments__isnull=False).select_related("person").order_by("pk")[0]
    return Visit(someone.person, PATHS)


CASES = [Case("phone page, everything transferred", {"kilobytes": 250}, prepare)]
