"""What a plan is to care about first: policies, as an order of goals.

A policy scales the district's weights (RosterSettings) by the place that a goal has in its order. Filling the sessions
is no goal among others and is never scaled: no weight is raised above that of a place up to the target, unless the
district itself set it there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub
from scheduling.planning.models import Policy, Run
from scheduling.sessions.models import RosterSettings

GOALS: dict[str, tuple[str, ...]] = {
    "fair": ("fair_step", "unpopular", "shared"),
    "familiar": ("standing", "familiar"),
    "steady": ("keep", "add", "asked"),
    "wishes": ("wish", "buddy"),
    "near": ("travel_per_min",),
}
"""Each with the weights it stands for; wishes also with what a preferred kind counts."""
FACTORS = (4, 2, 1, 0.5, 0.25)
"""By the place in the order: one place further up is worth twice as much."""
PRESETS: dict[str, tuple[str, ...]] = {
    "balanced": (),
    "fair": ("fair", "wishes", "near", "familiar", "steady"),
    "familiar": ("familiar", "steady", "wishes", "near", "fair"),
    "steady": ("steady", "familiar", "near", "wishes", "fair"),
    "wishes": ("wishes", "near", "fair", "familiar", "steady"),
}
"""Balanced: the district's weights as they are."""
BALANCED, OWN = "balanced", "own"


@dataclass(frozen=True)
class Chosen:
    """A policy as a run keeps it: what it says may be changed later, what the plan was made by may not."""

    code: str
    goals: tuple[str, ...]
    hub: int | None = None
    """Whose own it is."""
    name: str = ""
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "goals": list(self.goals)}


def presets() -> list[Chosen]:
    return [Chosen(code, goals) for code, goals in PRESETS.items()]


def own_of(row: Policy) -> Chosen | None:
    return Chosen(OWN, tuple(row.goals), row.hub_id, row.name, row.sentence) if row.goals else None


def choose(policy: str, hubs: Collection[Hub]) -> Chosen:
    """`policy`: a preset's code; "hub:3" for that site's own, which has to be among `hubs`; "" for the one that all of
    `hubs` usually plan by, balanced where they differ."""
    if policy in PRESETS:
        return Chosen(policy, PRESETS[policy])
    rows = {row.hub_id: row for row in Policy.objects.filter(hub__in=hubs)}
    if not policy:
        usual = {_usual(rows.get(hub.pk)) for hub in hubs}
        return usual.pop() if len(usual) == 1 else Chosen(BALANCED, ())
    for pk, row in rows.items():
        if policy == f"hub:{pk}" and (own := own_of(row)):
            return own
    raise Refused("unknown_policy", policy=policy)


def chosen_by(run: Run) -> Chosen:
    """What a run was made by; runs from before there were policies went by the district's weights."""
    return Chosen(**{**run.policy, "goals": tuple(run.policy["goals"])}) if run.policy else Chosen(BALANCED, ())


def _usual(row: Policy | None) -> Chosen:
    if row and row.usual == OWN and (own := own_of(row)):
        return own
    code = row.usual if row and row.usual in PRESETS else BALANCED
    return Chosen(code, PRESETS[code])


def under(settings: RosterSettings, goals: Sequence[str]) -> RosterSettings:
    """The district's figures as this order of goals has them; not to be saved."""
    figures = {field.attname: getattr(settings, field.attname) for field in RosterSettings._meta.concrete_fields}
    weights = dict(settings.weights)
    most = weights["target"]
    for goal, factor in zip(goals, FACTORS, strict=False):
        for name in GOALS[goal]:
            weights[name] = _scaled(weights[name], factor, most, whole=name != "travel_per_min")
        if goal == "wishes":
            figures["preferred_kind_score"] = _scaled(settings.preferred_kind_score, factor, most)
    return RosterSettings(**{**figures, "weights": weights})


def _scaled(weight: float, factor: float, most: float, *, whole: bool = True) -> float:
    """What counted at all still counts."""
    found = min(weight * factor, max(weight, most))
    return max(1, round(found)) if whole and weight else found


@transaction.atomic
def set_policy(
    *, hub: Hub, usual: str, name: str = "", sentence: str = "", goals: Sequence[str] = (), by: Person | None
) -> Policy:
    """What a site plans by unless told otherwise, and its own policy: every goal once, the first first; none at all
    for a site that has none of its own."""
    if goals and sorted(goals) != sorted(GOALS):
        raise Refused("goals_incomplete", goals=list(GOALS))
    if goals and not name.strip():
        raise Refused("policy_without_name")
    if usual not in PRESETS and not (usual == OWN and goals):
        raise Refused("unknown_policy", policy=usual)
    said = {"usual": usual, "name": name.strip(), "sentence": sentence.strip(), "goals": list(goals)}
    Hub.objects.select_for_update().get(pk=hub.pk)
    row, _ = Policy.objects.update_or_create(hub=hub, defaults=said)
    actor = by.pk if by else None
    append(action="policy.set", subject=row, actor_id=actor, hub_id=hub.pk, usual=usual, goals=list(goals))
    return row
