from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "scheduling.board"
    label = "board"
