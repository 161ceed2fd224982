"""Invented people: names from common parts, numbers of twelve digits that no network has."""

from __future__ import annotations

from random import Random


def _given(names: str) -> list[str]:
    return names.split()


FAMILY_NAMES = "陈李张刘杨王周罗何黄胡吴谭唐蒋郑冉向龚邓程田余廖袁曾霍代夏封娄贺江石简"
OLDER = _given(
    "淑珍 德贵 光明 素华 永福 世兰 国富 明珍 朝碧 兴华 远芬 大贵 昌玉 正芳 天群 安碧 礼书 成英 代群 厚德 "
    "泽芳 显贵 仁惠 绍云 开琼 登学 中秀 祖芬 家碧 万珍"
)
YOUNGER = _given(
    "一帆 晓雯 俊杰 雨晴 浩宇 佳怡 天宇 梦瑶 子墨 思琪 宇航 欣悦 泽楷 若琳 文韬 语桐 嘉禾 书瑶 景行 知夏 "
    "星辰 可馨 亦凡 沐阳 安然 乐妍 清扬 云舒 南乔 以宁"
)
MIDDLE = _given(
    "建平 春燕 小红 志刚 海波 丽娟 洪伟 晓琴 文静 永强 玲玲 光伟 秋菊 启明 红梅 世伟 长春 雪莲 云霞 军 "
    "芳 涛 敏 静 超 莉 勇 艳 波 倩"
)


class Names:
    """Draws names that have not been drawn before, and numbers that nobody has."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.used: set[str] = set()
        self.numbers = 0

    def draw(self, given: list[str], family: str = "") -> str:
        for _ in range(200):
            name = (family or self.random.choice(FAMILY_NAMES)) + self.random.choice(given)
            if name not in self.used:
                self.used.add(name)
                return name
        raise RuntimeError("the demo ran out of names")

    def phone(self) -> str:
        self.numbers += 1
        # Spread over the digits so that two neighbors in a list don't look alike.
        return f"199{600_000_000 + self.numbers * 7_919_317 % 399_999_989:09d}"
