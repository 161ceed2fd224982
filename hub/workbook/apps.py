from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "hub.workbook"
    label = "workbook"
