from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "volunteers.hours"
    label = "hours"

    def ready(self) -> None:
        from hub.journal.attest import attest
        from volunteers.hours.digests import digests_of
        from volunteers.hours.models import ServiceRecord

        attest(ServiceRecord, digests_of)
