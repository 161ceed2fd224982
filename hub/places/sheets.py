"""服务站点 and 场地 in a week's workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hub import clock
from hub.access.rules import visible
from hub.errors import Refused
from hub.places.models import LONGEST_TURNAROUND, Hub, Room
from hub.places.signals import room_changed
from hub.workbook.book import Book
from hub.workbook.cells import CellFault, between, one_of, prose, text, whole, word_of, words
from hub.workbook.sheets import Column, Key, Row, Sheet, Touched, Values, register
from hub.workbook.times import windows

SITE_WORDS = {"联合体": Hub.Kind.HUB, "老年食堂": Hub.Kind.CANTEEN, "助餐点": Hub.Kind.MEAL_POINT}
# Where China lies: a coordinate outside is a slip of the pen.
LONGITUDES, LATITUDES = (73, 136), (3, 54)
TURNAROUND = ("setup_minutes", "clearup_minutes")
ROOM_FIELDS = ("capacity", "equipment", *TURNAROUND)


class Sites(Sheet):
    name = "服务站点"
    position = 1
    defines = "hub"
    also_names = ("community",)
    columns = (
        Column("站点名称", "name", text(100), required=True, width=30, example="双龙社区慈善救助服务联合体"),
        Column(
            "类型",
            "kind",
            one_of(SITE_WORDS),
            required=True,
            shown=word_of(SITE_WORDS),
            choices=lambda: list(SITE_WORDS),
            example="联合体",
        ),
        Column("所属联合体", "parent", text(100), blank="", width=30),
        Column("街道/镇", "subdistrict", text(60), blank="", example="文龙街道"),
        Column("社区", "community", text(60), blank="", example="双龙社区"),
        Column("地址", "address", text(200), blank="", width=30, example="文龙街道双龙社区社区路1号"),
        Column("开放时间", "opening_text", prose(200), blank="", width=24, example="周一至周日 08:00-21:00"),
        Column("经度", "longitude", between(-180, 180), example="106.66"),
        Column("纬度", "latitude", between(-180, 180), example="29.03"),
    )

    def key(self, values: Values) -> Key:
        return (values["name"] or "",)

    def there(self, book: Book) -> Iterable[Values]:
        sites = visible(book.acting, "look_after", Hub.objects.order_by("pk"))
        return [{"name": name, "community": community} for name, community in sites.values_list("name", "community")]

    def load(self, rows: list[Row], book: Book) -> None:
        book.names["hub"] = {(hub.name,): hub for hub in Hub.objects.select_related("parent")}
        for row in rows:
            book.defined["community"][(row["community"],)].append(row)

    def current(self, row: Row, book: Book) -> Values | None:
        hub = book.names["hub"].get(row.key)
        if hub is None:
            return None
        plain = ("name", "kind", "subdistrict", "community", "address", "opening_text", "longitude", "latitude")
        return {name: getattr(hub, name) for name in plain} | {"parent": hub.parent.name if hub.parent else ""}

    def check(self, rows: list[Row], book: Book) -> None:
        for row in rows:
            self._check_parent(row, book)
            self._check_coordinates(row, book)
            if row["opening_text"]:
                try:
                    windows(row["opening_text"])
                except CellFault:
                    book.warn(row, "opening_text", "opening_not_understood")

    def _check_parent(self, row: Row, book: Book) -> None:
        if not row["parent"]:
            if row["kind"] != Hub.Kind.HUB:
                book.warn(row, "parent", "no_parent")
            return
        if row["parent"] == row["name"]:
            book.fault(row, "parent", "own_parent")
        elif (
            book.refer(row, "parent", "hub", (row["parent"],)) and kind_of_site((row["parent"],), book) != Hub.Kind.HUB
        ):
            book.fault(row, "parent", "parent_not_a_hub")

    def _check_coordinates(self, row: Row, book: Book) -> None:
        longitude, latitude = row["longitude"], row["latitude"]
        if longitude is None or latitude is None:
            book.warn(row, "longitude" if longitude is None else "latitude", "no_coordinates")
            return
        if _within(latitude, LONGITUDES) and _within(longitude, LATITUDES):
            book.fault(row, "longitude", "coordinates_swapped")
        elif not _within(longitude, LONGITUDES):
            book.fault(row, "longitude", "out_of_range", least=LONGITUDES[0], most=LONGITUDES[1])
        elif not _within(latitude, LATITUDES):
            book.fault(row, "latitude", "out_of_range", least=LATITUDES[0], most=LATITUDES[1])

    def touched(self, rows: list[Row], book: Book) -> Touched:
        return {Hub: {book.names["hub"][row.key].pk for row in rows if not row.new}}

    def write(self, rows: list[Row], book: Book) -> None:
        hubs = book.names["hub"]
        for row in rows:
            hub = hubs.setdefault(row.key, Hub(name=row["name"]))
            for name in ("kind", "subdistrict", "community", "address", "opening_text", "longitude", "latitude"):
                setattr(hub, name, row[name])
            hub.opening = _opening(row["opening_text"])
            hub.changed_at = clock.now()
        Hub.objects.bulk_create([hubs[row.key] for row in rows if row.new])
        for row in rows:
            hubs[row.key].parent = hubs[(row["parent"],)] if row["parent"] else None
        fields = [
            "kind",
            "parent",
            "subdistrict",
            "community",
            "address",
            "opening_text",
            "opening",
            "longitude",
            "latitude",
            "changed_at",
        ]
        Hub.objects.bulk_update([hubs[row.key] for row in rows], fields)


def _within(value: float, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _opening(written: str) -> list[Any]:
    try:
        return windows(written) if written else []
    except CellFault:
        return []


def kind_of_site(key: Key, book: Book) -> str:
    """What a site is once the workbook is imported."""
    for row in book.defined["hub"].get(key, []):
        if not row.faulty:
            return str(row["kind"])
    hub = book.names["hub"].get(key)
    return hub.kind if hub else ""


def site_facts(key: Key, book: Book) -> Hub:
    """The site as it is once the workbook is imported; not to be saved."""
    for row in book.defined["hub"].get(key, []):
        if not row.faulty:
            return Hub(name=row["name"], opening_text=row["opening_text"], opening=_opening(row["opening_text"]))
    hub: Hub = book.names["hub"][key]
    return hub


def site_of_community(community: str, book: Book) -> str:
    """The name of the community's hub, or else of another site there; empty when there is none."""
    known = book.names["community"]
    if not known:
        sites = {hub.name: (hub.community, hub.kind) for hub in book.names["hub"].values()}
        sites |= {row["name"]: (row["community"], row["kind"]) for row in book.rows[Sites.name] if not row.faulty}
        for name, (where, _) in sorted(sites.items(), key=lambda site: (site[1][1] != Hub.Kind.HUB, site[0])):
            known.setdefault((where,), name)
    return str(known.get((community,), ""))


