"""The demo district as rows of the week's workbook: the same people and places whatever the week.

Drawn by a fixed seed, relative to the Monday of the week that is now.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from programs.demo.people import MIDDLE, OLDER, YOUNGER, Names
from programs.demo.places import AGENCIES, HUBS, KITCHENS, PROGRAMS, ROOMS, SKILLS, Hub

VOLUNTEERS = 150
FAMILIES = 64
RARE_HANDS = {
    3: ("理发", "周一至周日 09:00-18:30"),
    50: ("理发", "工作日 08:30-17:30"),
    96: ("理发", "周六 全天"),
    144: ("理发", "周二 08:00—18:30；周四 08:00—18:30"),
    55: ("手语", "周末 全天"),
}
"""Who can what few can, and when: not always when they are wanted."""
Cells = list[Any]


@dataclass
class Child:
    cells: Cells
    """All but the sessions they are booked for."""
    hub: Hub
    born: dt.date


@dataclass
class District:
    monday: dt.date
    """Of the week that is now."""
    sites: list[Cells] = field(default_factory=list)
    rooms: list[Cells] = field(default_factory=list)
    agencies: list[Cells] = field(default_factory=list)
    staff: list[Cells] = field(default_factory=list)
    programs: list[Cells] = field(default_factory=list)
    volunteers: list[Cells] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    workers: dict[str, list[str]] = field(default_factory=dict)
    """Agency -> names of its social workers."""


def draw_district(monday: dt.date) -> District:
    random = Random(500110)
    names = Names(random)
    district = District(monday)
    _draw_places(district, names)
    _draw_staff(district, names)
    for number in range(VOLUNTEERS):
        district.volunteers.append(_draw_volunteer(number, monday, random, names))
    for number in range(FAMILIES):
        district.children += _draw_family(number, monday, random, names)
    return district


def _draw_places(district: District, names: Names) -> None:
    for hub in HUBS:
        address = f"{hub.subdistrict}{hub.community}社区路{len(hub.name) + 7}号"
        place = (hub.subdistrict, hub.community, address)
        district.sites.append([hub.name, "联合体", None, *place, "周一至周日 08:00-21:00", hub.longitude, hub.latitude])
        district.rooms += [[hub.name, room, capacity, equipment or None] for room, capacity, equipment in ROOMS]
        for agency in filter(None, (hub.agency, hub.second)):
            rooms = "；".join(room for room, _, _ in ROOMS)
            stay = [f"{district.monday.year}-01-01", f"{district.monday.year + 1}-12-31"]
            contact = [names.draw(MIDDLE), names.phone()]
            district.agencies.append([AGENCIES[agency], hub.name, *stay, rooms, 60, *contact])
    for kitchen in KITCHENS:
        hub = kitchen.hub
        where = [round(hub.longitude + kitchen.east, 5), round(hub.latitude + kitchen.north, 5)]
        address = f"{hub.subdistrict}{hub.community}"
        place = (hub.subdistrict, hub.community, address)
        district.sites.append([kitchen.name, kitchen.word, hub.name, *place, "每天 10:00-13:30", *where])
    for short, agency in AGENCIES.items():
        for kind, (title, description, youngest, oldest) in PROGRAMS.items():
            district.programs.append([f"{title}·{short}", kind, agency, description, youngest, oldest])


def _draw_staff(district: District, names: Names) -> None:
    def add(role: str, scope: str | None, given: list[str]) -> str:
        name = names.draw(given)
        district.staff.append([name, names.phone(), role, scope])
        return name

    add("区级管理员", None, MIDDLE)
    add("监督员", None, MIDDLE)
    for hub in HUBS:
        add("站点协调员", hub.name, MIDDLE)
    for agency in AGENCIES.values():
        district.workers[agency] = [add("社工", agency, YOUNGER if place else MIDDLE) for place in range(3)]


def _list(random: Random, items: list[str]) -> str:
    return random.choice(["；", "、", ";"]).join(items)


def _draw_volunteer(number: int, monday: dt.date, random: Random, names: Names) -> Cells:
    """Three in five are retired, one in four works, the rest study. Everyone writes their hours in their own way."""
    dash = random.choice(["-", "—", "~", "至"])
    life = "retired" if number % 20 < 12 else "working" if number % 20 < 17 else "student"
    if life == "retired":
        name, age = names.draw(OLDER), random.randint(56, 74)
        hours = random.choice(
            [
                f"周一至周五 08:00{dash}17:30",
                f"工作日 08:30{dash}17:30",
                f"周二 08:00{dash}18:30；周四 08:00{dash}18:30；周六 08:00{dash}18:00",
                f"周一、周三、周五 08:00{dash}18:00；周日 全天",
                "每天 上午",
                f"周一至周日 09:00{dash}18:30",
            ]
        )
    elif life == "working":
        name, age = names.draw(MIDDLE), random.randint(26, 52)
        hours = random.choice(["周末 全天", f"周六日 08:00{dash}20:00", f"周末 全天；工作日 16:00{dash}21:00"])
    else:
        name, age = names.draw(YOUNGER), random.randint(15, 21)
        hours = random.choice([f"周末 08:00{dash}18:00；周二 16:00{dash}20:00；周四 16:00{dash}20:00", "周末 全天"])
    rare, hours = RARE_HANDS.get(number, ("", hours))
    minor = age < 18
    born = monday - dt.timedelta(days=age * 365 + random.randint(20, 340))
    skills = random.sample(SKILLS, random.choice([1, 2, 2, 3]))
    if minor:
        skills = [skill for skill in skills if skill != "驾驶"] or ["活动支持"]
    if rare:
        skills.append(rare)
    with_children = {"讲故事", "图书整理"} & set(skills)
    checked = monday - dt.timedelta(days=random.choice([420, *range(20, 320, 12)]))
    wish = {"retired": 2, "working": 1}.get(life) if number % 3 else None
    absent = [None] * 6
    home = HUBS[number % len(HUBS)]
    return [
        name,
        names.phone(),
        born if number % 2 else born.isoformat(),
        home.community,
        _list(random, skills),
        checked.isoformat() if not minor and (with_children or random.random() < 0.2) else None,
        "是" if minor and number % 2 else None,
        hours,
        random.choice([*absent, "absent"]),
        random.choice([2, 2, 3, 3, 4]),
        random.choice([4, 6, 6, 8]),
        wish,
        _list(random, random.sample(list(PROGRAMS), 2)),
        random.choice([0, 12, 46.5, 120, 130, 310, 655]),
        None,
    ]


def _draw_family(number: int, monday: dt.date, random: Random, names: Names) -> list[Child]:
    guardian = names.draw(MIDDLE)
    relation = random.choice(["母亲", "父亲", "母亲", "其他监护人"])
    family = guardian[0] if relation == "父亲" else ""
    cared = random.random() < 0.45
    elder = names.draw(OLDER) if cared else ""
    care = f"{random.choice(['奶奶', '外婆', '爷爷', '外公'])} {elder}" if cared else None
    phone, hub = names.phone(), HUBS[number % len(HUBS)]
    children = []
    for _ in range(random.choice([1, 1, 2, 2, 3]) if number else 2):
        born = monday - dt.timedelta(days=random.randint(4 * 365 + 30, 12 * 365 + 200))
        note = random.choice([None] * 5 + ["花生过敏", "哮喘，书包里有药", "牛奶过敏", "怕黑，上厕所请陪一下"])
        pickup = f"{guardian}；{elder}" if cared else guardian
        photo = random.choice(["是", "是", "否"])
        cells = [guardian, phone, names.draw(YOUNGER, family), born, relation, care, pickup, note, photo]
        children.append(Child(cells, hub, born))
    return children
