"""From HTML to marks: a kept text in the form in which people edit it.

Each block is written with marks and read back at once. Where that does not give the same block again, the
block stays HTML: so nothing a text holds can be lost by opening it, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import starmap

from bids.prose.allowed import DEEPEST, clean, too_much
from bids.prose.marks import rendered
from bids.prose.tree import Node, grow

AROUND = {"strong": "**", "em": "*", "s": "~~"}
AS_HTML = {"b", "i", "u", "sub", "sup"}
HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
ALWAYS = re.compile(r"[\\`*\[\]]|~~|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
ANY_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
AT_THE_START = re.compile(r"^(#{1,6}(?= |$)|>|[-+](?= |$)|(?:-{3,}|_{3,}|~{3,}|=+)|\|)")
NUMBER_AT_THE_START = re.compile(r"^(\d{1,9})([.)])(?= |$)")

Escape = Callable[[str], str]


class _Unsaid(Exception):
    """The marks have no word for this."""


def as_marks(html: str) -> str:
    """A text as people edit it; `read_marks` of it gives the same text again."""
    cleaned = clean(html)
    if too_much(cleaned, "-"):
        return cleaned  # what can't be printed is not worth the walk; saving it will say what is wrong
    blocks = grow(cleaned).nodes
    before = [Node(""), *blocks]
    text = "\n\n".join(starmap(_block, zip(blocks, before, strict=False)))
    return text if _says(text, blocks) else "\n\n".join(map(_plain_html, blocks))


def is_same(one: str, other: str) -> bool:
    """Whether two texts look the same to a reader, whatever spaces stand between their tags."""
    cleaned = clean(one), clean(other)
    if any(too_much(html, "-") for html in cleaned):
        return one == other
    return grow(cleaned[0]) == grow(cleaned[1])


def _block(block: Node, before: Node) -> str:
    """With as few backslashes as will do, with all of them, or as HTML; two lists in a row would become one."""
    if block.tag == before.tag and block.tag in ("ul", "ol"):
        return _plain_html(block)
    for escape in (_escaped, _escaped_wholly):
        try:
            text = "\n".join(_lines(block, escape))
        except _Unsaid:
            break
        if _says(text, [block]):
            return text
    return _plain_html(block)


def _says(text: str, blocks: list[Node]) -> bool:
    """Whether these marks, read back, are these blocks and nothing else."""
    return grow(clean(rendered(text))).parts == blocks


def _plain_html(block: Node) -> str:
    """On one line, for a blank one would end it."""
    return block.html().replace("\n", "&#10;")


def _lines(block: Node, escape: Escape) -> list[str]:
    if block.tag in HEADINGS:
        return [f"{HEADINGS[block.tag]} {_words(block, escape)}"]
    writer = _WRITERS.get(block.tag)
    if writer is None or (block.attributes and block.tag != "ol"):
        raise _Unsaid
    return writer(block, escape)


def _paragraph(block: Node, escape: Escape) -> list[str]:
    return [_safe_start(line) for line in _words(block, escape).split("\n")]


def _safe_start(line: str) -> str:
    """A line that begins like a heading, a list or a rule, but is none."""
    return NUMBER_AT_THE_START.sub(r"\1\\\2", AT_THE_START.sub(r"\\\1", line))


def _rule(block: Node, escape: Escape) -> list[str]:
    return ["---"]


def _quote(block: Node, escape: Escape) -> list[str]:
    return [f"> {line}".rstrip() for line in _blocks(block, escape)]


def _blocks(holder: Node, escape: Escape) -> list[str]:
    lines: list[str] = []
    for block in holder.parts:
        if not isinstance(block, Node):
            raise _Unsaid
        lines += [*([""] if lines else []), *_lines(block, escape)]
    return lines


def _code(block: Node, escape: Escape) -> list[str]:
    match block.parts:
        case [Node("code", (), [str(words)])] if "```" not in words:
            return ["```", *words.split("\n"), "```"]
    raise _Unsaid


def _list(block: Node, escape: Escape) -> list[str]:
    number = _first_number(block) if block.tag == "ol" else None
    lines: list[str] = []
    for place, item in enumerate(block.nodes):
        mark = "- " if number is None else f"{number + place}. "
        inside = _item(item, escape)
        if place and any(part.tag == "p" for part in item.nodes):
            lines.append("")
        lines += [(mark if first == 0 else " " * len(mark)) + line for first, line in enumerate(inside)]
    return [line.rstrip() for line in lines]


def _first_number(block: Node) -> int:
    match block.attributes:
        case ():
            return 1
        case (("start", value),) if value.isdecimal() and len(value) < 6:
            return int(value)
    raise _Unsaid


def _item(item: Node, escape: Escape) -> list[str]:
    """Words, then perhaps a list inside; or paragraphs with blank lines between."""
    if item.tag != "li" or item.attributes:
        raise _Unsaid
    if item.nodes and item.parts[0] is item.nodes[0] and item.nodes[0].tag == "p":
        return _blocks(item, escape)
    inside = [part for part in item.nodes if part.tag in ("ul", "ol")]
    if item.parts[len(item.parts) - len(inside) :] != inside:
        raise _Unsaid
    words = Node("", (), item.parts[: len(item.parts) - len(inside)])
    lines = _paragraph(words, escape)
    for block in inside:
        lines += _list(block, escape)
    return lines


def _table(block: Node, escape: Escape) -> list[str]:
    """A head of one row, and a body."""
    match block.nodes:
        case [Node("thead", (), [Node("tr", (), head)]), Node("tbody", (), rows)]:
            body = rows
        case [Node("thead", (), [Node("tr", (), head)])]:
            body = []
        case _:
            raise _Unsaid
    lines = [_row(head, "th", escape), "|" + " --- |" * len(head)]
    for row in body:
        if not isinstance(row, Node) or row.tag != "tr":
            raise _Unsaid
        lines.append(_row(row.parts, "td", escape))
    return lines


def _row(cells: list[Node | str], tag: str, escape: Escape) -> str:
    written = []
    for cell in cells:
        if not isinstance(cell, Node) or cell.tag != tag or cell.attributes:
            raise _Unsaid
        words = _words(cell, escape)
        if "\n" in words:
            raise _Unsaid
        written.append(re.sub(r"(?<!\\)\|", r"\\|", words))
    return f"| {' | '.join(written)} |"


def _words(holder: Node, escape: Escape) -> str:
    return "".join(_inline(part, escape) if isinstance(part, Node) else escape(part) for part in holder.parts)


def _inline(node: Node, escape: Escape) -> str:
    if node.tag in AROUND and not node.attributes:
        return f"{AROUND[node.tag]}{_words(node, escape)}{AROUND[node.tag]}"
    if node.tag in AS_HTML and not node.attributes:
        return f"<{node.tag}>{_words(node, escape)}</{node.tag}>"
    match node:
        case Node("br", ()):
            return "\\\n"
        case Node("a", (("href", address),)):
            return f"[{_words(node, escape)}](<{address}>)" if re.search(r"[\s()]", address) else _link(node, escape)
        case Node("code", (), [str(words)]) if "`" not in words and words.strip(" ") == words:
            return f"`{words}`"
    raise _Unsaid


def _link(node: Node, escape: Escape) -> str:
    return f"[{_words(node, escape)}]({dict(node.attributes)['href']})"


def _escaped(words: str) -> str:
    return ALWAYS.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), words)


def _escaped_wholly(words: str) -> str:
    return ANY_SIGN.sub(r"\\\g<0>", words)


_WRITERS: dict[str, Callable[[Node, Escape], list[str]]] = {
    "p": _paragraph,
    "hr": _rule,
    "blockquote": _quote,
    "pre": _code,
    "ul": _list,
    "ol": _list,
    "table": _table,
}
assert DEEPEST < 100  # the walk calls itself once a level
