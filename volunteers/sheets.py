"""志愿者 in a week's workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hub import clock
from hub.access.rules import visible
from hub.people import cells
from hub.people.ages import is_minor
from hub.people.models import Consent, Person, Role
from hub.people.persons import find_persons, grant_to_all, new_person
from hub.places.models import Hub
from hub.places.sheets import site_of_community
from hub.workbook.book import Book
from hub.workbook.cells import as_hours, between, hours_as_minutes, parts, prose, text, whole, words, yes_no
from hub.workbook.reading import Cell
from hub.workbook.sheets import Column, Key, Row, Sheet, Touched, Values, canonical, register
from hub.workbook.times import Span, as_spans, as_windows, day, spans, windows
from programs.sheets import kind_code, kind_word
from volunteers.availability import said_absences
from volunteers.clearances import last_day
from volunteers.models import Absence, Clearance, HeldSkill, Skill, Volunteer
from volunteers.tasks import keep_reminding
from volunteers.wishes import MOST_PER_WEEK

PROFILE = ("max_sessions", "max_minutes", "wish_per_week", "preferred_kinds", "prior_minutes", "note")


def kinds(cell: Cell) -> list[str]:
    return [kind_code(part) for part in parts(cell)]


def kinds_in_words(codes: list[str]) -> str:
    return "；".join(kind_word(code) for code in codes)


def weekly_minutes(cell: Cell) -> int:
    between(0, 168)(cell)
    return hours_as_minutes(cell)


def _comes_home(row: Row) -> bool:
    """Whose home the sheet says: of others it is what they, or their site, chose."""
    return row.new or "community" in row.write


class Volunteers(Sheet):
    name = "志愿者"
    position = 8
    columns = (
        Column("姓名", "name", cells.name, required=True, example="张三"),
        Column("手机号", "phone", cells.phone, required=True, private=True, example="13800000000"),
        Column("出生日期", "born", day, private=True, example="1980-05-01"),
        Column("所在社区", "community", text(60), required=True, may_lack=True, blank="", example="双龙社区"),
        Column("技能", "skills", words(40), blank=list, width=24, example="讲故事；急救"),
        Column("从业查询日期", "checked_on", day, moves=True, example="2026-09-01"),
        Column("监护人同意", "consent", yes_no, choices=lambda: ["是", "否"]),
        Column(
            "可服务时间",
            "availability",
            windows,
            shown=as_windows,
            blank=list,
            width=40,
            example="周一至周五 08:00-17:30；周末 全天",
        ),
        Column(
            "不可服务",
            "absences",
            spans,
            shown=as_spans,
            blank=list,
            moves=True,
            weekly=True,
            width=24,
            example="2026-12-19 全天",
        ),
        Column("每周最多场次", "max_sessions", whole(0, 1000), example="3"),
        Column("每周最多小时", "max_minutes", weekly_minutes, shown=as_hours, example="6"),
        Column("每周想来几次", "wish_per_week", whole(0, MOST_PER_WEEK), example="2"),
        Column(
            "意向项目类型", "preferred_kinds", kinds, shown=kinds_in_words, blank=list, width=20, example="共读；送餐"
        ),
        Column("累计服务小时", "prior_minutes", hours_as_minutes, shown=as_hours, blank=0, example="46.5"),
        Column("备注", "note", prose(), blank="", width=24),
    )

    def key(self, values: Values) -> Key:
        return (values["phone"] or "", values["name"] or "")

    def there(self, book: Book) -> Iterable[Values]:
        """Those at home at one's sites: phone numbers of a whole district leave with who answers for it alone."""
        homes = visible(book.acting, "look_after", Hub.objects.all())
        mine = Volunteer.objects.filter(home__in=homes, active=True)
        people = [one.person for one in mine.select_related("person").order_by("pk")]
        return [{"name": one.name, "phone": one.phone} for one in people if one.phone]

    def load(self, rows: list[Row], book: Book) -> None:
        persons = book.names["person"]
        persons.update(find_persons([row.key for row in rows if not row.faulty]))
        ids = {person.pk for key, person in persons.items()}
        found = Volunteer.objects.filter(person__in=ids).prefetch_related(
            "held_skills__skill", "absences", "clearances"
        )
        volunteers = {one.person_id: one for one in found} if ids else {}
        consents = Consent.objects.filter(subject__volunteer__in=volunteers.values(), kind=Consent.Kind.VOLUNTEERING)
        book.kept[self.name] = {
            "volunteers": volunteers,
            "consents": dict(consents.order_by("pk").values_list("subject_id", "granted")) if volunteers else {},
        }
        book.names["skill"] = {(skill.name,): skill for skill in Skill.objects.all()}

    def _volunteer(self, row: Row, book: Book) -> Volunteer | None:
        person = book.names["person"].get(row.key)
        return book.kept[self.name]["volunteers"].get(person.pk) if person else None

    def current(self, row: Row, book: Book) -> Values | None:
        volunteer = self._volunteer(row, book)
        if volunteer is None:
            return None
        person: Person = book.names["person"][row.key]
        said = {canonical(span) for span in row["absences"]}
        return {name: getattr(volunteer, name) for name in PROFILE} | {
            "name": person.name,
            "phone": person.phone,
            "born": person.birth_date,
            "community": person.community,
            "skills": [held.skill.name for held in volunteer.held_skills.all()],
            "checked_on": max((one.checked_on for one in volunteer.clearances.all()), default=None),
            "consent": book.kept[self.name]["consents"].get(person.pk),
            "availability": [tuple(window) for window in volunteer.availability],
            "absences": [span for span in _absences(volunteer) if _of_week(span, book) or canonical(span) in said],
        }

    def check(self, rows: list[Row], book: Book) -> None:
        today = clock.today()
        saturday = book.week + dt.timedelta(days=6)
        for row in rows:
            if _comes_home(row) and not site_of_community(row["community"], book):
                book.refer(row, "community", "community", (row["community"],))
            if row["born"] and row["born"] > today:
                book.fault(row, "born", "born_in_future")
            elif is_minor(row["born"], saturday) and not row["consent"]:
                book.warn(row, "consent", "minor_without_consent")
            if not row["availability"]:
                book.warn(row, "availability", "never_available")
            checked = row["checked_on"]
            if checked and checked > saturday:
                book.warn(row, "checked_on", "check_in_future")
            elif checked and last_day(checked) < saturday:
                book.warn(row, "checked_on", "check_expired", until=last_day(checked).isoformat())

    def touched(self, rows: list[Row], book: Book) -> Touched:
        return {Person: {book.names["person"][row.key].pk for row in rows if row.key in book.names["person"]}}

    def write(self, rows: list[Row], book: Book) -> None:
        self._write_persons(rows, book)
        persons, kept = book.names["person"], book.kept[self.name]
        volunteers = kept["volunteers"]
        for row in rows:
            volunteer = volunteers.setdefault(persons[row.key].pk, Volunteer(person=persons[row.key]))
            for name in PROFILE:
                setattr(volunteer, name, row[name])
            volunteer.availability = [list(window) for window in row["availability"]]
            if row.new or "availability" in row.write:
                volunteer.availability_text = str(row.cells.get("availability") or "")[:400]
            if _comes_home(row):
                volunteer.home = book.names["hub"][(site_of_community(row["community"], book),)]
        mine = {id(row): volunteers[persons[row.key].pk] for row in rows}
        Volunteer.objects.bulk_create([mine[id(row)] for row in rows if row.new])
        Volunteer.objects.bulk_update(
            [mine[id(row)] for row in rows if not row.new], [*PROFILE, "availability", "availability_text", "home"]
        )
        grant_to_all(role=Role.VOLUNTEER, persons=[persons[row.key] for row in rows if row.new])

        def touched(name: str) -> list[tuple[Row, Volunteer]]:
            return [(row, mine[id(row)]) for row in rows if row.new or name in row.write]

        self._write_skills(touched("skills"), book)
        self._write_clearances(touched("checked_on"))
        self._write_absences(touched("absences"), book)
        Consent.objects.bulk_create(
            Consent(
                subject_id=volunteer.person_id,
                kind=Consent.Kind.VOLUNTEERING,
                granted=row["consent"],
                recorded_by_id=book.by_id,
                recorded_at=clock.now(),
            )
            for row, volunteer in touched("consent")
            if row["consent"] is not None
        )

    def _write_persons(self, rows: list[Row], book: Book) -> None:
        persons = book.names["person"]
        known = [row for row in rows if row.key in persons]
        new = {row.key: new_person(name=row["name"], phone=row["phone"]) for row in rows if row.key not in persons}
        persons.update(new)
        for row in rows:
            person = persons[row.key]
            if row["born"] or not row.new:
                person.birth_date = row["born"]
            person.community = row["community"]
        Person.objects.bulk_create(new.values())
        changed = [persons[row.key] for row in known if row.new or row.write & {"born", "community"}]
        Person.objects.bulk_update(changed, ["birth_date", "community"])

    def _write_skills(self, touched: list[tuple[Row, Volunteer]], book: Book) -> None:
        """A workbook's word counts as a proof seen; one that was seen before stays with a skill that stays."""
        ensure_skills((name for row, _ in touched for name in row["skills"]), book)
        new, gone = [], []
        for row, volunteer in touched:
            had = {} if row.new else {held.skill.name: held.pk for held in volunteer.held_skills.all()}
            gone += [pk for name, pk in had.items() if name not in row["skills"]]
            new += [
                HeldSkill(volunteer=volunteer, skill=book.names["skill"][(name,)])
                for name in row["skills"]
                if name not in had
            ]
        HeldSkill.objects.filter(pk__in=gone).delete()
        HeldSkill.objects.bulk_create(new)

    def _write_clearances(self, touched: list[tuple[Row, Volunteer]]) -> None:
        """Another date is another check; a date taken away takes the newest check with it."""
        keep_reminding()
        for row, volunteer in touched:
            if row["checked_on"] is None and not row.new:
                newest = max(volunteer.clearances.all(), key=lambda one: one.checked_on)
                newest.delete()
        Clearance.objects.bulk_create(
            (
                Clearance(
                    volunteer=volunteer,
                    kind=Clearance.Kind.CHILD,
                    checked_on=row["checked_on"],
                    valid_until=last_day(row["checked_on"]),
                )
                for row, volunteer in touched
                if row["checked_on"]
            ),
            ignore_conflicts=True,
        )

    def _write_absences(self, touched: list[tuple[Row, Volunteer]], book: Book) -> None:
        new, gone = [], []
        for row, volunteer in touched:
            had: dict[str, Absence] = {} if row.new else {_absence_name(one): one for one in said_absences(volunteer)}
            said = {canonical(span): span for span in row["absences"]}
            gone += [
                one.pk for name, one in had.items() if name not in said and _of_week((one.starts_at, one.ends_at), book)
            ]
            new += [
                Absence(volunteer=volunteer, starts_at=span[0], ends_at=span[1], said_at=clock.now())
                for name, span in said.items()
                if name not in had
            ]
        Absence.objects.filter(pk__in=gone).delete()
        Absence.objects.bulk_create(new)


def ensure_skills(names: Iterable[str], book: Book) -> None:
    """Make the skills that nobody named before."""
    new = [Skill(name=name) for name in sorted(set(names)) if (name,) not in book.names["skill"]]
    Skill.objects.bulk_create(new)
    book.names["skill"].update({(skill.name,): skill for skill in new})


def _absences(volunteer: Volunteer) -> list[Span]:
    return [(one.starts_at, one.ends_at) for one in said_absences(volunteer)]


def _absence_name(absence: Absence) -> str:
    return canonical((absence.starts_at, absence.ends_at))


def _of_week(span: Span, book: Book) -> bool:
    """Whether the span begins in the workbook's week: what the workbook may take back."""
    first, last = clock.week_bounds(book.week)
    return first <= span[0] < last


def skills_held(book: Book) -> set[str]:
    """Skills that some volunteer has once the workbook is imported."""
    if "skills held" not in book.kept:
        held = set(Skill.objects.filter(volunteers__active=True).values_list("name", flat=True))
        book.kept["skills held"] = held.union(*(row["skills"] for row in book.rows[Volunteers.name]))
    return set(book.kept["skills held"])


register(Volunteers())