class Rooms(Sheet):
    name = "场地"
    position = 2
    defines = "room"
    columns: Sequence[Column] = (
        Column("站点名称", "hub", text(100), required=True, width=30, example="双龙社区慈善救助服务联合体"),
        Column("场地名称", "name", text(60), required=True, example="公益书屋"),
        Column("容纳人数", "capacity", whole(0, 100_000), example="24"),
        Column("设备", "equipment", words(), blank=list, width=24, example="投影；音响"),
        Column("布置分钟", "setup_minutes", whole(0, LONGEST_TURNAROUND), blank=0, example="15"),
        Column("收拾分钟", "clearup_minutes", whole(0, LONGEST_TURNAROUND), blank=0, example="15"),
    )

    def key(self, values: Values) -> Key:
        return (values["hub"] or "", values["name"] or "")

    def there(self, book: Book) -> Iterable[Values]:
        rooms = visible(book.acting, "furnish", Room.objects.order_by("hub", "pk"))
        return [{"hub": hub, "name": name} for hub, name in rooms.values_list("hub__name", "name")]

    def load(self, rows: list[Row], book: Book) -> None:
        book.names["room"] = {(room.hub.name, room.name): room for room in Room.objects.select_related("hub")}

    def current(self, row: Row, book: Book) -> Values | None:
        room = book.names["room"].get(row.key)
        if room is None:
            return None
        return {"hub": room.hub.name, "name": room.name} | {name: getattr(room, name) for name in ROOM_FIELDS}

    def check(self, rows: list[Row], book: Book) -> None:
        for row in rows:
            book.refer(row, "hub", "hub", (row["hub"],))

    def touched(self, rows: list[Row], book: Book) -> Touched:
        return {Room: {book.names["room"][row.key].pk for row in rows if not row.new}}

    def prepare(self, rows: list[Row], book: Book) -> None:
        """Rooms are what they were when they were looked at, those too that others' rows are in."""
        seen = {room.pk: room for room in book.names["room"].values()}
        for held in Room.objects.filter(pk__in=book.held[Room]):
            if any(getattr(held, name) != getattr(seen[held.pk], name) for name in ROOM_FIELDS):
                raise Refused("changed_meanwhile")

    def write(self, rows: list[Row], book: Book) -> None:
        """Sessions to come hold a room with its new times."""
        rooms = book.names["room"]
        anew = [room for _, room in rooms_with_new_times(book)]
        for row in rows:
            room = rooms.setdefault(row.key, Room(name=row["name"], hub=book.names["hub"][(row["hub"],)]))
            for name in ROOM_FIELDS:
                setattr(room, name, row[name])
            room.changed_at = clock.now()
        Room.objects.bulk_create([rooms[row.key] for row in rows if row.new])
        Room.objects.bulk_update([rooms[row.key] for row in rows if not row.new], [*ROOM_FIELDS, "changed_at"])
        for room in anew:
            room_changed.send(Room, room=room, by=book.actor.person if book.actor else None)


def rooms_with_new_times(book: Book) -> Iterator[tuple[Row, Room]]:
    """Rows that change how long a room takes to set up or to clear up, each with the room as it is."""
    for row in book.rows[Rooms.name]:
        if not row.faulty and not row.new and row.write & set(TURNAROUND):
            yield row, book.names["room"][row.key]


def room_facts(key: Key, book: Book) -> Room:
    """The room as it is once the workbook is imported; not to be saved."""
    for row in book.defined["room"].get(key, []):
        if not row.faulty:
            return Room(name=row["name"], **{name: row[name] for name in ROOM_FIELDS})
    room: Room = book.names["room"][key]
    return room


register(Sites(), Rooms())
