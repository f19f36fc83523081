"""A bid file that is wrong: the place, and a sentence that says what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bids import bidfile, callfile
from tests.bidfile.documents import changed, small


def problems_of(document: Any, *, under_call: bool = False) -> list[str]:
    with pytest.raises(bidfile.Unreadable) as refused:
        bidfile.read(document, calls=callfile.shipped() if under_call else None)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("format",), "tandem-bid/2", '$.format: This must be "tandem-bid/1", but is "tandem-bid/2".'),
        (("title",), "", "$.title: This may not be empty."),
        (("title",), None, "$.title: Write a text here, in quotes."),
        (("title",), "x" * 501, "$.title: This text has 501 characters; at most 500 are allowed."),
        (("title",), "a\x07b", "$.title: This text holds control characters. Remove them."),
        (("title",), "a\ud800b", "$.title: This text holds control characters. Remove them."),
        (("budgte",), [], '$.budgte: "budgte" is not a field here. Did you mean budget?'),
        (("odd name",), 1, '$["odd name"]: "odd name" is not a field here.'),
        (("budget", 0, "ammount"), "1.00", '$.budget[0].ammount: "ammount" is not a field here. Did you mean amount?'),
        (
            ("budget", 0, "amount"),
            445500.0,
            '$.budget[0].amount: Write "445500.0" as text, such as "1250.00": a JSON number can lose digits.',
        ),
        (
            ("budget", 0, "amount"),
            445500,
            '$.budget[0].amount: Write "445500" as text, such as "1250.00": a JSON number can lose digits.',
        ),
        (
            ("budget", 0, "amount"),
            "445500.005",
            '$.budget[0].amount: "445500.005" has more than 2 decimals. Round it yourself.',
        ),
        (("budget", 0, "amount"), "-0.01", '$.budget[0].amount: "-0.01" is below zero. Write 0 or more.'),
        (
            ("budget", 0, "amount"),
            "445 500,00",
            '$.budget[0].amount: "445 500,00" is not a decimal: write digits and a point, such as "1250.00".',
        ),
        (
            ("budget", 0, "amount"),
            "4e5",
            '$.budget[0].amount: "4e5" is not a decimal: write digits and a point, such as "1250.00".',
        ),
        (
            ("budget", 0, "amount"),
            "NaN",
            '$.budget[0].amount: "NaN" is not a decimal: write digits and a point, such as "1250.00".',
        ),
        (
            ("budget", 0, "amount"),
            "1.00\n",
            '$.budget[0].amount: "1.00\N{REPLACEMENT CHARACTER}" is not a decimal: '
            'write digits and a point, such as "1250.00".',
        ),
        (("budget", 0, "amount"), "0445500", '$.budget[0].amount: "0445500" starts with a zero too many. Remove it.'),
        (
            ("budget", 0, "amount"),
            "1000000000000000",
            '$.budget[0].amount: "1000000000000000" is too large. Write at most 15 digits.',
        ),
        (
            ("budget", 0, "unit_cost"),
            "1.00001",
            '$.budget[0].unit_cost: "1.00001" has more than 4 decimals. Round it yourself.',
        ),
        (
            ("rates",),
            {"acquisition": "0.1234567"},
            '$.rates.acquisition: "0.1234567" has more than 6 decimals. Round it yourself.',
        ),
        (
            ("rates",),
            {"operation": "50"},
            '$.rates.operation: "50" is above 1. A share is written as a part of one: "0.50" for 50 %.',
        ),
        (("sites", 0, "latitude"), "90.5", '$.sites[0].latitude: "90.5" is out of range. Write at most 90.'),
        (
            ("budget", 0, "year"),
            "2026",
            "$.budget[0].year: Write a whole number here, without quotes and without a point.",
        ),
        (
            ("budget", 0, "year"),
            True,
            "$.budget[0].year: Write a whole number here, without quotes and without a point.",
        ),
        (("duration_months",), 0, '$.duration_months: "0" is out of range: write 1 to 1200.'),
        (
            ("budget", 1, "pricing", "life_months"),
            0,
            '$.budget[1].pricing.life_months: "0" is out of range: write 1 to 1200.',
        ),
        (
            ("partners", 0, "state_money"),
            "12345678901234567890",
            '$.partners[0].state_money: "12345678901234567890" is too large. Write at most 15 digits.',
        ),
        (("budget", 0, "year"), 20260, '$.budget[0].year: "20260" is out of range: write 1990 to 2100.'),
        (
            ("budget", 0, "funded_elsewhere"),
            1,
            "$.budget[0].funded_elsewhere: Write true or false here, without quotes.",
        ),
        (
            ("budget", 0, "stream"),
            "service",
            '$.budget[0].stream: "service" is not a word known here. Did you mean services?',
        ),
        (
            ("partners", 0, "role"),
            7,
            '$.partners[0].role: "7" is not a word known here. '
            "Known are: coordinator, beneficiary, affiliated, associated.",
        ),
        (
            ("starts_on",),
            "2026-02-30",
            '$.starts_on: "2026-02-30" is not a day: write year, month and day, such as "2026-03-01".',
        ),
        (
            ("starts_on",),
            "01/03/2026",
            '$.starts_on: "01/03/2026" is not a day: write year, month and day, such as "2026-03-01".',
        ),
        (
            ("partners", 0, "key"),
            "not a key",
            '$.partners[0].key: "not a key" is not a key: '
            "write 1 to 32 letters, digits, points, dashes or underscores.",
        ),
        (("partners", 0), "imec", "$.partners[0]: Write an object here, in curly brackets."),
        (("partners",), {}, "$.partners: Write a list here, in square brackets."),
        (
            ("partners", 0, "country"),
            "EL",
            '$.partners[0].country: EL is the Union\'s own code: write "GR", it is printed as EL.',
        ),
        (
            ("sites", 0, "country"),
            "UK",
            '$.sites[0].country: UK is the Union\'s own code: write "GB", it is printed as UK.',
        ),
        (
            ("partners", 0, "country"),
            "Belgium",
            '$.partners[0].country: "Belgium" is no country: write its code of ISO 3166-1, such as "BE".',
        ),
        (
            ("partners", 0, "region"),
            "EL-I",
            '$.partners[0].region: EL is the Union\'s own code: write "GR", it is printed as EL.',
        ),
        (
            ("partners", 0, "region"),
            "Wallonia",
            '$.partners[0].region: "Wallonia" is not a region: write its code of ISO 3166-2, such as "BE-WAL".',
        ),
        (
            ("documents", 0, "sha256"),
            "ABC",
            '$.documents[0].sha256: "ABC" is not a SHA-256 digest: write 64 hexadecimal digits in small letters.',
        ),
        (
            ("budget", 0, "alternative_of"),
            "BE-AIFA-2025",
            '$.budget[0].alternative_of: "BE-AIFA-2025" names no line of another bid: write REFERENCE#line-key.',
        ),
        (
            ("budget", 1, "pricing", "kind"),
            "leasing",
            '$.budget[1].pricing.kind: "leasing" is not a kind known here. '
            "Known are: personnel, person_months, sme_owner, depreciation, full_cost, energy.",
        ),
        (
            ("budget", 1, "pricing"),
            {"kind": "full_cost", "price": "1.00"},
            "$.budget[1].pricing.share_of_use: share_of_use is missing.",
        ),
    ],
)
def test_a_value_that_is_wrong(path: tuple[str | int, ...], value: Any, problem: str) -> None:
    assert problem in problems_of(changed(path, value))


def test_a_json_number_is_repeated_as_it_stands_in_the_file() -> None:
    text = json.dumps(small()).replace('"445500.00"', "445500.000000000000000001")
    assert problems_of(text) == [
        '$.budget[0].amount: Write "445500.000000000000000001" as text, such as "1250.00": '
        "a JSON number can lose digits."
    ]


@pytest.mark.parametrize("pricing", [{}, {"price": "1.00"}])
def test_a_formula_says_which_it_is(pricing: dict[str, Any]) -> None:
    assert problems_of(changed(("budget", 1, "pricing"), pricing)) == [
        "$.budget[1].pricing.kind: kind is missing. "
        "Known are: personnel, person_months, sme_owner, depreciation, full_cost, energy."
    ]


def test_a_formula_is_an_object() -> None:
    assert problems_of(changed(("budget", 1, "pricing"), "depreciation")) == [
        "$.budget[1].pricing: Write an object here, in curly brackets."
    ]


@pytest.mark.parametrize("name", ["format", "call", "title"])
def test_what_every_file_needs(name: str) -> None:
    document = small()
    del document[name]
    assert problems_of(document) == [f"$.{name}: {name} is missing."]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        (("partners", 0, "affiliated_to"), "partners"),
        (("sites", 0, "host"), "partners"),
        (("links", 0, "from"), "sites"),
        (("links", 0, "to"), "sites"),
        (("work_packages", 0, "lead"), "partners"),
        (("budget", 0, "partner"), "partners"),
        (("budget", 0, "site"), "sites"),
        (("budget", 0, "work_package"), "work packages"),
        (("commitments", 0, "document"), "documents"),
        (("documents", 0, "partner"), "partners"),
    ],
)
def test_a_pointer_to_nothing_is_refused_by_name(path: tuple[str | int, ...], section: str) -> None:
    place = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    (problem,) = problems_of(changed(path, "nobody"))
    assert problem.startswith(f'{place}: "nobody" is not among the {section} of this bid.')


def test_the_nearest_key_is_offered() -> None:
    assert problems_of(changed(("budget", 0, "partner"), "cenareo")) == [
        '$.budget[0].partner: "cenareo" is not among the partners of this bid. Did you mean cenaero?'
    ]


def test_pointers_inside_lists_and_maps_are_checked() -> None:
    document = small()
    document["risks"][0]["work_packages"] = ["wp1", "wp9"]
    document["work_packages"][0]["effort"] = {"imce": "1"}
    document["work_packages"][0]["tasks"] = [{"key": "t1", "lead": "nobody"}]
    document["work_packages"][0]["deliverables"] = [{"key": "d1", "lead": "nobody"}]
    assert [problem.split(":")[0] for problem in problems_of(document)] == [
        "$.work_packages[0].effort.imce",
        "$.work_packages[0].tasks[0].lead",
        "$.work_packages[0].deliverables[0].lead",
        "$.risks[0].work_packages[1]",
    ]


def test_pointers_to_a_section_that_can_not_be_read_are_left_in_peace() -> None:
    assert problems_of(changed(("sites",), "none")) == ["$.sites: Write a list here, in square brackets."]


@pytest.mark.parametrize(
    ("section", "entries", "place"),
    [
        ("partners", [{"key": "a"}, {"key": "a"}], "$.partners[1].key"),
        ("sites", [{"key": "s", "phases": [{"key": "p"}, {"key": "p"}]}], "$.sites[0].phases[1].key"),
        ("sites", [{"key": "s", "machines": [{"key": "m"}, {"key": "m"}]}], "$.sites[0].machines[1].key"),
        (
            "work_packages",
            [{"key": "w", "milestones": [{"key": "m"}, {"key": "m"}]}],
            "$.work_packages[0].milestones[1].key",
        ),
        ("chapters", [{"key": "1"}, {"key": "1", "language": "en"}], "$.chapters[1].key"),
        ("indicators", [{"key": "k"}, {"key": "k"}], "$.indicators[1].key"),
    ],
)
def test_a_key_stands_once_in_its_list(section: str, entries: list[Any], place: str) -> None:
    document = {"format": "tandem-bid/1", "call": "X", "title": "X", section: entries}
    (problem,) = problems_of(document)
    assert problem.startswith(f"{place}: The key ")
    assert problem.endswith(" stands here a second time. Give each entry its own.")


def test_a_chapter_may_stand_once_in_each_language() -> None:
    chapters = [{"key": "1", "language": language} for language in ("en", "fr", "nl", "de")]
    assert len(bidfile.read(small(chapters=chapters)).chapters) == 4


@pytest.mark.parametrize(
    ("affiliations", "problems"),
    [
        ({"a": "a"}, ["$.partners[0].affiliated_to: This affiliation goes round in a circle: a → a."]),
        ({"a": "b", "b": "a"}, ["$.partners[0].affiliated_to: This affiliation goes round in a circle: a → b → a."]),
        (
            {"a": "b", "b": "c", "c": "b"},
            ["$.partners[0].affiliated_to: This affiliation goes round in a circle: b → c → b."],
        ),
    ],
)
def test_affiliations_do_not_go_round(affiliations: dict[str, str], problems: list[str]) -> None:
    partners = [{"key": key, "affiliated_to": affiliations.get(key)} for key in "abc"]
    document = {"format": "tandem-bid/1", "call": "X", "title": "X", "partners": partners}
    assert problems_of(document) == problems


def test_an_affiliate_of_an_affiliate_is_no_circle() -> None:
    partners = [{"key": "a", "affiliated_to": "b"}, {"key": "b", "affiliated_to": "c"}, {"key": "c"}]
    assert len(bidfile.read({"format": "tandem-bid/1", "call": "X", "title": "X", "partners": partners}).partners) == 3


def test_everything_wrong_comes_at_once() -> None:
    document = changed(("budget", 0, "amount"), "1,00")
    document["sites"][0]["host"] = "nobody"
    document["surprise"] = True
    assert [problem.split(":")[0] for problem in problems_of(document)] == [
        "$.surprise",
        "$.budget[0].amount",
        "$.sites[0].host",
    ]


def test_after_a_hundred_problems_the_rest_is_counted() -> None:
    lines = [{"key": f"L{number}", "amount": "1,00", "surprise": 1} for number in range(100)]
    problems = problems_of(small(budget=lines))
    assert len(problems) == 101
    assert problems[-1] == "$: 100 more problems are not listed."
