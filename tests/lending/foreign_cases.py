"""Books that stand in another hub's house."""

from __future__ import annotations

from hub import clock
from hub.access.actor import load_actor
from hub.people.models import Role
from hub.workbook.uploads import keep_upload
from programs.lending.importing.uploads import KIND
from programs.lending.models import Sticker, StickerSheet
from tests.access.foreign import Foreign, foreign
from tests.lending.factories import make_copy, make_title
from tests.support.make import make_hub, make_person


@foreign("GET /api/books/{title_id}")
def book_that_does_not_exist() -> Foreign:
    return Foreign(person=make_person(Role.GUARDIAN), ids={"title_id": 10**9})


@foreign("PUT /api/books/{title_id}/about")
def title_that_does_not_exist() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"title_id": 10**9}, body={"name": "小王子"})


@foreign("POST /api/books/{title_id}/copies")
def house_of_another_hub() -> Foreign:
    body = {"hub_id": make_hub().pk}
    return Foreign(person=make_person(Role.COORDINATOR), ids={"title_id": make_title().pk}, body=body)


@foreign("PATCH /api/copies/{copy_id}")
def copy_of_another_hub() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"copy_id": make_copy().pk}, body={"state": "lost"})


@foreign("PATCH /api/copies/{copy_id}")
def copy_where_the_agency_does_not_reside() -> Foreign:
    return Foreign(person=make_person(Role.SOCIAL_WORKER), ids={"copy_id": make_copy().pk}, body={"state": "lost"})


@foreign("GET /api/sticker-sheets/{sheet_id}/file")
def stickers_of_another_hub() -> Foreign:
    sheet = StickerSheet.objects.create(hub=make_hub(), created_at=clock.now())
    return Foreign(person=make_person(Role.COORDINATOR), ids={"sheet_id": sheet.pk})


@foreign("POST /api/stickers/{code}/book")
def sticker_of_another_hub() -> Foreign:
    sheet = StickerSheet.objects.create(hub=make_hub(), created_at=clock.now())
    sticker = Sticker.objects.create(sheet=sheet, code="K7QM2F9A")
    return Foreign(person=make_person(Role.COORDINATOR), ids={"code": sticker.code})


@foreign("GET /api/book-imports/{upload_id}", "POST /api/book-imports/{upload_id}/confirm")
def list_of_another() -> Foreign:
    upload = keep_upload(data=b"", file_name="", by=load_actor(make_person()), kind=KIND)
    return Foreign(person=make_person(Role.ADMINISTRATOR), ids={"upload_id": upload.pk})
