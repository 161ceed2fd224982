from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "scheduling.bookings"
    label = "bookings"
