"""Wiring: settings, doors, servers and the worker; no sense of its own."""

from config.celery import app as celery_app

__all__ = ("celery_app",)
