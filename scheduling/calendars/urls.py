"""Feed addresses live outside the API: calendar programs fetch them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
