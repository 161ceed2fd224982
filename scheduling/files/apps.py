from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "scheduling.files"
    label = "files"

    def ready(self) -> None:
        for module in ("asking", "months", "photos"):
            import_module(f"scheduling.files.{module}")
