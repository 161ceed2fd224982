from importlib import import_module

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "scheduling.bookings"
    label = "bookings"

    def ready(self) -> None:
        import_module("scheduling.bookings.receivers")
        import_module("scheduling.bookings.care_notes")
