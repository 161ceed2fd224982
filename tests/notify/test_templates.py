"""What messages say, in both languages."""

from __future__ import annotations

import pytest

from hub.notify.templates import TEMPLATES, text_of

SHIFT = {
    "program": "四点半课堂",
    "hub": "双龙社区",
    "starts_at": "2026-12-14T08:30:00+00:00",
    "ends_at": "2026-12-14T10:00:00+00:00",
    "added": "1",
    "released": "0",
}


def test_a_shift_as_it_reads_on_the_phone() -> None:
    link = "http://localhost:8000/a/Abcdefghij"
    assert text_of(template="shifts_added", variables=SHIFT, link=link, language="zh-hans") == (
        "【人齐了】给您排了班：12月14日 周一 16:30-18:00，双龙社区，四点半课堂。 能不能来，点这里告诉我们：" + link
    )
    assert text_of(template="shifts_added", variables=SHIFT, link=link, language="en") == (
        "[Renqi] You have a shift: Mon 14 Dec 16:30-18:00, 双龙社区, 四点半课堂. Can you come? Tell us here: " + link
    )


def test_several_shifts_are_one_message() -> None:
    several = SHIFT | {"added": "3"}
    assert text_of(template="shifts_added", variables=several, link="", language="zh-hans") == (
        "【人齐了】给您排了3个班，最早的是12月14日 周一 16:30-18:00，双龙社区，四点半课堂。"
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_worded(template: str, language: str) -> None:
    text = text_of(template=template, variables=SHIFT | {"code": "ABC"}, link="", language=language)
    assert "message." not in text
    assert "%(" not in text
