"""The yearly notice on days off, pasted as it was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub.errors import Refused
from hub.people.models import Person, Role
from hub.places.models import MarkedDay
from hub.places.notice import NoticeDay, read_notice, take_notice
from hub.places.working_days import makeup_days, marked_days
from tests.support.make import make_person

SignIn = Callable[[Person], Client]

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日
"""
NOTICE_2027 = (
    "关于2027年部分节假日安排的通知\n一、元旦：2026年12月31日（周四）至2027年1月2日放假，共3天。1月4日至5日不休。"
)


def said(text: str) -> dict[dt.date, bool]:
    return {one.day: one.works for one in read_notice(text)}


@pytest.mark.django_db
def test_it_says_what_the_published_calendar_says() -> None:
    days = read_notice(NOTICE_2026)
    assert {one.day: one.works for one in days} == marked_days(2026, 2026)
    known = makeup_days(2026, 2026)
    assert {one.day: one.instead_of for one in days if one.works} == known


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("清明节：4月5日（星期一）放假，与周末连休。", ["04-05"]),
        ("元旦：1月1日放假1天，不调休。", ["01-01"]),
        ("端午节：6月9日放假1天。", ["06-09"]),
        ("春节：2月5日至9日放假调休，共5天。", ["02-05", "02-08", "02-09"]),
        ("国庆节：9月30日—10月4日放假，共5天。", ["09-30", "10-01", "10-04"]),
    ],
)
def test_the_ways_of_saying_it(line: str, days: list[str]) -> None:
    assert [f"{day:%m-%d}" for day in said(f"2027年部分节假日安排\n{line}")] == days


def test_a_holiday_may_begin_the_year_before() -> None:
    assert said(NOTICE_2027) == {dt.date(2026, 12, 31): False, dt.date(2027, 1, 1): False}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一、元旦：1月1日放假1天。", "notice_without_year"),
        ("2027年部分节假日安排", "notice_empty"),
        (NOTICE_2026.replace("2026年", "2027年"), "notice_weekday_wrong"),
        (NOTICE_2026.replace("共9天", "共8天"), "notice_count_wrong"),
        ("2027年部分节假日安排\n春节：2月30日放假1天。", "notice_date_wrong"),
        ("2027年部分节假日安排\n春节：2月9日至5日放假。", "notice_span_wrong"),
        ("2027年部分节假日安排\n春节：5日放假。", "notice_date_wrong"),
        ("天" * 20_001, "notice_too_long"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as no:
        read_notice(text)
    assert no.value.code == code


@pytest.mark.django_db
def test_shown_first_then_it_holds_and_again_it_is_no_news(sign_in: SignIn) -> None:
    text = """2027年部分节假日安排
国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）、10月10日（周日）上班。"""
    admin = make_person(Role.ADMINISTRATOR)
    client = sign_in(admin)
    shown = client.post("/api/working-days/notice", {"text": text, "write": False}, "application/json").json()
    news = [(one["day"], one["works"], one["instead_of"]) for one in shown if one["new"]]
    assert news[-2:] == [("2027-10-09", True, "2027-10-06"), ("2027-10-10", True, "2027-10-07")]
    assert MarkedDay.objects.count() == 0
    assert client.post("/api/working-days/notice", {"text": text, "write": True}, "application/json").json() == shown
    assert {day: marked_days(2027, 2027)[day] for day in said(text)} == said(text)
    assert not any(one.new for one in take_notice(text=text, write=True, by=admin))
    assert MarkedDay.objects.count() == len(news)
    coordinator = sign_in(make_person(Role.COORDINATOR))
    assert coordinator.post("/api/working-days/notice", {"text": text}, "application/json").status_code == 403


def test_days_are_plain_values() -> None:
    assert read_notice(NOTICE_2026)[0] == NoticeDay(dt.date(2026, 1, 1), works=False)
