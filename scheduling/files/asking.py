"""Families who came are asked once a day how it was: by a link in one message, after the last session they came to,
unless they wish not to be. What they choose is counted, and no row says who chose it (faces.py)."""

from __future__ import annotations

import datetime as dt
import random

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.notify import outbox
from hub.people.circles import guarded_by
from hub.people.models import Family, Person
from hub.tokens import short_token, token_hash
from scheduling.bookings.announce import by_reader
from scheduling.bookings.models import Booking
from scheduling.bookings.tasks import looked_after_with
from scheduling.files.models import FaceLink, FamilyAsked, NotToAsk
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Session

ASKED_AFTER = dt.timedelta(hours=1)
"""The end of the session: they are at home by then, and may have said it on the tablet."""
ASKED_WITHIN = dt.timedelta(days=2)
"""Who came is often noted later."""
LASTS = dt.timedelta(days=7)
FEWEST = 3
"""Asked at a time: of fewer families each count would say who."""
KEPT = dt.timedelta(days=30)
"""Who was asked, and links that opened something once."""
CAME = Q(state=Booking.State.BOOKED, attendance__arrived_at__isnull=False, participant__child__isnull=False)
DAY = TruncDate("session__starts_at", tzinfo=clock.zone())
FAMILY = F("participant__child__family")


@looked_after_with
def ask_families() -> int:
    """How many were asked. Each session is a transaction of its own: what was asked is not asked again."""
    forget_old()
    return sum(ask_families_of(session=session) for session in sessions_to_ask())


def sessions_to_ask() -> list[int]:
    now = clock.now()
    over = Session.objects.filter(
        state=Session.State.PLANNED, ends_at__gt=now - ASKED_WITHIN, ends_at__lte=now - ASKED_AFTER
    )
    wanted = over.exclude(file__without_faces=True)
    unasked = _unasked().filter(session__in=wanted).order_by().values("session")
    enough = unasked.annotate(families=Count("participant__child__family", distinct=True)).filter(families__gte=FEWEST)
    return sorted(enough.values_list("session", flat=True))


@transaction.atomic
def ask_families_of(*, session: int) -> int:
    """One message for each family that came and was not asked yet, if they are enough; how many."""
    held = lock_session(session)
    rows = (
        _unasked().filter(session=held).select_related("participant__child__family", "session__program", "session__hub")
    )
    readers = by_reader(rows.order_by("pk"))
    if len(readers) < FEWEST:
        return 0
    families = [found[0].participant.child.family_id for _, found in readers]
    FamilyAsked.objects.bulk_create(FamilyAsked(session=held, family_id=family) for family in families)
    tokens = [short_token() for _ in readers]
    # In another order than the families', so that the rows don't pair with theirs.
    FaceLink.objects.bulk_create(
        FaceLink(session=held, token_hash=token_hash(token), expires_at=held.ends_at + LASTS)
        for token in random.sample(tokens, len(tokens))
    )
    outbox.queue_all(
        outbox.Draft(
            to_id=reader,
            template="faces_asked",
            variables={
                "program": held.program.name,
                "hub": held.hub.name,
                "starts_at": held.starts_at.isoformat(),
            },
            link=f"{settings.PUBLIC_URL}/m/{token}",
            # Of two sessions asked of at once, one is: the locks are each session's.
            dedupe_key=f"faces_asked:{clock.local(held.starts_at).date()}:{family}",
        )
        for (reader, _), family, token in zip(readers, families, tokens, strict=True)
    )
    return len(readers)


def find_link(token: str) -> FaceLink:
    """Refused: not_found for a token that never was, link_expired."""
    link = (
        FaceLink.objects.filter(token_hash=token_hash(token)).select_related("session__program", "session__hub").first()
    )
    if link is None:
        raise Refused("not_found", model="link")
    if link.expires_at <= clock.now():
        raise Refused("link_expired")
    return link


def forget_old() -> None:
    """The counts stay."""
    old = clock.now() - KEPT
    for model in (FamilyAsked, FaceLink):
        model.objects.filter(session__ends_at__lte=old).delete()


def is_asked(guardian: Person) -> bool:
    """Whether messages may come, of one of the guardian's families at least."""
    families = _guarded(guardian)
    return not families.exists() or families.exclude(pk__in=NotToAsk.objects.values("family")).exists()


@transaction.atomic
def wish_to_be_asked(*, guardian: Person, asked: bool) -> None:
    """For each of the guardian's families. Again is harmless."""
    lock_people([guardian.pk])
    families, now = _guarded(guardian), clock.now()
    if asked:
        changed: object = NotToAsk.objects.filter(family__in=families).delete()[0]
    else:
        left = families.exclude(pk__in=NotToAsk.objects.values("family"))
        rows = [NotToAsk(family=family, created_at=now) for family in left]
        changed = NotToAsk.objects.bulk_create(rows, ignore_conflicts=True)
    if not changed:
        return
    append(action="faces.wished" if asked else "faces.unwished", subject=guardian, actor_id=guardian.pk)


def _guarded(guardian: Person) -> QuerySet[Family]:
    return Family.objects.filter(guarded_by(guardian.pk))


def _unasked() -> QuerySet[Booking]:
    """Of children who came, whose families nobody has asked that day and who come to nothing later in it."""
    same = {"day": OuterRef("day"), "of": OuterRef("of")}
    asked = FamilyAsked.objects.annotate(day=DAY, of=F("family")).filter(**same)
    later = Booking.objects.annotate(day=DAY, of=FAMILY).filter(
        CAME | Q(session__ends_at__gt=clock.now() - ASKED_AFTER),
        state=Booking.State.BOOKED,
        session__state=Session.State.PLANNED,
        session__ends_at__gt=OuterRef("session__ends_at"),
        **same,
    )
    against = (asked, later.exclude(session__file__without_faces=True), NotToAsk.objects.filter(family=OuterRef("of")))
    return Booking.objects.annotate(day=DAY, of=FAMILY).filter(CAME, *(~Exists(one) for one in against))
