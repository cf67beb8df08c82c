"""How does Django know this package?"""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "handrail.base"
    label = "base"

    def ready(self) -> None:
        from django.urls import register_converter

        from handrail.base.ids import PublicIdConverter

        register_converter(PublicIdConverter, "id")
