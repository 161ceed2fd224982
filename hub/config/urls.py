from django.urls import include, path, re_path

from hub.config.api import api
from hub.config.page import page

urlpatterns = [
    path("api/", api.urls),
    path("_allauth/", include("hub.people.sign_in_urls")),
    path("", include("hub.operations.urls")),
    path("", include("scheduling.calendars.urls")),
    # Every other address is the single page's: its router shows the screen or says that there is none.
    re_path(r"^(?!api/|_allauth/|static/|ws).*$", page),
]
