from django.urls import include, path, re_path

from hub.config.api import api, nothing_here
from hub.config.page import page

urlpatterns = [
    # A number that no row can have.
    re_path(r"^api/(.*/)?-?\d{19,}(/|$)", nothing_here),
    path("api/", api.urls),
    path("api/<path:rest>", nothing_here),
    path("_allauth/", include("hub.people.sign_in_urls")),
    path("", include("hub.operations.urls")),
    path("", include("hub.notify.urls")),
    path("", include("scheduling.calendars.urls")),
    path("", include("volunteers.certificates.urls")),
    path("", include("scheduling.attendance.urls")),
    path("", include("programs.lending.urls")),
    # Every other address is the single page's: its router shows the screen or says that there is none.
    re_path(r"^(?!api/|_allauth/|static/|ws).*$", page),
]
