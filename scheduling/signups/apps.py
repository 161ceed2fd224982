from importlib import import_module

from django.apps import AppConfig


class SignupsConfig(AppConfig):
    name = "scheduling.signups"
    label = "signups"

    def ready(self) -> None:
        from hub.notify.replies import answered_by_reply
        from scheduling.signups.announce import ROSTER
        from scheduling.signups.answers import RosterQuestion
        from scheduling.signups.served import Places
        from volunteers.hours.owed import use_schedule

        import_module("scheduling.signups.receivers")
        answered_by_reply(ROSTER, RosterQuestion())
        use_schedule(Places())
