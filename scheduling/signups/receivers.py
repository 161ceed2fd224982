"""When a session changes under those who serve in it. The sender holds their rows and the session's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.dispatch import receiver

from hub import clock
from hub.errors import Refused
from hub.live.publish import News, publish_each
from hub.people.models import Person
from scheduling.sessions.models import Session
from scheduling.sessions.signals import needs_changing, session_cancelled, session_moved
from scheduling.signups.announce import announce_session, announce_standby
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.standbys import ready_for, stand_all_down


def _active(session: Session) -> list[Assignment]:
    rows = Assignment.objects.filter(session=session, state__in=Assignment.ACTIVE)
    return list(rows.select_related("volunteer").order_by("pk"))


def _change(rows: list[Assignment], state: Assignment.State, by: Person | None) -> None:
    for row in rows:
        row.state, row.by, row.changed_at = state, by, clock.now()
    Assignment.objects.bulk_update(rows, ["state", "by", "changed_at"])


def _tell(rows: list[Assignment], standbys: list[Standby], *sites: int) -> None:
    """The sites are named with the people: one publish locks in name order, site first, whoever else is told after.
    Told alone, people would be locked before a site that another transaction holds while it waits for them."""
    news: list[News] = []
    for name, some in (("assignment", rows), ("standby", standbys)):
        if some:
            topics = {*(f"hub:{site}" for site in sites), *(f"person:{row.volunteer.person_id}" for row in some)}
            ids = {"session": [some[0].session_id], name: [row.pk for row in some]}
            news += [(topic, f"{name}.changed", ids) for topic in topics]
    publish_each(news)


def _announce_standbys(session: Session, rows: list[Standby], template: str) -> None:
    for row in rows:
        row.session = session
    announce_standby(rows=rows, template=template)


@receiver(session_cancelled, dispatch_uid="signups.cancelled")
def release_all(sender: object, session: Session, by: Person | None, **kwargs: Any) -> None:
    """Its claims are the sender's to give up."""
    rows = _active(session)
    _change(rows, Assignment.State.RELEASED, by)
    announce_session(session=session, assignments=rows, template="session_cancelled", ask=False)
    standbys = stand_all_down(session=session, by=by)
    _announce_standbys(session, standbys, "session_cancelled")
    _tell(rows, standbys, session.hub_id)


@receiver(session_moved, dispatch_uid="signups.moved")
def ask_again(sender: object, session: Session, by: Person | None, before: Mapping[str, Any], **kwargs: Any) -> None:
    """A new time or site is a new question. Another room on the same site is only seen."""
    rows, standbys = _active(session), ready_for(session)
    told = any(before[name] != getattr(session, name) for name in ("starts_at", "ends_at", "hub_id"))
    if told:
        _change(rows, Assignment.State.PUBLISHED, by)
        announce_session(session=session, assignments=rows, template="session_moved", ask=True)
        _announce_standbys(session, standbys, "session_moved")
    _tell(rows, standbys, before["hub_id"], session.hub_id)


@receiver(needs_changing, dispatch_uid="signups.needs")
def keep_places_taken(sender: object, session: Session, targets: Mapping[int, int], **kwargs: Any) -> None:
    """A need can't shrink below those who have a place in it. Refused("need_in_use")."""
    rows = Assignment.objects.filter(need__in=targets, state__in=Assignment.ACTIVE)
    for need, count in rows.values_list("need").annotate(Count("pk")):
        if count > targets[need]:
            raise Refused("need_in_use", need=need, taken=count)
