"""社工机构 in a week's workbook: who lives in which hub, and whom to call there."""

from __future__ import annotations

from hub.people import cells
from hub.places.models import Agency, Residency
from hub.workbook.book import Book
from hub.workbook.cells import as_hours, hours_as_minutes, text, words
from hub.workbook.sheets import Column, Key, Row, Sheet, Values
from hub.workbook.times import day

PLAIN = ("starts_on", "ends_on", "monthly_minutes", "contact_name", "contact_phone")


class Agencies(Sheet):
    """A row is an agency's stay in a hub; an agency that stays nowhere yet has one row without a hub."""

    name = "社工机构"
    position = 3
    defines = "agency"
    columns = (
        Column("机构名称", "agency", text(100), required=True, width=26, example="春禾社会工作服务中心"),
        Column("入驻站点", "hub", text(100), blank="", width=30, example="双龙社区慈善救助服务联合体"),
        Column("入驻开始", "starts_on", day, example="2026-01-01"),
        Column("入驻结束", "ends_on", day, example="2027-12-31"),
        Column("提供场地", "rooms", words(60), blank=list, width=30, example="公益书屋；多功能室"),
        Column("每月承诺服务小时", "monthly_minutes", hours_as_minutes, shown=as_hours, example="60"),
        Column("联系人", "contact_name", cells.name, blank="", example="王小明"),
        Column("联系电话", "contact_phone", cells.phone, blank="", private=True, example="13800000000"),
    )

    def key(self, values: Values) -> Key:
        return (values["agency"] or "", values["hub"])

    def defined(self, row: Row) -> Key:
        return (row["agency"] or "",)

    def load(self, rows: list[Row], book: Book) -> None:
        book.names["agency"] = {(agency.name,): agency for agency in Agency.objects.all()}
        stays = Residency.objects.select_related("agency", "hub").prefetch_related("rooms")
        book.kept[self.name] = {(stay.agency.name, stay.hub.name): stay for stay in stays}

    def current(self, row: Row, book: Book) -> Values | None:
        stay = book.kept[self.name].get(row.key)
        if stay is None:
            bare = not row["hub"] and self.defined(row) in book.names["agency"]
            return dict(row.values) if bare else None
        values = {field: getattr(stay, field) for field in PLAIN}
        return values | {
            "agency": stay.agency.name,
            "hub": stay.hub.name,
            "rooms": [room.name for room in stay.rooms.all()],
        }

    def check(self, rows: list[Row], book: Book) -> None:
        for row in rows:
            if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
                book.fault(row, "ends_on", "ends_before_start")
            if not row["hub"]:
                continue
            if book.refer(row, "hub", "hub", (row["hub"],)):
                for room in row["rooms"]:
                    book.refer(row, "rooms", "room", (row["hub"], room))

    def write(self, rows: list[Row], book: Book) -> None:
        agencies, stays = book.names["agency"], book.kept[self.name]
        new = {self.defined(row): Agency(name=row["agency"]) for row in rows if self.defined(row) not in agencies}
        Agency.objects.bulk_create(new.values())
        agencies.update(new)
        rows = [row for row in rows if row["hub"]]
        for row in rows:
            hub, agency = book.names["hub"][(row["hub"],)], agencies[self.defined(row)]
            stay = stays.setdefault(row.key, Residency(agency=agency, hub=hub))
            for field in PLAIN:
                setattr(stay, field, row[field])
        Residency.objects.bulk_create([stays[row.key] for row in rows if row.new])
        Residency.objects.bulk_update([stays[row.key] for row in rows if not row.new], list(PLAIN))
        granted = Residency.rooms.through
        touched = [row for row in rows if row.new or "rooms" in row.write]
        granted.objects.filter(residency__in=[stays[row.key].pk for row in touched if not row.new]).delete()
        granted.objects.bulk_create(
            granted(residency_id=stays[row.key].pk, room_id=book.names["room"][(row["hub"], room)].pk)
            for row in touched
            for room in row["rooms"]
        )
