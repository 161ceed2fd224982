from importlib import import_module

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "scheduling.bookings"
    label = "bookings"

    def ready(self) -> None:
        from hub.notify.replies import answered_by_reply
        from scheduling.bookings.turns import TurnQuestion

        answered_by_reply("turn", TurnQuestion())
        import_module("scheduling.bookings.receivers")
        import_module("scheduling.bookings.care_notes")
