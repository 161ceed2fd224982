"""Books for the demo: old tales, and titles nobody has written. They come in as any list of books does."""

from __future__ import annotations

import csv
import io

from hub.places.models import Hub
from programs.demo.places import HUBS
from programs.lending.importing.importing import import_books
from programs.lending.isbn import check_digit_13
from programs.lending.models import Title

HEADERS = ("书名", "作者", "出版社", "出版年", "ISBN", "分类号", "册数", "站点")
BOOKS = (
    ("西游记（少年版）", "吴承恩", "I242.4", 3),
    ("安徒生童话选", "安徒生", "I534.88", 3),
    ("格林童话选", "格林兄弟", "I516.88", 2),
    ("伊索寓言", "伊索", "I545.74", 2),
    ("爱丽丝漫游奇境", "卡罗尔", "I561.88", 1),
    ("木偶奇遇记", "科洛迪", "I546.88", 2),
    ("绿野仙踪", "鲍姆", "I712.88", 1),
    ("海底两万里", "凡尔纳", "I565.44", 1),
    ("唐诗三百首（注音）", "蘅塘退士", "I222.742", 3),
    ("山海经故事", "", "B932.2", 1),
    ("蜗牛慢慢走", "田小满", "I287.8", 3),
    ("外婆的花布伞", "秦晓禾", "I287.8", 2),
    ("院坝里的星星", "罗南", "I287.8", 2),
    ("爸爸在很远的地方", "秦晓禾", "I287.8", 2),
    ("小火车爬山坡", "杜一舟", "I287.8", 1),
    ("会打喷嚏的茶壶", "田小满", "I287.7", 1),
    ("月亮掉进綦江里", "罗南", "I287.5", 2),
    ("老街的最后一间铁匠铺", "石大川", "I287.45", 1),
    ("放学后的公益书屋", "林知秋", "I287.45", 2),
    ("我和小熊一起值日", "林知秋", "I287.5", 1),
    ("横山的云海", "石大川", "K928.3", 1),
    ("綦江，一条河的故事", "石大川", "K928.42", 2),
    ("恐龙化石在家门口", "何思远", "Q915.864", 2),
    ("大熊猫的一天", "何思远", "Q959.838", 2),
    ("蚂蚁为什么不迷路", "何思远", "Q969.554", 1),
    ("种子的旅行", "叶青", "Q945", 1),
    ("夜空里的北斗星", "叶青", "P1", 1),
    ("雨是怎么来的", "叶青", "P426", 1),
    ("十万个为什么的为什么", "周问", "N49", 1),
    ("数学真好玩", "周问", "O1", 2),
    ("纸飞机能飞多远", "杜一舟", "V278", 1),
    ("农民版画跟我画", "彭红", "J227", 2),
    ("一起唱山歌", "彭红", "J642", 1),
    ("汉字从哪里来", "文心", "H12", 2),
    ("写字不着急", "文心", "H194", 1),
    ("我会自己过马路", "安安", "X956", 2),
    ("牙齿的悄悄话", "安安", "R78", 1),
    ("跳绳小冠军", "江跃", "G898", 1),
    ("心里的小乌云", "苏恬", "B844", 1),
    ("折纸一百变", "彭红", "", 2),
)
PUBLISHERS = ("山城童书社", "南州文艺社", "小水滴科普社")
FIRST_ISBN = 978_790_000_000
"""Numbers that no publisher has."""


def fill_book_houses() -> None:
    """Each hub has some of them. Loading again changes nothing, and what somebody lost or gave away stays gone."""
    if Title.objects.filter(name=BOOKS[0][0]).exists():
        return
    plan, _ = import_books(data=_list().encode("utf-8-sig"))
    if plan.source.faults:
        raise RuntimeError(f"the demo's books are at fault: {plan.source.faults[:3]}")


def _list() -> str:
    houses = [one.name for one in HUBS if Hub.objects.filter(name=one.name).exists()]
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADERS)
    for number, (name, authors, clc, copies) in enumerate(BOOKS):
        core = str(FIRST_ISBN + number)
        for house in (houses[number % len(houses)], houses[(number * 2 + 1) % len(houses)])[: 1 + number % 2]:
            said = (name, authors, PUBLISHERS[number % len(PUBLISHERS)], 1998 + number % 27)
            rows.writerow([*said, core + check_digit_13(core), clc, copies, house])
    return out.getvalue()
