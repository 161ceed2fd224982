from django.apps import AppConfig

from hub.live.topics import topic_check


class SessionsConfig(AppConfig):
    name = "scheduling.sessions"
    label = "scheduling_sessions"

    def ready(self) -> None:
        from scheduling.sessions.topics import may_listen_to_hub

        topic_check("hub", may_listen_to_hub)
