"""Yes or no to those who asked for a place (a request) or would like to have one (a wish). Neither fills a place: a yes
is judged anew, under the locks, like any sign-up."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.people.models import Person
from scheduling.signups.announce import announce_places, announce_roster
from scheduling.signups.models import Assignment
from scheduling.signups.places import check_answerable, hold, judge, put, refuse_first, take_time, tell, tell_taken

State = Assignment.State
ASKED = (State.REQUESTED, State.WISHED)


@transaction.atomic
@told_together()
def approve(*, assignment: int, by: Person) -> Assignment:
    """Yes: who requested it comes; who had only wished for it is asked. Again is harmless.

    Refused: not_asked_for, session_over, session_cancelled and what sign_up refuses.
    """
    row, person = hold(assignment)
    check_answerable(row)
    if row.state in Assignment.ACTIVE:
        return row
    if row.state not in ASKED:
        raise Refused("not_asked_for", state=row.state)
    asked = row.state == State.REQUESTED
    try:
        with transaction.atomic():
            found = judge(need=row.need_id, person=person, session=row.session_id)
            refuse_first(found.reasons)
            state = State.ACCEPTED if asked else State.PUBLISHED
            take_time(found.standing, by, state)
            put(row, state)
    except IntegrityError:
        raise Refused("clash") from None
    tell(row, person=person, by=by, action="assignment.approved")
    tell_taken(row, standing=found.standing)
    if asked:
        announce_places([row], template="request_approved")
    else:
        announce_roster(added=[row], released=[], by=by)
    return row


@transaction.atomic
def refuse(*, assignment: int, by: Person, reason: str = "") -> Assignment:
    """No, with a word why if there is one; they are told. Again is harmless.

    Refused: not_asked_for, session_over, session_cancelled.
    """
    row, person = hold(assignment)
    check_answerable(row)
    if row.state == State.REFUSED:
        return row
    if row.state not in ASKED:
        raise Refused("not_asked_for", state=row.state)
    put(row, State.REFUSED, by=by, reason=reason.strip()[:200])
    tell(row, person=person, by=by, action="assignment.refused")
    announce_places([row], template="request_refused")
    return row


def settle_wishes(given: Sequence[Assignment]) -> None:
    """Who was given a place in a session has what they asked for there. The caller holds the sessions."""
    places = {(row.session_id, row.volunteer_id) for row in given}
    asked = Assignment.objects.filter(
        session__in={session for session, _ in places}, state__in=(*ASKED, State.WAITING), party=None
    )
    settled = [pk for pk, *place in asked.values_list("pk", "session", "volunteer") if tuple(place) in places]
    Assignment.objects.filter(pk__in=settled).update(state=State.WITHDRAWN, changed_at=clock.now())
