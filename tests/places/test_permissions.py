"""Who puts sessions into which sites."""

from __future__ import annotations

import pytest

from hub.access.actor import load_actor
from hub.access.rules import visible
from hub.people.models import Role
from hub.places.models import Hub
from tests.support.make import make_agency, make_hub, make_person

pytestmark = pytest.mark.django_db


def test_who_schedules_where() -> None:
    own, far = make_hub(), make_hub()
    canteen = make_hub(parent=own, kind=Hub.Kind.CANTEEN)
    agency = make_agency()
    agency.residencies.create(hub=far)
    people = {
        "administrator": make_person(Role.ADMINISTRATOR),
        "coordinator": make_person(Role.COORDINATOR, hub=own),
        "social_worker": make_person(Role.SOCIAL_WORKER, agency=agency),
        "regulator": make_person(Role.REGULATOR),
        "volunteer": make_person(Role.VOLUNTEER),
    }
    found = {
        name: set(visible(load_actor(person), "schedule", Hub.objects.all()).values_list("pk", flat=True))
        for name, person in people.items()
    }
    assert found == {
        "administrator": {own.pk, far.pk, canteen.pk},
        "coordinator": {own.pk, canteen.pk},
        "social_worker": {far.pk},
        "regulator": set(),
        "volunteer": set(),
    }
