from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "scheduling.incidents"
    label = "incidents"
