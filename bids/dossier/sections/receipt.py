"""The receipt of a round: what was received when and under which number, with every file by its digest."""

from __future__ import annotations

from typing import Any

from bids.dossier.sections.assurance import check_code, digest_groups
from bids.dossier.source import Source


def fill(source: Source) -> dict[str, Any]:
    documents = [document for document in source.facts.documents if document.sha256]
    return {"groups": digest_groups(source.digest), "code": check_code(source), "documents": documents}
