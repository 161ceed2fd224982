"""Somebody else's workbook does not exist."""

from __future__ import annotations

from hub.access.actor import load_actor
from hub.people.models import Role
from hub.workbook.uploads import take_upload
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_person
from tests.workbook.files import only, workbook


@foreign("GET /api/imports/{upload_id}", "POST /api/imports/{upload_id}/confirm")
def workbook_of_another_coordinator() -> Foreign:
    uploader = make_person(Role.COORDINATOR)
    upload, _ = take_upload(data=workbook(sheets=only("服务站点")), file_name="week.xlsx", by=load_actor(uploader))
    return Foreign(person=make_person(Role.COORDINATOR), ids={"upload_id": upload.pk})
