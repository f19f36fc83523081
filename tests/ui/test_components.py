"""Every component with the context it documents: nothing inline, nothing pointing nowhere, nothing unescaped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.forms import formset_factory
from django.template.loader import render_to_string
from django.test.signals import template_rendered

from bids.templatetags.bids import problems
from tests.ui import samples
from tests.ui.conftest import ROOT, Painter
from tests.ui.markup import Page
from tests.ui.site_form import SiteForm, wrong_form

COMPONENTS = sorted(
    path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates/components").glob("*")
)
SAMPLES = {"components.html": samples.everything, "overview.html": samples.overview, "budget.html": samples.budget}
ERROR_PAGES = ["400", "403", "403_csrf", "404", "409", "413", "429", "500", "503"]
HOSTILE = "<script>alert(1)</script>\"' style=x"


def test_the_samples_show_every_component(painter: Painter) -> None:
    shown: set[str] = set()

    def note(sender: Any, template: Any, **kwargs: Any) -> None:
        shown.add(template.name)

    template_rendered.connect(note)
    try:
        for name, context in SAMPLES.items():
            painter.page(name, **context())
    finally:
        template_rendered.disconnect(note)
    assert sorted(name for name in shown if name and name.startswith("components/")) == COMPONENTS


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_holds_nothing_inline_and_points_at_what_is_there(painter: Painter, name: str, language: str) -> None:
    source = painter.page(name, language, **SAMPLES[name]())
    page = Page(source)
    assert page.refused == []
    assert page.dangling == set()
    assert f'<html lang="{language}"' in source


@pytest.mark.parametrize("name", ["overview.html", "budget.html"])
def test_no_id_stands_twice(painter: Painter, name: str) -> None:
    assert Page(painter.page(name, **SAMPLES[name]())).doubled == set()


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages_need_nobody_and_nothing(name: str) -> None:
    """They are rendered without a request too, when a fault leaves nothing else."""
    source = render_to_string(f"{name}.html", {})
    assert Page(source).refused == []
    assert re.search(r"<h1[^>]*>\s*\S", source)


def test_a_conflict_shows_both_texts(painter: Painter) -> None:
    source = painter.page("409.html", conflict=samples.conflict())
    assert 'value="445 500,00"' in source
    assert "440 000,00" in source
    assert "led by imec" in source
    assert "led by Cenaero" in source
    assert 'name="version" value="7"' in source
    assert '<input type="hidden" name="unit" value="month">' in source


def test_a_conflict_carries_what_it_does_not_show(painter: Painter) -> None:
    conflict = samples.conflict() | {"carried": [("phases-TOTAL_FORMS", "2")], "when": None}
    source = painter.page("409.html", conflict=conflict)
    assert '<input type="hidden" name="phases-TOTAL_FORMS" value="2">' in source
    assert "saved it on" not in source


def test_a_conflict_loses_no_empty_first_line(painter: Painter) -> None:
    conflict = samples.conflict()
    conflict["fields"][1]["mine"] = "\n\nBelow an empty line"
    assert ' rows="10">\n\n\nBelow an empty line</textarea>' in painter.page("409.html", conflict=conflict)


def test_a_page_without_sections_has_no_empty_column(painter: Painter) -> None:
    assert "<aside" not in painter.page("overview.html", **samples.overview() | {"sections": []})


def test_a_refusal_tells_its_reason(painter: Painter) -> None:
    source = painter.page("403.html", reason=samples.findings()[0].sentence)
    assert "Signed commitments cover €\xa012,000,000.00 of €\xa038,000,000.00." in source


def test_what_people_typed_is_escaped_everywhere(painter: Painter) -> None:
    """Each text of the samples in turn becomes an attack; the page never gains a tag or an attribute."""
    dirty = painter.page("components.html", **_poisoned(samples.everything()))
    assert Page(dirty).refused == []
    assert "<script>alert" not in dirty
    assert dirty.count("&lt;script&gt;alert(1)") > 40


def _poisoned(value: Any) -> Any:
    """The same context with every text of people replaced; addresses, states and words of ours stay."""
    if isinstance(value, dict):
        kept = ("url", "state", "here", "post_url", "retry_url", "status_url", "cancel_url", "why_url", "name")
        return {key: item if key in kept else _poisoned(item) for key, item in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(_poisoned(item) for item in value)
    return HOSTILE if type(value) is str else value


def test_the_title_says_error_first(painter: Painter) -> None:
    assert "<title>Error: Sites and machines – Tandem</title>" in painter.page(
        "components.html", **samples.everything()
    )
    assert "<title>Overview of BE-AIF – Tandem</title>" in painter.page("overview.html", **samples.overview())


def test_a_field_says_label_hint_error_then_input() -> None:
    html = str(wrong_form()["power"].as_field_group())
    places = [html.index(part) for part in ("<label", "id_power_helptext", "id_power_error", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_power_helptext id_power_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="money ds-input"' in html
    assert 'value="twelve"' in html


def test_a_group_of_buttons_is_named_by_its_legend() -> None:
    html = str(wrong_form()["language"].as_field_group())
    assert '<fieldset class="ds-fieldset" aria-describedby="id_language_error" id="id_language">' in html
    assert html.count('type="radio"') == 3
    assert '<label class="ds-label" for="id_language_2">German</label>' in html


def test_errors_lead_to_their_fields() -> None:
    found = problems(wrong_form(), errors=[{"sentence": samples.findings()[2].sentence, "href": "#x"}])
    assert [problem.href for problem in found] == ["#id_host", "#id_power", "#id_language_0", "#x"]
    assert found[1].text == "IT power (kW): Enter a number."


def test_errors_of_a_formset_are_found_too() -> None:
    forms = formset_factory(SiteForm, min_num=2, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Zellik"}
    )
    found = problems(formset=forms)
    assert found[0].href == "#id_form-0-host"
    assert "at least 2 forms" in found[-1].text


def test_counted_sections_are_those_without_errors(painter: Painter) -> None:
    assert painter.page("overview.html", **samples.overview()).count("3 of 9 sections complete") == 2


def test_the_language_links_lead_back_to_the_same_page(painter: Painter) -> None:
    source = painter.page("overview.html", "nl", **samples.overview())
    assert 'href="/language/fr/?next=%2Foverview.html%3Fpage%3D2" lang="fr" hreflang="fr"' in source
    assert '<span lang="nl" aria-current="true"' in source


def test_logging_out_is_a_form_with_a_token(painter: Painter) -> None:
    source = painter.page("overview.html", **samples.overview())
    form = source[source.index('<form method="post" action="/accounts/log-out/">') :]
    assert "csrfmiddlewaretoken" in form[: form.index("</form>")]


def test_style_sheets_and_scripts_of_the_head_exist(painter: Painter) -> None:
    source = painter.page("overview.html", **samples.overview())
    files = re.findall(r'(?:href|src)="/(static/[^"]+)"', source)
    assert len(files) > 10
    assert [name for name in files if not Path(ROOT / name).exists()] == []


def test_the_guide_names_every_component() -> None:
    guide = (ROOT / "docs/how-to/add-a-page.md").read_text()
    assert sorted(set(re.findall(r"components/\w+\.html", guide))) == COMPONENTS
