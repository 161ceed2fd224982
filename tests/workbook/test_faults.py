"""Every fault once, at its cause; warnings don't block. One spoilt cell at a time in a sound workbook."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from hub import clock
from hub.workbook.confirm import count, import_workbook
from hub.workbook.examine import examine
from hub.workbook.sheets import all_sheets
from hub.workbook.wording import message_of
from tests.workbook.files import HUB, SOUND, Change, workbook

pytestmark = pytest.mark.django_db

Place = tuple[str, int, str, str]
"""Sheet, row, column, code."""


@pytest.fixture(autouse=True)
def _in_november(at_time: Any) -> None:
    at_time(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC))


def faults(*changes: Change) -> list[Place]:
    return [(one.sheet, one.row, one.column, one.code) for one in examine(workbook(*changes)).faults]


def warnings(*changes: Change) -> list[Place]:
    book = examine(workbook(*changes))
    assert book.faults == []
    return [(one.sheet, one.row, one.column, one.code) for one in book.warnings]


def test_a_sound_workbook_has_neither() -> None:
    assert warnings() == []


FAULTS: list[tuple[Change, str, str]] = [
    (("服务站点", "B3", "小卖部"), "类型", "unknown_word"),
    (("服务站点", "C3", "没有的联合体"), "所属联合体", "unknown_hub"),
    (("服务站点", "C3", "双龙食堂"), "所属联合体", "own_parent"),
    (("服务站点", "H3", 29.03), "经度", "out_of_range"),
    (("服务站点", "I3", 99), "纬度", "out_of_range"),
    (("场地", "A3", "没有的站点"), "站点名称", "unknown_hub"),
    (("场地", "C3", -1), "容纳人数", "negative"),
    (("社工机构", "D2", "2025-01-01"), "入驻结束", "ends_before_start"),
    (("社工机构", "E2", "书屋；没有的场地"), "提供场地", "unknown_room"),
    (("社工机构", "H2", "不知道"), "联系电话", "not_a_phone"),
    (("工作人员", "C3", "站长"), "角色", "unknown_word"),
    (("工作人员", "D3", "没有的站点"), "站点或机构", "unknown_hub"),
    (("工作人员", "D3", None), "站点或机构", "scope_missing"),
    (("工作人员", "D4", "没有的机构"), "站点或机构", "unknown_agency"),
    (("项目", "B2", "跳舞"), "类型", "unknown_word"),
    (("项目", "C2", "没有的机构"), "机构", "unknown_agency"),
    (("项目", "E2", 13), "年龄上限", "ages_reversed"),
    (("场次", "A3", "#N/A"), "场次编号", "excel_error"),
    (("场次", "B3", "没有的项目"), "项目名称", "unknown_program"),
    (("场次", "C3", "没有的站点"), "站点名称", "unknown_hub"),
    (("场次", "D4", "书屋"), "场地名称", "unknown_room"),
    (("场次", "E3", "2026-02-30 16:30"), "开始时间", "impossible_date"),
    (("场次", "E3", "16:30"), "开始时间", "date_missing"),
    (("场次", "E3", "12月15日 16:30"), "开始时间", "year_missing"),
    (("场次", "E3", None), "开始时间", "required"),
    (("场次", "E3", "=NOW()"), "开始时间", "formula_without_result"),
    (("场次", "E3", "#N/A"), "开始时间", "excel_error"),
    (("场次", "F3", "2026-12-15 16:30"), "结束时间", "ends_before_start"),
    (("场次", "F3", "2026-12-16 16:31"), "结束时间", "longer_than_a_day"),
    (("场次", "G3", 2.5), "服务对象名额", "not_whole"),
    (("场次", "H3", "没有的人"), "值班社工", "unknown_worker"),
    (("岗位需求", "A3", "A9"), "场次编号", "unknown_session"),
    (("岗位需求", "D3", "不清楚"), "需从业查询", "unknown_word"),
    (("岗位需求", "E3", 3), "最少人数", "min_above_target"),
    (("岗位需求", "E3", -1), "最少人数", "negative"),
    (("岗位需求", "F3", 1.5), "目标人数", "not_whole"),
    (("岗位需求", "G3", 4), "优先级", "out_of_range"),
    (("志愿者", "B3", "12345"), "手机号", "not_a_phone"),
    (("志愿者", "C3", "2027-01-01"), "出生日期", "born_in_future"),
    (("志愿者", "D3", "没有的社区"), "所在社区", "unknown_community"),
    (("志愿者", "G3", "也许"), "监护人同意", "not_yes_no"),
    (("志愿者", "H3", "看情况"), "可服务时间", "not_a_window"),
    (("志愿者", "I3", "有事"), "不可服务", "not_a_span"),
    (("志愿者", "K3", 500), "每周最多小时", "out_of_range"),
    (("志愿者", "L3", 15), "每周想来几次", "out_of_range"),
    (("志愿者", "M3", "跳舞"), "意向项目类型", "unknown_word"),
    (("家庭", "B3", "12345"), "监护人手机号", "not_a_phone"),
    (("家庭", "D3", "2027-01-01"), "儿童出生日期", "born_in_future"),
    (("家庭", "J3", "A1；A9"), "报名场次", "unknown_session"),
]


@pytest.mark.parametrize(("change", "column", "code"), FAULTS, ids=lambda one: str(one))
def test_one_spoilt_cell_is_one_fault(change: Change, column: str, code: str) -> None:
    sheet, cell, _ = change
    assert faults(change) == [(sheet, int(cell[1:]), column, code)]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        # What everything else hangs on: the rows that refer to it are not at fault.
        (("服务站点", "I2", "北"), ("服务站点", 2, "纬度", "not_a_number")),
        (("项目", "C2", "写错的机构"), ("项目", 2, "机构", "unknown_agency")),
        (("场次", "F2", "2026-12-14 16:00"), ("场次", 2, "结束时间", "ends_before_start")),
        # A name spoilt where it is defined: once, where it is missed first.
        (("项目", "A2", "共读·春和"), ("场次", 2, "项目名称", "unknown_program")),
        (("场次", "A2", "B1"), ("岗位需求", 2, "场次编号", "unknown_session")),
    ],
)
def test_a_fault_is_told_at_its_cause(change: Change, place: Place) -> None:
    assert faults(change) == [place]


REFERRED_TO = ("服务站点", "场地", "社工机构", "工作人员", "项目", "场次")


def without(name: str, *left: list[Any]) -> bytes:
    """The sound workbook with only these rows left in one sheet; without any, the sheet itself is missing."""
    sheets: dict[str, Any] = {**SOUND, name: list(left)}
    if not left:
        del sheets[name]
    return workbook(sheets=sheets)


@pytest.mark.parametrize("name", REFERRED_TO)
@pytest.mark.parametrize("left", ["nothing", "an empty sheet", "its header"])
def test_a_sheet_that_lacks_is_one_fault(name: str, left: str) -> None:
    rows = {"nothing": [], "an empty sheet": [[None]], "its header": [SOUND[name][0]]}[left]
    found = examine(without(name, *rows))
    assert [(one.sheet, one.row, one.column, one.code) for one in found.faults] == [(name, 0, "", "sheet_missing")]
    assert sum(counts.faulty for counts in count(found).values()) == 0


def test_a_lacking_sheet_says_what_is_missed_of_it() -> None:
    assert examine(without("场次")).faults[0].facts == {
        "names": "“A1”、“A2”、“A3”",
        "count": 3,
        "first": "岗位需求!A2",
    }


@pytest.mark.parametrize("name", REFERRED_TO)
def test_a_sheet_without_headers_is_one_fault(name: str) -> None:
    found = examine(without(name, *SOUND[name][1:]))
    assert [(one.sheet, one.row, one.code) for one in found.faults] == [(name, 0, "header_missing")]


@pytest.mark.parametrize("name", REFERRED_TO[:-1])
def test_a_sheet_may_lack_once_its_names_are_here(name: str) -> None:
    import_workbook(data=workbook(), file_name="week.xlsx")
    assert examine(without(name)).faults == []


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("服务站点", ("场次", "C4", "双龙食唐"), "unknown_hub"),
        ("工作人员", ("场次", "H3", "没有的人"), "unknown_worker"),
        ("项目", ("场次", "B3", "没有的项目"), "unknown_program"),
        ("服务站点", ("志愿者", "D3", "没有的社区"), "unknown_community"),
    ],
)
def test_a_name_misspelled_is_told_where_it_stands_though_its_sheet_lacks(name: str, change: Change, code: str) -> None:
    import_workbook(data=workbook(), file_name="week.xlsx")
    sheets = {one: rows for one, rows in SOUND.items() if one != name}
    found = examine(workbook(change, sheets=sheets)).faults
    assert [(one.sheet, one.row, one.code) for one in found] == [(change[0], int(change[1][1:]), code)]


@pytest.mark.parametrize(
    ("sheets", "told"), [(SOUND, True), ({"志愿者": SOUND["志愿者"], "服务站点": SOUND["服务站点"]}, False)]
)
def test_only_sessions_tell_the_week(sheets: dict[str, Any], told: bool) -> None:
    assert examine(workbook(sheets=sheets)).week_told is told


@pytest.mark.parametrize("name", [name for name in SOUND if name != "岗位需求"])
def test_a_row_twice(name: str) -> None:
    """The second is at fault; what refers to the name finds the first."""
    rows = [*SOUND[name], SOUND[name][1]]
    header = SOUND[name][0][0]
    found = examine(workbook(sheets={**SOUND, name: rows})).faults
    assert [(one.sheet, one.row, one.column, one.code, one.facts) for one in found] == [
        (name, len(rows), header, "duplicate", {"other": 2})
    ]


def test_a_code_typed_twice_is_no_fault_of_what_names_the_other() -> None:
    assert faults(("场次", "A3", "A1")) == [("场次", 3, "场次编号", "duplicate")]


def test_faults_of_a_row_stand_as_its_cells_do() -> None:
    found = faults(("场次", "F3", "2026-12-14 10:00"), ("场次", "B3", "没有的项目"))
    assert [column for *_, column, _ in found] == ["项目名称", "结束时间"]


def test_a_formula_at_fault_is_told_once() -> None:
    book = examine(workbook(("志愿者", "B2", "=A1")))
    assert [(one.column, one.code) for one in book.faults + book.warnings] == [("手机号", "formula_without_result")]


def test_coordinates_swapped() -> None:
    assert faults(("服务站点", "H3", 29.03), ("服务站点", "I3", 106.66)) == [
        ("服务站点", 3, "经度", "coordinates_swapped")
    ]


def test_two_sessions_in_one_room_at_once() -> None:
    """The later row is at fault and names the other; one right after the other is none."""
    at = [("场次", "E3", "2026-12-14 17:59"), ("场次", "F3", "2026-12-14 19:00")]
    assert faults(*at) == [("场次", 3, "场地名称", "room_taken")]
    assert faults(("场次", "E3", "2026-12-14 18:00"), at[1]) == []


def test_a_session_of_another_week() -> None:
    moved = [("场次", "E3", "2026-12-22 16:30"), ("场次", "F3", "2026-12-22 18:00")]
    assert faults(*moved) == [("场次", 3, "开始时间", "other_week")]


def test_an_end_that_is_only_a_time() -> None:
    assert faults(("场次", "F3", "18:00"), ("场次", "F2", dt.time(18, 0))) == []


MIDNIGHT = dt.datetime(2026, 12, 15)  # noqa: DTZ001 a cell knows no zone


@pytest.mark.parametrize(
    "end", ["2026-12-14 24:00", "2026-12-14 00:00", "00:00", dt.time(0, 0), MIDNIGHT, "2026-12-15 0:00"]
)
def test_an_end_at_midnight(end: Any) -> None:
    book = examine(workbook(("场次", "E2", "2026-12-14 20:00"), ("场次", "F2", end)))
    assert (book.faults, book.rows["场次"][0].values["ends_at"]) == ([], clock.at(MIDNIGHT.date()))


@pytest.mark.parametrize("cell", ["E3", "F3"])
@pytest.mark.parametrize("value", [MIDNIGHT, 46371])
def test_a_date_without_a_time_is_no_midnight(cell: str, value: Any) -> None:
    column = {"E": "开始时间", "F": "结束时间"}[cell[0]]
    assert faults(("场次", cell, value)) == [("场次", 3, column, "time_missing")]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ([("服务站点", "C3", None)], ("服务站点", 3, "所属联合体", "no_parent")),
        ([("服务站点", "H3", None)], ("服务站点", 3, "经度", "no_coordinates")),
        ([("服务站点", "G3", "看心情")], ("服务站点", 3, "开放时间", "opening_not_understood")),
        ([("工作人员", "D2", HUB)], ("工作人员", 2, "站点或机构", "scope_ignored")),
        ([("场次", "G3", 24)], ("场次", 3, "服务对象名额", "adults_too_few")),
        ([("场地", "C2", 10)], ("场次", 3, "服务对象名额", "room_small")),
        ([("场次", "H3", "李磊")], ("场次", 3, "值班社工", "other_agency")),
        ([("场次", "E4", "2026-12-16 13:00"), ("场次", "F4", "14:00")], ("场次", 4, "开始时间", "outside_hours")),
        ([("项目", "G2", "白板"), ("场次", "D3", None)], ("场次", 2, "场地名称", "equipment_missing")),
        ([("场次", "A4", "a1"), ("岗位需求", "A4", "a1")], ("场次", 4, "场次编号", "same_but_for_case")),
        ([("岗位需求", "C3", "杂技")], ("岗位需求", 3, "所需技能", "skill_nobody_has")),
        ([("志愿者", "C3", "2010-07-10")], ("志愿者", 3, "监护人同意", "minor_without_consent")),
        ([("志愿者", "F3", "2025-12-20")], ("志愿者", 3, "从业查询日期", "check_expired")),
        ([("志愿者", "F3", "2027-01-01")], ("志愿者", 3, "从业查询日期", "check_in_future")),
        ([("志愿者", "H3", None)], ("志愿者", 3, "可服务时间", "never_available")),
        ([("场次", "G2", 1)], ("家庭", 3, "报名场次", "waiting_list")),
        ([("家庭", "D3", "2012-04-13")], ("家庭", 3, "报名场次", "age_outside")),
        ([("家庭", "J3", "A3")], ("家庭", 3, "报名场次", "no_places")),
    ],
)
def test_what_only_warns(changes: list[Change], place: Place) -> None:
    assert warnings(*changes) == [place]


def test_a_day_off_is_warned_of_and_a_day_worked_for_it_is_not() -> None:
    """10 October 2026 is a Saturday worked for a day of the national holiday."""
    week = [
        ("场次", f"{column}{row}", f"2026-10-{day} {time}")
        for row, day in ((2, "06"), (3, "10"), (4, "09"))
        for column, time in (("E", "11:00"), ("F", "12:00"))
    ]
    assert [one for one in warnings(*week) if one[3] == "day_off"] == [("场次", 2, "开始时间", "day_off")]


def test_a_child_in_two_sessions_at_once_only_warns() -> None:
    moved = [("场次", "E3", "2026-12-14 17:00"), ("场次", "F3", "2026-12-14 19:00"), ("场次", "D3", "活动室")]
    assert warnings(*moved, ("场次", "H3", None)) == [("家庭", 2, "报名场次", "child_twice")]


def test_consent_lets_a_minor_in_without_a_word() -> None:
    assert warnings(("志愿者", "C3", "2010-07-10"), ("志愿者", "G3", "是")) == []


def test_a_check_holds_to_the_day_before_its_anniversary() -> None:
    assert warnings(("志愿者", "F3", "2025-12-21")) == []


def test_faults_and_warnings_carry_words_in_both_languages() -> None:
    codes: dict[str, Any] = {}
    for change, _, code in FAULTS:
        codes[code] = examine(workbook(change)).faults[0]
    codes["sheet_missing"] = examine(without("项目")).faults[0]
    codes["header_missing"] = examine(without("项目", ["无"])).faults[0]
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert [code for code, one in codes.items() if message_of(one).startswith("workbook.")] == []


def test_a_sheet_holds_no_state() -> None:
    """Two workbooks at once must not meet."""
    assert [sheet.name for sheet in all_sheets() if vars(sheet)] == []
