"""Clients that act as a person, without walking through the sign-in."""

from __future__ import annotations

from django.test import Client

from hub.access.actor import SESSION_KEY
from hub.people.models import Person, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_for(person: Person) -> Client:
    client = Client()
    client.force_login(User.objects.for_phone(person.phone), backend=BACKEND)
    session = client.session
    session[SESSION_KEY] = person.pk
    session.save()
    return client
