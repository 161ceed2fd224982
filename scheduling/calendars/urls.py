"""Feed addresses live outside the API: calendar programs fetch them."""

from django.urls import URLPattern, path

from scheduling.calendars.views import calendar

urlpatterns: list[URLPattern] = [path("calendar/<str:token>.ics", calendar, name="calendar")]
