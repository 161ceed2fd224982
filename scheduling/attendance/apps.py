from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "scheduling.attendance"
    label = "attendance"
