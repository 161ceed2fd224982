"""Telling people what became of hours, where a person had a hand in it."""

from __future__ import annotations

from hub import clock
from hub.notify import outbox
from volunteers.hours.figures import figures_on
from volunteers.hours.models import ServiceRecord


def announce(template: str, record: ServiceRecord, *, to: int | None = None) -> None:
    """The volunteer, or who wrote down what was then turned down."""
    outbox.queue(
        to_id=record.volunteer.person_id if to is None else to,
        template=template,
        variables={
            "program": record.title,
            "starts_at": record.starts_at.isoformat(),
            "days": str(figures_on(clock.today()).silence_days),
        },
        dedupe_key=f"{template}:{record.pk}:{clock.now().timestamp()}",
    )
