"""The receipt of a round as a PDF of its own: what was received, when, from whom, with every file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from bids import wording
from bids.actions.dossiers import request_dossier
from bids.dossier.build import build_pdf
from bids.dossier.contents import sections
from bids.dossier.html import Writer
from bids.dossier.rows import source_of
from bids.dossier.source import Source
from bids.models import Bid, Snapshot
from bids.rulebook.vocabulary import DossierKind, Language
from tests import factories
from tests.dossier import sample
from tests.dossier.paper import Paper


@pytest.fixture
def frozen(bid: Bid, ada: User) -> Snapshot:
    return factories.a_snapshot(bid, ada)


@pytest.fixture
def source(bid: Bid, frozen: Snapshot) -> Source:
    return source_of(request_dossier(bid, DossierKind.RECEIPT, Language.EN, by=None))


def test_a_receipt_has_one_section_and_tells_who_what_and_when(source: Source, frozen: Snapshot) -> None:
    (only,) = sections(source)
    written = str(Writer(source).section(only).text)
    for words in (
        frozen.receipt,
        "Ada",
        source.facts.title,
        f"{wording.in_brussels(frozen.received_at):%H:%M:%S} (Brussels)",
        wording.euro(source.assessment.total),
        wording.euro(source.assessment.eu),
        frozen.sha256[:16],
        f"/verify/{frozen.sha256}/",
        "sealed with a test certificate",
    ):
        assert words in written, words
    for document in source.facts.documents:
        assert document.sha256[:32] in written


def test_a_real_seal_is_not_called_a_test(source: Source) -> None:
    (only,) = sections(source)
    written = str(Writer(replace(source, is_test_seal=False)).section(only).text)
    assert "TEST" not in written
    assert "A PDF reader shows whose it is" in written


def test_nobody_is_named_on_other_paper(bid: Bid, frozen: Snapshot) -> None:
    assert source_of(request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=None)).submitted_by == ""


def test_a_receipt_is_a_page_without_cover_and_contents() -> None:
    given: dict[str, Any] = {"receipt": "BE-SMALL/1/0123ABCD", "submitted_by": "Ada", "is_test_seal": True}
    built = build_pdf(replace(sample.small(), kind=DossierKind.RECEIPT, **given))
    paper = Paper(built.pdf)
    assert built.pages == len(paper.pages) == 1
    assert "BE-SMALL/1/0123ABCD" in paper.pages[0]
    assert "Page 1 of 1" in paper.pages[0]
    assert [title for _, title, _ in paper.bookmarks()] == ["Proof of submission", "Receipt"]
    assert "TandemSeal" in paper.reader.get_fields()
