"""Old state + events == fresh state: a screen that only fetches what events name shows what a new one shows."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest

from hub import clock
from hub.access.actor import Actor, load_actor
from hub.errors import Refused
from hub.live.read import read_after
from hub.people.models import Role
from scheduling.board.week import rows_of, week_board
from scheduling.bookings.bookings import book, cancel_booking
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Need, Session
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.sessions import add_session, cancel_session, edit_session, move_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, decline, release_place, sign_up
from tests.signups.factories import make_regular
from tests.support.make import MONDAY, make_agency, make_child, make_hub, make_person, make_program, make_room
from volunteers.models import Clearance

pytestmark = pytest.mark.django_db
STEPS = 80


class Screen:
    """What the front end's useBoard does: listen from where the data stood, fetch what is named, put it in place."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.fetch()

    def fetch(self) -> None:
        board = week_board(actor=self.actor, week=MONDAY)
        self.heads: dict[str, int] = board["heads"]
        self.sites = {site["id"] for site in board["sites"]}
        self.sessions: dict[int, dict[str, Any]] = {one["id"]: one for one in board["sessions"]}

    def catch_up(self) -> None:
        ids: set[int] = set()
        for topic, seq in self.heads.items():
            update = read_after(topic, seq)
            if update:
                assert not update.get("reset")
                self.heads[topic] = update["seq"]
                ids |= {pk for event in update["events"] for pk in event["ids"].get("session", [])}  # type: ignore[attr-defined]
        found = {one["id"]: one for one in rows_of(actor=self.actor, ids=sorted(ids))}
        if {one["hub"] for one in found.values()} - self.sites:
            self.fetch()
            return
        for pk in ids:
            self.sessions.pop(pk, None)
            if pk in found and clock.monday_of(found[pk]["starts_at"]) == MONDAY:
                self.sessions[pk] = found[pk]


class Town:
    """Two hubs in which anything may happen, each time by one rule."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        agency = make_agency()
        self.rooms = [make_room(hub=hub) for hub in (make_hub(), make_hub()) for _ in range(2)]
        self.programs = [make_program(kind=kind, agency=agency) for kind in ("reading", "event")]
        self.workers = [make_person(Role.SOCIAL_WORKER, agency=agency) for _ in range(2)]
        self.people = [make_regular() for _ in range(6)]
        for volunteer in self.people[:3]:
            Clearance.objects.create(
                volunteer=volunteer, kind="child", checked_on=MONDAY, valid_until=MONDAY + dt.timedelta(days=90)
            )
        self.children = [make_child() for _ in range(6)]
        self.by = make_person(Role.ADMINISTRATOR)

    def when(self) -> dict[str, Any]:
        room = self.chance.choice([*self.rooms, None])
        start = clock.at(
            MONDAY + dt.timedelta(days=self.chance.choice([0, 1, 2, 8])), self.chance.randrange(480, 1080, 30)
        )
        hub = room.hub if room else self.rooms[0].hub
        return {"room": room, "hub": hub, "starts_at": start, "ends_at": start + dt.timedelta(minutes=60)}

    def session(self) -> Session:
        return self.chance.choice(list(Session.objects.order_by("pk")))

    def add(self) -> None:
        needs = [NeedWish(role="领读员", min=1, target=2), NeedWish(role="秩序员", min=0, target=1)]
        add_session(
            program=self.chance.choice(self.programs), places=3, needs=needs, by=self.by,
            duty_worker=self.chance.choice([*self.workers, None]), confirmed=True, **self.when(),
        )  # fmt: skip

    def move(self) -> None:
        session = self.session()
        move_session(session_id=session.pk, revision=session.revision, by=self.by, confirmed=True, **self.when())

    def edit(self) -> None:
        session = self.session()
        edit_session(
            session_id=session.pk, revision=session.revision, by=self.by, note="", confirmed=True,
            places=self.chance.choice([1, 3, 5]), duty_worker=self.chance.choice([*self.workers, None]),
            needs=[self.wish(need) for need in session.needs.all()],
        )  # fmt: skip

    def wish(self, need: Need) -> NeedWish:
        return NeedWish(id=need.pk, role=need.role, min=1, target=self.chance.choice([1, 2, 3]))

    def cancel(self) -> None:
        session = self.session()
        cancel_session(session_id=session.pk, revision=session.revision, reason="雨", by=self.by)

    def take(self) -> None:
        person = self.chance.choice(self.people).person
        sign_up(need=self.chance.choice(list(self.session().needs.all())).pk, person=person.pk, by=person)

    def answer(self) -> None:
        assignment = self.chance.choice(list(Assignment.objects.order_by("pk")))
        self.chance.choice([accept, decline, release_place])(assignment=assignment.pk, by=self.by)

    def book(self) -> None:
        child = self.chance.choice(self.children)
        book(session=self.session().pk, child=child.pk, by=child.family.guardian)

    def unbook(self) -> None:
        booking = self.chance.choice(list(Booking.objects.order_by("pk")))
        cancel_booking(booking=booking.pk, by=self.by, as_staff=True)

    def step(self) -> str:
        rule = self.chance.choice(
            [self.add, self.move, self.edit, self.take, self.take, self.answer, self.book, self.book, self.unbook]
        )
        if self.chance.random() < 0.04:
            rule = self.cancel
        try:
            rule()
        except (Refused, IndexError):
            return "refused"
        return rule.__name__


@pytest.mark.parametrize("seed", range(4))
def test_a_screen_that_follows_events_shows_what_a_fresh_one_shows(seed: int) -> None:
    chance = random.Random(seed)
    town = Town(chance)
    for _ in range(4):
        town.step()
    viewers = [town.by, make_person(Role.COORDINATOR, hub=town.rooms[0].hub), town.workers[0]]
    screens = [Screen(load_actor(person)) for person in viewers]
    happened: Counter[str] = Counter()
    for _ in range(STEPS):
        happened[town.step()] += 1
        for screen in screens:
            if chance.random() < 0.4:
                screen.catch_up()
    for screen in screens:
        screen.catch_up()
        fresh = Screen(screen.actor)
        assert screen.sessions == fresh.sessions
        assert {topic: screen.heads[topic] for topic in fresh.heads} == fresh.heads
    assert {"add", "move", "edit", "take", "book"} <= set(happened), happened
