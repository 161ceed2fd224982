"""What happens to a session happens to its call-outs. The sender holds the session."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver

from hub.live.publish import publish
from hub.notify.signals import message_died
from hub.people.models import Person
from scheduling.callouts.announce import ASKED
from scheduling.callouts.callouts import ask_anew, end, have_asked
from scheduling.callouts.models import CallOut
from scheduling.callouts.shortage import shortage_of
from scheduling.callouts.swaps import withdraw_open
from scheduling.callouts.tasks import look_soon
from scheduling.sessions.models import Need, Session
from scheduling.sessions.signals import session_cancelled, session_edited, session_moved
from scheduling.signups.signals import place_left_open, place_taken
from scheduling.signups.standing import also_read

CALLED_OUT = "called_out"
also_read(CALLED_OUT, lambda: Exists(CallOut.objects.filter(need=OuterRef("pk"), state__in=CallOut.OPEN)))


@receiver(place_left_open, dispatch_uid="callouts.left_open")
def call_out(sender: object, session: Session, need: int, left: int, **kwargs: Any) -> None:
    """Somebody can't come: the search begins, or goes on."""
    withdraw_open(Q(mine__session=session, mine__volunteer=left) | Q(yours__session=session, yours__volunteer=left))
    wanted = Need.objects.select_related("session__program", "session__hub").get(pk=need)
    if shortage_of(wanted).is_short:
        have_asked(need=wanted, by=None)
    _look_soon([need])


@receiver(place_taken, dispatch_uid="callouts.taken")
def see_whether_filled(
    sender: object, needs: Mapping[int, Session], seen: Mapping[str, Any] | None, **kwargs: Any
) -> None:
    """Most sign-ups fill no gap that anybody was asked for, and need not look. A call-out begins and ends under its
    session's lock: what was seen of it there holds."""
    if seen is None or seen[CALLED_OUT]:
        _look_soon(needs)


@receiver(message_died, dispatch_uid="callouts.message_died")
def go_on_without_who_was_not_reached(sender: object, key: str, **kwargs: Any) -> None:
    """Staff see it; where nobody is left whose answer is awaited, others are asked at once."""
    asked = key.removeprefix(ASKED)
    if asked == key:
        return
    for callout in CallOut.objects.filter(asks=int(asked)).select_related("session"):
        publish(
            [f"hub:{callout.session.hub_id}"], "callout.changed", session=[callout.session_id], callout=[callout.pk]
        )
        _look_soon([callout.need_id])


@receiver(session_edited, dispatch_uid="callouts.edited")
def see_whether_still_wanted(sender: object, session: Session, **kwargs: Any) -> None:
    if wanted := CallOut.objects.filter(session=session, state__in=CallOut.OPEN).values_list("need", flat=True):
        _look_soon(wanted)


@receiver(session_cancelled, dispatch_uid="callouts.cancelled")
def stop_all(sender: object, session: Session, by: Person | None, **kwargs: Any) -> None:
    withdraw_open(Q(mine__session=session) | Q(yours__session=session))
    for callout in _open(session):
        end(callout, CallOut.State.STOPPED, by=by)


@receiver(session_moved, dispatch_uid="callouts.moved")
def ask_for_the_new_time(
    sender: object, session: Session, by: Person | None, before: Mapping[str, Any], **kwargs: Any
) -> None:
    """Who was asked was asked for another time or site. Another room is no other question."""
    if all(before[name] == getattr(session, name) for name in ("starts_at", "ends_at", "hub_id")):
        return
    withdraw_open(Q(mine__session=session) | Q(yours__session=session))
    for callout in _open(session):
        ask_anew(callout, by=by)


def _open(session: Session) -> list[CallOut]:
    rows = list(CallOut.objects.filter(session=session, state__in=CallOut.OPEN).select_related("need", "by"))
    for row in rows:
        row.session = row.need.session = session
    return rows


def _look_soon(needs: Collection[int]) -> None:
    transaction.on_commit(partial(look_soon, *needs))
