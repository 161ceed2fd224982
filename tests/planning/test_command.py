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
