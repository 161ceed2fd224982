"""家庭 in a week's workbook: children, the people around them, and what they are booked for."""

from __future__ import annotations

from collections.abc import Iterable

from hub import clock
from hub.access.rules import visible
from hub.people import cells
from hub.people.ages import is_minor
from hub.people.consents import on_file
from hub.people.families import (
    child_identity,
    ensure_families,
    find_children,
    find_families,
    group_by_guardian,
    seat,
    unseat,
)
from hub.people.models import Child, Consent, FamilyMember, Person, Role
from hub.people.persons import find_persons, grant_to_all, new_person
from hub.workbook.book import Book
from hub.workbook.cells import prose, text, words, yes_no
from hub.workbook.sheets import Column, Key, Row, Sheet, Touched, Values
from hub.workbook.times import day
from scheduling.bookings.models import Booking
from scheduling.bookings.sheets.booked import check_bookings, load_bookings, look_again, sessions_of, write_bookings
from scheduling.sessions.models import Session

Part = FamilyMember.Part


class Families(Sheet):
    """A row is a child. Siblings repeat their guardian; the people around them belong to the family."""

    name = "家庭"
    position = 9
    label_field = "child"
    columns = (
        Column("监护人姓名", "guardian", cells.name, required=True, example="张三"),
        Column("监护人手机号", "phone", cells.phone, required=True, private=True, example="13800000000"),
        Column("儿童姓名", "child", cells.name, required=True, example="张小宝"),
        Column("儿童出生日期", "born", day, required=True, private=True, example="2018-05-01"),
        Column(
            "与儿童关系", "relation", text(20), blank="", choices=lambda: ["母亲", "父亲", "其他监护人"], example="母亲"
        ),
        Column("照护人", "caregivers", cells.relatives, shown=cells.as_relatives, blank=list, example="奶奶 李四"),
        Column("接送人", "pickup", cells.names, blank=list, width=20, example="张三；李四"),
        Column("过敏或注意事项", "care_note", prose(), blank="", private=True, stays=True, width=20),
        Column("可拍照", "photo", yes_no, choices=lambda: ["是", "否"], example="是"),
        Column("报名场次", "sessions", words(40), blank=list, weekly=True, width=20, example="A001"),
    )

    def key(self, values: Values) -> Key:
        if not (values["phone"] and values["child"] and values["born"]):
            return ()
        return (child_identity(guardian_phone=values["phone"], name=values["child"], born=values["born"]),)

    def there(self, book: Book) -> Iterable[Values]:
        """The children with a place, or in line, in the week's sessions that are one's own."""
        mine = visible(book.acting, "edit", Session.objects.filter(week=book.week, state=Session.State.PLANNED))
        booked = Booking.objects.filter(session__in=mine, state__in=Booking.OPEN)
        children = Child.objects.filter(person__in=booked.values("participant"), person__erased_at=None)
        return [
            {
                "guardian": one.family.guardian.name,
                "phone": one.family.guardian.phone,
                "child": one.person.name,
                "born": one.person.birth_date,
            }
            for one in children.select_related("person", "family__guardian").order_by("family", "pk")
            if one.family.guardian.phone
        ]

    def load(self, rows: list[Row], book: Book) -> None:
        sound = [row for row in rows if not row.faulty]
        persons = book.names["person"]
        persons.update(find_persons([_guardian(row) for row in sound]))
        guardians = [persons[_guardian(row)] for row in sound if _guardian(row) in persons]
        children = find_children(row.key[0] for row in sound) if sound else {}
        subjects = [child.person_id for child in children.values()]
        photo = Consent.objects.filter(subject__in=subjects, kind=Consent.Kind.PHOTO).order_by("pk")
        book.kept[self.name] = {
            "circles": find_families(guardians) if sound else {},
            "children": children,
            "photo": dict(photo.values_list("subject_id", "granted")),
        }
        load_bookings(book)

    def current(self, row: Row, book: Book) -> Values | None:
        kept = book.kept[self.name]
        child: Child | None = kept["children"].get(row.key[0])
        if child is None:
            return None
        circle = kept["circles"].get(child.family.guardian_id)
        members = list(circle.members.values()) if circle else []
        return {
            "guardian": circle.family.guardian.name if circle else row["guardian"],
            "phone": row["phone"],
            "child": child.person.name,
            "born": child.person.birth_date,
            "relation": child.relation,
            "caregivers": [(one.relation, one.person.name) for one in members if one.part == Part.CAREGIVER],
            "pickup": [one.person.name for one in members if one.part == Part.PICKUP],
            "care_note": child.care_note,
            "photo": kept["photo"].get(child.person_id),
            "sessions": [booking.session.code for booking in book.kept["bookings"].get(child.person_id, {}).values()],
        }

    def check(self, rows: list[Row], book: Book) -> None:
        today = clock.today()
        for row in rows:
            if row["born"] > today:
                book.fault(row, "born", "born_in_future")
            elif not is_minor(row["born"], today):
                book.warn(row, "born", "not_a_child", age=clock.age_on(row["born"], today))
        check_bookings([row for row in rows if not row.faulty], book)

    def touched(self, rows: list[Row], book: Book) -> Touched:
        persons, children = book.names["person"], book.kept[self.name]["children"]
        people = {persons[_guardian(row)].pk for row in rows if _guardian(row) in persons}
        people |= {children[row.key[0]].person_id for row in rows if not row.new}
        return {Person: people, Session: {session.pk for session in sessions_of(rows, book)}}

    def prepare(self, rows: list[Row], book: Book) -> None:
        look_again(rows, book)

    def write(self, rows: list[Row], book: Book) -> None:
        kept, persons = book.kept[self.name], book.names["person"]
        new = {_guardian(row): None for row in rows if _guardian(row) not in persons}
        made = {key: new_person(phone=key[0], name=key[1]) for key in new}
        Person.objects.bulk_create(made.values())
        persons.update(made)
        guardians = {persons[_guardian(row)].pk: persons[_guardian(row)] for row in rows}
        grant_to_all(role=Role.GUARDIAN, persons=guardians.values())
        circles = kept["circles"]
        ensure_families(guardians.values(), circles)
        self._write_members(rows, book)
        self._write_children(rows, book)
        write_bookings(rows, book)

    def _write_members(self, rows: list[Row], book: Book) -> None:
        circles = book.kept[self.name]["circles"]
        seats, gone = [], []
        for row in rows:
            guardian = book.names["person"][_guardian(row)]
            said = {(Part.GUARDIAN.value, guardian.name): row["relation"]}
            said |= {(Part.CAREGIVER.value, name): relation for relation, name in row["caregivers"]}
            said |= {(Part.PICKUP.value, name): "" for name in row["pickup"]}
            seats += [(guardian.pk, (part, relation, name)) for (part, name), relation in said.items()]
            for part, field in ((Part.CAREGIVER, "caregivers"), (Part.PICKUP, "pickup")):
                if field in row.write:
                    there = [key for key in circles[guardian.pk].members if key[0] == part]
                    gone += [(guardian.pk, key) for key in there if key not in said]
        for guardian_id, key in gone:
            unseat({guardian_id: [key]}, circles)
        seat(group_by_guardian(seats), circles)

    def _write_children(self, rows: list[Row], book: Book) -> None:
        kept, persons = book.kept[self.name], book.names["person"]
        children: dict[str, Child] = kept["children"]
        for row in rows:
            child = children.get(row.key[0])
            if child is None:
                person = new_person(name=row["child"], phone="")
                person.birth_date = row["born"]
                family = kept["circles"][persons[_guardian(row)].pk].family
                child = children[row.key[0]] = Child(person=person, family=family, identity_key=row.key[0])
            child.relation, child.care_note = row["relation"], row["care_note"]
        new = [children[row.key[0]] for row in rows if row.new]
        Person.objects.bulk_create([child.person for child in new])
        Child.objects.bulk_create(new)
        on_file(new, recorded_by=book.by_id)
        Child.objects.bulk_update([children[row.key[0]] for row in rows if not row.new], ["relation", "care_note"])
        Consent.objects.bulk_create(
            Consent(
                subject_id=children[row.key[0]].person_id,
                kind=Consent.Kind.PHOTO,
                granted=row["photo"],
                given_by=persons[_guardian(row)],
                recorded_by_id=book.by_id,
                recorded_at=clock.now(),
            )
            for row in _touched(rows, "photo")
            if row["photo"] is not None
        )


def _guardian(row: Row) -> Key:
    return (row["phone"], row["guardian"])


def _touched(rows: Iterable[Row], field: str) -> list[Row]:
    return [row for row in rows if row.new or field in row.write]
