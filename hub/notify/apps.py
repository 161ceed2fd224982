from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "hub.notify"
    label = "notify"
