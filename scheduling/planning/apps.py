from importlib import import_module

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "scheduling.planning"
    label = "planning"

    def ready(self) -> None:
        from hub.live.topics import topic_check
        from scheduling.planning.listeners import may_follow

        topic_check("run", may_follow)
        import_module("scheduling.planning.tasks")
        import_module("scheduling.planning.group_tasks")
