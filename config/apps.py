"""The app that wires the others; it has no tables."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
