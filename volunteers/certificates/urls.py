"""The published keys lie outside the API: anybody fetches them, once."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from volunteers.certificates.keys import published


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(published(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="renqi-certificates.pem"'
    return response


urlpatterns: list[URLPattern] = [path("verify/keys.pem", keys, name="certificate-keys")]
