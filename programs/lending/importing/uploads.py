"""A list of books between preview and confirmation, kept as the week's workbook is."""

from __future__ import annotations

from hub.access.actor import Actor
from hub.access.rules import visible
from hub.places.models import Hub
from hub.workbook.confirm import writing
from hub.workbook.models import Upload
from hub.workbook.uploads import keep_upload, open_upload
from programs.lending.importing.importing import lock_hubs, write
from programs.lending.importing.plan import Plan, by_outcome, examine

KIND = "books"


def take_list(*, data: bytes, file_name: str, hub: Hub, by: Actor) -> tuple[Upload, Plan]:
    """Refused: what `examine` refuses; such a file is not kept."""
    plan = examine(data, actor=by, hub=hub)
    return keep_upload(data=data, file_name=file_name, by=by, kind=KIND, outcome={"hub": hub.pk}), plan


def look_again(*, upload_id: int, by: Actor) -> tuple[Upload, Plan]:
    upload, data = open_upload(upload_id=upload_id, by=by, kind=KIND)
    return upload, examine(data, actor=by, hub=_hub(upload, by))


def confirm_list(*, upload_id: int, by: Actor) -> tuple[Upload, Plan]:
    """Checked once more and written; what is refused stays out. Refused: what `open_upload` refuses,
    changed_meanwhile."""
    with writing():
        upload, data = open_upload(upload_id=upload_id, by=by, kind=KIND, for_writing=True)
        lock_hubs()
        plan = examine(data, actor=by, hub=_hub(upload, by))
        write(plan, by=by)
        upload.state, upload.content = Upload.State.CONFIRMED, None
        upload.outcome |= by_outcome(plan)
        upload.save()
    return upload, plan


def _hub(upload: Upload, by: Actor) -> Hub | None:
    """Still theirs to keep books at, or none."""
    return visible(by, "keep_books", Hub.objects.filter(pk=upload.outcome["hub"])).first()
