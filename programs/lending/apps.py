from __future__ import annotations

import datetime as dt
from importlib import import_module

from programs.kinds import FamilyDay, Kind, KindApp


def _family_days(family: int, first: dt.date, last: dt.date) -> list[FamilyDay]:
    from programs.lending.circulation.days import family_days

    return family_days(family, first, last)


class LendingConfig(KindApp):
    name = "programs.lending"
    label = "lending"
    kinds = (Kind("lending", "借书", for_children=True, announced=True, family_days=_family_days),)

    def ready(self) -> None:
        super().ready()
        import_module("programs.lending.covers")
