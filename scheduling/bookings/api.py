"""The family's side: my children, what they may join, booking and giving a place back. Staff book by the same rules."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from hub.access.actor import Actor
from hub.access.operations import Allow, acting, guardians, schedulers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.live.read import heads
from hub.people.models import Child, Role
from scheduling.bookings import bookings, series
from scheduling.bookings.activities import (
    Wish,
    activity,
    coming_sessions,
    find_activities,
    find_together,
    hubs_on_offer,
)
from scheduling.bookings.family import my_children, my_family
from scheduling.bookings.kept_places import router as kept_places_router
from scheduling.bookings.lookup import bookable_children, find_children
from scheduling.bookings.models import Booking
from scheduling.bookings.schemas import (
    ActivitiesOut,
    ActivityOut,
    BookedOut,
    FamilyOut,
    FoundChildOut,
    JudgedOut,
    Site,
    TogetherOut,
    activity_out,
    booked_out,
    child_out,
    family_child_out,
    found_child_out,
    judged_out,
    outing_out,
)
from scheduling.bookings.turns_api import router as turns_router
from scheduling.sessions.models import Session

router = Router()
router.add_router("", turns_router)
router.add_router("", kept_places_router)
bookers = Allow(Role.GUARDIAN, Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR)


class BookIn(Schema):
    children: list[int] = Field(max_length=20)
    all_or_none: bool = False
    """Where too few places are left all wait together; else as many as fit are booked."""
    wait: bool = True
    """Who finds no place waits."""
    guardian_phone: str | None = Field(None, max_length=40)
    """By staff, for children no session of theirs knows yet: their guardian's whole number."""


class OutingPart(Schema):
    session: int
    children: list[int] = Field(max_length=20)


class OutingIn(Schema):
    parts: list[OutingPart] = Field(min_length=1, max_length=20)


class SeriesIn(Schema):
    children: list[int] = Field(max_length=20)
    all_or_none: bool = False


def _head(actor: Actor) -> int:
    topic = f"person:{actor.person.pk}"
    return heads([topic]).get(topic, 0)


@router.get("/family", response=FamilyOut, auth=guardians)
def get_family(request: HttpRequest) -> FamilyOut:
    """My children and where they have places from now on."""
    actor = acting(request)
    head = _head(actor)
    family = my_family(actor)
    return FamilyOut(
        head=head,
        family=next((one.child.family_id for one in family if one.child.family.guardian_id == actor.person.pk), None),
        children=[family_child_out(one) for one in family],
    )


@router.get("/activities", response=ActivitiesOut, auth=guardians)
def get_activities(
    request: HttpRequest, hub: int | None = None, day: dt.date | None = None, child: int | None = None, cursor: str = ""
) -> ActivitiesOut:
    """What my children may join, soonest first, with places left and how each child fits."""
    actor = acting(request)
    head = _head(actor)
    page = find_activities(actor=actor, wish=Wish(hub, day, child), cursor=cursor)
    return ActivitiesOut(
        head=head,
        children=[child_out(one) for one in my_children(actor)],
        activities=[activity_out(one) for one in page.activities],
        cursor=page.cursor,
    )


@router.get("/activities/hubs", response=list[Site], auth=guardians)
def get_hubs(request: HttpRequest) -> list[Site]:
    return [Site(id=hub.pk, name=hub.name, address=hub.address) for hub in hubs_on_offer(acting(request))]


@router.get("/activities/together", response=TogetherOut, auth=guardians)
def get_together(request: HttpRequest, hub: int | None = None, day: dt.date | None = None) -> TogetherOut:
    """What fits all my children: at one site at one time, or one after the other, and who goes where."""
    actor = acting(request)
    return TogetherOut(
        children=[child_out(one) for one in my_children(actor)],
        outings=[outing_out(one) for one in find_together(actor=actor, wish=Wish(hub, day))],
    )


@router.post("/activities/together/book", response=list[BookedOut], auth=guardians)
def post_outing(request: HttpRequest, wish: OutingIn) -> list[BookedOut]:
    """Each child's place where it goes, all or none."""
    actor = acting(request)
    _check_mine(actor, [child for part in wish.parts for child in part.children])
    rows = bookings.book_outing(places={part.session: part.children for part in wish.parts}, by=actor.person)
    return [booked_out(row) for row in rows]


