"""A seal that is configured by half is refused by name, before a dossier waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from config import sealing
from config.checks import TAG, refuse_a_worker_that_can_t_seal

PKCS11 = {"module": "/usr/lib/p11.so", "token": "desk", "key": "seal", "secret_file": "/run/pin"}
REMOTE = {"url": "https://seal.example", "credential": "seal-1", "secret_file": "/run/token"}


@pytest.fixture
def configured(settings: Any) -> Any:
    def configure(maker: str, **terms: str) -> list[int]:
        settings.SEAL = maker
        settings.SEAL_TERMS = dict.fromkeys(settings.SEAL_TERMS, "") | terms
        return [number for number, _, _ in sealing.faults()]

    return configure


@pytest.mark.parametrize(
    ("maker", "terms", "numbers"),
    [
        ("test", {}, []),
        ("gold", {}, [30]),
        ("remote", REMOTE, []),
        ("remote", REMOTE | {"url": "http://127.0.0.1:9000"}, []),
        ("remote", REMOTE | {"url": "http://seal.example"}, [32]),
        ("remote", REMOTE | {"url": "seal.example"}, [32]),
        ("remote", REMOTE | {"stamp_url": "ftp://tsa.example"}, [33]),
        ("remote", REMOTE | {"stamp_url": "http://tsa.example"}, []),
        *[("remote", REMOTE | {name: ""}, [31]) for name in REMOTE],
        ("remote", {}, [31, 31, 31]),
    ],
)
def test_what_is_missing_is_named(configured: Any, maker: str, terms: dict[str, str], numbers: list[int]) -> None:
    assert configured(maker, **terms) == numbers


@pytest.mark.parametrize("name", PKCS11)
def test_a_token_needs_all_of_its_words(configured: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sealing, "find_spec", lambda package: package)
    assert configured("pkcs11", **PKCS11) == []
    assert configured("pkcs11", **PKCS11 | {name: ""}) == [31]


def test_a_token_needs_its_package(configured: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "find_spec", lambda package: None)
    assert configured("pkcs11", **PKCS11) == [34]


def test_every_process_says_it_but_only_the_worker_needs_the_secret(configured: Any, tmp_path: Path) -> None:
    configured("remote", **REMOTE | {"url": ""})
    (problem,) = checks.run_checks(tags=[TAG])
    assert (problem.id, "SEAL_REMOTE_URL is not set" in problem.msg) == ("tandem.E031", True)
    configured("remote", **REMOTE | {"secret_file": str(tmp_path / "token")})
    assert checks.run_checks(tags=[TAG]) == []
    with pytest.raises(ImproperlyConfigured, match=r"SEAL_SECRET_FILE=.* can't be read by the worker"):
        refuse_a_worker_that_can_t_seal()
    (tmp_path / "token").write_text("t")
    refuse_a_worker_that_can_t_seal()
