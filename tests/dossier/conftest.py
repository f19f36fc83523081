"""Dossiers that many tests read are set once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bids.dossier.build import build_pdf
from bids.dossier.source import Built
from tests.dossier import sample
from tests.dossier.authorities import Authority, open_authority
from tests.dossier.paper import Paper


@pytest.fixture(scope="session")
def built() -> Built:
    """The submission of the small bid."""
    return build_pdf(sample.small())


@pytest.fixture
def authority() -> Iterator[Authority]:
    """A signing service and a time-stamping authority on this machine."""
    with open_authority() as authority:
        yield authority


@pytest.fixture(scope="session")
def paper(built: Built) -> Paper:
    return Paper(built.pdf)


@pytest.fixture(scope="session")
def draft_paper() -> Paper:
    """A draft of the small bid, marked as a demonstration."""
    return Paper(build_pdf(sample.draft(is_demo=True)).pdf)
