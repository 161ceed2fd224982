"""/api/files: what sessions' files lack, one file, its record, photos and faces."""

from __future__ import annotations

from typing import Annotated, Literal

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, UploadedFile

from hub import clock
from hub.access.actor import Actor
from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.pictures import bytes_of
from scheduling.files import schemas
from scheduling.files.faces import count_cards, tap_face
from scheduling.files.faces_api import router as faces_router
from scheduling.files.missing import PAGE, missing_for
from scheduling.files.models import Photo, SessionFile
from scheduling.files.months_api import router as months_router
from scheduling.files.photos import add_photo, check_photo, path_of, remove_photo
from scheduling.files.printing import print_file
from scheduling.files.reading import faces_of, no_photo_at, note_printing, open_file, photo_by_key, photos_of
from scheduling.files.records import finish_record, go_without, reopen_record, save_draft
from scheduling.files.schemas import (
    FaceNumbers,
    FaceScreen,
    FaceTap,
    FileFaces,
    FileOut,
    FilePhotos,
    FileRecord,
    FileWithout,
    MissingFiles,
    PhotoCheck,
    PhotoChild,
    RecordDraft,
)
from scheduling.sessions.models import Session

router = Router()
router.add_router("", months_router)
router.add_router("", faces_router)
FARTHEST = 100_000


def _kept(actor: Actor, session_id: int) -> Session:
    return fetch(actor, "keep_file", Session.objects.select_related("program", "hub"), session_id)


@router.get("/files", response=MissingFiles, auth=schedulers)
def get_missing(
    request: HttpRequest, skip: Annotated[int, Field(ge=0, le=FARTHEST)] = 0, late: bool = False
) -> MissingFiles:
    """What the files of the last weeks lack, the oldest first."""
    found = missing_for(actor=acting(request), skip=skip, late_only=late)
    return MissingFiles(
        files=[schemas.lacking_out(one) for one in found.lacking],
        size=PAGE,
        more=found.more,
        count=found.count,
        late=found.late,
    )


@router.get("/files/sessions/{int:session_id}", response=FileOut, auth=schedulers)
def get_file(request: HttpRequest, response: HttpResponse, session_id: int) -> FileOut:
    """All of it. Logged."""
    response["Cache-Control"] = "no-store"
    opened = open_file(session=session_id, actor=acting(request))
    return schemas.file_out(opened, over=opened.session.ends_at <= clock.now())


