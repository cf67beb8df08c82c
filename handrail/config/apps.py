"""How does Django know this package?"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    name = "handrail.config"
    label = "config"

    def ready(self) -> None:
        autodiscover_modules("tasks")  # the worker must know what runs by the clock
