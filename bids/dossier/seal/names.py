"""What a certificate is called: the name of its holder, with the organisation where it names one."""

from __future__ import annotations

from asn1crypto import x509

LONGEST = 200


def name_of(certificate: x509.Certificate) -> str:
    """`Seal of the desk, FPS Economy`; else everything the subject says."""
    told = certificate.subject.native
    parts = dict.fromkeys(str(told[part]) for part in ("common_name", "organization_name") if told.get(part))
    return (", ".join(parts) or certificate.subject.human_friendly)[:LONGEST]
