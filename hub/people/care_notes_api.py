"""/api/children/ID/care-note. Everyone signed in may ask; who has no reason to know is told there is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hub.access.operations import acting, guardians, signed_in
from hub.errors import Refused
from hub.people.care_notes import Reason, read_care_note, write_care_note
from hub.people.models import Child

router = Router()


class CareNote(Schema):
    note: str


def _child(child_id: int) -> Child:
    child = Child.objects.select_related("family").filter(pk=child_id).first()
    if child is None:
        raise Refused("not_found", model="child", id=child_id)
    return child


@router.get("/children/{int:child_id}/care-note", response=CareNote, auth=signed_in)
def get_care_note(request: HttpRequest, response: HttpResponse, child_id: int, reason: Reason) -> CareNote:
    note = read_care_note(child=_child(child_id), by=acting(request), reason=reason)
    response["Cache-Control"] = "no-store"
    return CareNote(note=note)


@router.put("/children/{int:child_id}/care-note", response=CareNote, auth=guardians)
def put_care_note(request: HttpRequest, child_id: int, wish: CareNote) -> CareNote:
    child = _child(child_id)
    write_care_note(child=child, note=wish.note, by=acting(request))
    return CareNote(note=child.care_note)
