"""The record of a session: saved as it is typed, finished by whoever is responsible, opened again on record."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from scheduling.files.models import SessionFile
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Session


@dataclass(frozen=True)
class Words:
    aim: str = ""
    process: str = ""
    noticed: str = ""
    follow_up: str = ""


@transaction.atomic
def save_draft(*, session: int, words: Words, revision: int, by: Person) -> SessionFile:
    """`revision`: of the draft that was changed. Refused: not_found, session_cancelled, record_finished,
    record_outdated (somebody else wrote meanwhile)."""
    file = hold_file(session)
    if file.finished_at:
        raise Refused("record_finished")
    if file.revision != revision:
        raise Refused("record_outdated")
    if file.written_by_id != by.pk:
        append(action="file.drafted", subject=file, actor_id=by.pk, hub_id=file.session.hub_id, session=session)
    for name, text in asdict(words).items():
        setattr(file, name, text)
    file.revision, file.written_by, file.changed_at = revision + 1, by, clock.now()
    file.save()
    return file


@transaction.atomic
def finish_record(*, session: int, by: Person) -> SessionFile:
    """Again is harmless. Refused: not_found, session_cancelled, not_over_yet, process_missing."""
    file = hold_file(session)
    if file.finished_at:
        return file
    if file.session.ends_at > clock.now():
        raise Refused("not_over_yet")
    if not file.process.strip():
        raise Refused("process_missing")
    file.finished_by, file.finished_at = by, clock.now()
    file.save()
    append(action="file.finished", subject=file, actor_id=by.pk, hub_id=file.session.hub_id, session=session)
    tell(file.session)
    return file


@transaction.atomic
def reopen_record(*, session: int, by: Person) -> SessionFile:
    """To write on; who finished it before stands in the journal. Again is harmless."""
    file = hold_file(session)
    if file.finished_at:
        file.finished_by = file.finished_at = None
        file.save()
        append(action="file.reopened", subject=file, actor_id=by.pk, hub_id=file.session.hub_id, session=session)
        tell(file.session)
    return file


@transaction.atomic
def go_without(*, session: int, sheet: bool, photos: bool, faces: bool, by: Person) -> SessionFile:
    """What this session can't have: no photos of a visit at home, no faces of a meal. It is not asked for any more."""
    file = hold_file(session)
    wish = {"without_sheet": sheet, "without_photos": photos, "without_faces": faces}
    if any(getattr(file, name) != value for name, value in wish.items()):
        for name, value in wish.items():
            setattr(file, name, value)
        file.save()
        append(action="file.without", subject=file, actor_id=by.pk, hub_id=file.session.hub_id, **wish)
        tell(file.session)
    return file


def hold_file(session: int) -> SessionFile:
    """A session's file under the session's lock, begun where there is none. Refused: not_found, session_cancelled."""
    held = lock_session(session)
    if held.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    file, _ = SessionFile.objects.get_or_create(session=held, defaults={"changed_at": clock.now()})
    file.session = held
    return file


def tell(session: Session) -> None:
    """The site's, and the agency's social workers, who keep its files at whichever site."""
    publish([f"hub:{session.hub_id}", f"team:{session.program.agency_id}"], "file.changed", session=[session.pk])
