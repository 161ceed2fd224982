from importlib import import_module

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "scheduling.attendance"
    label = "attendance"

    def ready(self) -> None:
        from scheduling.attendance.unrecorded import Places
        from volunteers.hours.owed import use_schedule

        use_schedule(Places())
        import_module("scheduling.attendance.missed")
        import_module("scheduling.attendance.receivers")
