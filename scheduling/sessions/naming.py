"""Who or what is held elsewhere, by name: for those alone who may change the session, and so see its people.

Rules and refusals carry ids; names are put beside them where an answer is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hub.people.models import Person
from hub.places.models import Kit

HOLDERS = {"person": Person, "kit": Kit}


def named(facts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """With `who`, the name of the person or kit that is held. Two queries at most."""
    found = [dict(one) for one in facts]
    held = [str(one.get("resource", "")).partition(":") for one in found]
    for kind, model in HOLDERS.items():
        wanted = {int(pk) for of, _, pk in held if of == kind}
        names = dict(model._default_manager.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
        for one, (of, _, pk) in zip(found, held, strict=True):
            if of == kind and int(pk) in names:
                one["who"] = names[int(pk)]
    return found
