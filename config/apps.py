"""The app that wires the others; it has no tables."""

from django.apps import AppConfig

from config import checks, logs


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        logs.configure()
        checks.enrol()
