"""Photos of a session. Children whose guardians don't agree to photos are on none: whoever adds one says so of each of
them, by name, and is asked again when a guardian takes consent back, or a child turns out to have been there."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.kept_files import keep_sweeping, promised_in
from hub.people.consents import TEXTS
from hub.people.models import Consent, Person
from hub.pictures import shrink
from scheduling.bookings.models import Booking
from scheduling.files.models import NotShown, Photo
from scheduling.files.records import tell
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Session

FOLDER = "session-photos"
LARGE = (1600, 1600)
SMALL = (480, 480)
MOST = 12
"""Of a session: a file, no album."""


def without_consent(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Of these, children with a place of whom no photo is agreed to: refused, never answered, taken back; or their data
    may not be kept any more."""
    children = bookings.filter(state=Booking.State.BOOKED, participant__child__isnull=False)
    says = children.annotate(photo_agreed=_newest(Consent.Kind.PHOTO), data_agreed=_newest(Consent.Kind.DATA))
    return says.filter(Q(photo_agreed=False) | Q(data_agreed=False))


def _newest(kind: Consent.Kind) -> Coalesce:
    """Whether the newest answer of a booking's child still holds, as hub.people.consents judges it."""
    holds = ExpressionWrapper(Q(granted=True, version__gte=TEXTS[kind].holds_from), output_field=BooleanField())
    answers = Consent.objects.filter(subject=OuterRef("participant"), kind=kind).order_by("-pk")
    return Coalesce(Subquery(answers.annotate(holds=holds).values("holds")[:1]), Value(False))


def to_review(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Those that may show a child who is to be on none, for all that anybody said."""
    said = NotShown.objects.filter(photo=OuterRef(OuterRef("pk")), child=OuterRef("participant"))
    children = without_consent(Booking.objects.filter(session=OuterRef("session")))
    return photos.filter(Exists(children.filter(~Exists(said))))


def shown(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Those that nobody has to look at again: what a month's export holds."""
    return photos.exclude(pk__in=to_review(photos).values("pk"))


def add_photo(*, session: int, photo: bytes, not_shown: Collection[int], by: Person) -> Photo:
    """`not_shown`: the children (by person) of whom `by` says that they are not on it.

    Refused: not_found, not_begun, session_cancelled, photo_unreadable, too_many_photos, children_not_checked.
    """
    large = shrink(photo, LARGE)
    new = Photo(name=uuid.uuid4().hex)
    sizes = {path_of(new, small=False): large, path_of(new, small=True): shrink(large, SMALL, quality=75)}
    try:
        # Before the row that promises them; what comes of none goes again.
        for path, jpeg in sizes.items():
            default_storage.save(path, ContentFile(jpeg))
        return _write(new, session, not_shown, by)
    except BaseException:
        _delete(sizes)
        raise


@transaction.atomic
def _write(row: Photo, session: int, not_shown: Collection[int], by: Person) -> Photo:
    held = lock_session(session)
    if held.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    now = clock.now()
    if held.starts_at > now:
        raise Refused("not_begun")
    if held.photos.count() >= MOST:
        raise Refused("too_many_photos", most=MOST)
    lacking = _lacking(held)
    if missing := lacking - set(not_shown):
        raise Refused("children_not_checked", children=sorted(missing))
    row.session, row.added_by, row.added_at = held, by, now
    row.save()
    keep_sweeping()
    _say(row, lacking, by)
    append(action="photo.added", subject=row, actor_id=by.pk, hub_id=held.hub_id, session=session)
    tell(held)
    return row


@transaction.atomic
def check_photo(*, photo: int, not_shown: Collection[int], by: Person) -> Photo:
    """Somebody looked again: these children (by person) are not on it. Refused: not_found, children_not_checked (of
    another child it is not known)."""
    row = _hold(photo)
    lacking = _lacking(row.session)
    if missing := lacking - set(not_shown):
        raise Refused("children_not_checked", children=sorted(missing))
    _say(row, lacking, by)
    append(action="photo.checked", subject=row, actor_id=by.pk, hub_id=row.session.hub_id)
    tell(row.session)
    return row


@transaction.atomic
def remove_photo(*, photo: int, by: Person) -> None:
    """The row, and its files once that is certain. Refused: not_found."""
    row = _hold(photo)
    append(action="photo.removed", subject=row, actor_id=by.pk, hub_id=row.session.hub_id)
    drop([row])
    tell(row.session)


def drop(photos: Collection[Photo]) -> None:
    """In a transaction: files go when it is committed."""
    paths = [path_of(one, small=small) for one in photos for small in (False, True)]
    Photo.objects.filter(pk__in=[one.pk for one in photos]).delete()
    transaction.on_commit(lambda: _delete(paths))


def path_of(photo: Photo, *, small: bool) -> str:
    return f"{FOLDER}/{photo.name}{'-small' if small else ''}.jpg"


@promised_in(FOLDER)
def _promised() -> set[str]:
    paths = (path_of(one, small=small) for one in Photo.objects.only("name") for small in (False, True))
    return {path.removeprefix(f"{FOLDER}/") for path in paths}


def _delete(paths: Collection[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def _hold(photo: int) -> Photo:
    row = Photo.objects.filter(pk=photo).first()
    if row is None:
        raise Refused("not_found", model="photo", id=photo)
    row.session = lock_session(row.session_id)
    if not Photo.objects.filter(pk=photo).exists():
        raise Refused("not_found", model="photo", id=photo)
    return row


def _lacking(session: Session) -> set[int]:
    return set(without_consent(Booking.objects.filter(session=session)).values_list("participant", flat=True))


def _say(photo: Photo, children: Collection[int], by: Person) -> None:
    now = clock.now()
    NotShown.objects.bulk_create(
        (NotShown(photo=photo, child_id=child, said_by=by, said_at=now) for child in sorted(children)),
        ignore_conflicts=True,
    )