@router.get("/files/sessions/{int:session_id}/paper", auth=schedulers)
def get_paper(
    request: HttpRequest, session_id: int, language: Literal["zh-hans", "en"] = "zh-hans", names: bool = False
) -> HttpResponse:
    """The file as a PDF; children by name where `names` says so, else by family name and a star. Logged."""
    row = note_printing(session=session_id, full_names=names, actor=acting(request))
    response = HttpResponse(print_file(row, full_names=names, language=language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="renqi-session-{row.pk}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@router.put("/files/sessions/{int:session_id}/record", response=FileRecord, auth=schedulers)
def put_record(request: HttpRequest, session_id: int, wish: RecordDraft) -> FileRecord:
    """Saved as it is typed."""
    actor = acting(request)
    session = _kept(actor, session_id)
    words = schemas.words_of(wish)
    return schemas.record_out(save_draft(session=session.pk, words=words, revision=wish.revision, by=actor.person))


@router.post("/files/sessions/{int:session_id}/record/{deed}", response=FileRecord, auth=schedulers)
def post_record(request: HttpRequest, session_id: int, deed: Literal["finish", "reopen"]) -> FileRecord:
    actor = acting(request)
    session = _kept(actor, session_id)
    verb = finish_record if deed == "finish" else reopen_record
    return schemas.record_out(verb(session=session.pk, by=actor.person))


@router.put("/files/sessions/{int:session_id}/without", response=FileWithout, auth=schedulers)
def put_without(request: HttpRequest, session_id: int, wish: FileWithout) -> FileWithout:
    actor = acting(request)
    session = _kept(actor, session_id)
    file: SessionFile = go_without(session=session.pk, **wish.dict(), by=actor.person)
    return schemas.without_out(file)


@router.post("/files/sessions/{int:session_id}/photos", response=FilePhotos, auth=schedulers)
def post_photo(
    request: HttpRequest, session_id: int, photo: File[UploadedFile | None] = None, not_shown: Form[str] = ""
) -> FilePhotos:
    """`not_shown`: the children (ids, between commas) of whom it was checked that they are not on it."""
    actor = acting(request)
    session = _kept(actor, session_id)
    if photo is None:
        raise Refused("photo_unreadable")
    add_photo(session=session.pk, photo=bytes_of(photo), not_shown=_ids(not_shown), by=actor.person)
    return _photos(session, actor)


@router.post("/files/photos/{int:photo_id}/check", response=FilePhotos, auth=schedulers)
def post_check(request: HttpRequest, photo_id: int, wish: PhotoCheck) -> FilePhotos:
    actor = acting(request)
    row = fetch(actor, "keep", Photo.objects.all(), photo_id)
    return _photos(check_photo(photo=row.pk, not_shown=wish.not_shown, by=actor.person).session, actor)


@router.delete("/files/photos/{int:photo_id}", response=FilePhotos, auth=schedulers)
def delete_photo(request: HttpRequest, photo_id: int) -> FilePhotos:
    actor = acting(request)
    row = fetch(actor, "keep", Photo.objects.select_related("session"), photo_id)
    remove_photo(photo=row.pk, by=actor.person)
    return _photos(row.session, actor)


@router.get("/files/photos/{int:photo_id}", auth=schedulers)
def get_photo(request: HttpRequest, photo_id: int, key: str = "", small: bool = False) -> FileResponse:
    """For who opened the file it stands in."""
    row = photo_by_key(photo=photo_id, key=key, actor=acting(request))
    try:
        file = default_storage.open(path_of(row, small=small))
    except FileNotFoundError:
        raise Refused("not_found", model="photo", id=photo_id) from None
    response = FileResponse(file, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


@router.put("/files/sessions/{int:session_id}/faces", response=FileFaces, auth=schedulers)
def put_faces(request: HttpRequest, session_id: int, wish: FaceNumbers) -> FileFaces:
    """Cards that were held up."""
    actor = acting(request)
    session = _kept(actor, session_id)
    count_cards(session=session.pk, **wish.dict(), by=actor.person)
    return schemas.faces_out(faces_of(session))


@router.get("/files/sessions/{int:session_id}/taps", response=FaceScreen, auth=schedulers)
def get_taps(request: HttpRequest, session_id: int) -> FaceScreen:
    """What the screen for tapping shows: no names, no counts of each."""
    return _screen(_kept(acting(request), session_id))


@router.post("/files/sessions/{int:session_id}/taps", response=FaceScreen, auth=schedulers)
def post_tap(request: HttpRequest, session_id: int, wish: FaceTap) -> FaceScreen:
    session = _kept(acting(request), session_id)
    tap_face(session=session.pk, face=wish.face)
    return _screen(session)


def _screen(session: Session) -> FaceScreen:
    taps = faces_of(session).get("taps")
    return FaceScreen(session=schemas.session_out(session), taps=taps.good + taps.fair + taps.bad if taps else 0)


def _photos(session: Session, actor: Actor) -> FilePhotos:
    return FilePhotos(
        no_photo=[PhotoChild(id=one.pk, name=one.name) for one in no_photo_at(session)],
        photos=[schemas.photo_out(one) for one in photos_of(session, actor.person)],
    )


def _ids(text: str) -> set[int]:
    """Refused: children_not_checked, where it names none that could be."""
    parts = [part for part in text.split(",") if part]
    if not all(part.isdecimal() and len(part) < 19 for part in parts):
        raise Refused("children_not_checked", children=[])
    return {int(part) for part in parts}
