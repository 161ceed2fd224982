from importlib import import_module

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "scheduling.board"
    label = "board"

    def ready(self) -> None:
        import_module("scheduling.board.receivers")
