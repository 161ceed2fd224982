"""Whom a session needs: its roles, and how many of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import ProtectedError

from hub.errors import Refused
from scheduling.sessions.models import Need, Session
from scheduling.sessions.signals import needs_changing
from volunteers.models import Clearance, Skill


@dataclass(frozen=True)
class NeedWish:
    """A role as it should be; `id` names the need it changes, none asks for a new one."""

    role: str
    min: int
    target: int
    priority: int = 2
    skill_id: int | None = None
    clearance: str = ""
    mode: str = Need.Mode.INSTANT
    id: int | None = None


def check_wishes(wishes: Sequence[NeedWish]) -> None:
    roles = [wish.role.strip() for wish in wishes]
    if not all(roles):
        raise Refused("role_unnamed")
    if len(set(roles)) < len(roles):
        raise Refused("role_twice", roles=sorted({role for role in roles if roles.count(role) > 1}))
    for wish in wishes:
        if wish.min < 0 or wish.min > wish.target:
            raise Refused("min_above_target", role=wish.role, min=wish.min, target=wish.target)
        if wish.priority not in (1, 2, 3):
            raise Refused("priority_unknown", role=wish.role)
        if wish.clearance and wish.clearance not in Clearance.Kind.values:
            raise Refused("clearance_unknown", role=wish.role)
        if wish.mode not in Need.Mode.values:
            raise Refused("mode_unknown", role=wish.role)
    skills = {wish.skill_id for wish in wishes if wish.skill_id}
    missing = skills - set(Skill.objects.filter(pk__in=skills).values_list("pk", flat=True))
    if missing:
        raise Refused("not_found", model="skill", id=min(missing))


def set_needs(*, session: Session, wishes: Sequence[NeedWish]) -> bool:
    """Make the session's needs these, in this order; whether anything changed. The caller holds the session.

    A need that people were given stays, and never below those who hold a place: apps that know them refuse.
    """
    check_wishes(wishes)
    current = {need.pk: need for need in Need.objects.filter(session=session)}
    kept = [wish.id for wish in wishes if wish.id]
    if set(kept) - set(current) or len(set(kept)) < len(kept):
        raise Refused("not_found", model="need")
    targets = dict.fromkeys(current, 0) | {wish.id: wish.target for wish in wishes if wish.id}
    needs_changing.send(Session, session=session, targets=targets)
    gone = [pk for pk in current if pk not in kept]
    before = [_fingerprint(need) for need in sorted(current.values(), key=lambda need: need.position)]
    try:
        Need.objects.filter(pk__in=gone).delete()
    except ProtectedError:
        raise Refused("need_has_history", session=session.pk) from None
    # Out of each other's way first: positions and roles are unique within the session.
    for offset, pk in enumerate(kept):
        Need.objects.filter(pk=pk).update(position=1000 + offset, role=f"~{pk}")
    for position, wish in enumerate(wishes):
        values = {
            "position": position,
            "role": wish.role.strip(),
            "min": wish.min,
            "target": wish.target,
            "priority": wish.priority,
            "skill_id": wish.skill_id,
            "clearance": wish.clearance,
            "mode": wish.mode,
        }
        if wish.id:
            Need.objects.filter(pk=wish.id).update(**values)
        else:
            Need.objects.create(session=session, **values)
    return before != [_fingerprint(need) for need in Need.objects.filter(session=session).order_by("position")]


FINGERPRINT = ("pk", "position", "role", "min", "target", "priority", "skill_id", "clearance", "mode")


def _fingerprint(need: Need) -> tuple[object, ...]:
    return tuple(getattr(need, name) for name in FINGERPRINT)
