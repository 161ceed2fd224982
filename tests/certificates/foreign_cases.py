"""Certificates of others."""

from __future__ import annotations

from hub import clock
from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_person, make_volunteer
from volunteers.certificates.models import Certificate


def make_certificate() -> Certificate:
    me, today = make_volunteer(), clock.today()
    return Certificate.objects.create(
        number="7F3K9QXABC",
        volunteer=me,
        name=me.person.name,
        first_day=today,
        last_day=today,
        minutes=60,
        times=1,
        issued_at=clock.now(),
        issued_by=me.person,
    )


@foreign("GET /api/certificates/{certificate_id}/file")
def certificate_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"certificate_id": make_certificate().pk})


@foreign("GET /api/certificates/{certificate_id}/file")
def certificate_seen_by_a_social_worker() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"certificate_id": make_certificate().pk})
