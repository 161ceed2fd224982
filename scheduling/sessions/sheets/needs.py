"""岗位需求 in a week's workbook: whom each session needs."""

from __future__ import annotations

from collections.abc import Iterable

from hub.access.rules import visible
from hub.workbook.book import Book
from hub.workbook.cells import one_of, text, whole, word_of
from hub.workbook.sheets import Column, Key, Row, Sheet, Touched, Values
from scheduling.sessions.models import Need, Session
from scheduling.sessions.signals import session_edited
from volunteers.models import Clearance
from volunteers.sheets import ensure_skills, skills_held

CLEARANCE_WORDS = {"未成年人": Clearance.Kind.CHILD, "是": Clearance.Kind.CHILD, "否": "", "无": ""}
FIELDS = ("role", "clearance", "min", "target", "priority")


class NeedSheet(Sheet):
    name = "岗位需求"
    position = 7
    columns = (
        Column("场次编号", "session", text(40), required=True, example="A001"),
        Column("岗位", "role", text(40), required=True, example="领读员"),
        Column("所需技能", "skill", text(40), blank="", example="讲故事"),
        Column(
            "需从业查询",
            "clearance",
            one_of(CLEARANCE_WORDS),
            shown=word_of(CLEARANCE_WORDS),
            blank="",
            choices=lambda: ["未成年人"],
            example="未成年人",
        ),
        Column("最少人数", "min", whole(0, 1000), required=True, example="1"),
        Column("目标人数", "target", whole(0, 1000), required=True, example="2"),
        Column("优先级", "priority", whole(1, 3), blank=2, choices=lambda: ["1", "2", "3"], example="2"),
    )

    def key(self, values: Values) -> Key:
        return (values["session"] or "", values["role"] or "")

    def there(self, book: Book) -> Iterable[Values]:
        mine = visible(book.acting, "edit", Session.objects.filter(week=book.week, state=Session.State.PLANNED))
        needs = Need.objects.filter(session__in=mine).order_by("session__starts_at", "session", "position", "pk")
        return [{"session": code, "role": role} for code, role in needs.values_list("session__code", "role")]

    def load(self, rows: list[Row], book: Book) -> None:
        needs = Need.objects.filter(session__week=book.week).select_related("session", "skill")
        book.kept[self.name] = {(need.session.code, need.role): need for need in needs}
        for row in rows:
            if not row.faulty:
                row.key = (row["session"], row["role"], f"{book.week:%Y-%m-%d}")

    def current(self, row: Row, book: Book) -> Values | None:
        need = book.kept[self.name].get((row["session"], row["role"]))
        if need is None:
            return None
        values = {name: getattr(need, name) for name in FIELDS}
        return values | {"session": need.session.code, "skill": need.skill.name if need.skill else ""}

    def check(self, rows: list[Row], book: Book) -> None:
        for row in rows:
            book.refer(row, "session", "session", (row["session"],))
            if row["min"] > row["target"]:
                book.fault(row, "min", "min_above_target", min=row["min"], target=row["target"])
            if row["skill"] and row["skill"] not in skills_held(book):
                book.warn(row, "skill", "skill_nobody_has", skill=row["skill"])

    def touched(self, rows: list[Row], book: Book) -> Touched:
        known = (book.names["session"].get((row["session"],)) for row in rows)
        return {Session: {session.pk for session in known if session}}

    def write(self, rows: list[Row], book: Book) -> None:
        needs, skills, sessions = book.kept[self.name], book.names["skill"], book.names["session"]
        ensure_skills({row["skill"] for row in rows if row["skill"]}, book)
        last: dict[str, int] = {}
        for code, role in needs:
            last[code] = max(last.get(code, -1), needs[code, role].position)
        mine = []
        for row in rows:
            code = row["session"]
            need = needs.get((code, row["role"]))
            if need is None:
                last[code] = last.get(code, -1) + 1
                need = Need(session=sessions[(code,)], position=last[code])
            for name in FIELDS:
                setattr(need, name, row[name])
            need.skill = skills[(row["skill"],)] if row["skill"] else None
            mine.append((row, need))
        Need.objects.bulk_create([need for row, need in mine if row.new])
        Need.objects.bulk_update([need for row, need in mine if not row.new], [*FIELDS, "skill"])
        edited: dict[int, Session] = {}
        for row in rows:
            session = sessions[(row["session"],)]
            if session.pk not in book.kept.get("added sessions", ()):
                book.tell(f"hub:{session.hub_id}", "session.changed", "session", session.pk)
            if not row.new and row.write & {"min", "target"}:
                edited[session.pk] = session
        by = book.actor.person if book.actor else None
        for pk in sorted(edited):
            session_edited.send(Session, session=edited[pk], by=by, before={})
