"""Pytest's entry: the plugin that knows which services the machine has."""

pytest_plugins = ("tests.services",)
