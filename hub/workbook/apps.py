from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkbookConfig(AppConfig):
    name = "hub.workbook"
    label = "workbook"

    def ready(self) -> None:
        autodiscover_modules("sheets")
