from importlib import import_module

from django.apps import AppConfig


class SignupsConfig(AppConfig):
    name = "scheduling.signups"
    label = "signups"

    def ready(self) -> None:
        import_module("scheduling.signups.receivers")
