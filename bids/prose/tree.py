"""A cleaned text as a tree, in the one form in which two texts that look the same are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from bids.prose.allowed import EMPTY

BLOCKS = {
    "p", "pre", "blockquote", "hr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table",
}  # fmt: skip
HOLDERS = {
    "",
    "blockquote",
    "ul",
    "ol",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
}  # spaces between their parts are idle
BOXES = {"li", "td", "th", "caption"}  # hold words or blocks
SPACES = re.compile(r"[ \t\n\r\f]+")  # not the no-break space, which people put on purpose


@dataclass
class Node:
    """An element; its parts are elements and words."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    parts: list[Node | str] = field(default_factory=list)

    def html(self) -> str:
        """Written out again."""
        inside = "".join(part.html() if isinstance(part, Node) else escape(part, quote=False) for part in self.parts)
        if not self.tag:
            return inside
        if self.tag == "pre" and "".join(self.words).endswith("\n"):
            inside += "\n"  # the last break shows nothing, and is taken off when this is read again
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes)
        return f"<{self.tag}{attributes}>" + ("" if self.tag in EMPTY else f"{inside}</{self.tag}>")

    @property
    def words(self) -> Iterator[str]:
        """The text in it, piece by piece."""
        for part in self.parts:
            yield from part.words if isinstance(part, Node) else (part,)

    @property
    def nodes(self) -> list[Node]:
        return [part for part in self.parts if isinstance(part, Node)]


def grow(html: str) -> Node:
    """The tree of a cleaned text: words joined, idle spaces gone, words outside any block in a paragraph."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    _tidy(parser.root)
    return parser.root


class _Parser(HTMLParser):
    """Cleaned HTML closes everything it opens, so that a stack is enough."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, tuple((name, value or "") for name, value in attrs))
        self._open[-1].parts.append(node)
        if tag not in EMPTY:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        parts = self._open[-1].parts
        if parts and isinstance(parts[-1], str):
            parts[-1] += data
        else:
            parts.append(data)


def _tidy(node: Node) -> None:
    if node.tag == "pre":
        _tidy_lines(node)
        return
    node.parts = [SPACES.sub(" ", part) if isinstance(part, str) else part for part in node.parts]
    for part in node.nodes:
        _tidy(part)
    if node.tag in HOLDERS or (node.tag in BOXES and any(part.tag in BLOCKS for part in node.nodes)):
        node.parts = _apart(node)
    elif node.tag in BLOCKS | BOXES:
        node.parts = _trimmed(node.parts)


def _tidy_lines(node: Node) -> None:
    """Lines are kept as they are, but for the first break, which browsers skip, and the last, which shows nothing."""
    if node.parts and isinstance(node.parts[0], str):
        node.parts[0] = node.parts[0].removeprefix("\n")
    last = node
    while last.nodes and last.parts[-1] is last.nodes[-1]:
        last = last.nodes[-1]
    if last.parts and isinstance(last.parts[-1], str):
        last.parts[-1] = last.parts[-1].removesuffix("\n")


def _apart(node: Node) -> list[Node | str]:
    """Blocks, with the words between them put into paragraphs of their own (inside a list item they stay words)."""
    found: list[Node | str] = []
    words: list[Node | str] = []
    for part in [*node.parts, None]:
        if part is not None and (isinstance(part, str) or part.tag not in BLOCKS | BOXES | HOLDERS):
            words.append(part)
            continue
        trimmed = _trimmed(words)
        if trimmed:
            found += trimmed if node.tag in BOXES else [Node("p", (), trimmed)]
        words = []
        if part is not None:
            found.append(part)
    return found


def _trimmed(parts: list[Node | str]) -> list[Node | str]:
    """Without spaces at the ends and around line breaks."""
    kept: list[Node | str] = []
    for place, part in enumerate(parts):
        if isinstance(part, str):
            if place == 0 or _is_break(parts[place - 1]):
                part = part.lstrip(" ")
            if place == len(parts) - 1 or _is_break(parts[place + 1]):
                part = part.rstrip(" ")
        if part != "":
            kept.append(part)
    return kept


def _is_break(part: Node | str) -> bool:
    return isinstance(part, Node) and part.tag == "br"
