"""Which tests are run on each database: those that may ask it something; and what all tests share."""

from __future__ import annotations

import gc

import pytest

from tests.services import asks_a_database


def test_one_that_opens_no_database_would_say_the_same_on_each(request: pytest.FixtureRequest) -> None:
    assert not asks_a_database(request.node)


@pytest.mark.django_db
def test_one_with_a_mark_asks(request: pytest.FixtureRequest) -> None:
    assert asks_a_database(request.node)


@pytest.mark.usefixtures("bid")
def test_one_whose_characters_stand_in_a_database_asks(request: pytest.FixtureRequest) -> None:
    assert asks_a_database(request.node)


@pytest.mark.postgres
def test_one_that_starts_processes_on_postgresql_asks(request: pytest.FixtureRequest) -> None:
    assert asks_a_database(request.node)


def test_what_was_there_before_the_first_test_is_no_garbage() -> None:
    assert gc.get_freeze_count() > 100_000
