from django.apps import AppConfig


class SignupsConfig(AppConfig):
    name = "scheduling.signups"
    label = "signups"
