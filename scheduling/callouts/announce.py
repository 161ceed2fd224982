"""What people are told of a call-out. A message that has not left yet is taken back rather than contradicted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.conf import settings
from django.db.models import CharField, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from hub.notify import outbox
from hub.people.models import Person, Role
from scheduling.callouts.models import Ask, CallOut
from scheduling.sessions.models import Session

ASKED = "callout_ask:"


def facts_of(session: Session) -> dict[str, str]:
    return {
        "program": session.program.name,
        "hub": session.hub.name,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
    }


def ask_people(callout: CallOut, tokens: Mapping[int, str], asks: Iterable[Ask]) -> None:
    """`tokens`: by volunteer. `ask.volunteer` should be loaded."""
    outbox.queue_all(
        outbox.Draft(
            to_id=ask.volunteer.person_id,
            template="callout_ask",
            variables=facts_of(callout.session),
            link=f"{settings.PUBLIC_URL}/c/{tokens[ask.volunteer_id]}",
            dedupe_key=_key(ask),
            asks=f"callout:{ask.pk}",
        )
        for ask in asks
    )


def tell_the_silent(callout: CallOut, silent: Iterable[Ask], template: str, *, but: Collection[int] = ()) -> None:
    """Nobody needs them any more: who was not reached yet is left alone, the others are told and thanked. `but`: these
    volunteers, who are asked anew."""
    asked = {_key(ask): ask for ask in silent if ask.wave}
    unsent = outbox.take_back(asked)
    outbox.queue_all(
        outbox.Draft(
            to_id=ask.volunteer.person_id,
            template=template,
            variables=facts_of(callout.session),
            dedupe_key=f"{template}:{ask.pk}",
        )
        for key, ask in asked.items()
        if key not in unsent and ask.volunteer_id not in but
    )


def staff_of(session: Session) -> list[int]:
    """The site's coordinators and who is on duty, by person: they are the ones who would have to call around."""
    sites = [pk for pk in (session.hub_id, session.hub.parent_id) if pk]
    here = Q(grants__role=Role.COORDINATOR, grants__hub__in=sites)
    people = Person.objects.filter(here | Q(pk=session.duty_worker_id)).order_by("pk").distinct()
    return list(people.values_list("pk", flat=True))


def tell_staff(callout: CallOut, template: str) -> None:
    session = callout.session
    outbox.queue_all(
        outbox.Draft(
            to_id=person,
            template=template,
            variables={**facts_of(session), "role": callout.need.role},
            # Once for each time that the search gets no further.
            dedupe_key=f"{template}:{callout.pk}:{callout.wave}:{person}",
        )
        for person in staff_of(session)
    )


def unreached(asks: str = "") -> Q:
    """Asked by a message that did not go out, and not rung since. `asks`: how the query comes to them."""
    key = Concat(Value(ASKED), Cast(OuterRef(f"{asks}pk"), CharField()))
    silent = {f"{asks}state": Ask.State.SILENT, f"{asks}called_at": None}
    return Q(outbox.undelivered(key), **silent)


def _key(ask: Ask) -> str:
    return f"{ASKED}{ask.pk}"
