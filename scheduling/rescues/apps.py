from importlib import import_module

from django.apps import AppConfig


class RescuesConfig(AppConfig):
    name = "scheduling.rescues"
    label = "rescues"

    def ready(self) -> None:
        import_module("scheduling.rescues.receivers")
