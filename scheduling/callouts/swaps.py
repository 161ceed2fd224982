"""换班 and 替班: two volunteers agree on who serves where, under the rules of sign-up for both at once.

Locks: both persons, both sessions, topic. Each is judged as if the other had left already.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.notify import outbox
from hub.people.models import Person
from hub.tokens import short_token, token_hash
from scheduling.callouts.announce import facts_of
from scheduling.callouts.models import Swap
from scheduling.sessions.claims import lock_people, lock_sessions
from scheduling.sessions.models import Session
from scheduling.signups.facts import experience_of
from scheduling.signups.models import Assignment
from scheduling.signups.signups import free_place, take_place
from volunteers.models import Volunteer

State = Swap.State
RELATED = (
    "asked__person",
    *(f"{side}__{path}" for side in ("mine", "yours") for path in ("need", "volunteer__person")),
    *(f"{side}__session__{path}" for side in ("mine", "yours") for path in ("program", "hub", "room")),
)


@transaction.atomic
@told_together()
def propose_swap(*, mine: int, yours: int | None = None, asked: int | None = None, by: Person) -> Swap:
    """Ask the holder of `yours` to change places, or the volunteer `asked` to take `mine` over. They get a link.

    Refused: not_found, session_over, session_cancelled, not_serving (one of the places is held no more), swap_open (it
    is offered to somebody already), and whatever sign_up refuses one of them, with `volunteer`.
    """
    places = Assignment.objects.select_related("volunteer").in_bulk([pk for pk in (mine, yours) if pk])
    if mine not in places or (yours and yours not in places):
        raise Refused("not_found", model="assignment")
    whom = places[yours].volunteer if yours else Volunteer.objects.filter(pk=asked or 0).first()
    if whom is None:
        raise Refused("not_found", model="volunteer")
    lock_people([places[mine].volunteer.person_id, whom.person_id])
    lock_sessions(one.session_id for one in places.values())
    now, token = clock.now(), short_token()
    swap = Swap(mine_id=mine, yours_id=yours, asked=whom, created_at=now, changed_at=now)
    _check_open(swap)
    for before in Swap.objects.filter(mine=mine, state=State.PROPOSED).select_related(*RELATED):
        if is_open(before):
            raise Refused("swap_open")
        _set(before, State.WITHDRAWN)
    _try_out(swap, by)
    swap.token_hash = token_hash(token)
    swap.expires_at = min(one.session.starts_at for one in _places(swap))
    swap.save()
    outbox.queue(
        to_id=swap.asked.person_id,
        template="swap_asked" if yours else "stand_in_asked",
        variables={**facts_of(swap.mine.session), "name": by.name},
        link=f"{settings.PUBLIC_URL}/s/{token}",
        dedupe_key=f"swap_asked:{swap.pk}",
    )
    _record("swap.proposed", swap, by)
    return swap


@transaction.atomic
@told_together()
def accept_swap(*, swap: int, by: Person) -> Swap:
    """Both change places, or neither. Again is harmless.

    Refused: not_found, swap_over, session_over, session_cancelled, not_serving, and whatever sign_up refuses one of
    them, with `volunteer`.
    """
    row = _hold(swap)
    if row.state == State.DONE:
        return row
    if row.state != State.PROPOSED:
        raise Refused("swap_over")
    _check_open(row)
    _exchange(row, by)
    _set(row, State.DONE)
    # Whatever else hung on these places: they are somebody else's now.
    withdraw_open(Q(mine__in=[one.pk for one in _places(row)]) | Q(yours__in=[one.pk for one in _places(row)]))
    outbox.queue(
        to_id=row.mine.volunteer.person_id,
        template="swap_done" if row.yours else "stand_in_done",
        variables=facts_of((row.yours or row.mine).session),
        dedupe_key=f"swap_done:{row.pk}",
    )
    _record("swap.done", row, by)
    return row


@transaction.atomic
def decline_swap(*, swap: int, by: Person) -> Swap:
    """The asked would rather not; everything stays. Again is harmless. Refused: not_found, swap_over."""
    row = _end(swap, State.DECLINED, by=by)
    outbox.queue(
        to_id=row.mine.volunteer.person_id,
        template="swap_declined",
        variables=facts_of(row.mine.session),
        dedupe_key=f"swap_declined:{row.pk}",
    )
    return row


@transaction.atomic
def withdraw_swap(*, swap: int, by: Person) -> Swap:
    """Whoever proposed it thought better of it. Again is harmless. Refused: not_found, swap_over."""
    row = _end(swap, State.WITHDRAWN, by=by)
    outbox.take_back([f"swap_asked:{row.pk}"])
    return row


def withdraw_open(concerned: Q) -> None:
    """Proposals whose places are not what they were."""
    for swap in Swap.objects.filter(concerned, state=State.PROPOSED).select_related(*RELATED).order_by("pk"):
        _set(swap, State.WITHDRAWN)
        outbox.take_back([f"swap_asked:{swap.pk}"])
        _tell(swap)


def is_open(swap: Swap) -> bool:
    """Whether it can still be agreed to: it is in time, and both places are held. Places change hands in many ways;
    none of them need know of proposals."""
    held = all(one.state in Assignment.ACTIVE and one.session.state == Session.State.PLANNED for one in _places(swap))
    return swap.state == State.PROPOSED and swap.expires_at > clock.now() and held


def state_of(swap: Swap) -> Swap.State:
    """As those concerned see it."""
    return State(swap.state) if swap.state != State.PROPOSED or is_open(swap) else State.WITHDRAWN


def open_swaps(person: int) -> list[Swap]:
    """Between this person and others, soonest first. One query."""
    ours = Q(mine__volunteer__person=person) | Q(asked__person=person)
    rows = Swap.objects.filter(ours, state=State.PROPOSED, expires_at__gt=clock.now())
    return [row for row in rows.select_related(*RELATED).order_by("expires_at", "pk") if is_open(row)]


def find_swap(token: str) -> Swap:
    """Refused: not_found for a token that never was, link_expired when the earlier session has begun."""
    row = Swap.objects.select_related(*RELATED).filter(token_hash=token_hash(token)).first()
    if row is None:
        raise Refused("not_found", model="link")
    if row.expires_at <= clock.now():
        raise Refused("link_expired")
    return row


def _hold(swap: int) -> Swap:
    """Lock both persons and both sessions; the proposal as it is now."""
    row = Swap.objects.select_related(*RELATED).filter(pk=swap).first()
    if row is None:
        raise Refused("not_found", model="swap", id=swap)
    lock_people([row.mine.volunteer.person_id, row.asked.person_id])
    lock_sessions(one.session_id for one in _places(row))
    return Swap.objects.select_related(*RELATED).get(pk=swap)


def _places(swap: Swap) -> Sequence[Assignment]:
    return [one for one in (swap.mine, swap.yours) if one]


def _check_open(swap: Swap) -> None:
    for one in _places(swap):
        if one.session.state == Session.State.CANCELLED:
            raise Refused("session_cancelled")
        if one.session.starts_at <= clock.now():
            raise Refused("session_over")
        if one.state not in Assignment.ACTIVE:
            raise Refused("not_serving", volunteer=one.volunteer_id)


def _exchange(swap: Swap, by: Person) -> None:
    takes = [(swap.mine.need_id, swap.asked)]
    if swap.yours:
        takes.append((swap.yours.need_id, swap.mine.volunteer))
    for one in _places(swap):
        free_place(assignment=one.pk, by=by)
    # Who brings experience comes first: a newcomer is judged beside them.
    for need, who in sorted(takes, key=lambda take: -experience_of(take[1], swap.mine.session.week)):
        try:
            take_place(
                need=need,
                person=who.person_id,
                by=by,
                state=Assignment.State.ACCEPTED,
                source=Assignment.Source.SELF,
            )
        except Refused as no:
            raise Refused(no.code, **{**no.facts, "volunteer": who.pk}) from None


class _Enough(Exception):
    pass


def _try_out(swap: Swap, by: Person) -> None:
    """What can't be is not proposed: done, and undone with all it told."""
    with suppress(_Enough), transaction.atomic(), told_together():
        _exchange(swap, by)
        raise _Enough


def _end(swap: int, state: Swap.State, *, by: Person) -> Swap:
    row = _hold(swap)
    if row.state != state:
        if row.state != State.PROPOSED:
            raise Refused("swap_over")
        _set(row, state)
        _record(f"swap.{state}", row, by)
    return row


def _set(swap: Swap, state: Swap.State) -> None:
    swap.state, swap.changed_at = state, clock.now()
    swap.save(update_fields=["state", "changed_at"])


def _record(action: str, swap: Swap, by: Person) -> None:
    mine = swap.mine
    append(action=action, subject=swap, actor_id=by.pk, hub_id=mine.session.hub_id, place=mine.pk, asked=swap.asked_id)
    _tell(swap)


def _tell(swap: Swap) -> None:
    people = (swap.mine.volunteer.person_id, swap.asked.person_id)
    publish([f"person:{person}" for person in people], "swap.changed", swap=[swap.pk])
