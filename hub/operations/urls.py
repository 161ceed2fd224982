from django.urls import path

from hub.operations.health import healthz

urlpatterns = [path("healthz", healthz, name="healthz")]
