"""Which clash may be borne, and by whom: nothing is borne that was not named, nor without a reason.

What can't be at two places at once never gives way, nor does a room that can't be used (lift its closure instead).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hub import clock
from hub.access.actor import load_actor
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person, Role
from scheduling.sessions.conflicts import Clash, Wish, clashes
from scheduling.sessions.known import known_of
from scheduling.sessions.models import Override, Session

MANAGING = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
SCHEDULING = MANAGING | {Role.SOCIAL_WORKER}
POLICY: dict[str, frozenset[Role]] = {
    "closed": frozenset(),
    "clash": frozenset(),
    "day_off": MANAGING,
    "outside_hours": MANAGING,
    "too_small": MANAGING,
    "equipment_missing": SCHEDULING,
}
"""A coordinator at their own sites. Whoever holds the event may bring what the room lacks."""
ASKED = "worker_busy"
"""A question alone: a yes is enough, whoever plans the session."""
TOLD = "children_elsewhere"
"""No refusal: these families are told, and keep the place whose time was not changed."""


@dataclass(frozen=True)
class Bearing:
    """The clashes that are borne, by code, and why."""

    codes: Collection[str] = ()
    reason: str = ""
    met: list[Clash] | None = None
    """Filled with what clashed and was no hindrance: borne, said yes to, only told. For who shows it."""


NOTHING = Bearing()


class Clashing(Refused):
    """Refused for the first clash that is not borne; all there is against the wish, and which of it may be borne."""

    def __init__(self, first: Clash, *, wish: Wish, found: Sequence[Clash], bearable: frozenset[str]) -> None:
        super().__init__(first.code, **({"may_override": True} if first.code in bearable else {}), **first.facts)
        self.wish, self.found, self.bearable = wish, found, bearable


def bearable(*, hub_id: int, by: Person | None) -> frozenset[str]:
    """The clashes that this person may bear at this site."""
    if by is None:
        return frozenset()
    actor = load_actor(by)
    near = actor.has(Role.ADMINISTRATOR) or hub_id in actor.hub_ids
    return frozenset(
        code for code, roles in POLICY.items() if actor.has(*roles) and (near or Role.SOCIAL_WORKER in roles)
    )


def settle(wish: Wish, found: Sequence[Clash], *, by: Person | None, confirmed: bool, bearing: Bearing) -> list[str]:
    """The codes that are borne; `confirmed`: yes to what is only asked. Refused, as Clashing, with the first clash that
    is not: its code and facts, `may_override` where whoever asks may bear it with a reason. Also refused:
    reason_missing."""
    hindering = [clash for clash in found if clash.code != TOLD and not (clash.code == ASKED and confirmed)]
    if hindering:
        allowed = bearable(hub_id=wish.hub.pk, by=by)
        for clash in hindering:
            if clash.code not in allowed or clash.code not in bearing.codes:
                raise Clashing(clash, wish=wish, found=found, bearable=allowed)
    borne = sorted({clash.code for clash in found} - {ASKED, TOLD})
    if borne and not bearing.reason.strip():
        raise Refused("reason_missing")
    if bearing.met is not None:
        bearing.met.extend(found)
    return borne


def judge(
    wish: Wish,
    *,
    was: Wish | None,
    session: int | None,
    by: Person | None,
    confirmed: bool,
    bearing: Bearing,
    meant: Collection[str] = (),
) -> tuple[list[Clash], list[str]]:
    """All that clashes, and the codes of what is borne. What clashed already as it `was`, and what is `meant`, was
    decided before. Refused: as settle."""
    there = clashes(wish, known_of(wish, session=session))
    before = clashes(was, known_of(was, session=session)) if was and there else []
    new = [clash for clash in there if clash.is_new(before) and clash.code not in meant]
    return there, settle(wish, new, by=by, confirmed=confirmed, bearing=bearing)


def keep(session: Session, *, borne: Collection[str], bearing: Bearing, by: Person | None) -> None:
    """What is borne stands beside the session until it is no clash any more, and in the journal for good."""
    for code in borne:
        assert by is not None  # nobody bears nothing
        values = {"reason": bearing.reason.strip(), "by": by, "at": clock.now()}
        Override.objects.update_or_create(session=session, code=code, defaults=values)
        append(action="session.overridden", subject=session, actor_id=by.pk, hub_id=session.hub_id, code=code)


def drop_settled(session: Session, there: Sequence[Clash]) -> None:
    """What does not clash any more needs no exception."""
    Override.objects.filter(session=session).exclude(code__in={clash.code for clash in there}).delete()
