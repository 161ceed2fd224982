from importlib import import_module

from django.apps import AppConfig


class CutoffsConfig(AppConfig):
    name = "scheduling.cutoffs"
    label = "cutoffs"

    def ready(self) -> None:
        import_module("scheduling.cutoffs.covering")
        import_module("scheduling.cutoffs.due")
        import_module("scheduling.cutoffs.receivers")
