from importlib import import_module

from django.apps import AppConfig

from hub.live.topics import topic_check


class SessionsConfig(AppConfig):
    name = "scheduling.sessions"
    label = "scheduling_sessions"

    def ready(self) -> None:
        import_module("scheduling.sessions.receivers")
        topics = import_module("scheduling.sessions.topics")
        topic_check("hub", topics.may_listen_to_hub)
        topic_check("team", topics.may_listen_to_team)
