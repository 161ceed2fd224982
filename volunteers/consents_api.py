"""/api/consents/TOKEN: a guardian answers from afar, without signing in."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from hub import clock
from hub.access.guessing import by_token
from hub.access.operations import anyone
from hub.sealed import mask_name
from volunteers.consents import answer_as_guardian, find_consent_link, newest_consent
from volunteers.models import ConsentLink

router = Router()


class ConsentPageOut(Schema):
    minor: str
    """Family name and a star: the guardian knows who it is."""
    age: int
    home: str
    guardian: str
    answer: Literal["open", "given", "refused"]


class ConsentIn(Schema):
    name: str
    granted: bool


def page_out(link: ConsentLink) -> ConsentPageOut:
    volunteer, newest = link.volunteer, newest_consent(link.volunteer.person_id)
    born = volunteer.person.birth_date
    return ConsentPageOut(
        minor=mask_name(volunteer.person.name),
        age=clock.age_on(born, clock.today()) if born else 0,
        home=volunteer.home.name if volunteer.home else "",
        guardian=link.guardian.name,
        answer="open" if newest is None else "given" if newest.granted else "refused",
    )


@router.get("/consents/{token}", response=ConsentPageOut, auth=anyone)
def get_consent(request: HttpRequest, token: str) -> ConsentPageOut:
    return page_out(by_token(request, token, find_consent_link))


@router.post("/consents/{token}", response=ConsentPageOut, auth=anyone)
def post_consent(request: HttpRequest, token: str, said: ConsentIn) -> ConsentPageOut:
    """Yes or no; said again, the newest holds."""
    link = by_token(request, token, find_consent_link)
    answer_as_guardian(link=link, name=said.name, granted=said.granted)
    return page_out(link)
