"""What the demo's children read in the weeks behind us: at the sites of the coordinator that visitors become, and where
the family they become takes part."""

from __future__ import annotations

from random import Random

from django.db.models import Q

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Child, Person, Role
from programs.reading.logs import Book, Read, write_logs
from programs.reading.models import ReadingLog
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

BOOKS = (
    ("小兔子找外婆", 24),
    ("綦江河边的老水车", 32),
    ("会唱歌的黄葛树", 28),
    ("月亮落在稻田里", 30),
    ("爷爷的火车头", 36),
    ("蚂蚁搬家记", 22),
    ("东溪古镇的猫", 40),
    ("下雨天我不怕", 26),
    ("山那边的信", 48),
    ("大风车和小蜗牛", 30),
)
SAID = (
    "我也想坐一次那个火车。",
    "小猫最后找到家了，我就放心了。",
    "我读给妹妹听了一遍。",
    "下雨的那一页最好看。",
    "妈妈打电话的时候我讲给她听。",
    "蜗牛走得慢，可是它没有停。",
)
MOODS = ("delighted", "glad", "glad", "calm", "tired")
NOTED, SPOKE, SECOND_BOOK = 0.9, 0.5, 0.2


def note_what_was_read() -> None:
    """Loading again changes nothing. The newest session of the coordinator is left to be noted."""
    if ReadingLog.objects.exists():
        return
    coordinator, guardian = face_of(Role.COORDINATOR), face_of(Role.GUARDIAN)
    hubs = load_actor(coordinator).hub_ids if coordinator else frozenset()
    family = list(Child.objects.filter(family__guardian=guardian).values_list("person", flat=True))
    theirs = Booking.objects.filter(participant__in=family).values("session")
    over = Session.objects.filter(
        Q(hub__in=hubs) | Q(pk__in=theirs),
        program__kind="reading",
        state=Session.State.PLANNED,
        ends_at__lt=clock.now(),
    )
    sessions = list(over.select_related("duty_worker").order_by("starts_at", "pk"))
    newest = next((one.pk for one in reversed(sessions) if one.hub_id in hubs), None)
    for session in sessions:
        by = session.duty_worker or coordinator
        if by and session.pk != newest:
            _note(session, by, family)


def _note(session: Session, by: Person, family: list[int]) -> None:
    random = Random(session.pk)
    shared = random.choice(BOOKS)
    booked = Booking.objects.filter(session=session, state=Booking.State.BOOKED).order_by("pk")
    read = [_read(row.pk, shared, random) for row in booked if row.participant_id in family or random.random() < NOTED]
    write_logs(session=session.pk, read=read, by=by)


def _read(booking: int, shared: tuple[str, int], random: Random) -> Read:
    title, pages = shared
    books = [Book(title, first_page=1, last_page=random.randint(pages // 2, pages))]
    if random.random() < SECOND_BOOK:
        other = random.choice([book for book in BOOKS if book != shared])
        books.append(Book(other[0], pages=random.randint(6, other[1])))
    words = random.choice(SAID) if random.random() < SPOKE else ""
    return Read(booking, books, random.choice(MOODS), words)
