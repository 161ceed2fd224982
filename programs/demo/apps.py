from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "programs.demo"
    label = "demo"
