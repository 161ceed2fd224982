from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class PeopleConfig(AppConfig):
    name = "hub.people"
    label = "people"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from hub.notify.recipients import use_directory
        from hub.people.me import greet
        from hub.people.recipients import behind, look_up

        user_logged_in.connect(greet, dispatch_uid="hub.people.greet")
        use_directory(look_up, behind)
        import_module("hub.people.own_parts")
        import_module("hub.people.plumbing_parts")
        # Every app's my_data: what it keeps about people.
        autodiscover_modules("my_data")
