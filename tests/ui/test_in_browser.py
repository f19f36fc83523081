"""The pages in a real browser: accessible, inside the policy, never wider than the screen, alive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui import samples
from tests.ui.conftest import Painter
from tests.ui.stage import Stage, faults

pytestmark = pytest.mark.browser

SAMPLES = {"components": samples.everything, "overview": samples.overview, "budget": samples.budget}
WIDE, PHONE, ZOOMED = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 256}
ROTATION = [
    ("components", "en", WIDE, "light"),
    ("components", "de", PHONE, "dark"),
    ("overview", "fr", WIDE, "dark"),
    ("overview", "nl", PHONE, "light"),
    ("budget", "de", WIDE, "light"),
    ("budget", "en", PHONE, "dark"),
]
EVERYTHING = [
    (name, language, size, scheme)
    for name in SAMPLES
    for language in ("en", "fr", "nl", "de")
    for size in (WIDE, PHONE)
    for scheme in ("light", "dark")
]


@pytest.fixture
def stage(chromium: Any) -> Iterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def build(**context: Any) -> Stage:
        stages.append(Stage(chromium, **context))
        return stages[-1]

    yield build
    for one in stages:
        one.close()


def look(
    stage: Callable[..., Stage], painter: Painter, name: str, language: str, size: dict[str, int], scheme: str
) -> None:
    theatre = stage(viewport=size, color_scheme=scheme)
    page = theatre.open(painter.page(f"{name}.html", language, **SAMPLES[name]()))
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert theatre.minded == []
    assert faults(page) == []


@pytest.mark.parametrize(("name", "language", "size", "scheme"), ROTATION)
def test_a_page_is_accessible_inside_the_policy_and_as_wide_as_the_screen(
    stage: Callable[..., Stage], painter: Painter, name: str, language: str, size: dict[str, int], scheme: str
) -> None:
    look(stage, painter, name, language, size, scheme)


@pytest.mark.deep
@pytest.mark.parametrize(("name", "language", "size", "scheme"), EVERYTHING)
def test_every_page_in_every_language_size_and_scheme(
    stage: Callable[..., Stage], painter: Painter, name: str, language: str, size: dict[str, int], scheme: str
) -> None:
    look(stage, painter, name, language, size, scheme)


@pytest.mark.parametrize("name", SAMPLES)
def test_at_400_percent_nothing_scrolls_sideways_even_unfolded(
    stage: Callable[..., Stage], painter: Painter, name: str
) -> None:
    page = stage(viewport=ZOOMED).open(painter.page(f"{name}.html", "de", **SAMPLES[name]()))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_a_wide_screen_the_sections_stand_open(stage: Callable[..., Stage], painter: Painter) -> None:
    source = painter.page("overview.html", **samples.overview())
    wide, phone = stage(viewport=WIDE).open(source), stage(viewport=PHONE).open(source)
    link = "nav a >> text=Readiness"
    assert wide.is_visible(link)
    assert not phone.is_visible(link)
    phone.click("text=Sections of BE-AIF-2025")
    assert phone.is_visible(link)


def test_what_is_wrong_has_the_focus_and_leads_to_the_field(stage: Callable[..., Stage], painter: Painter) -> None:
    page = stage(viewport=WIDE).open(painter.page("components.html", **samples.everything()))
    assert page.evaluate("document.activeElement.className") == "ds-error-summary"
    page.click("text=IT power (kW): Enter a number.")
    assert page.evaluate("document.activeElement.id") == "id_power"


FOCUS = """() => {
    const one = document.activeElement, bar = document.querySelector(".save-bar");
    const {top, bottom} = one.getBoundingClientRect();
    // A text area may be taller than the room: what counts is the line that is typed in, its first one.
    const foot = one.matches("textarea") ? top + 32 : bottom;
    return one.closest("main") && !bar.contains(one) ? bar.getBoundingClientRect().top - foot : 0;
}"""


def test_the_save_bar_never_hides_the_focus(stage: Callable[..., Stage], painter: Painter) -> None:
    page = stage(viewport={"width": 1280, "height": 500}).open(painter.page("components.html", **samples.everything()))
    page.focus("#id_name")
    rooms = []
    for _ in range(16):
        page.keyboard.press("Tab")
        rooms.append(page.evaluate(FOCUS))
    assert min(rooms) >= 0


def test_unsaved_text_is_not_left_without_a_question(stage: Callable[..., Stage], painter: Painter) -> None:
    page = stage(viewport=WIDE).open(painter.page("components.html", **samples.everything()))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.fill("#id_cooling", "Direct liquid cooling")
    assert page.inner_text("#save-status") == "Not saved yet"
    page.evaluate("location.href = '/elsewhere'")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.input_value("#id_cooling") == "Direct liquid cooling"


def test_a_form_is_sent_once_however_often_it_is_pressed(stage: Callable[..., Stage], painter: Painter) -> None:
    theatre = stage(viewport=WIDE)
    source = painter.page("components.html", **samples.everything())
    page = theatre.open(source.replace('id="site-form" method="post"', 'id="site-form" method="post" action="/saved"'))
    page.evaluate("const button = document.querySelector('.save-bar button'); button.click(); button.click()")
    page.wait_for_url("**/saved")
    assert theatre.sent.count("POST /saved") == 1


def test_in_a_conflict_the_other_text_can_be_taken(stage: Callable[..., Stage], painter: Painter) -> None:
    page = stage(viewport=WIDE).open(painter.page("409.html", conflict=samples.conflict()))
    buttons = page.locator("text=Take this one")
    assert [buttons.nth(number).is_visible() for number in range(3)] == [True, True, True]
    buttons.nth(1).click()
    buttons.nth(2).click()
    assert page.input_value("#mine-category") == "B"
    assert (
        page.input_value("#mine-text")
        == "The consortium is led by Cenaero.\nDecisions are taken by the steering board."
    )


def test_the_server_tells_when_it_saved_and_a_toast_can_be_closed(
    stage: Callable[..., Stage], painter: Painter
) -> None:
    page = stage(viewport=WIDE).open(painter.page("components.html", **samples.everything()))
    page.evaluate("htmx.trigger(document.body, 'saved', {words: 'Saved 14:03'})")
    assert page.inner_text("#save-status") == "Saved 14:03"
    page.click("[data-close]")
    assert page.locator(".toast").count() == 0


def test_the_account_menu_closes_on_escape(stage: Callable[..., Stage], painter: Painter) -> None:
    page = stage(viewport=WIDE).open(painter.page("overview.html", **samples.overview()))
    page.click("summary:has-text('Ada Peeters')")
    assert page.is_visible("text=Log out")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=Log out")


def test_a_running_job_asks_again_by_itself(stage: Callable[..., Stage], painter: Painter) -> None:
    theatre = stage(viewport=WIDE)
    context = samples.everything()
    theatre.pages["/job"] = '<div class="job">Finished</div>'
    page = theatre.open(painter.page("components.html", **context))
    page.wait_for_selector("text=Finished", timeout=10_000)
    assert theatre.minded == []


def test_a_part_that_can_not_be_loaded_is_told_apart_from_a_failed_save(
    stage: Callable[..., Stage], painter: Painter
) -> None:
    theatre = stage(viewport=WIDE)
    theatre.failing["/job"] = 500
    page = theatre.open(painter.page("components.html", **samples.everything()))
    page.wait_for_selector("#trouble:not([hidden])", timeout=10_000)
    assert page.inner_text("#trouble").startswith("A part of this page could not be loaded.")


def test_a_broken_connection_is_told_and_the_text_stays(stage: Callable[..., Stage], painter: Painter) -> None:
    theatre = stage(viewport=WIDE)
    theatre.broken.add("/save")
    source = painter.page("components.html", **samples.everything())
    page = theatre.open(source.replace('id="site-form" method="post"', 'id="site-form" hx-post="/save"'))
    page.fill("#id_cooling", "Direct liquid cooling")
    page.click("text=Save and continue")
    page.wait_for_selector("#trouble:not([hidden])")
    assert page.inner_text("#trouble").startswith("There is no connection.")
    assert page.input_value("#id_cooling") == "Direct liquid cooling"


def test_pages_print_with_their_figures_and_without_their_buttons(
    stage: Callable[..., Stage], painter: Painter
) -> None:
    page = stage(viewport=WIDE).open(painter.page("budget.html", **samples.budget()))
    page.emulate_media(media="print")
    assert not page.is_visible(".save-bar")
    assert not page.is_visible(".bid-nav")
    assert page.is_visible("text=23,400,000.00")
    assert page.locator("td:has-text('11,700,000.00')").first.is_visible()


def test_arrows_and_enter_move_through_the_table_as_in_a_spreadsheet(
    stage: Callable[..., Stage], painter: Painter
) -> None:
    page = stage(viewport=WIDE).open(painter.page("budget.html", **samples.budget()))
    walk = []
    page.focus("[aria-label='Total, line L003']")
    for key in ("Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "Tab"):
        page.keyboard.press(key)
        walk.append(page.evaluate("document.activeElement.ariaLabel"))
    total = "Total, line L00"
    assert walk == [f"{total}4", f"{total}3", f"{total}4", "Category, line L004", f"{total}4"]


def test_inside_a_text_the_arrows_move_the_caret(stage: Callable[..., Stage], painter: Painter) -> None:
    page = stage(viewport=WIDE).open(painter.page("budget.html", **samples.budget()))
    field = "[aria-label='Description, line L003']"
    page.focus(field)
    page.evaluate("document.activeElement.setSelectionRange(3, 3)")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.selectionStart") == 4
    assert page.evaluate("document.activeElement.ariaLabel") == "Description, line L003"
