"""What staff see of call-outs, and what volunteers see of being asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from hub import clock
from scheduling.callouts.announce import unreached
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.shortage import shortage_of
from scheduling.callouts.stand_ins import stand_ins
from scheduling.sessions.models import Need, Session
from scheduling.signups.candidates import Candidate

MOST_NEXT = 12


@dataclass(frozen=True)
class CallList:
    need: Need
    missing: int
    callout: CallOut | None
    """The one that is running, else the last."""
    asked: Sequence[Ask]
    """Those no message reached first (`unreached`), then who has not answered, then yes, then no."""
    next: Sequence[Candidate]
    """Who has not been asked yet, best first."""


def counted(callouts: QuerySet[CallOut]) -> QuerySet[CallOut]:
    """With `asked`, `unreached`, `silent` (those it did reach) and `declined` counted."""
    lost = unreached("asks__")
    counts = {
        "unreached": lost,
        "silent": Q(asks__state=Ask.State.SILENT) & ~lost,
        "declined": Q(asks__state=Ask.State.NO),
    }
    counted = {name: Count("asks", filter=which) for name, which in counts.items()}
    return callouts.annotate(asked=Count("asks"), **counted).order_by("session__starts_at", "pk")


def call_list(need: Need) -> CallList:
    """`need.session.hub`, `.program` and `.skill` should be loaded. A fixed number of queries."""
    callout = counted(CallOut.objects.filter(need=need)).order_by("-pk").first()
    asked = []
    if callout:
        lost = ExpressionWrapper(unreached(), BooleanField())
        rows = callout.asks.select_related("volunteer__person").annotate(unreached=lost)
        states = [Ask.State.SILENT, Ask.State.YES, Ask.State.NO, Ask.State.CLOSED]
        asked = sorted(
            rows,
            key=lambda one: (
                states.index(Ask.State(one.state)),
                not one.unreached,
                one.called_at is not None,
                one.pk,
            ),
        )
    missing = shortage_of(need).missing
    is_open = missing and need.session.state == Session.State.PLANNED and need.session.starts_at > clock.now()
    known = {one.volunteer_id for one in asked}
    free = [one for one in stand_ins(need=need) if one.volunteer.pk not in known] if is_open else []
    return CallList(need, missing, callout, asked, free[:MOST_NEXT])


def asks_of(person_id: int) -> list[Ask]:
    """What a volunteer is asked for and can still say yes to, soonest first. One query."""
    running = Ask.objects.filter(
        volunteer__person=person_id,
        state=Ask.State.SILENT,
        wave__gt=0,
        callout__session__starts_at__gt=clock.now(),
        callout__session__state=Session.State.PLANNED,
    )
    return list(with_session(running).order_by("callout__session__starts_at", "pk"))


def with_session(asks: QuerySet[Ask]) -> QuerySet[Ask]:
    return asks.select_related(
        "callout__session__program", "callout__session__hub", "callout__session__room", "callout__need"
    )
