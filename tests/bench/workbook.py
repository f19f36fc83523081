"""A bid's budget as a workbook, out and in again: `python -m tests.bench.workbook REFERENCE` prints JSON."""

from __future__ import annotations

import json
import resource
import sys

import django

if __name__ == "__main__":
    django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.models import Bid
from tests.bench.subjects import COORDINATOR
from tests.bench.timing import processor
from tests.workbook.reading import renamed


def main(reference: str) -> None:
    bid = Bid.objects.get(reference=reference)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=COORDINATOR))
    began = processor()
    content = client.get(reverse("bids:budget-workbook", args=[reference])).content
    written = processor() - began
    lines = bid.budget_lines.count()
    file = SimpleUploadedFile("budget.xlsx", renamed(content, lines))
    began = processor()
    answer = client.post(reverse("bids:budget-import", args=[reference]), {"file": file}, follow=True)
    read = processor() - began
    assert answer.redirect_chain, answer
    assert "Line 2, renamed" in answer.text
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"lines": lines, "written": written, "read": read, "reader": reader}))


if __name__ == "__main__":
    main(sys.argv[1])
