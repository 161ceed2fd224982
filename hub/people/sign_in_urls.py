"""The endpoints of the accounts library that are in use: ask for a code, confirm it, am I in, out again.

Listed one by one. Its others (change of phone, passwords, signing up) have no place here and stay unmounted.
"""

from allauth.headless.account import views
from allauth.headless.constants import Client
from django.urls import path

from hub.people.sign_in import ConfirmCode

urlpatterns = [
    path("browser/v1/auth/code/request", views.RequestLoginCodeView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/code/confirm", ConfirmCode.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/session", views.SessionView.as_api_view(client=Client.BROWSER)),
]
