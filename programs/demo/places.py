"""The demo district's places and what goes on there every week. Names are Qijiang's, everything else is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hub:
    community: str
    subdistrict: str
    longitude: float
    latitude: float
    agency: str
    second: str = ""
    """An agency that lives there besides."""

    @property
    def name(self) -> str:
        return f"{self.community}慈善救助服务联合体"


AGENCIES = {
    "邻里花开": "邻里花开社会工作服务中心",
    "小满": "小满社会工作服务中心",
    "南州渡": "南州渡社会工作服务社",
    "向阳桥": "向阳桥社会工作服务中心",
}
HUBS = (
    Hub("双龙社区", "文龙街道", 106.6512, 29.0318, "邻里花开", "小满"),
    Hub("沙溪社区", "文龙街道", 106.6441, 29.0237, "小满"),
    Hub("新街社区", "古南街道", 106.6489, 29.0119, "南州渡"),
    Hub("天桥社区", "古南街道", 106.6583, 29.0174, "向阳桥"),
    Hub("东溪社区", "东溪镇", 106.6705, 28.9602, "南州渡", "向阳桥"),
)


@dataclass(frozen=True)
class Kitchen:
    """A canteen or a meal point, and the hub it belongs to."""

    name: str
    word: str
    hub: Hub
    east: float
    north: float


KITCHENS = (
    Kitchen("双龙社区老年食堂", "老年食堂", HUBS[0], 0.0021, -0.0017),
    Kitchen("新街社区老年食堂", "老年食堂", HUBS[2], -0.0018, 0.0022),
    Kitchen("天桥社区老年食堂", "老年食堂", HUBS[3], 0.0024, 0.0011),
    Kitchen("沙溪社区助餐点", "助餐点", HUBS[1], 0.0031, 0.0008),
    Kitchen("龙角路助餐点", "助餐点", HUBS[0], -0.0044, 0.0037),
    Kitchen("东溪社区助餐点", "助餐点", HUBS[4], 0.0012, -0.0026),
)

ROOMS = (("公益书屋", 20, "书架；投影"), ("多功能室", 60, "投影；音响"), ("小组活动室", 14, "白板"), ("院坝", 200, ""))
PROGRAMS = {
    "共读": ("社区儿童共读", "放学后一起读绘本、讲故事，四到十二岁的孩子都可以来。", 4, 12),
    "借书": ("蜗牛借书日", "借书、还书，带一本来换一本走。", 4, 12),
    "送餐": ("老年助餐送餐", "把热饭送到走不动的老人家里，顺便看看人好不好。", None, None),
    "探访": ("入户探访", "陪独居老人说说话，看看缺什么。", None, None),
    "小组": ("精康融合小组", "手工、园艺、做饭，大家一起慢慢来。", None, None),
    "活动": ("公益大集", "义诊、理发、磨刀、换书，一条街的热闹。", None, None),
}
SKILLS = ("讲故事", "图书整理", "送餐", "驾驶", "陪伴沟通", "活动支持", "急救")


@dataclass(frozen=True)
class Slot:
    """What happens at a hub (or its kitchens) on a weekday."""

    kind: str
    weekday: int
    start: str
    end: str
    room: str = ""
    places: int | None = None


FEW_PLACES = 8
WEEK = (
    Slot("共读", 1, "16:30", "18:00", "公益书屋", 12),
    Slot("共读", 3, "16:30", "18:00", "公益书屋", 12),
    Slot("共读", 5, "09:30", "11:00", "公益书屋", FEW_PLACES),
    Slot("借书", 2, "16:30", "17:30", "公益书屋", 14),
    Slot("借书", 6, "10:00", "11:30", "公益书屋", 14),
    Slot("探访", 0, "14:30", "16:00"),
    Slot("探访", 2, "09:30", "11:00"),
    Slot("探访", 4, "15:00", "16:30"),
    Slot("小组", 1, "09:30", "11:00", "小组活动室", 10),
    Slot("小组", 3, "14:00", "15:30", "小组活动室", 10),
    Slot("小组", 5, "14:30", "16:00", "多功能室", 10),
)
FAIR = Slot("活动", 5, "09:00", "12:00", "院坝")
MEALS = tuple(Slot("送餐", weekday, "10:45", "12:15") for weekday in range(7))

NEEDS: dict[str, list[tuple[str, str, str, int, int, int]]] = {
    "共读": [("领读员", "讲故事", "未成年人", 1, 2, 2)],
    "借书": [("借阅管理员", "图书整理", "未成年人", 1, 2, 3)],
    "送餐": [("送餐员", "送餐", "", 1, 2, 1)],
    "探访": [("探访员", "陪伴沟通", "", 2, 2, 2)],
    "小组": [("小组助理", "陪伴沟通", "", 1, 2, 3)],
    "活动": [("现场志愿者", "活动支持", "", 2, 4, 3), ("急救员", "急救", "", 1, 1, 1)],
}
DRIVER = ("驾驶员", "驾驶", "", 1, 1, 1)
RARE: dict[tuple[str, str], tuple[str, str, str, int, int, int]] = {
    ("双龙社区", "活动"): ("理发师", "理发", "", 2, 2, 2),
    ("新街社区", "活动"): ("理发师", "理发", "", 2, 2, 2),
    ("天桥社区", "活动"): ("理发师", "理发", "", 2, 2, 2),
    ("双龙社区", "小组"): ("手语陪伴", "手语", "", 1, 1, 1),
}
"""Asked for next week on top, by community and kind: more than there are people for, so that planning says why."""
