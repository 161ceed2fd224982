"""The number that stands in for a volunteer where neither name nor ID number should."""

from __future__ import annotations

from volunteers.models import Volunteer


def volunteer_number(volunteer: Volunteer) -> str:
    return f"QZ{volunteer.pk:06d}"


def official_number(volunteer: Volunteer) -> str:
    return ""
