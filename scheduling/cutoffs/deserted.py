"""A session that the cut-off left without a child: it is cancelled with its reason, so that nobody comes for nothing.

Whatever else its volunteers could do there, they agreed to look after children; a room, too, is free for others. Staff
who want to hold it say so by stepping in.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.notify import outbox
from hub.notify.templates import DEFAULT
from scheduling.bookings.models import Booking
from scheduling.callouts.announce import facts_of, staff_of
from scheduling.cutoffs.covering import covers_anybody
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Session
from scheduling.sessions.sessions import cancel_session


def cancel_deserted(*, session: int) -> bool:
    """Whether it was. Its adults, those who wait and the staff are told, once."""
    seen = Session.objects.select_related("program", "hub").get(pk=session)
    if not _is_deserted(seen):
        return False
    with override(DEFAULT):
        reason = _("cutoff.no_child_left")
    # Whoever changed it meanwhile is looked at next time.
    with suppress(Refused), transaction.atomic(), told_together():
        cancel_session(session_id=session, revision=seen.revision, reason=reason, by=None)
        outbox.queue_all(
            outbox.Draft(
                to_id=person,
                template="cutoff_cancelled",
                variables=facts_of(seen),
                dedupe_key=f"cutoff_cancelled:{session}:{seen.sequence}:{person}",
            )
            for person in staff_of(seen)
        )
        return True
    return False


def _is_deserted(session: Session) -> bool:
    """At the moment of its next step: until then adults may be found for those who wait. While it gives no places a
    child can come to it by an offer made before alone."""
    now = clock.now()
    row = CutOff.objects.filter(session=session, state__in=CutOff.CLOSED, next_look__lte=now).first()
    if row is None or session.state == Session.State.CANCELLED or session.starts_at <= now:
        return False
    held = Booking.objects.filter(session=session, state__in=Booking.HOLDING)
    return not held.exists() and not covers_anybody(session)
