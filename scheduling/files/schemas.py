"""What the API says of session files."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast
from urllib.parse import quote

from ninja import Field, Schema

from scheduling.files.faces import Face
from scheduling.files.missing import Lacking
from scheduling.files.models import FaceCount, SessionFile
from scheduling.files.reading import OpenedFile, ShownPhoto
from scheduling.files.records import Words
from scheduling.files.sign_in_sheets import Line
from scheduling.sessions.models import Session

FilePart = Literal["sheet", "record", "photos", "review", "faces"]
SheetHow = Literal["scan", "card", "hand", "assumed", "back_entry", "missed", ""]
LONGEST = 4000


class FiledSession(Schema):
    id: int
    program: str
    kind: str
    hub_id: int
    hub: str
    starts_at: dt.datetime
    ends_at: dt.datetime


class LackingFile(Schema):
    session: FiledSession
    lacks: list[FilePart]
    due_on: dt.date


class MissingFiles(Schema):
    files: list[LackingFile]
    size: int
    more: bool
    count: int
    late: int
    """How many of all are overdue."""


class SheetLine(Schema):
    name: str
    role: str
    came: dt.datetime | None
    went: dt.datetime | None
    how: SheetHow
    by: str


class RecordWords(Schema):
    aim: str = Field("", max_length=LONGEST)
    process: str = Field("", max_length=LONGEST)
    noticed: str = Field("", max_length=LONGEST)
    follow_up: str = Field("", max_length=LONGEST)


class RecordDraft(RecordWords):
    revision: int


class FileRecord(RecordDraft):
    written_by: str
    changed_at: dt.datetime | None
    finished_by: str
    finished_at: dt.datetime | None


class FileWithout(Schema):
    """What this session can't have."""

    sheet: bool
    photos: bool
    faces: bool


class PhotoChild(Schema):
    id: int
    name: str


class PhotoOut(Schema):
    id: int
    small: str
    large: str
    """Addresses, for this person and a while."""
    review: bool
    """Somebody has to look whether a child is on it who is to be on none."""
    added_by: str
    added_at: dt.datetime


class FaceNumbers(Schema):
    good: int = Field(ge=0, le=999)
    fair: int = Field(ge=0, le=999)
    bad: int = Field(ge=0, le=999)


class FileFaces(Schema):
    cards: FaceNumbers
    taps: FaceNumbers
    links: FaceNumbers
    """Of families, by the link of their message."""


class FileOut(Schema):
    session: FiledSession
    duty_worker: str
    over: bool
    lacks: list[FilePart]
    due_on: dt.date
    volunteers: list[SheetLine]
    children: list[SheetLine]
    record: FileRecord
    earlier_aim: str
    without: FileWithout
    no_photo: list[PhotoChild]
    photos: list[PhotoOut]
    faces: FileFaces


class FilePhotos(Schema):
    no_photo: list[PhotoChild]
    photos: list[PhotoOut]


class PhotoCheck(Schema):
    not_shown: list[int] = Field(max_length=200)


class FaceTap(Schema):
    face: Face


class FaceScreen(Schema):
    session: FiledSession
    taps: int


def words_of(wish: RecordWords) -> Words:
    return Words(wish.aim, wish.process, wish.noticed, wish.follow_up)


def session_out(session: Session) -> FiledSession:
    return FiledSession(
        id=session.pk,
        program=session.program.name,
        kind=session.program.kind,
        hub_id=session.hub_id,
        hub=session.hub.name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )


def lacking_out(one: Lacking) -> LackingFile:
    return LackingFile(
        session=session_out(one.session), lacks=cast("list[FilePart]", list(one.parts)), due_on=one.due_on
    )


def record_out(file: SessionFile) -> FileRecord:
    return FileRecord(
        aim=file.aim,
        process=file.process,
        noticed=file.noticed,
        follow_up=file.follow_up,
        revision=file.revision,
        written_by=file.written_by.name if file.written_by else "",
        changed_at=file.changed_at,
        finished_by=file.finished_by.name if file.finished_by else "",
        finished_at=file.finished_at,
    )


def photo_out(one: ShownPhoto) -> PhotoOut:
    address = f"/api/files/photos/{one.photo.pk}?key={quote(one.key)}"
    return PhotoOut(
        id=one.photo.pk,
        small=f"{address}&small=true",
        large=address,
        review=one.review,
        added_by=one.photo.added_by.name if one.photo.added_by else "",
        added_at=one.photo.added_at,
    )


def faces_out(faces: dict[str, FaceCount]) -> FileFaces:
    none = FaceCount()
    cards, taps, links = (_numbers(faces.get(source, none)) for source in ("cards", "taps", "links"))
    return FileFaces(cards=cards, taps=taps, links=links)


def without_out(file: SessionFile) -> FileWithout:
    return FileWithout(sheet=file.without_sheet, photos=file.without_photos, faces=file.without_faces)


def file_out(opened: OpenedFile, *, over: bool) -> FileOut:
    duty = opened.session.duty_worker
    return FileOut(
        session=session_out(opened.session),
        duty_worker=duty.name if duty else "",
        over=over,
        lacks=cast("list[FilePart]", list(opened.lacks)),
        due_on=opened.due_on,
        volunteers=[_line(one) for one in opened.sheet.volunteers],
        children=[_line(one) for one in opened.sheet.children],
        record=record_out(opened.file),
        earlier_aim=opened.earlier_aim,
        without=without_out(opened.file),
        no_photo=[PhotoChild(id=one.pk, name=one.name) for one in opened.no_photo],
        photos=[photo_out(one) for one in opened.photos],
        faces=faces_out(opened.faces),
    )


def _line(one: Line) -> SheetLine:
    return SheetLine(name=one.name, role=one.role, came=one.came, went=one.went, how=cast(SheetHow, one.how), by=one.by)


def _numbers(one: FaceCount) -> FaceNumbers:
    return FaceNumbers(good=one.good, fair=one.fair, bad=one.bad)
