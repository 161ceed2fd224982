from importlib import import_module

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "hub.notify"
    label = "notify"

    def ready(self) -> None:
        import_module("hub.notify.checks")
