"""`manage.py plan_week`: the whole way on the command line."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from scheduling.planning.models import Run
from scheduling.signups.models import Assignment
from tests.planning.factories import make_helper, make_open_need
from tests.support.make import MONDAY, make_hub

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hub_is_planned_with_its_sites_and_published() -> None:
    hub, other = make_hub(), make_hub()
    canteen = make_hub(parent=hub)
    needs = [make_open_need(hub=hub), make_open_need(hub=canteen, day=1)]
    make_open_need(hub=other)
    helper = make_helper()
    out = StringIO()
    call_command("plan_week", "2026-W51", "--hub", hub.name, "--seconds", "5", "--publish", "--json", stdout=out)
    said = json.loads(out.getvalue())
    run = Run.objects.get()
    assert (said["run"], said["week"], said["short_of_min"]) == (run.pk, MONDAY.isoformat(), 0)
    assert said["published"] == {"added": 2, "released": 0, "kept": 0, "told": 1}
    assert set(Assignment.objects.values_list("need", "volunteer")) == {(need.pk, helper.pk) for need in needs}


@pytest.mark.parametrize(
    ("arguments", "code"), [(["someday"], 2), (["2026-W51", "--hub", "nowhere"], 2), (["2026-W51"], 1)]
)
def test_what_cannot_be_planned_is_said(arguments: list[str], code: int) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("plan_week", *arguments)
    assert refused.value.returncode == code


def test_a_refusal_is_a_sentence_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    make_hub()
    said = []
    for language in ("zh_CN.UTF-8", "en_US.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        for arguments in (["2026-W51"], ["2026-W51", "--seconds", "0"]):
            with pytest.raises(CommandError) as refused:
                call_command("plan_week", *arguments)
            assert refused.value.returncode == 1
            said.append(str(refused.value))
    assert said == [
        "这一周没有要排的岗位：场次都已开始，或者还没有录入。",
        "秒数要在1到600之间。",
        "There are no roles to plan in this week: its sessions have begun, or none are entered.",
        "Seconds must be between 1 and 600.",
    ]
