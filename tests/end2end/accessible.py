"""What a screen reader sees of a program, as frozen values that a test can search and assert."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_AS_THEY_ARE = ("path", "role", "name", "description", "x", "y", "width", "height", "text")


@dataclass(frozen=True, slots=True)
class Node:
    """One accessible object. Places are pixels of the screen; `text` is of the text interface."""

    path: str
    role: str
    name: str
    description: str
    states: frozenset[str]
    x: int
    y: int
    width: int
    height: int
    actions: tuple[str, ...]
    text: str | None
    children: tuple["Node", ...]

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Node":  # Any: JSON
        """Build the tree from what `atspi_tree.py` printed. Objects that went away meanwhile are left out."""
        return cls(
            **{name: found[name] for name in _AS_THEY_ARE},
            states=frozenset(found["states"]),
            actions=tuple(found["actions"]),
            children=tuple(cls.from_json(child) for child in found["children"] if "gone" not in child),
        )

    @property
    def centre(self) -> tuple[int, int]:
        """Where to click."""
        return self.x + self.width // 2, self.y + self.height // 2

    def walk(self) -> Iterator["Node"]:
        """Give this object and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *, role: str | None = None, name: str | None = None, state: str | None = None) -> list["Node"]:
        """Give the objects of this role, whose name contains `name`, that have this state."""
        return [
            node
            for node in self.walk()
            if role in (None, node.role)
            and (name is None or name in node.name)
            and (state is None or state in node.states)
        ]

    def one(self, *, role: str | None = None, name: str | None = None, state: str | None = None) -> "Node":
        """Give the only such object; LookupError, with the tree, where there is none or are several."""
        found = self.all(role=role, name=name, state=state)
        if len(found) != 1:
            raise LookupError(f"{len(found)} objects with {role=} {name=} {state=} in:\n{self}")
        return found[0]

    def lines(self, depth: int = 0) -> list[str]:
        """Give a line an object: `role 'name' (description) [states worth telling]`."""
        told = " ".join(sorted(self.states & {"checked", "focused", "selected", "expanded"}))
        line = f"{'  ' * depth}{self.role} {self.name!r}"
        line += f" ({self.description})" * bool(self.description) + f" [{told}]" * bool(told)
        return [line, *(text for child in self.children for text in child.lines(depth + 1))]

    def __str__(self) -> str:
        return "\n".join(self.lines())
