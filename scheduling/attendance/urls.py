"""The tablet's worker lives outside the API: browsers fetch it."""

from django.urls import URLPattern, path

from scheduling.attendance.views import worker

urlpatterns: list[URLPattern] = [path("device/worker.js", worker, name="device_worker")]
