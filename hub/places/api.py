"""/api/places: the district's sites with their rooms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.operations import acting, signed_in
from hub.access.rules import visible
from hub.places.models import Hub

router = Router()


class PlaceRoom(Schema):
    id: int
    name: str
    capacity: int | None


class Place(Schema):
    id: int
    name: str
    kind: str
    parent_id: int | None
    subdistrict: str
    community: str
    address: str
    opening_text: str
    longitude: float | None
    latitude: float | None
    rooms: list[PlaceRoom]


@router.get("/places", response=list[Place], auth=signed_in)
def get_places(request: HttpRequest) -> Any:
    """Every site, hubs first, canteens and meal points after."""
    return visible(acting(request), "view", Hub.objects.order_by("parent_id", "pk").prefetch_related("rooms"))
