"""Feed addresses live outside the API: calendar programs fetch them."""

from django.urls import URLPattern, path

from scheduling.calendars.views import calendar, open_calendar

urlpatterns: list[URLPattern] = [
    path("calendar/hubs/<int:hub_id>.ics", open_calendar, name="open_calendar"),
    path("calendar/<str:token>.ics", calendar, name="calendar"),
]
