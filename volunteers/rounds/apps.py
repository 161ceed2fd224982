from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "volunteers.rounds"
    label = "rounds"
