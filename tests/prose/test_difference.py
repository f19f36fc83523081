"""What changed between two texts, passage by passage and word by word."""

from __future__ import annotations

from bids.prose.difference import Compared, compare, compare_words


def changed(before: str, after: str) -> list[str]:
    return [each.html for each in compare(before, after) if not each.is_same]


def test_a_text_that_stayed_has_no_mark() -> None:
    html = "<h2>Machine</h2><p>It has <strong>256</strong> nodes.</p><ul><li>one</li></ul>"
    assert compare(html, html) == [
        Compared("heading", "Machine", True),
        Compared("text", "It has <strong>256</strong> nodes.", True),
        Compared("item", "one", True),
    ]


def test_only_the_words_that_differ_are_marked() -> None:
    before = "<p>The machine has <strong>256</strong> nodes in Zellik.</p>"
    after = "<p>The machine has <strong>288</strong> nodes in Zellik and Charleroi.</p>"
    assert changed(before, after) == [
        "The machine has <del><strong>256</strong></del><ins><strong>288</strong></ins> nodes in Zellik"
        "<ins> and Charleroi</ins>."
    ]


def test_a_passage_that_came_and_one_that_went_are_whole() -> None:
    before = "<p>Alpha beta gamma.</p><p>Old words alone.</p>"
    after = "<p>Alpha beta gamma.</p><p>Nothing like it here, at all.</p>"
    assert changed(before, after) == [
        "<del>Old words alone.</del>",
        "<ins>Nothing like it here, at all.</ins>",
    ]


def test_a_changed_emphasis_is_a_change() -> None:
    assert changed("<p>One two.</p>", "<p>One <em>two</em>.</p>") == ["One <del>two</del><ins><em>two</em></ins>."]


def test_rows_of_a_table_are_compared_by_their_cells() -> None:
    before = "<table><tr><th>Part</th><th>kW</th></tr><tr><td>Zellik</td><td>600</td></tr></table>"
    after = before.replace("600", "700")
    assert [(each.style, each.html, each.is_same) for each in compare(before, after)] == [
        ("row", "Part | kW", True),
        ("row", "Zellik | <del>600</del><ins>700</ins>", False),
    ]


def test_where_a_link_leads_is_compared_too() -> None:
    before = '<p>See <a href="https://a.example/">here</a>.</p>'
    after = '<p>See <a href="https://b.example/">here</a>.</p>'
    assert changed(before, after) == ["See here (https://<del>a</del><ins>b</ins>.example/)."]


def test_what_people_typed_stays_text() -> None:
    assert compare_words("a < b", "a <script> b") == "a &lt;<ins>script&gt;</ins> b"
    assert changed("<p>x</p>", "<p>x &amp; <script>y</script></p>") == ["x<ins> &amp;</ins>"]


def test_of_a_long_line_only_the_surroundings_of_a_change_are_told() -> None:
    many = " ".join(f"word{number}" for number in range(100))
    told = compare_words(f"{many} old", f"{many} new")
    assert told == " … " + " ".join(f"word{number}" for number in range(88, 100)) + " <del>old</del><ins>new</ins>"


def test_two_long_passages_are_told_as_wholes_instead_of_costing_minutes() -> None:
    before, after = ("<p>" + " ".join(f"{letter}{number}" for number in range(1100)) + "</p>" for letter in "ab")
    assert [html[:5] for html in changed(before, after)] == ["<del>", "<ins>"]
