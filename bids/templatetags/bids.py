"""Template words of Tandem: `{% load bids %}`.

Filters give a value the form of the page's language: `say`, `word`, `euro`, `amount`, `more`, `decimal`,
`percent`, `rate`, `day`, `moment`, `until`, `years`, `prose`, `spaced`, `titled`, `cited`. What is not known yet shows
as a dash. The tags `control` and `choices` draw inputs for the form templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from bids import wording
from bids.prose import clean, lower_headings
from bids.rulebook import vocabulary
from bids.rulebook.call import Source
from bids.rulebook.text import Sentence

register = template.Library()


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary."""

    text: str
    href: str = ""


def _filter(name: str, form: Callable[[Any], str]) -> None:
    """Register a filter that shows a dash for what is not known."""
    register.filter(name, lambda value: wording.UNKNOWN if value is None or value == "" else form(value))


_filter("say", wording.show)
_filter("word", wording.word)
_filter("euro", wording.euro)
_filter("amount", wording.amount)
_filter("more", wording.more)
_filter("decimal", wording.decimal)
_filter("rate", wording.percent)
_filter("day", wording.day)
_filter("moment", wording.moment)
_filter("until", wording.until)
_filter("clock", wording.clock_time)
_filter("years", wording.years)


@register.filter
def titled(part: Any) -> str:
    """The title of a section, an annex or a criterion of the call, in the page's language; nothing of nothing."""
    return wording.titled(part) if part else ""


@register.filter
def cited(ground: Source) -> str:
    """The legal act a number of the call comes from, as pages and paper print it."""
    return wording.say(Sentence(ground.cite))


@register.filter
def called(value: Any, kind: str) -> str:
    """The label of a word that is kept as text: `{{ one.kind|called:"DocumentKind" }}`, or the text itself."""
    known = {member.value: member for member in getattr(vocabulary, kind)}
    return wording.word(known.get(value, value)) if value else wording.UNKNOWN


@register.filter
def percent(share: Any, decimals: int | None = None) -> str:
    """A share as a percentage, with every digit it has; `percent:1` rounds half up."""
    return wording.UNKNOWN if share is None or share == "" else wording.percent(share, decimals)


@register.filter
def prose(html: str, below: int = 1) -> SafeString:
    """A text that people formatted, cleaned once more; its headings begin below this level, its tables can scroll."""
    cleaned = lower_headings(clean(html or ""), below)
    frame = format_html('<div class="table-region" role="region" tabindex="0" aria-label="{}">', gettext("Table"))
    framed = cleaned.replace("<table>", f'{frame}<table class="ds-table">').replace("</table>", "</table></div>")
    return mark_safe(framed)  # noqa: S308 (cleaned above)


@register.filter
def spaced(code: str) -> str:
    """`data_management_plan` as words."""
    return str(code or "").replace("_", " ")


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The entry of a mapping whose key is only known here, or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The input of a field in our look; `aria_label="…"` and the like become attributes."""
    named = {name.replace("_", "-"): value for name, value in attrs.items() if value not in (None, "")}
    classes = f"{field.field.widget.attrs.get('class', '')} ds-input {named.pop('class', '')}".split()
    return field.as_widget(attrs={**named, "class": " ".join(dict.fromkeys(classes))})


@register.filter
def choices(field: BoundField) -> list[BoundWidget]:
    """The radio buttons or checkboxes of a field, each in our look, to be labelled one by one."""
    options = list(field.subwidgets)
    for option in options:
        option.data["attrs"] = {**option.data["attrs"], "class": "ds-input"}
    return options


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: `choices` (a group of buttons), `group`, `checkbox` or `line`."""
    widget = field.field.widget
    input_type = getattr(widget, "input_type", "")
    if widget.use_fieldset and input_type != "file":
        return "choices" if input_type in ("radio", "checkbox") else "group"
    return "checkbox" if input_type == "checkbox" else "line"


@register.simple_tag
def problems(form: Any = None, formset: Any = None, errors: Any = None) -> list[Problem]:
    """Everything wrong on the page, in its order, each with the place to mend it.

    `formset` may be any list of forms; `errors` holds dictionaries with `sentence` (or `text`) and
    `href`.
    """
    found = list(_of_form(form)) if form else []
    for one in formset or ():
        found += _of_form(one)
    if hasattr(formset, "non_form_errors"):
        found += [Problem(text) for text in formset.non_form_errors()]
    for error in errors or ():
        found.append(Problem(wording.show(error.get("sentence") or error.get("text", "")), error.get("href", "")))
    return found


def _of_form(form: Any) -> Iterator[Problem]:
    for text in form.non_field_errors():
        yield Problem(text)
    for field in form.visible_fields():
        place = f"#{field.auto_id}_0" if kind(field) == "choices" else f"#{field.id_for_label}"
        for text in field.errors:
            yield Problem(gettext("%(field)s: %(problem)s") % {"field": capfirst(field.label), "problem": text}, place)
    for field in form.hidden_fields():
        for text in field.errors:
            yield Problem(text)


@register.filter
def complete(sections: Any) -> list[Any]:
    """The sections that are done: marked complete, with no error left in them."""
    return [one for one in sections or () if _read(one, "state") == "complete" and not _read(one, "count")]


def _read(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """Let a wide table scroll inside its own frame, reachable by keyboard and named."""
    return format_html('<div class="table-region" role="region" tabindex="0" aria-label="{}">{}</div>', label, content)
