import datetime as dt

from programs.kinds import Kind, KindApp


def on_weekend(start: dt.datetime) -> bool:
    return start.weekday() >= 5


class CanteenConfig(KindApp):
    name = "programs.canteen"
    label = "canteen"
    kinds = (Kind("meal", "送餐", is_unpopular=on_weekend),)
