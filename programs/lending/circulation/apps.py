from importlib import import_module

from django.apps import AppConfig


class CirculationConfig(AppConfig):
    name = "programs.lending.circulation"
    label = "circulation"

    def ready(self) -> None:
        import_module("programs.lending.circulation.receivers")
