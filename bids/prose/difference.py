"""What changed between two texts, word by word, marked so that paper shows it without colour.

A text is taken apart into passages (a paragraph, a heading, a list item, a table row). Passages that
stayed are told apart from those that were added or removed; of a passage that was rewritten, only
the words that differ are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from bids.prose.allowed import clean
from bids.prose.tree import BLOCKS, Node, grow

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
ALIKE = 0.35  # two passages with fewer words in common are two passages, not one that was rewritten
AROUND = 24  # words and spaces that are kept around a change where a stretch is shortened
MOST_COMPARED = 4_000_000  # pairs of words; longer passages are shown before and after as a whole
INLINE = {"strong", "b", "em", "i", "u", "s", "sub", "sup", "code"}
STYLES = {"li": "item", "tr": "row", "blockquote": "quote", "caption": "heading"}
EQUAL, ADDED, REMOVED = "", "ins", "del"

Words = tuple[str, tuple[str, ...]]  # a word and the formatting it stands in


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text that stands on lines of its own."""

    style: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A passage with its marks as HTML; `is_same` where it stayed as it was."""

    style: str
    html: str
    is_same: bool


def compare(before: str, after: str) -> list[Compared]:
    """Two texts in HTML, passage by passage in the order of reading."""
    old, new = passages(before), passages(after)
    found: list[Compared] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Compared(each.style, _written(each.words, EQUAL), True) for each in new[j1:j2]]
        else:
            found += _rewritten(old[i1:i2], new[j1:j2])
    return found


def compare_words(before: str, after: str) -> str:
    """Two plain texts, the words that differ marked, and of a long stretch that stayed only its ends; as HTML."""
    return _marked(tuple(_split(before, ())), tuple(_split(after, ())), shortened=True)


def passages(html: str) -> list[Passage]:
    """A text taken apart."""
    return [passage for passage in _passages(grow(clean(html)), "text") if passage.words]


def _passages(node: Node, style: str) -> Iterator[Passage]:
    """Words that stand together make a passage; blocks inside begin their own."""
    gathered: list[Words] = []
    for part in node.parts:
        if isinstance(part, Node) and part.tag not in INLINE | {"a", "br"}:
            if part.tag in ("td", "th"):  # cells of a row stay together
                gathered += [*([(" | ", ())] if gathered else []), *_words(part, ())]
                continue
            yield from _ended(style, gathered)
            gathered = []
            yield from _passages(part, _style(part.tag, style))
        else:
            gathered += _words(part, ())
    yield from _ended(style, gathered)


def _ended(style: str, gathered: list[Words]) -> Iterator[Passage]:
    if any(word.strip() for word, _ in gathered):
        yield Passage(style, tuple(gathered))


def _style(tag: str, around: str) -> str:
    if re.fullmatch("h[1-6]", tag):
        return "heading"
    return STYLES.get(tag) or (around if tag in BLOCKS | {"thead", "tbody", "tfoot", "tr"} else "text")


def _words(part: Node | str, inside: tuple[str, ...]) -> Iterator[Words]:
    if isinstance(part, str):
        yield from _split(part, inside)
    elif part.tag == "br":
        yield " ", inside
    else:
        within = (*inside, part.tag) if part.tag in INLINE else inside
        for each in part.parts:
            yield from _words(each, within)
        href = dict(part.attributes).get("href") if part.tag == "a" else None
        if href:
            yield from _split(f" ({href})", inside)


def _split(text: str, inside: tuple[str, ...]) -> Iterator[Words]:
    return ((" " if word.isspace() else word, inside) for word in TOKENS.findall(text))


def _rewritten(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Compared]:
    """Passages that differ: each of the old beside the new one it became, if there is one."""
    rest = list(new)
    for passage in old:
        place = next((place for place, each in enumerate(rest) if _became(passage, each)), None)
        if place is None:
            yield Compared(passage.style, _written(passage.words, REMOVED), False)
            continue
        yield from (Compared(each.style, _written(each.words, ADDED), False) for each in rest[:place])
        yield Compared(rest[place].style, _marked(passage.words, rest[place].words), False)
        rest = rest[place + 1 :]
    yield from (Compared(each.style, _written(each.words, ADDED), False) for each in rest)


def _became(old: Passage, new: Passage) -> bool:
    if old.style != new.style or len(old.words) * len(new.words) > MOST_COMPARED:
        return False
    one, other = ({word.lower() for word, _ in each.words if word.isalnum()} for each in (old, new))
    return len(one & other) >= ALIKE * max(len(one), len(other), 1)


def _marked(old: Sequence[Words], new: Sequence[Words], *, shortened: bool = False) -> str:
    if len(old) * len(new) > MOST_COMPARED:
        return _written(old, REMOVED) + " " + _written(new, ADDED)
    found = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            is_long = shortened and j2 - j1 > 2 * AROUND
            parts = [new[j1 : j1 + AROUND * (j1 > 0)], new[j2 - AROUND * (j2 < len(new)) : j2]] if is_long else []
            found.append(" … ".join(_written(part, EQUAL) for part in parts) or _written(new[j1:j2], EQUAL))
        else:
            found += [_written(old[i1:i2], REMOVED), _written(new[j1:j2], ADDED)]
    return "".join(found)


def _written(words: Sequence[Words], mark: str) -> str:
    """Words with their formatting, inside one mark."""
    runs: list[tuple[tuple[str, ...], list[str]]] = []
    for word, inside in words:
        if runs and runs[-1][0] == inside:
            runs[-1][1].append(word)
        else:
            runs.append((inside, [word]))
    html = "".join(_wrapped(escape("".join(run)), inside) for inside, run in runs)
    return f"<{mark}>{html}</{mark}>" if mark and html else html


def _wrapped(html: str, tags: tuple[str, ...]) -> str:
    for tag in reversed(tags):
        html = f"<{tag}>{html}</{tag}>"
    return html
