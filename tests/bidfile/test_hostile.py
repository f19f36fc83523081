"""Files made to break the reader: each is answered with a sentence, quickly."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from bids import bidfile, callfile
from bids.bidfile import document
from tests.bidfile.documents import small

START = b'{"format": "tandem-bid/1", "call": "GENERIC-HE-RIA", "title": "x"'


def problem_of(content: str | bytes) -> str:
    begun = time.monotonic()
    with pytest.raises(bidfile.Unreadable) as refused:
        bidfile.read(content, calls=callfile.shipped())
    assert time.monotonic() - begun < 10
    return str(refused.value.problems[0])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "$: The file is not JSON: it can't be read from line 1, column 1."),
        (b"not json", "$: The file is not JSON: it can't be read from line 1, column 1."),
        (b'{"a": 1,}', "$: The file is not JSON: it can't be read from line 1, column 9."),
        (START, f"$: The file is not JSON: it can't be read from line 1, column {len(START) + 1}."),
        (b"[]", "$: The file is not a bid: it must be one object, in curly brackets."),
        (b"null", "$: The file is not a bid: it must be one object, in curly brackets."),
        (b'"x"', "$: The file is not a bid: it must be one object, in curly brackets."),
        (b"\xef\xbb\xbf{}", "$: The file starts with a byte order mark. Save it as UTF-8 without one."),
        ("\ufeff{}", "$: The file starts with a byte order mark. Save it as UTF-8 without one."),
        ("{}".encode("utf-16"), "$: The file is not written in UTF-8: byte 1 can't be read. Save it as UTF-8."),
        (
            START + b', "acronym": "\xff"}',
            "$: The file is not written in UTF-8: byte 80 can't be read. Save it as UTF-8.",
        ),
        (b"{}\0", "$: The file holds NUL characters. It is no text file."),
        (START + b', "duration_months": NaN}', '$: The file holds a number that can\'t be read: "NaN".'),
        (START + b', "duration_months": -Infinity}', '$: The file holds a number that can\'t be read: "-Infinity".'),
        (
            START + b', "duration_months": ' + b"9" * 5000 + b"}",
            f'$: The file holds a number that can\'t be read: "{"9" * 59}…".',
        ),
        (b"[" * 200_000, "$: The file nests lists and objects deeper than 50. It can't be a bid."),
        (b'{"a":' * 200_000, "$: The file nests lists and objects deeper than 50. It can't be a bid."),
        (
            START + b', "keywords": ' + b"[" * 60 + b"]" * 60 + b"}",
            "$: The file nests lists and objects deeper than 50. It can't be a bid.",
        ),
        (b"[" + b"[]," * 1_000_001, "$: The file holds more than 1000000 lists and objects. It can't be a bid."),
        (
            START + b', "abstract": "' + b"x" * document.LARGEST + b'"}',
            "$: The file is larger than 20 MiB. A bid file holds text, not enclosures.",
        ),
        (
            START + b', "duration_months": 1e999999999999}',
            "$.duration_months: Write a whole number here, without quotes and without a point.",
        ),
        (START + b', "title": "y"}', "$.title: This name stands here more than once. Keep one of them."),
        (
            START + b', "rates": {"operation": null, "operation": "0.50"}}',
            "$.rates.operation: This name stands here more than once. Keep one of them.",
        ),
        (
            START + b', "work_packages": [{"key": "w", "effort": {"a": "1", "a": "2"}}]}',
            "$.work_packages[0].effort.a: This name stands here more than once. Keep one of them.",
        ),
    ],
    ids=range(24),
)
def test_a_sentence_and_no_crash(content: str | bytes, problem: str) -> None:
    assert problem_of(content) == problem


def with_lines(count: int, **changes: Any) -> bytes:
    lines = [{"key": f"L{number}", "amount": "1.00", **changes} for number in range(count)]
    return json.dumps(small(budget=lines)).encode()


def test_a_hundred_thousand_lines_are_answered_at_once() -> None:
    assert problem_of(with_lines(100_000)) == (
        "$.budget: This list has 100000 entries; at most 20000 are read. Sum some of them up."
    )


def test_twenty_thousand_good_lines_are_read() -> None:
    begun = time.monotonic()
    assert len(bidfile.read(with_lines(20_000), calls=callfile.shipped()).budget) == 20_000
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "changes",
    [
        {"partner": "nobody"},
        {"surprise": 1},
        {"stream": "srevices"},
        {"category": "X9", "stream": "services"},
        {"key": "one"},
    ],
    ids=str,
)
def test_twenty_thousand_wrong_lines_are_answered_quickly(changes: dict[str, Any]) -> None:
    begun = time.monotonic()
    with pytest.raises(bidfile.Unreadable) as refused:
        bidfile.read(with_lines(20_000, **changes), calls=callfile.shipped())
    assert time.monotonic() - begun < 10
    assert str(refused.value.problems[-1]).endswith("more problems are not listed.")


def test_many_partners_and_unknown_pointers_are_answered_quickly() -> None:
    partners = [{"key": f"p{number}", "affiliated_to": f"p{number + 1}"} for number in range(19_999)]
    lines = [{"key": f"L{number}", "partner": f"q{number}"} for number in range(20_000)]
    content = json.dumps(small(partners=partners, budget=lines, sites=[], links=[], work_packages=[], risks=[]))
    assert "is not among the partners of this bid." in problem_of(content)


def test_many_unknown_names_of_one_object_are_answered_quickly() -> None:
    assert problem_of(json.dumps(small(**{f"name{number}": 1 for number in range(100_000)}))).startswith("$.name0: ")
    repeated = b", ".join(b'"n%d": 1' % (number % 50_000) for number in range(100_000))
    assert "more than once" in problem_of(START + b", " + repeated + b"}")


def test_what_somebody_wrote_is_repeated_short_and_on_one_line() -> None:
    (problem,) = refusal(small(surprise=1, **{"\x1b[31m\n" + "x" * 10_000: 1}))[1:]
    assert len(problem) < 250
    assert problem.isprintable()


def refusal(content: Any) -> list[str]:
    with pytest.raises(bidfile.Unreadable) as refused:
        bidfile.read(content)
    return [str(problem) for problem in refused.value.problems]


def test_a_number_of_another_library_is_refused_like_one_of_json() -> None:
    assert refusal(small(ownership_years=5.0)) == [
        "$.ownership_years: Write a whole number here, without quotes and without a point."
    ]
    assert refusal(small(economic_use_share=float("nan")))[0].startswith('$.economic_use_share: Write "nan" as text')


@pytest.mark.parametrize("value", [1.5, 2.0, 1e3])
def test_numbers_with_a_point_are_never_taken_for_text(value: float) -> None:
    assert refusal(json.dumps(small(acronym=value))) == ["$.acronym: Write a text here, in quotes."]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(bidfile.Unreadable, match=r'The file "none\.json" can\'t be read: No such file or directory\.'):
        bidfile.read_file(tmp_path / "none.json")
    with pytest.raises(bidfile.Unreadable, match="Is a directory"):
        bidfile.read_file(tmp_path)


def test_an_endless_file_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(bidfile.Unreadable, match="larger than 20 MiB"):
        bidfile.read_file("/dev/zero")
