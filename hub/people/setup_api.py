"""/api/setup: the first run's one page. Gone once there is an administrator."""

from __future__ import annotations

from typing import Annotated

from django.contrib.auth import login
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.operations import anyone
from hub.operations.state import setup_is_open
from hub.people.me import BACKEND, choose_person
from hub.people.models import User
from hub.people.setup import FirstHub, check_code, set_up

router = Router()

Words = Annotated[str, Field(max_length=60)]
Line = Annotated[str, Field(max_length=200)]


class SetupState(Schema):
    open: bool


@router.get("/setup", response=SetupState, auth=anyone)
def get_setup(request: HttpRequest) -> SetupState:
    return SetupState(open=setup_is_open())


class SetupCode(Schema):
    code: Line


@router.post("/setup/code", response={204: None}, auth=anyone)
def post_setup_code(request: HttpRequest, wish: SetupCode) -> Status[None]:
    """Is this the code? Told before somebody fills in a page for nothing."""
    check_code(wish.code)
    return Status(204, None)


class SetupAdministrator(Schema):
    name: Words
    phone: Words


class SetupDistrict(Schema):
    name: Words
    code: Annotated[str, Field(max_length=12)] = ""


class SetupHub(Schema):
    name: Words
    subdistrict: Words = ""
    community: Words = ""
    address: Line = ""
    opening: Line = ""


class SetupWish(SetupCode):
    administrator: SetupAdministrator
    district: SetupDistrict
    hub: SetupHub


@router.post("/setup", response={204: None}, auth=anyone)
def post_setup(request: HttpRequest, wish: SetupWish) -> Status[None]:
    """Makes them and signs the administrator in: whoever reads the server's terminal needs no second proof."""
    person = set_up(
        code=wish.code,
        name=wish.administrator.name,
        phone=wish.administrator.phone,
        district=wish.district.name,
        district_code=wish.district.code,
        hub=FirstHub(**wish.hub.dict()),
    )
    login(request, User.objects.for_phone(person.phone), backend=BACKEND)
    choose_person(request, person.pk)
    return Status(204, None)
