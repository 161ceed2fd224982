"""/api/children/ID/care-note. Everyone signed in may ask; who has no reason to know is told there is none."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hub.access.operations import Allow, acting, guardians, signed_in
from hub.access.rules import fetch
from hub.errors import Refused
from hub.people.care_notes import Note, Reason, read_care_note, write_care_note
from hub.people.looks import looks_at
from hub.people.models import Child, Role

router = Router()
writers = Allow(Role.GUARDIAN, Role.SOCIAL_WORKER, Role.COORDINATOR)


class CareNote(Schema):
    note: str


class LookOut(Schema):
    at: dt.datetime
    who: str
    own: bool
    deed: str
    note: Note
    reason: str


def _child(child_id: int) -> Child:
    child = Child.objects.select_related("family").filter(pk=child_id).first()
    if child is None:
        raise Refused("not_found", model="child", id=child_id)
    return child


@router.get("/children/{int:child_id}/care-note", response=CareNote, auth=signed_in)
def get_care_note(
    request: HttpRequest, response: HttpResponse, child_id: int, reason: Reason, kind: Note = Note.HEALTH
) -> CareNote:
    text = read_care_note(child=_child(child_id), by=acting(request), reason=reason, note=kind)
    response["Cache-Control"] = "no-store"
    return CareNote(note=text)


@router.put("/children/{int:child_id}/care-note", response=CareNote, auth=writers)
def put_care_note(request: HttpRequest, child_id: int, wish: CareNote, kind: Note = Note.HEALTH) -> CareNote:
    """Guardians; of hardship and who is away also who helps the family."""
    write_care_note(child=_child(child_id), text=wish.note, by=acting(request), note=kind)
    return CareNote(note=wish.note.strip())


@router.get("/children/{int:child_id}/looks", response=list[LookOut], auth=guardians)
def get_looks(request: HttpRequest, child_id: int) -> list[LookOut]:
    """Who looked at the notes of a child of mine, when and why."""
    actor = acting(request)
    child = fetch(actor, "consent", Child.objects.all(), child_id)
    return [
        LookOut(at=one.at, who=one.who, own=one.own, deed=one.deed, note=Note(one.note), reason=one.reason)
        for one in looks_at(child, by=actor.person.pk)
    ]
