from importlib import import_module

from django.apps import AppConfig


class ResidencyConfig(AppConfig):
    name = "scheduling.residency"
    label = "residency"

    def ready(self) -> None:
        import_module("scheduling.residency.lagging")
        from hub.journal.attest import attest
        from scheduling.residency.closing import digests_of
        from scheduling.residency.models import Closing

        attest(Closing, digests_of)
