from django.apps import AppConfig


class ClosuresConfig(AppConfig):
    name = "scheduling.closures"
    label = "closures"
