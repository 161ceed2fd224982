"""Who stands by in the demo: the visitor's volunteer for one session, somebody near for a few children's sessions."""

from __future__ import annotations

from django.db.models import QuerySet

from hub import clock
from hub.errors import Refused
from hub.people.demo import face_of
from hub.people.models import Person, Role
from scheduling.sessions.models import Session
from scheduling.signups.candidates import candidates
from scheduling.signups.models import Standby
from scheduling.signups.standbys import name_standby
from volunteers.models import Volunteer

WITH_STANDBY = 6


def keep_some_ready() -> None:
    """Loading again changes nothing."""
    by, volunteer = face_of(Role.COORDINATOR), face_of(Role.VOLUNTEER)
    if by is None or Standby.objects.exists():
        return
    ahead = Session.objects.filter(state=Session.State.PLANNED, starts_at__gt=clock.now()).order_by("starts_at", "pk")
    if volunteer:
        _name_where_it_fits(volunteer, ahead, by)
    with_children = ahead.filter(program__kind="reading").select_related("program", "hub")
    for session in with_children[:WITH_STANDBY]:
        need = session.needs.select_related("session__hub", "session__program").order_by("position")[0]
        found = candidates(need=need, volunteers=Volunteer.objects.filter(home=session.hub))
        if found.free:
            name_standby(session=session.pk, person=found.free[0].volunteer.person_id, by=by)


def _name_where_it_fits(person: Person, sessions: QuerySet[Session], by: Person) -> None:
    for session in sessions.values_list("pk", flat=True):
        try:
            name_standby(session=session, person=person.pk, by=by)
        except Refused:
            continue
        return
