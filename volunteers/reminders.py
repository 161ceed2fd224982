"""Proofs and checks that end within thirty days: each is told its owner once, by message."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.notify.outbox import Draft, queue_all
from volunteers.models import Clearance, HeldSkill
from volunteers.people import AHEAD


@transaction.atomic
def remind_of_endings() -> int:
    """How many were told about; the outbox leaves alone what it told before. A check made anew is not asked for."""
    today = clock.today()
    soon = (today, today + AHEAD)
    checks = Clearance.objects.filter(volunteer__active=True, valid_until__gte=today).order_by("valid_until")
    newest = {(one.volunteer_id, one.kind): one for one in checks.select_related("volunteer")}
    drafts = [
        _draft(one.volunteer.person_id, "check_ends", one.pk, one.valid_until)
        for one in newest.values()
        if one.valid_until <= soon[1]
    ]
    proofs = HeldSkill.objects.filter(volunteer__active=True, valid_until__range=soon, skill__needs_proof=True)
    drafts += [
        _draft(one.volunteer.person_id, "proof_ends", one.pk, one.valid_until, skill=one.skill.name)
        for one in proofs.select_related("volunteer", "skill")
        if one.valid_until
    ]
    queue_all(drafts)
    return len(drafts)


def _draft(person: int, template: str, pk: int, day: dt.date, **more: str) -> Draft:
    # The day too: a proof that was renewed ends anew.
    key = f"{template}:{pk}:{day.isoformat()}"
    return Draft(to_id=person, template=template, dedupe_key=key, variables={"day": day.isoformat(), **more})
