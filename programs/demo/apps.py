from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "programs.demo"
    label = "demo"

    def ready(self) -> None:
        from programs.demo.faces import register_faces

        register_faces()
