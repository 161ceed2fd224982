"""场次 in a week's workbook."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from hub import clock
from hub.access.rules import visible
from hub.errors import Refused
from hub.people.models import Person
from hub.people.sheets.staff import staff_named
from hub.places.models import Hub, Room
from hub.places.sheets import room_facts
from hub.workbook.book import Book
from hub.workbook.cells import prose, text, whole
from hub.workbook.reading import Cell
from hub.workbook.sheets import Column, Key, Row, Sheet, Touched, Values
from hub.workbook.times import moment
from programs.kinds import kind
from programs.models import AdultRatio
from programs.ratios import adults_required, ratios_on
from programs.sheets import program_facts
from scheduling.sessions.checks import LONGEST
from scheduling.sessions.claims import person_resource, room_resource, room_window
from scheduling.sessions.models import Claim, Session
from scheduling.sessions.sheets.hindrances import WHERE, borne, hindered, is_cancelled, twice_on_duty
from scheduling.sessions.sheets.needs import NeedSheet
from scheduling.sessions.signals import session_edited, session_moved

OLDEST_CHILD = 12


class SessionSheet(Sheet):
    name = "场次"
    position = 6
    defines = "session"
    week_field = "starts_at"
    columns = (
        Column("场次编号", "code", text(40), required=True, example="A001"),
        Column("项目名称", "program", text(100), required=True, width=26, example="社区儿童共读"),
        Column("站点名称", "hub", text(100), required=True, width=30, example="双龙社区慈善救助服务联合体"),
        Column("场地名称", "room", text(60), blank="", example="公益书屋"),
        Column("开始时间", "starts_at", moment, required=True, moves=True, width=18, example="2026-12-14 16:30"),
        Column("结束时间", "ends_at", moment, required=True, moves=True, width=18, example="2026-12-14 18:00"),
        Column("服务对象名额", "places", whole(0, 100_000), example="12"),
        Column("值班社工", "duty", text(60), blank="", example="张三"),
        Column("备注", "note", prose(), blank="", width=24),
    )

    def key(self, values: Values) -> Key:
        return (values["code"] or "",)

    def tidy(self, row: Row, book: Book) -> None:
        """An end that is only a time belongs to the day of the start; midnight, where that is the end, to the next."""
        if isinstance(row["starts_at"], int):
            book.fault(row, "starts_at", "date_missing")
        elif _is_bare_date(row.cells["starts_at"]):
            book.fault(row, "starts_at", "time_missing")
        else:
            day = clock.local(row["starts_at"]).date()
            if isinstance(row["ends_at"], int):
                row.values["ends_at"] = clock.at(day, row["ends_at"] or clock.MINUTES_A_DAY)
            elif _is_bare_date(row.cells["ends_at"]) and row["ends_at"] <= row["starts_at"]:
                book.fault(row, "ends_at", "time_missing")
            elif row["ends_at"] == clock.at(day) < row["starts_at"]:
                row.values["ends_at"] = clock.at(day, clock.MINUTES_A_DAY)

    def there(self, book: Book) -> Iterable[Values]:
        mine = visible(book.acting, "edit", Session.objects.filter(week=book.week, state=Session.State.PLANNED))
        return [{"code": code} for code in mine.order_by("starts_at", "pk").values_list("code", flat=True)]

    def load(self, rows: list[Row], book: Book) -> None:
        related = ("program", "hub", "room", "duty_worker")
        sessions = Session.objects.filter(week=book.week).select_related(*related)
        book.names["session"] = {(session.code,): session for session in sessions}
        for row in rows:
            # A session's week is part of its name: the same number another week is another session.
            if not row.faulty and row.key:
                row.key = (row["code"], f"{book.week:%Y-%m-%d}")

    def current(self, row: Row, book: Book) -> Values | None:
        session = book.names["session"].get((row["code"],))
        if session is None:
            return None
        return {
            "code": session.code,
            "program": session.program.name,
            "hub": session.hub.name,
            "room": session.room.name if session.room else "",
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "places": session.places,
            "duty": session.duty_worker.name if session.duty_worker else "",
            "note": session.note,
        }

    def check(self, rows: list[Row], book: Book) -> None:
        for row in rows:
            self._check_time(row, book)
            known = book.refer(row, "program", "program", (row["program"],))
            if book.refer(row, "hub", "hub", (row["hub"],)) and row["room"]:
                book.refer(row, "room", "room", (row["hub"], row["room"]))
            if known and row["duty"] and (row.new or "duty" in row.write):
                self._check_duty(row, book)
        self._check_rooms([row for row in rows if not row.faulty], book)
        self._check_adults([row for row in rows if not row.faulty], book)

    def _check_time(self, row: Row, book: Book) -> None:
        start, end = row["starts_at"], row["ends_at"]
        if end <= start:
            book.fault(row, "ends_at", "ends_before_start")
        elif end - start > LONGEST:
            book.fault(row, "ends_at", "longer_than_a_day")
        elif clock.monday_of(start) != book.week:
            book.fault(row, "starts_at", "other_week", week=book.week.isoformat())

    def _check_duty(self, row: Row, book: Book) -> None:
        agency = program_facts(row["program"], book)["agency"]
        named = staff_named(row["duty"], book)
        own = [key for key, agencies in named.items() if agency in agencies]
        chosen = own if len(named) > 1 else list(named)
        if not named:
            book.refer(row, "duty", "worker", (row["duty"],))
        elif len(chosen) != 1:
            book.fault(row, "duty", "ambiguous_name", name=row["duty"])
        else:
            if not own:
                book.warn(row, "duty", "other_agency", name=row["duty"], agency=agency)
            book.kept.setdefault("duty", {})[row.number] = chosen[0]

    def _check_rooms(self, rows: list[Row], book: Book) -> None:
        """What can't be there is at fault; what gives way, and more places than the room holds, is warned of."""
        for row, name, code, facts in hindered(rows, book):
            book.fault(row, name, code, **facts)
        for row, name, code, facts in chain(borne(rows, book), twice_on_duty(rows, book)):
            book.warn(row, name, code, **facts)
        for row in rows:
            if row["room"] and row["places"] and not is_cancelled(row, book):
                capacity = room_facts((row["hub"], row["room"]), book).capacity
                if capacity is not None and row["places"] > capacity:
                    book.warn(row, "places", "room_small", room=row["room"], capacity=capacity, places=row["places"])

    def _check_adults(self, rows: list[Row], book: Book) -> None:
        """Adults too few for the places: those wanted and the duty social worker, against the strictest ratio of the
        program's ages."""
        wanted: dict[str, int] = defaultdict(int)
        for need in book.rows[NeedSheet.name]:
            if not need.faulty:
                wanted[need["session"]] += need["target"]
        ratios = list(AdultRatio.objects.all())
        for row in rows:
            facts = program_facts(row["program"], book)
            if not kind(facts["kind"]).for_children or not row["places"]:
                continue
            age = facts["age_min"] if facts["age_min"] is not None else OLDEST_CHILD
            day = clock.local(row["starts_at"]).date()
            adults = adults_required([age] * row["places"], ratios_on(day, ratios))
            have = wanted[row["code"]] + (1 if row["duty"] else 0)
            if have < adults:
                book.warn(row, "places", "adults_too_few", places=row["places"], adults=adults, have=have)

    def touched(self, rows: list[Row], book: Book) -> Touched:
        """With everybody who has a place in what is changed."""
        sessions = [book.names["session"][(row["code"],)] for row in rows if not row.new]
        held = Claim.objects.filter(session__in=sessions, resource__startswith="person:")
        rooms = (book.names["room"].get((row["hub"], row["room"])) for row in rows)
        bare = (book.names["hub"].get((row["hub"],)) for row in rows if not row["room"])
        duty = (book.names["person"].get(book.kept.get("duty", {}).get(row.number)) for row in rows)
        return {
            Person: {
                *(int(one.partition(":")[2]) for one in held.values_list("resource", flat=True)),
                *(person.pk for person in duty if person),
            },
            Session: {session.pk for session in sessions},
            Hub: {hub.pk for hub in bare if hub},
            Room: {*(room.pk for room in rooms if room), *(one.room_id for one in sessions if one.room_id)},
        }

    def prepare(self, rows: list[Row], book: Book) -> None:
        """Sessions are what they were when they were looked at, those too that others' rows are of. What is written
        anew gives up what it holds, for a room's new times may depend on it."""
        seen = {one.pk: one.revision for one in book.names["session"].values() if one.pk in book.held[Session]}
        now = dict(Session.objects.filter(pk__in=seen).values_list("pk", "revision"))
        if now != seen or next(hindered(rows, book), None):
            raise Refused("changed_meanwhile")
        kept: dict[int, list[Claim]] = defaultdict(list)
        held = Claim.objects.filter(session__in=[book.names["session"][(row["code"],)] for row in rows if not row.new])
        for claim in held.exclude(resource__startswith="room:"):
            kept[claim.session_id].append(claim)
        held.delete()
        book.kept["claims"] = kept

    def write(self, rows: list[Row], book: Book) -> None:
        sessions, now = book.names["session"], clock.now()
        before: dict[int, Values] = {}
        for row in rows:
            session = sessions.get((row["code"],))
            if session is None:
                session = sessions[(row["code"],)] = Session(week=book.week, code=row["code"], created_at=now)
            else:
                before[session.pk] = {
                    name: getattr(session, name) for name in ("starts_at", "ends_at", "hub_id", "room_id")
                }
                before[session.pk] |= {name: getattr(session, name) for name in ("places", "duty_worker_id", "note")}
                session.revision += 1
                session.sequence += 1 if row.write & set(WHERE) else 0
            self._fill(session, row, book)
            session.changed_at = now
        mine = [(row, sessions[(row["code"],)]) for row in rows]
        Session.objects.bulk_create([session for row, session in mine if row.new])
        fields = ["program", "hub", "room", "starts_at", "ends_at", "places", "duty_worker", "note"]
        Session.objects.bulk_update(
            [session for row, session in mine if not row.new], [*fields, "revision", "sequence", "changed_at"]
        )
        self._write_claims(mine, book)
        book.kept["added sessions"] = {session.pk for row, session in mine if row.new}
        for row, session in mine:
            book.tell(f"hub:{session.hub_id}", "session.added" if row.new else "session.changed", "session", session.pk)
            if not row.new:
                self._signal(row, session, before[session.pk], book)

    def _fill(self, session: Session, row: Row, book: Book) -> None:
        session.program = book.names["program"][(row["program"],)]
        session.hub = book.names["hub"][(row["hub"],)]
        session.room = book.names["room"][(row["hub"], row["room"])] if row["room"] else None
        if row.new or "duty" in row.write:
            session.duty_worker = book.names["person"][book.kept["duty"][row.number]] if row["duty"] else None
        for name in ("starts_at", "ends_at", "places", "note"):
            setattr(session, name, row[name])

    def _write_claims(self, mine: list[tuple[Row, Session]], book: Book) -> None:
        """The room, for itself; the duty worker, who may be next door. Who else holds a place, and kits, come along."""
        live = [session for _, session in mine if session.state == Session.State.PLANNED]
        kept = book.kept["claims"]
        Claim.objects.bulk_create(chain.from_iterable(_claims_of(session, kept[session.pk]) for session in live))

    def _signal(self, row: Row, session: Session, before: Values, book: Book) -> None:
        by = book.actor.person if book.actor else None
        where = {name: before[name] for name in ("starts_at", "ends_at", "hub_id", "room_id")}
        if row.write & set(WHERE):
            session_moved.send(Session, session=session, by=by, before=where)
        rest = {
            name: before[name]
            for name in ("places", "duty_worker_id", "note")
            if before[name] != getattr(session, name)
        }
        if rest:
            session_edited.send(Session, session=session, by=by, before=rest)


def _is_bare_date(cell: Cell) -> bool:
    """A real date without a time is midnight to a spreadsheet, and so is its number."""
    return (isinstance(cell, dt.datetime) and cell.time() == dt.time()) or isinstance(cell, int)


def _claims_of(session: Session, kept: list[Claim]) -> list[Claim]:
    window = (session.starts_at, session.ends_at)
    held = {claim.resource: (claim.exclusive, window) for claim in kept}
    if session.room_id:
        held[room_resource(session.room_id)] = (True, room_window(session.room, *window))
    if session.duty_worker_id:
        held[person_resource(session.duty_worker_id)] = (False, window)
    return [
        Claim(session=session, resource=resource, starts_at=start, ends_at=end, exclusive=exclusive)
        for resource, (exclusive, (start, end)) in held.items()
    ]