@router.get("/activities/{int:session_id}", response=ActivityOut, auth=guardians)
def get_activity(request: HttpRequest, session_id: int) -> ActivityOut:
    session = coming_sessions().select_related("program", "hub", "room").filter(pk=session_id).first()
    if session is None:
        raise Refused("not_found", model="session", id=session_id)
    return activity_out(activity(actor=acting(request), session=session))


@router.get("/activities/{int:session_id}/children", response=list[FoundChildOut], auth=schedulers)
def get_children(request: HttpRequest, response: HttpResponse, session_id: int, q: str = "") -> list[FoundChildOut]:
    """At the desk: children the staff know, found by name, or any by their guardian's whole number, to book into a
    session of theirs. Logged."""
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.select_related("program"), session_id)
    response["Cache-Control"] = "no-store"
    return [found_child_out(one) for one in find_children(actor=actor, session=session, text=q)]


@router.post("/activities/{int:session_id}/book", response=list[BookedOut], auth=bookers)
def post_book(request: HttpRequest, session_id: int, wish: BookIn) -> list[BookedOut]:
    """Places for one or several children at once. A guardian books for their own; staff of the session for children
    they know, or whose guardian's number they give."""
    actor = acting(request)
    own = set(visible(actor, "guard", Child.objects.filter(pk__in=wish.children)).values_list("pk", flat=True))
    as_staff = not own.issuperset(wish.children)
    if as_staff:
        fetch(actor, "edit", Session.objects.all(), session_id)
        known = set(bookable_children(actor=actor).filter(pk__in=wish.children).values_list("pk", flat=True))
        told = bookable_children(actor=actor, text=wish.guardian_phone) if wish.guardian_phone else Child.objects.none()
        known.update(told.filter(pk__in=wish.children).values_list("pk", flat=True))
        for child in set(wish.children) - known:
            raise Refused("not_found", model="child", id=child)
    rows = bookings.book_together(
        session=session_id,
        children=wish.children,
        by=actor.person,
        as_staff=as_staff,
        all_or_none=wish.all_or_none,
        wait=wish.wait,
    )
    return [booked_out(row) for row in rows]


@router.post("/activities/{int:session_id}/book-series", response=list[JudgedOut], auth=guardians)
def post_book_series(request: HttpRequest, session_id: int, wish: SeriesIn) -> list[JudgedOut]:
    """This session and those like it on the same weekday, for eight weeks; each judged alone."""
    actor = acting(request)
    _check_mine(actor, wish.children)
    found = series.book_series(
        session=session_id, children=wish.children, by=actor.person, all_or_none=wish.all_or_none
    )
    return [judged_out(one) for one in found]


@router.post("/bookings/{int:booking_id}/cancel", response=BookedOut, auth=bookers)
def post_cancel(request: HttpRequest, booking_id: int) -> BookedOut:
    """Give a place back, until the session begins; it is offered to the next in line."""
    actor = acting(request)
    own = visible(actor, "cancel_own", Booking.objects.filter(pk=booking_id)).exists()
    if not own:
        fetch(actor, "cancel_as_staff", Booking.objects.all(), booking_id)
    return booked_out(bookings.cancel_booking(booking=booking_id, by=actor.person, as_staff=not own))


@router.post("/bookings/{int:booking_id}/cancel-series", response=list[BookedOut], auth=guardians)
def post_cancel_series(request: HttpRequest, booking_id: int) -> list[BookedOut]:
    """This place and the child's others in the sessions like it that follow."""
    actor = acting(request)
    fetch(actor, "cancel_own", Booking.objects.all(), booking_id)
    return [booked_out(row) for row in series.cancel_series(booking=booking_id, by=actor.person)]


def _check_mine(actor: Actor, children: list[int]) -> None:
    own = set(visible(actor, "guard", Child.objects.filter(pk__in=children)).values_list("pk", flat=True))
    for child in set(children) - own:
        raise Refused("not_found", model="child", id=child)
