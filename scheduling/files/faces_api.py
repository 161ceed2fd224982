"""How families liked a session: /api/face-links/TOKEN, where nobody signs in, so guessing is made slow; and
/api/device/faces, what was tapped on a hub's tablet; /api/faces/mine, whether a family is asked at all."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.guessing import by_token
from hub.access.operations import acting, anyone, guardians
from scheduling.attendance.device_api import device_of, tablets
from scheduling.files.asking import find_link, is_asked, wish_to_be_asked
from scheduling.files.faces import Face, answer, is_closed, take_taps
from scheduling.files.models import FaceLink

router = Router()
Choice = Face | Literal[""]


class FaceLinkOut(Schema):
    """The session alone: whoever reads the message knows whose children were there."""

    program: str
    hub: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    face: Choice
    """What they chose; empty where nothing yet."""
    open: bool
    """They may choose, or choose otherwise."""


class FaceAnswer(Schema):
    face: Face


class FacesWish(Schema):
    asked: bool


class TabletTap(Schema):
    booking: int = Field(ge=0, lt=2**63)
    face: Face


class TabletTaps(Schema):
    taps: list[TabletTap] = Field(max_length=200)


def _page(link: FaceLink) -> FaceLinkOut:
    session = link.session
    return FaceLinkOut(
        program=session.program.name,
        hub=session.hub.name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        face=cast("Choice", link.face),
        open=not (link.face and is_closed(session.pk)),
    )


@router.get("/face-links/{token}", response=FaceLinkOut, auth=anyone)
def get_face_link(request: HttpRequest, token: str) -> FaceLinkOut:
    return _page(by_token(request, token, find_link))


@router.post("/face-links/{token}", response=FaceLinkOut, auth=anyone)
def post_face_link(request: HttpRequest, token: str, given: FaceAnswer) -> FaceLinkOut:
    link = by_token(request, token, find_link)
    link.face = answer(link=link, face=given.face).face
    return _page(link)


@router.get("/faces/mine", response=FacesWish, auth=guardians)
def get_mine(request: HttpRequest) -> FacesWish:
    """Whether my family is asked by message how an activity was."""
    return FacesWish(asked=is_asked(acting(request).person))


@router.put("/faces/mine", response=FacesWish, auth=guardians)
def put_mine(request: HttpRequest, wish: FacesWish) -> FacesWish:
    wish_to_be_asked(guardian=acting(request).person, asked=wish.asked)
    return get_mine(request)


@router.post("/device/faces", response={204: None}, auth=tablets)
def post_device_faces(request: HttpRequest, sent: TabletTaps) -> Status[None]:
    """Told again it changes nothing."""
    take_taps(device=device_of(request), taps=[(one.booking, one.face) for one in sent.taps])
    return Status(204, None)
