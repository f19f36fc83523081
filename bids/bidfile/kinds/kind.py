"""What every kind of value promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bids.bidfile.problems import Problems

Json = Any
Definitions = dict[str, Json]
Pointer = tuple[str, str, str]  # path, section of the bid, key


class Kind:
    """One kind of value. `definition` names it where the schema describes it once for all."""

    definition: str | None = None
    blank: Any = None  # stands in for a value that can't be read, so that reading goes on
    points = False  # there are pointers in it

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        """The value as a fact; what is wrong goes to `problems`."""
        raise NotImplementedError

    def write(self, fact: Any) -> Json:
        """The fact as it stands in a file."""
        return fact

    def describe(self, definitions: Definitions) -> Json:
        """The kind as JSON Schema, spelled out."""
        raise NotImplementedError

    def refer(self, definitions: Definitions) -> Json:
        """The kind as JSON Schema, by reference where it has a name."""
        if self.definition is None:
            return self.describe(definitions)
        if self.definition not in definitions:
            definitions[self.definition] = {}
            definitions[self.definition] = self.describe(definitions)
        return {"$ref": f"#/$defs/{self.definition}"}

    def pointers(self, fact: Any, path: str) -> Iterator[Pointer]:
        """Every pointer in the fact, with its place."""
        return iter(())
