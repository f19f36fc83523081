"""The permit table: every act with its roles, states and conditions."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bids.rulebook.permits import describe


class Command(BaseCommand):
    help = "Print who may do what, in which state, on which conditions."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(describe.as_data(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(describe.as_page())
