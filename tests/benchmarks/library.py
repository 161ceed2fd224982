"""A library of the size that the target speaks of: 20,000 titles in seven book houses, named like children's books."""

from __future__ import annotations

import datetime as dt
import random

from hub import clock
from hub.places.models import Hub
from programs.lending.isbn import check_digit_13
from programs.lending.library import write_sought
from programs.lending.models import Copy, Title
from programs.lending.titles import identity_of

TITLES, HOUSES = 20_000, 7
WHOSE = (
    *("小狐狸", "大熊猫", "月亮", "外婆", "蒲公英", "石头", "长江", "綦江", "山城", "星星"),
    *("稻田", "影子", "木匠", "灯塔", "青蛙", "雨伞", "纸飞机", "老街", "铁匠", "花布鞋"),
)
WHAT = (
    *("的秘密", "旅行记", "历险记", "的一天", "回家了", "童话", "诗歌选", "奇遇"),
    *("的故事", "与朋友们", "在哪里", "科学漫画", "图鉴", "日记", "的四季", "之歌"),
)
SERIES = ["", "", "", "少儿科普·", "注音版：", "中国经典 ", "世界名著 "]
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林", "明月文华春生小兰志远思源秋白雨桐海燕"
CITIES = ("重庆", "四川", "北京", "上海", "浙江", "江苏", "新蕾", "接力", "明天", "未来")
PUBLISHERS = [f"{city}{kind}出版社" for city in CITIES for kind in ("少年儿童", "文艺", "", "教育")]
CLASSES = ("I287.5", "I287.7", "I18", "I28", "I561.8", "G624", "J238", "K209", "N49", "Q95-49", "TP3-49", "Z228.1")
# As people type: parts of names, sounds, authors, publishers, numbers, and what is everywhere.
QUERIES = (
    *("小", "的", "月亮", "熊猫", "小狐狸的秘密", "蒲公英旅行记", "科学漫画", "外婆", "王", "张明月", "日记"),
    *("重庆", "出版社", "少年儿童", "小狐狸 王", "月亮 重庆", "没有这本书"),
    *("xhl", "xiaohuli", "x", "wang", "yueliang", "dxm", "pugongying", "zhangming", "zzzz"),
    *("9787", "978700001", "7-0000-0123-6", "I287", "I18", "G624", "TP3", ""),
)


def load_library(titles: int = TITLES) -> list[Hub]:
    draw, now = random.Random(500110), clock.now()
    hubs = Hub.objects.bulk_create(Hub(name=f"书屋{n}") for n in range(HOUSES))
    rows = [_title(draw, number, now) for number in range(titles)]
    Title.objects.bulk_create(rows, batch_size=1000)
    Copy.objects.bulk_create(
        (
            Copy(title=title, hub=hub, created_at=now, changed_at=now)
            for title in rows
            for hub in draw.sample(hubs, draw.randint(1, 2))
        ),
        batch_size=2000,
    )
    for start in range(0, titles, 5000):
        write_sought(rows[start : start + 5000])
    return hubs


def _title(draw: random.Random, number: int, now: dt.datetime) -> Title:
    core = f"9787{number:08d}"
    volume = draw.choice(["", "", f" {number % 97}"])
    title = Title(
        isbn=core + check_digit_13(core),
        name=draw.choice(SERIES) + draw.choice(WHOSE) + draw.choice(WHAT) + volume,
        authors=draw.choice(FAMILY) + "".join(draw.sample(GIVEN, draw.randint(1, 2))),
        publisher=draw.choice(PUBLISHERS),
        published_year=draw.randint(1980, 2026),
        clc_code=draw.choice(CLASSES),
        summary="书里说了什么。" * draw.randint(0, 30),
        created_at=now,
        changed_at=now,
    )
    title.identity = identity_of(title)
    return title
