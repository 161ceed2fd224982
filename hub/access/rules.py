"""The one voice on permission: visible(actor, action, queryset), and may(...), which derives from it.

An app states its rules in its `permissions.py`:

    @rule(Session, "view")
    def view(actor: Actor) -> Q | None:     # None: nothing; Q(): everything
        ...

What no rule mentions is denied.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from hub.access.actor import Actor
from hub.errors import Refused

M = TypeVar("M", bound=Model)
Rule = Callable[[Actor], Q | None]

_rules: dict[tuple[type[Model], str], Rule] = {}


def rule(model: type[Model], *actions: str) -> Callable[[Rule], Rule]:
    def register(function: Rule) -> Rule:
        for action in actions:
            if (model, action) in _rules:
                raise RuntimeError(f"two rules for {action} {model.__name__}")
            _rules[model, action] = function
        return function

    return register


def visible(actor: Actor, action: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows of `queryset` on which `actor` may do `action`."""
    allowed = _rules.get((queryset.model, action))
    condition = allowed(actor) if allowed else None
    return queryset.none() if condition is None else queryset.filter(condition)


def may(actor: Actor, action: str, thing: Model) -> bool:
    return visible(actor, action, type(thing)._default_manager.filter(pk=thing.pk)).exists()


def fetch(actor: Actor, action: str, queryset: QuerySet[M], pk: int) -> M:
    """The row with this key, when `actor` may do `action` on it. Refused("not_found") otherwise: what one may not see
    does not exist."""
    row = visible(actor, action, queryset).filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", model=queryset.model._meta.model_name, id=pk)
    return row
