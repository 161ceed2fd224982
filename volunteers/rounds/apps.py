from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "volunteers.rounds"
    label = "rounds"

    def ready(self) -> None:
        from hub.live.topics import topic_check
        from volunteers.rounds.listeners import may_follow

        topic_check("round", may_follow)
