from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "volunteers.hours"
    label = "hours"
