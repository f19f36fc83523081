"""Why a figure is what it is: any figure of the assessment, for all who may read the bid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from django.test import Client

from accounts.models import User
from bids import snapshot
from bids.models import Bid
from bids.rulebook.funding import as_json, assess
from tests.views.budget_pages import HTMX, address, cells

NO_FIGURES = ("call", "rule_set", "trace")


def figures(told: Mapping[str, object], place: str = "") -> Iterator[str]:
    """Every figure of an assessment by its place."""
    for name, value in told.items():
        if name in NO_FIGURES or name in ("stream", "reason", "problem", "key"):
            continue
        if isinstance(value, Mapping):
            yield from figures(value, f"{place}{name}/")
        else:
            yield place + name


def test_every_figure_has_its_reasons(client: Client, bid: Bid, vic: User) -> None:
    client.force_login(vic)
    told = as_json(assess(snapshot.take(bid), snapshot.call_of(bid)))
    names = list(figures(told))
    assert len(names) > 80
    for name in names:
        answer = client.get(address("why", bid, figure=name), headers=HTMX)
        assert answer.status_code == 200, name
        assert 'class="reasons"' in answer.text, name


def test_a_page_tells_steps_inputs_source_and_who_changed_it_last(
    client: Client, bid: Bid, ada: User, fien: User
) -> None:
    client.force_login(fien)
    line = bid.budget_lines.get(key="L002")
    assert client.post(address("line-cells", bid, key="L002"), cells(line, description="Disks")).status_code == 302
    client.force_login(ada)
    text = client.get(address("why", bid, figure="lines/L002/eu")).text
    for words in (
        "Contribution of the Union: line L002",
        "Disks", "Depreciation", "to be confirmed", "last changed by Fien", "Before:",
        'aria-current="page">Contribution of the Union',
    ):  # fmt: skip
        assert words in text


def test_over_a_page_the_reasons_come_without_their_frame(client: Client, bid: Bid, vic: User) -> None:
    client.force_login(vic)
    text = client.get(address("why", bid, figure="total"), headers=HTMX).text
    assert "<html" not in text
    assert 'id="why-title"' in text


@pytest.mark.parametrize("name", ["nonsense", "lines/L999/eu", "lines/L001/colour", "partners//eu", "<script>"])
def test_an_unknown_figure_is_told_so(client: Client, bid: Bid, vic: User, name: str) -> None:
    client.force_login(vic)
    answer = client.get(address("why", bid, figure=name))
    assert answer.status_code == 404
    assert "This bid has no figure" in answer.text
    assert "<script>" not in answer.text.split("</head>")[1]


def test_a_stranger_is_told_nothing(client: Client, foreign_bid: Bid, ada: User, clara: User, bid: Bid) -> None:
    client.force_login(ada)
    assert client.get(address("why", foreign_bid, figure="total")).status_code == 404
    client.force_login(clara)
    assert client.get(address("why", bid, figure="total")).status_code == 403


@pytest.mark.parametrize("figure", ["total", "partners/imec/eu", "lines/L001/eu"])
def test_reasons_cost_the_same_at_any_length(
    client: Client, bid: Bid, vic: User, figure: str, django_assert_num_queries
) -> None:
    client.force_login(vic)
    with django_assert_num_queries(13):
        client.get(address("why", bid, figure=figure))
