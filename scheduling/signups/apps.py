from importlib import import_module

from django.apps import AppConfig


class SignupsConfig(AppConfig):
    name = "scheduling.signups"
    label = "signups"

    def ready(self) -> None:
        from hub.notify.replies import answered_by_reply
        from scheduling.signups.announce import ROSTER
        from scheduling.signups.answers import RosterQuestion

        import_module("scheduling.signups.receivers")
        answered_by_reply(ROSTER, RosterQuestion())
