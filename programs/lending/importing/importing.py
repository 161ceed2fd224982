"""Writing what an import found, all in one transaction; what is refused stays out and says why."""

from __future__ import annotations

from dataclasses import asdict

from hub import clock
from hub.access.actor import Actor
from hub.journal.append import append
from hub.live.publish import publish
from hub.places.models import Hub
from hub.workbook.confirm import writing
from programs.lending.copies import CHANGED
from programs.lending.importing.plan import Draft, Plan, by_outcome, examine
from programs.lending.library import write_sought
from programs.lending.models import Copy, Title
from programs.lending.titles import FIELDS, identity_of

BATCH = 1_000


def import_books(
    *, data: bytes, hub: Hub | None = None, actor: Actor | None = None, dry_run: bool = False
) -> tuple[Plan, bool]:
    """The plan, and whether it was written. Refused: what `examine` refuses, changed_meanwhile."""
    if dry_run:
        return examine(data, actor=actor, hub=hub), False
    with writing():
        lock_hubs()
        plan = examine(data, actor=actor, hub=hub)
        write(plan, by=actor)
    return plan, True


def lock_hubs() -> None:
    """Two imports of the same list take turns, or books without an ISBN would come twice."""
    list(Hub.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def write(plan: Plan, *, by: Actor | None) -> None:
    """Belongs into the transaction that examined it."""
    if not plan.has_work:
        return
    now = clock.now()
    new = [draft for draft in plan.drafts if draft.title is None]
    for draft in new:
        draft.title = Title(**asdict(draft.about), identity=identity_of(draft.about), created_at=now, changed_at=now)
    Title.objects.bulk_create([_title(draft) for draft in new], batch_size=BATCH)
    filled = [draft for draft in plan.drafts if draft.filled]
    for draft in filled:
        title = _title(draft)
        for name in draft.filled:
            setattr(title, name, getattr(draft.about, name))
        title.identity, title.changed_at = identity_of(title), now
    Title.objects.bulk_update(
        [_title(draft) for draft in filled], [*FIELDS, "identity", "changed_at"], batch_size=BATCH
    )
    copies = [
        Copy(title=_title(draft), hub_id=hub, sticker=sticker or None, created_at=now, changed_at=now)
        for draft in plan.drafts
        for hub, sticker in draft.copies
    ]
    Copy.objects.bulk_create(copies, batch_size=BATCH)
    touched = [draft for draft in plan.drafts if draft.filled or draft.copies]
    write_sought([_title(draft) for draft in touched])
    hubs = sorted(plan.hubs)
    for hub in Hub.objects.filter(pk__in=hubs):
        append(
            action="books.imported",
            subject=hub,
            actor_id=by.person.pk if by else None,
            hub_id=hub.pk,
            copies=sum(one.hub_id == hub.pk for one in copies),
            **by_outcome(plan),
        )
    publish([f"hub:{hub}" for hub in hubs], CHANGED, hub=hubs)


def _title(draft: Draft) -> Title:
    if draft.title is None:
        raise RuntimeError("a draft is written before it is asked for its title")
    return draft.title
