"""Small workbooks made by hand: a sound one, and ways to spoil one cell of it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from openpyxl import Workbook

Rows = list[list[Any]]
HUB, CANTEEN, AGENCY = "双龙联合体", "双龙食堂", "春禾社工"
READING, MEALS = "共读·春禾", "送餐·春禾"

SOUND: dict[str, Rows] = {
    "服务站点": [
        ["站点名称", "类型", "所属联合体", "街道/镇", "社区", "地址", "开放时间", "经度", "纬度"],
        [HUB, "联合体", None, "文龙街道", "双龙社区", "社区路1号", "周一至周日 08:00-21:00", 106.66, 29.03],
        [CANTEEN, "老年食堂", HUB, "文龙街道", "双龙社区", None, "每天 10:00-13:30", 106.67, 29.02],
    ],
    "场地": [
        ["站点名称", "场地名称", "容纳人数", "设备", "布置分钟", "收拾分钟"],
        [HUB, "书屋", 24, "投影；音响"],
        [HUB, "活动室", 12, None],
    ],
    "社工机构": [
        ["机构名称", "入驻站点", "入驻开始", "入驻结束", "提供场地", "每月承诺服务小时", "联系人", "联系电话"],
        [AGENCY, HUB, "2026-01-01", "2027-12-31", "书屋；活动室", 60, "王鹏", "199101232460"],
    ],
    "工作人员": [
        ["姓名", "手机号", "角色", "站点或机构"],
        ["曾芳", "199201887302", "区级管理员", None],
        ["李磊", "199201254531", "站点协调员", HUB],
        ["袁佳琪", "199201513480", "社工", AGENCY],
    ],
    "项目": [
        ["项目名称", "类型", "机构", "说明", "年龄下限", "年龄上限", "所需设备"],
        [READING, "共读", AGENCY, "一起读书", 4, 12],
        [MEALS, "送餐", AGENCY, None, None, None],
    ],
    "场次": [
        ["场次编号", "项目名称", "站点名称", "场地名称", "开始时间", "结束时间", "服务对象名额", "值班社工", "备注"],
        ["A1", READING, HUB, "书屋", "2026-12-14 16:30", "2026/12/14 18:00", 2, "袁佳琪", None],
        ["A2", READING, HUB, "书屋", "2026年12月15日 16:30", "2026-12-15 18:00", 12, "袁佳琪", None],
        ["A3", MEALS, CANTEEN, None, "2026-12-16 11:00", "2026-12-16 12:00", None, None, "自带水杯"],
    ],
    "岗位需求": [
        ["场次编号", "岗位", "所需技能", "需从业查询", "最少人数", "目标人数", "优先级"],
        ["A1", "领读员", "讲故事", "未成年人", 1, 2, 2],
        ["A2", "领读员", "讲故事", "未成年人", 1, 2, 2],
        ["A3", "送餐员", "送餐", None, 1, 2, 1],
    ],
    "志愿者": [
        [
            *("姓名", "手机号", "出生日期", "所在社区", "技能", "从业查询日期", "监护人同意", "可服务时间", "不可服务"),
            *("每周最多场次", "每周最多小时", "每周想来几次", "意向项目类型", "累计服务小时", "备注"),
        ],
        [
            *("于敏", "199301568251", "1950-05-19", "双龙社区", "讲故事；送餐", "2026-09-20", None),
            *("周一至周五 08:00—17:30", "2026-12-16 全天", 2, 6, 1, "共读", 46.5, None),
        ],
        [
            *("孙国庆", "199301813561", "1980-07-10", "双龙社区", "讲故事", "2026-10-01", None),
            *("周末 全天", None, 3, 6, None, "送餐、共读", 0, None),
        ],
    ],
    "家庭": [
        [
            *("监护人姓名", "监护人手机号", "儿童姓名", "儿童出生日期", "与儿童关系", "照护人", "接送人"),
            *("过敏或注意事项", "可拍照", "报名场次"),
        ],
        [
            "许敏",
            "199401599205",
            "梁佳琪",
            "2019-07-04",
            "母亲",
            "外公 董桂兰",
            "许敏；董桂兰",
            "花生过敏",
            "是",
            "A1；A2",
        ],
        ["许敏", "199401599205", "梁浩然", "2018-04-13", "母亲", "外公 董桂兰", "许敏；董桂兰", None, "否", "A1"],
    ],
}

Change = tuple[str, str, Any]
"""Sheet, cell (`E2`), what it says instead."""


def workbook(*changes: Change, sheets: Mapping[str, Rows] | None = None) -> bytes:
    """The sound workbook with some cells changed; or other sheets altogether."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (sheets or SOUND).items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    for name, cell, value in changes:
        book[name][cell] = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only(*names: str) -> dict[str, Rows]:
    return deepcopy({name: SOUND[name] for name in names})
