from django.apps import AppConfig


class SeriesConfig(AppConfig):
    name = "scheduling.series"
    label = "series"
