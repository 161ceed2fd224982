from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class PeopleConfig(AppConfig):
    name = "hub.people"
    label = "people"

    def ready(self) -> None:
        from hub.people.me import greet

        user_logged_in.connect(greet, dispatch_uid="hub.people.greet")
