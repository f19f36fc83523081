"""Uploaded PDFs: kept when they are nothing but pages, refused with a sentence when they are anything else."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bids.actions import files
from bids.actions.files import NotAccepted, keep_pdf
from bids.models import StoredFile

pytestmark = pytest.mark.django_db


def a_pdf(pages: int = 1, change: Any = None, **saving: Any) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    if change:
        change(pdf)
    written = io.BytesIO()
    pdf.save(written, **saving)
    return written.getvalue()


def upload(content: bytes, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_a_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp/>"))


def with_launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


def with_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"hello")


def test_a_plain_pdf_is_kept_under_its_digest_with_its_pages(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    stored = keep_pdf(upload(a_pdf(3), "../../etc/x.pdf"))
    assert (stored.pages, stored.is_intact()) == (3, True)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {stored.sha256}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a PDF"),
        (b"PK\x03\x04 a zip", "not a PDF"),
        (b"%PDF-1.7\nbroken", "can't be read"),
        (a_pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "password"),
        (a_pdf(encryption=pikepdf.Encryption(owner="o", user="")), "password"),
        (a_pdf(change=with_script), "script"),
        (a_pdf(change=with_a_form), "script"),
        (a_pdf(change=with_launch), "another program"),
        (a_pdf(change=with_a_file), "other files inside"),
    ],
)
def test_anything_else_is_refused_and_not_kept(content: bytes, words: str) -> None:
    with pytest.raises(NotAccepted, match=words):
        keep_pdf(upload(content))
    assert not StoredFile.objects.exists()


def test_a_file_that_is_too_large_or_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.MAX_DOCUMENT_BYTES = 100
    with pytest.raises(NotAccepted, match="1 MB"):
        keep_pdf(upload(a_pdf()))
    settings.MAX_DOCUMENT_BYTES = 10_000
    monkeypatch.setattr(files, "MOST_PAGES", 2)
    with pytest.raises(NotAccepted, match="3 pages"):
        keep_pdf(upload(a_pdf(3)))
