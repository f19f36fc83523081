"""The written bid: what is there, one chapter to read, one to write."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids import snapshot
from bids.actions.chapters import NOT_THERE_YET, write_chapter
from bids.actions.page_counts import request_count
from bids.forms.chapter import ChapterForm
from bids.models import Chapter
from bids.prose import refused
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Language
from bids.views.card import card
from bids.views.outline import Place, outline, place_of, text_of
from bids.views.page_count import pages_of
from bids.views.shared import Workspace, bid_url, get_bid, page, person, workspace


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_chapters(request: HttpRequest, reference: str) -> HttpResponse:
    """Every section of the call's template: its texts, who writes it, how far it is."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "chapters")
    named = Chapter.objects.filter(bid=bid).exclude(assigned_to=None)
    authors = dict(named.values_list("key", "assigned_to__short_name"))
    places = outline(work.facts, work.call, authors)
    writable = {place.key for place in places if work.may(Act.EDIT_CHAPTER, section=f"chapters/{place.key}")}
    one = {"section": f"chapters/{places[0].key}"} if places and not writable else {"somewhere": True}
    may_write = work.may(Act.EDIT_CHAPTER, **one)
    return page(
        request, work, "bids/chapter/list.html", places=places, writable=writable, may_write=may_write,
        may_assign=work.may(Act.MANAGE_PEOPLE),
        counts_pages=any(section.pages for section in work.call.template.sections),
    )  # fmt: skip


@declare(Act.READ_WORKING_COPY)
@require_safe
def read_chapter(request: HttpRequest, reference: str, key: str, language: str) -> HttpResponse:
    """A chapter as readers will see it."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "chapters")
    place, text = _place(work, key), text_of(work.facts, key, _known(language))
    may_write = work.may(Act.EDIT_CHAPTER, section=f"chapters/{key}")
    tabs = _languages(work, place, text.language, "chapter")
    return page(
        request, work, "bids/chapter/read.html", place=place, chapter=text, may_write=may_write, tabs=tabs,
        pages=pages_of(work, place, text.language),
    )  # fmt: skip


@declare(Act.EDIT_CHAPTER)
@require_http_methods(["GET", "POST"])
def edit_chapter(request: HttpRequest, reference: str, key: str, language: str) -> HttpResponse:
    """Write a chapter; the button "Preview" shows it without saving anything."""
    bid = get_bid(request, reference, to=Act.EDIT_CHAPTER, section=f"chapters/{key}")
    work = workspace(request, bid, "chapters")
    place, spoken = _place(work, key), _known(language)
    form = _form(request, work, place, spoken)
    if "preview" in request.POST:
        return _preview(request, work, form, place, spoken)
    if "count" in request.POST:
        return _count(request, work, form, place, spoken)

    def save() -> None:
        seen = form.cleaned_data.get("version") or NOT_THERE_YET
        write_chapter(bid, key, spoken, form.changes, seen=seen, by=person(request))

    more = _around(work, place, spoken)
    back = bid_url("chapter", bid, key=key, language=language)
    return card(request, work, form, save, back=back, template="bids/chapter/edit.html", **more)


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_pages(request: HttpRequest, reference: str, key: str, language: str) -> HttpResponse:
    """How many pages a chapter takes: a piece of the page, which asks again by itself while they are counted."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "chapters")
    place, spoken = _place(work, key), _known(language)
    if not getattr(request, "htmx", False):
        return redirect(bid_url("chapter", bid, key=key, language=language))
    return render(request, "bids/chapter/_pages.html", {"pages": pages_of(work, place, spoken)})


def _count(request: HttpRequest, work: Workspace, form: ChapterForm, place: Place, language: Language) -> HttpResponse:
    """Ask for the pages of the saved text; what is typed stays where it is."""
    request_count(work.bid, place.key, language, by=person(request))
    if getattr(request, "htmx", False):
        return render(request, "bids/chapter/_pages.html", {"pages": pages_of(work, place, language)})
    more = _around(work, place, language) | {"form": form}
    back = bid_url("chapter", work.bid, key=place.key, language=language)
    return page(request, work, "bids/chapter/edit.html", cancel_url=back, **more)


def _preview(
    request: HttpRequest, work: Workspace, form: ChapterForm, place: Place, language: Language
) -> HttpResponse:
    """The typed text as readers will see it, below the form or alone for htmx."""
    is_valid = form.is_valid()
    shown = {"preview": form.html if "text" in form.cleaned_data else None, "form": form}
    if getattr(request, "htmx", False):
        return render(request, "bids/chapter/_preview.html", shown, status=200 if is_valid else 422)
    more = _around(work, place, language) | shown
    back = bid_url("chapter", work.bid, key=place.key, language=language)
    return page(request, work, "bids/chapter/edit.html", cancel_url=back, **more)


def _form(request: HttpRequest, work: Workspace, place: Place, language: Language) -> ChapterForm:
    row = Chapter.objects.filter(bid=work.bid, key=place.key, language=language).first()
    source = text_of(work.facts, place.key, language).source
    return ChapterForm(
        request.POST or None,
        bid=work.bid,
        instance=row,
        title=place.title if language == work.facts.language else "",
        source=snapshot.digest(source.html) if source else None,
    )


def _around(work: Workspace, place: Place, language: Language) -> dict[str, Any]:
    """What stands around the form: the title, the other languages, the text to translate, what won't be kept."""
    text = text_of(work.facts, place.key, language)
    return {
        "title": f"{place.key} {place.title}",
        "place": place,
        "chapter": text,
        "tabs": _languages(work, place, language, "chapter-edit"),
        "pages": pages_of(work, place, language),
        "not_kept": refused(text.written.html) if text.written else [],
    }


def _languages(work: Workspace, place: Place, current: Language, name: str) -> list[dict[str, Any]]:
    begun = {text.language for text in place.texts if text.written}
    return [
        {
            "title": _(language.label)
            if language in begun
            else _("%(language)s (new)") % {"language": _(language.label)},
            "url": bid_url(name, work.bid, key=place.key, language=language),
            "current": language == current,
        }
        for language in Language
        if name == "chapter-edit" or language in begun or language == current
    ]


def _place(work: Workspace, key: str) -> Place:
    place = place_of(work.facts, work.call, key)
    if place is None:
        raise Http404
    return place


def _known(language: str) -> Language:
    try:
        return Language(language)
    except ValueError:
        raise Http404 from None
