"""What an import would do, record by record: known titles are added to and filled in, never written over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.places.models import Hub
from programs.lending.importing.marc import looks_like_marc, read_marc
from programs.lending.importing.records import Record, Source, understand
from programs.lending.importing.tables import read_csv, read_xlsx
from programs.lending.models import Copy, Title
from programs.lending.titles import FIELDS, About, identity_of

AT_ONCE = 5_000


@dataclass(eq=False)
class Draft:
    """A title that records speak of, and what they add to it."""

    about: About
    title: Title | None = None
    """None while it is new."""
    filled: set[str] = field(default_factory=set)
    copies: list[tuple[int, str]] = field(default_factory=list)
    """New ones, by hub and sticker."""
    spoken_of: Counter[int] = field(default_factory=Counter)
    """Hub -> copies without a sticker that records have named so far."""


@dataclass
class Plan:
    source: Source
    drafts: list[Draft] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(record.outcome == outcome for record in self.source.records)

    @property
    def has_work(self) -> bool:
        return any(one.title is None or one.filled or one.copies for one in self.drafts)

    @property
    def hubs(self) -> set[int]:
        return {hub for draft in self.drafts for hub, _ in draft.copies}


def examine(data: bytes, *, actor: Actor | None = None, hub: Hub | None = None) -> Plan:
    """`actor` is who imports; none is the command line, which may do all. `hub` has the books whose record names none.

    Refused: what `read_xlsx` and `read_csv` refuse, nothing_in_it.
    """
    source = read(data)
    if not source.records:
        raise Refused("nothing_in_it")
    understand(source)
    plan = Plan(source)
    _Matching(plan, actor, hub).run()
    source.faults.sort(key=lambda one: one.row)
    return plan


def read(data: bytes) -> Source:
    if data.startswith(b"PK"):
        return read_xlsx(data)
    return read_marc(data) if looks_like_marc(data) else read_csv(data)


class _Matching:
    """Whom each record speaks of. What the database has is fetched before, in as many queries for one as for all."""

    def __init__(self, plan: Plan, actor: Actor | None, hub: Hub | None) -> None:
        self.plan, self.source, self.hub = plan, plan.source, hub
        self.good = [record for record in self.source.records if record.outcome != "refused"]
        self.hubs = self._hubs(actor)
        self.by_isbn: dict[str, Draft] = {}
        self.by_identity: dict[str, Draft] = {}
        self.stickers: dict[str, int] = {}
        """Sticker -> the row that named it, 0 for the catalog."""
        self.wearing: dict[str, Draft] = {}
        self.loose: dict[tuple[int, int], int] = {}
        """Title and hub -> copies without a sticker; lost ones, too, since whoever wrote the list still counts them."""
        self._load()

    def _hubs(self, actor: Actor | None) -> dict[str, int]:
        rows = Hub.objects.all() if actor is None else visible(actor, "keep_books", Hub.objects.all())
        return dict(rows.values_list("name", "pk"))

    def _load(self) -> None:
        stickers = {record.sticker for record in self.good if record.sticker}
        worn = [copy for some in _some(stickers) for copy in Copy.objects.filter(sticker__in=some)]
        isbns = {record.about.isbn for record in self.good if record.about.isbn}
        identities = {identity_of(record.about) for record in self.good}
        worn_by = {copy.title_id for copy in worn}
        wanted: list[tuple[str, set[Any]]] = [("isbn", isbns), ("identity", identities), ("pk", worn_by)]
        titles = {
            title.pk: title
            for column, values in wanted
            for some in _some(values)
            for title in Title.objects.filter(**{f"{column}__in": some})
        }
        drafts = {}
        for pk in sorted(titles):
            title = titles[pk]
            draft = drafts[pk] = Draft(About(**{name: getattr(title, name) for name in FIELDS}), title)
            if title.isbn:
                self.by_isbn[title.isbn] = draft
            self.by_identity.setdefault(title.identity, draft)
        for copy in worn:
            self.stickers[copy.sticker or ""] = 0
            self.wearing[copy.sticker or ""] = drafts[copy.title_id]
        loose: Counter[tuple[int, int]] = Counter()
        for some in _some(titles):
            rows = Copy.objects.filter(title__in=some, sticker=None)
            loose.update(rows.values_list("title_id", "hub_id"))
        self.loose = dict(loose)

    def run(self) -> None:
        touched: dict[Draft, None] = {}
        for record in self.good:
            draft = self._take(record)
            if draft:
                touched[draft] = None
        self.plan.drafts = list(touched)

    def _take(self, record: Record) -> Draft | None:
        hub = self._hub(record)
        if hub is None:
            return None
        earlier = self.stickers.get(record.sticker) if record.sticker else None
        if earlier:
            self.source.fault(record, "sticker", "sticker_twice", other=earlier)
            return None
        draft = self._known(record.about)
        if earlier == 0 and self.wearing[record.sticker] is not draft:
            self.source.fault(record, "sticker", "sticker_worn", name=self.wearing[record.sticker].about.name)
            return None
        record.outcome = "merged" if draft else "imported"
        if draft is None:
            draft = Draft(record.about)
            self._remember(draft)
        changed = self._fill(draft, record) | self._add_copies(draft, record, hub)
        if not changed and record.outcome == "merged":
            record.outcome = "same"
        return draft

    def _hub(self, record: Record) -> int | None:
        if not record.hub:
            if self.hub is None:
                self.source.fault(record, "hub", "hub_missing")
                return None
            return self.hub.pk
        found = self.hubs.get(record.hub)
        if found is None:
            self.source.fault(record, "hub", "hub_unknown", name=record.hub)
        return found

    def _known(self, about: About) -> Draft | None:
        """By ISBN; else by name, authors, publisher and year, unless both have an ISBN of their own."""
        found = self.by_isbn.get(about.isbn) if about.isbn else None
        if found is None:
            found = self.by_identity.get(identity_of(about))
            if found and about.isbn and found.about.isbn:
                return None
        return found

    def _remember(self, draft: Draft) -> None:
        if draft.about.isbn:
            self.by_isbn[draft.about.isbn] = draft
        self.by_identity.setdefault(identity_of(draft.about), draft)

    def _fill(self, draft: Draft, record: Record) -> bool:
        if record.outcome == "imported":
            return True
        said = asdict(record.about)
        before = set(draft.filled)
        for name, value in said.items():
            kept = getattr(draft.about, name)
            if not value or value == kept:
                continue
            if kept:
                self.source.differs(record, name, kept)
            else:
                draft.about = replace(draft.about, **{name: value})
                draft.filled.add(name)
        self._remember(draft)
        return draft.filled != before

    def _add_copies(self, draft: Draft, record: Record, hub: int) -> bool:
        """A sticker is one copy. Without one, the file's records say how many there are: what lacks is added."""
        if record.sticker:
            if record.sticker in self.stickers:
                return False
            self.stickers[record.sticker] = record.row
            draft.copies.append((hub, record.sticker))
            return True
        before = draft.spoken_of[hub]
        draft.spoken_of[hub] += record.count
        there = self.loose.get((draft.title.pk, hub), 0) if draft.title else 0
        new = max(0, draft.spoken_of[hub] - max(before, there))
        draft.copies += [(hub, "")] * new
        return new > 0


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    everything = sorted(values, key=str)
    for start in range(0, len(everything), AT_ONCE):
        yield everything[start : start + AT_ONCE]


def by_outcome(plan: Plan) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for record in plan.source.records:
        counts[record.outcome] += 1
    return {outcome: counts[outcome] for outcome in ("imported", "merged", "same", "refused")}
