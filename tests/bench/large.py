"""A dossier of some 120 pages of text and a budget of so many lines: as one plain document, and as we make it.

`python -m tests.bench.large plain 1000` and `… ours 1000` print JSON. Both begin with the same frozen bid in a fresh
process; the plain document is what WeasyPrint makes of the same sections in one piece, with its own page numbers and
contents. Processor time is that of all processes together.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
if __name__ == "__main__":
    django.setup()

from django.utils.translation import override

from bids.dossier import warm
from bids.dossier.build import build_pdf
from bids.dossier.contents import Section, sections
from bids.dossier.fragments import Fragments
from bids.dossier.html import Writer
from bids.dossier.means import Means
from bids.dossier.sections import lines, steps
from bids.dossier.source import Source
from bids.rulebook.facts import ChapterFacts
from tests.dossier import sample

LONGER = 2  # times the chapters of the demonstration: some 120 pages without the long tables
FILLS: dict[str, Callable[..., dict[str, Any]]] = {"lines": lines.fill, "steps": steps.fill}
AS_ONE = """
section { break-before: page }
section.wide { page: wide }
.contents a::after { content: target-counter(attr(href), page); float: right }
@page { @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
"""


def main(way: str, number: int) -> None:
    source = large(number)
    sys.stdout.write(json.dumps({"plain": plain, "ours": ours}[way](source)))


def large(number: int) -> Source:
    """The factory of the demonstration with longer chapters, and its lines again until there are so many."""
    facts = sample.demo().facts
    known = facts.budget
    budget = tuple(replace(known[each % len(known)], key=f"B{each:05}", alternative_of=None) for each in range(number))
    chapters = tuple(replace(chapter, html=chapter.html * LONGER) for chapter in facts.chapters)
    return sample.source_of(replace(facts, budget=budget, chapters=chapters), is_demo=True)


def edited(source: Source) -> Source:
    """One sentence more in one chapter."""

    def with_more(number: int, chapter: ChapterFacts) -> ChapterFacts:
        return replace(chapter, html=chapter.html + "<p>One sentence more.</p>") if number == 3 else chapter

    chapters = tuple(with_more(number, chapter) for number, chapter in enumerate(source.facts.chapters))
    return replace(source, facts=replace(source.facts, chapters=chapters))


def plain(source: Source) -> dict[str, Any]:
    """What one document takes: the page as WeasyPrint is meant to be used, tagged like ours."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 (only this way loads it here)

    from bids.dossier.pdf import OPTIONS, SCHEME, Typesetter  # noqa: PLC0415

    def make() -> int:
        printer = Typesetter("en", Path())
        page = HTML(string=one_document(source), base_url=SCHEME, url_fetcher=printer.fetcher)
        style = [printer.style, CSS(string=AS_ONE)]
        document = page.render(font_config=printer.fonts, stylesheets=style, **OPTIONS)
        document.write_pdf(**OPTIONS)
        return len(document.pages)

    return measured(make)


def one_document(source: Source) -> str:
    with override("en"):
        writer = Writer(source)
        shown = list(bodies(source, writer))
    entries = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in shown)
    contents = f'<section class="contents"><h1>Contents</h1><ul>{entries}</ul></section>'
    body = contents + "".join(body for *_, body in shown)
    return f'<html lang="en"><head><title>x</title></head><body>{body}</body></html>'


def bodies(source: Source, writer: Writer) -> Iterator[tuple[str, str, str]]:
    """Name, title and body of each section, long tables by their templates."""
    for section in sections(source):
        html = writer.section(by_template(source, section)).text
        body = re.search(r'<body class="(.*?)">(.*)</body>', html, re.S)
        assert body
        yield (
            section.name,
            str(section.title),
            f'<section class="{body[1]}" id="{section.name}">{body[2]}</section>',
        )


def by_template(source: Source, section: Section) -> Section:
    if section.table is None:
        return section
    kind = section.name.removesuffix("-1")
    rows = {"lines": source.facts.budget, "steps": steps.groups(source)}[kind]
    fill = partial(FILLS[kind], piece=rows, is_last=True)
    return replace(section, table=None, template=f"dossier/{kind}.html", fill=fill)


def ours(source: Source) -> dict[str, Any]:
    """The first time, after one sentence more, and when nothing changed."""
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        means = Means(at_once=2, fragments=Fragments(Path(folder)), stays_warm=True)
        told = {"cold": measured(lambda: build_pdf(source, means=means).pages)}
        told["edited"] = measured(lambda: build_pdf(edited(source), means=means).pages)
        told["same"] = measured(lambda: build_pdf(source, means=means).pages)
        warm.let_go()  # the memory of the press and its forks is only told once they have ended
        told["cold"]["peak"] = told["edited"]["peak"] = peak()
    return told


def measured(act: Callable[[], int]) -> dict[str, float]:
    began, before = time.perf_counter(), processor_time()
    pages = act()
    return {
        "pages": pages,
        "clock": time.perf_counter() - began,
        "cpu": processor_time() - before,
        "peak": peak(),
    }


def processor_time() -> float:
    """Of this process, of those it waited for, and of the press that still runs."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used) + of_the_press()


def of_the_press() -> float:
    """A press and the forks it waited for, as the kernel counts them."""
    if warm._kept is None:
        return 0.0
    times = Path(f"/proc/{warm._kept.press.process_id}/stat").read_text().rpartition(")")[2].split()[11:15]
    return sum(map(int, times)) / 100


def peak() -> int:
    """MiB of the largest process so far, this one or one it waited for."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
