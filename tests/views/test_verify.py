"""The public check page: known or not, which round, when; nothing of any bid."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.models import Bid, Picture
from tests import factories


def ask(client: Client, sha256: str) -> tuple[int, str]:
    answer = client.get(reverse("verify", args=[sha256]))
    return answer.status_code, answer.text


def test_anybody_may_check_a_dossier(client: Client, bid: Bid, ada: User) -> None:
    frozen = factories.a_snapshot(bid, ada)
    seal = factories.a_seal(factories.a_dossier(frozen))
    for digest, words in (
        (frozen.sha256, "the frozen text of a round"),
        (seal.file_sha256, "the file of a dossier, without a seal"),
        (seal.sealed_sha256, "the sealed file of a dossier"),
    ):
        status, page = ask(client, digest.upper())
        assert status == 200
        assert "This digest is known" in page
        assert words in page
        assert "<dt>Round</dt><dd>1</dd>" in page
        for secret in (bid.reference, bid.title, "imec", "Ada"):
            assert secret not in page


def test_the_page_leads_from_each_of_the_three_digests_to_the_others(client: Client, bid: Bid, ada: User) -> None:
    frozen = factories.a_snapshot(bid, ada)
    seal = factories.a_seal(factories.a_dossier(frozen), certificate="Seal of the desk", is_test=False, is_stamped=True)
    page = ask(client, seal.sealed_sha256)[1]
    assert "Seal of the desk" in page
    assert "TEST" not in page
    assert "with the time stamp of an authority" in page
    assert seal.file_sha256 in page
    assert frozen.sha256 in page
    assert seal.sealed_sha256 in ask(client, seal.file_sha256)[1]


def test_a_test_seal_says_so(client: Client, bid: Bid, ada: User) -> None:
    seal = factories.a_seal(factories.a_dossier(factories.a_snapshot(bid, ada)))
    assert "TEST: this seal proves nothing to anybody" in ask(client, seal.sealed_sha256)[1]


def test_a_seal_stays_known_when_the_dossier_is_made_again(client: Client, bid: Bid, ada: User) -> None:
    dossier = factories.a_dossier(factories.a_snapshot(bid, ada))
    former = factories.a_seal(dossier, file_sha256="fb" * 32)
    factories.a_seal(dossier)
    for digest in (former.sealed_sha256, former.file_sha256):
        assert ask(client, digest)[0] == 200


def test_a_draft_is_known_too(client: Client, bid: Bid) -> None:
    status, page = ask(client, factories.a_picture(bid).sha256)
    assert (status, "the working copy a draft was made from" in page) == (200, True)


def test_a_damaged_source_is_told(client: Client, bid: Bid) -> None:
    picture = factories.a_picture(bid)
    Picture.objects.filter(pk=picture.pk).update(text="{}")
    assert "its source is damaged" in ask(client, picture.sha256)[1]


@pytest.mark.parametrize(("sha256", "words"), [("0" * 64, "not known"), ("abc", "no digest"), ("x" * 64, "no digest")])
@pytest.mark.django_db
def test_what_is_not_ours_is_said(client: Client, sha256: str, words: str) -> None:
    status, page = ask(client, sha256)
    assert (status, words in page) == (404, True)


@pytest.mark.django_db
def test_a_digest_can_be_pasted_as_printed(client: Client) -> None:
    url = reverse("verify-ask")
    assert "Digest (SHA-256)" in client.get(url).text
    printed = " ".join(["ABCDEF01"] * 8)
    assert client.get(url, {"digest": printed}).headers["Location"] == reverse("verify", args=["abcdef01" * 8])
    assert "That is no digest" in client.get(url, {"digest": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in client.get(url, {"digest": "<script>alert(1)</script>"}).text
