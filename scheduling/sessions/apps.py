from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "scheduling.sessions"
    label = "scheduling_sessions"
