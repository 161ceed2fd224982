"""A family's books: what each reader has, waits for and may do about a title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from hub.access.actor import Actor
from hub.errors import Refused
from hub.places.models import Hub
from programs.lending.circulation.copies import LIVING
from programs.lending.circulation.loans import why_not_renew
from programs.lending.circulation.models import Hold, LendingFigures, Loan, Step
from programs.lending.circulation.readers import Reader, own_families, own_readers, readers_of
from programs.lending.circulation.snail import Snail, snails_of
from programs.lending.models import Copy, Title

SHOWN_STEPS = 12


@dataclass(frozen=True)
class MyLoan:
    loan: Loan
    not_renewable: Refused | None


@dataclass(frozen=True)
class MyHold:
    hold: Hold
    ahead: int = 0


@dataclass
class ReaderBooks:
    reader: Reader
    loans: list[MyLoan] = field(default_factory=list)
    """What is due first, first."""
    holds: list[MyHold] = field(default_factory=list)
    """What is to be fetched first, then by how long they wait."""
    snail: Snail | None = None


@dataclass(frozen=True)
class HubLine:
    hub: Hub
    copies: int
    on_shelf: int
    waiting: int


@dataclass(frozen=True)
class TitleForMe:
    hubs: list[HubLine]
    readers: list[Reader]
    holds: list[MyHold]


def my_books(actor: Actor) -> list[ReaderBooks]:
    """As many queries for any number of readers and books."""
    families = own_families(actor)
    found = {reader.person.pk: ReaderBooks(reader) for reader in readers_of(families)}
    for one in judged(Loan.objects.filter(ended="", reader__in=found)):
        found[one.loan.reader_id].loans.append(one)
    for hold in with_places(Hold.objects.filter(reader__in=found, state__in=Hold.ACTIVE)):
        found[hold.hold.reader_id].holds.append(hold)
    snails = snails_of([pk for pk, books in found.items() if books.reader.child])
    for pk, snail in snails.items():
        found[pk].snail = snail
    return list(found.values())


def judged(loans: QuerySet[Loan]) -> list[MyLoan]:
    """With what speaks against renewing each: three queries."""
    rows = list(loans.select_related("copy__title", "copy__hub", "hub", "reader").order_by("due_on", "pk"))
    figures = LendingFigures.current()
    titles = {row.copy.title_id for row in rows}
    waited_for = set(Hold.objects.filter(title__in=titles, state=Hold.State.WAITING).values_list("title", flat=True))
    return [
        MyLoan(row, why_not_renew(row, others_wait=row.copy.title_id in waited_for, figures=figures)) for row in rows
    ]


def with_places(holds: QuerySet[Hold]) -> list[MyHold]:
    """With how many wait before each: two queries."""
    rows = list(holds.select_related("title", "hub", "session__program", "reader"))
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    waiting = Hold.objects.filter(title__in={row.title_id for row in rows}, state=Hold.State.WAITING)
    for title, hub, pk in waiting.order_by("pk").values_list("title", "hub", "pk"):
        lines[title, hub].append(pk)

    def ahead(row: Hold) -> int:
        return lines[row.title_id, row.hub_id].index(row.pk) if row.state == Hold.State.WAITING else 0

    order = {state: place for place, state in enumerate((Hold.State.READY, Hold.State.TRAVELING))}
    rows.sort(key=lambda row: (order.get(Hold.State(row.state), len(order)), row.pk))
    return [MyHold(row, ahead(row)) for row in rows]


def title_for(actor: Actor, title: Title) -> TitleForMe:
    """Where it stands, who waits for it where, and which of mine do."""
    readers = own_readers(actor)
    mine = Hold.objects.filter(title=title, reader__in=[one.person.pk for one in readers], state__in=Hold.ACTIVE)
    return TitleForMe(lines_of(title), readers, with_places(mine))


def lines_of(title: Title) -> list[HubLine]:
    """Each hub that has it: two queries."""
    copies = Copy.objects.filter(title=title, state__in=LIVING).values("hub")
    counted = copies.annotate(all=Count("pk"), free=Count("pk", filter=Q(state=Copy.State.ON_SHELF))).order_by("hub")
    here = {row["hub"]: row for row in counted}
    waiting = Hold.objects.filter(title=title, state=Hold.State.WAITING).values("hub")
    lines = {row["hub"]: row["all"] for row in waiting.annotate(all=Count("pk")).order_by("hub")}
    hubs = Hub.objects.filter(pk__in=[*here, *lines]).order_by("name")
    none = {"all": 0, "free": 0}
    return [
        HubLine(hub, here.get(hub.pk, none)["all"], here.get(hub.pk, none)["free"], lines.get(hub.pk, 0))
        for hub in hubs
    ]


def latest_steps(children: Sequence[int]) -> dict[int, list[Step]]:
    """One query; a family has few children."""
    found: dict[int, list[Step]] = {child: [] for child in children}
    for step in Step.objects.filter(child__in=children).select_related("title").order_by("-pk"):
        if len(found[step.child_id]) < SHOWN_STEPS:
            found[step.child_id].append(step)
    return found
