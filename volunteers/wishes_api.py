"""What volunteers wish who say so on the phone, written down by who plans with them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.operations import acting, planners
from hub.access.rules import fetch
from volunteers.models import Volunteer
from volunteers.wishes import MOST_PER_WEEK, set_wish

router = Router()


class WishSaid(Schema):
    per_week: int | None = Field(None, ge=0, le=MOST_PER_WEEK)


@router.put("/volunteers/{int:volunteer_id}/wish", response=WishSaid, auth=planners)
def put_wish_for(request: HttpRequest, volunteer_id: int, wish: WishSaid) -> WishSaid:
    """How many sessions a week they would like; null for no wish."""
    actor = acting(request)
    volunteer = fetch(actor, "wish_for", Volunteer.objects.all(), volunteer_id)
    set_wish(volunteer=volunteer, per_week=wish.per_week, by=actor.person)
    return wish
