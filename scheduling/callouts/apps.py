from importlib import import_module

from django.apps import AppConfig


class CalloutsConfig(AppConfig):
    name = "scheduling.callouts"
    label = "callouts"

    def ready(self) -> None:
        from hub.notify.replies import answered_by_reply
        from scheduling.callouts.answers import CallOutQuestion

        answered_by_reply("callout", CallOutQuestion())
        import_module("scheduling.callouts.receivers")
