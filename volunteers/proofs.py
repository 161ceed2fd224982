"""Skills and checks: said by the volunteer, and where proof is needed, seen by a coordinator before they count."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.working_days import check_day
from volunteers.clearances import check_of, record_clearance
from volunteers.models import HeldSkill, Skill, Unproven, Volunteer
from volunteers.persons import lock, other, tell
from volunteers.tasks import keep_reminding


@transaction.atomic
def claim_skill(*, volunteer: Volunteer, skill: Skill, by: Person) -> None:
    """They say they have it: it counts, or waits for somebody to see a proof. A proof about to end may be renewed."""
    lock(volunteer)
    if not skill.needs_proof:
        _, is_new = HeldSkill.objects.get_or_create(volunteer=volunteer, skill=skill)
    elif HeldSkill.objects.filter(volunteer=volunteer, skill=skill, valid_until=None).exists():
        return
    else:
        _, is_new = Unproven.objects.get_or_create(volunteer=volunteer, skill=skill, defaults={"said_at": clock.now()})
    if is_new:
        _record("skill.claimed", volunteer, by, skill=skill.pk)


@transaction.atomic
def drop_skill(*, volunteer: Volunteer, skill: Skill, by: Person) -> None:
    """They don't have it, or would rather not be asked for it. Again is harmless."""
    lock(volunteer)
    held, _ = HeldSkill.objects.filter(volunteer=volunteer, skill=skill).delete()
    said, _ = Unproven.objects.filter(volunteer=volunteer, skill=skill).delete()
    if held or said:
        _record("skill.dropped", volunteer, by, skill=skill.pk)


@transaction.atomic
def claim_check(*, volunteer: Volunteer, kind: str, checked_on: dt.date, by: Person) -> None:
    """They say they were checked on this day: it counts once somebody has seen the result. Refused: check_in_future,
    check_expired."""
    check_of(checked_on)
    lock(volunteer)
    if volunteer.clearances.filter(kind=kind, checked_on__gte=checked_on).exists():
        return
    Unproven.objects.update_or_create(
        volunteer=volunteer, clearance=kind, defaults={"checked_on": checked_on, "said_at": clock.now()}
    )
    _record("clearance.claimed", volunteer, by)


@transaction.atomic
def verify(*, unproven: Unproven, valid_until: dt.date | None, by: Person) -> None:
    """`by` has seen the proof. `valid_until`: the last day a skill's proof holds; a check's is a year.
    Refused: proof_of_own, proof_over, day_out_of_range, already_settled, check_expired."""
    volunteer = unproven.volunteer
    if by.pk == volunteer.person_id:
        raise Refused("proof_of_own")
    if valid_until and valid_until < clock.today():
        raise Refused("proof_over")
    check_day(valid_until)
    _settle(unproven)
    if unproven.skill:
        HeldSkill.objects.update_or_create(
            volunteer=volunteer, skill=unproven.skill, defaults={"valid_until": valid_until, "verified_by": by}
        )
        keep_reminding()
        _record("skill.verified", volunteer, by, skill=unproven.skill_id)
    elif unproven.checked_on:
        record_clearance(volunteer=volunteer, kind=unproven.clearance, checked_on=unproven.checked_on, by=by)


@transaction.atomic
def turn_down(*, unproven: Unproven, by: Person) -> None:
    """No proof was to be had. They may say it again. Refused("already_settled")."""
    _settle(unproven)
    thing = {"skill": unproven.skill_id} if unproven.skill_id else {"clearance": unproven.clearance}
    _record("proof.turned_down", unproven.volunteer, by, **thing)


@transaction.atomic
def set_needs_proof(*, skill: Skill, needs_proof: bool, by: Person) -> Skill:
    """From now on. Who has the skill on record keeps it."""
    if skill.needs_proof != needs_proof:
        skill.needs_proof = needs_proof
        skill.save(update_fields=["needs_proof"])
        append(action="skill.changed", subject=skill, actor_id=by.pk, needs_proof=needs_proof)
    return skill


def _settle(unproven: Unproven) -> None:
    lock(unproven.volunteer)
    deleted, _ = Unproven.objects.filter(pk=unproven.pk, checked_on=unproven.checked_on).delete()
    if not deleted:
        raise Refused("already_settled")


def _record(action: str, volunteer: Volunteer, by: Person, **facts: Any) -> None:
    append(action=action, subject=volunteer, actor_id=by.pk, for_id=other(volunteer, by), **facts)
    tell(volunteer)
