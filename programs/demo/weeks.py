"""A week of the demo district: sessions, needs and bookings, and the workbook that holds it all."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from random import Random
from typing import Any

from hub.workbook.template import write_workbook
from programs.demo.district import Cells, Child, District
from programs.demo.places import (
    AGENCIES,
    DRIVER,
    FAIR,
    FEW_PLACES,
    HUBS,
    KITCHENS,
    MEALS,
    NEEDS,
    PROGRAMS,
    RARE,
    WEEK,
    Hub,
    Slot,
)

POPULAR = 0.2
"""How many of the children want to come on Saturday morning besides: more than there are places."""


def workbook_of(district: District, monday: dt.date) -> bytes:
    """The workbook of one week, as a coordinator would keep it."""
    random = Random(monday.toordinal())
    sessions, needs = _timetable(district, monday, random)
    return write_workbook(
        {
            "服务站点": district.sites,
            "场地": district.rooms,
            "社工机构": district.agencies,
            "工作人员": district.staff,
            "项目": district.programs,
            "场次": sessions,
            "岗位需求": needs,
            "志愿者": [_with_absence(cells, monday, random) for cells in district.volunteers],
            "家庭": [_with_bookings(child, sessions, random) for child in district.children],
        }
    )


def _timetable(district: District, monday: dt.date, random: Random) -> tuple[list[Cells], list[Cells]]:
    sessions: list[Cells] = []
    needs: list[Cells] = []
    on_duty: dict[str, list[Slot]] = defaultdict(list)

    def add(slot: Slot, hub: Hub, site: str, *, duty: bool, driver: bool = False) -> None:
        code = f"Q{len(sessions) + 1:03d}"
        agency = hub.second if hub.second and slot.kind in ("小组", "借书") else hub.agency
        worker = None
        if duty:
            free = [one for one in district.workers[AGENCIES[agency]] if not _overlaps(slot, on_duty[one])]
            worker = random.choice(free)
            on_duty[worker].append(slot)
        day = monday + dt.timedelta(days=slot.weekday)
        style = random.randrange(4)
        times = [_written(day, slot.start, style), _written(day, slot.end, style)]
        note = random.choice([None] * 6 + ["请提前十分钟到场", "请自带水杯"])
        title = f"{PROGRAMS[slot.kind][0]}·{agency}"
        sessions.append([code, title, site, slot.room or None, *times, slot.places, worker, note])
        wanted = [*NEEDS[slot.kind], DRIVER] if driver else list(NEEDS[slot.kind])
        if monday > district.monday and (rare := RARE.get((hub.community, slot.kind))) and slot.weekday >= 3:
            wanted.append(rare)
        needs.extend([code, role, skill, check or None, *figures] for role, skill, check, *figures in wanted)

    for place, hub in enumerate(HUBS):
        for slot in WEEK:
            add(slot, hub, hub.name, duty=slot.kind != "探访")
        fair = FAIR if place % 2 else Slot(FAIR.kind, 6, "14:00", "17:00", FAIR.room)
        add(fair, hub, hub.name, duty=True)
    for kitchen in KITCHENS:
        for slot in MEALS:
            add(
                slot,
                kitchen.hub,
                kitchen.name,
                duty=False,
                driver=kitchen.word == "老年食堂" and slot.weekday in (0, 3),
            )
    return sessions, needs


def _overlaps(slot: Slot, others: list[Slot]) -> bool:
    """Nobody is on duty in two places at once."""
    return any(one.weekday == slot.weekday and one.start < slot.end and slot.start < one.end for one in others)


def _written(day: dt.date, time: str, style: int) -> Any:
    """Three styles of writing and a real date, as files have them."""
    hour, minute = (int(part) for part in time.split(":"))
    moment = dt.datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 a cell knows no zone
    return [
        moment,
        f"{day:%Y-%m-%d} {time}",
        f"{day:%Y/%m/%d} {time}",
        f"{day.year}年{day.month}月{day.day}日 {time}",
    ][style]


def _with_absence(cells: Cells, monday: dt.date, random: Random) -> Cells:
    """Who is away now and then is away on some day of this week, or not."""
    day = monday + dt.timedelta(days=random.randrange(7))
    away = cells[8] and random.random() < 0.6
    return [*cells[:8], f"{day.isoformat()} 全天" if away else None, *cells[9:]]


def _with_bookings(child: Child, sessions: list[Cells], random: Random) -> Cells:
    mine = [
        row[0] for row in sessions if row[6] and row[2] == child.hub.name and row[1].startswith(("社区儿童", "蜗牛"))
    ]
    chosen = set(random.sample(mine, random.choice([1, 2, 2])))
    if random.random() < POPULAR:
        chosen.add(next(row[0] for row in sessions if row[0] in mine and row[6] == FEW_PLACES))
    return [*child.cells, "；".join(sorted(chosen))]
