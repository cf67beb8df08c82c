"""How does Django know this package?"""

from django.apps import AppConfig


class PostcardsConfig(AppConfig):
    name = "tests.fences.postcards"
    label = "postcards"
