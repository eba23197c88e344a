"""The words of an instruction with the condition that it stands under in front, as its issuer has it. Pure.

"film the tower" under "You should not:" says the opposite of its bare words. Whatever shows or tells the words of an
item or an action where its condition does not stand right before them takes them from here.
"""

from typing import Protocol

_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟")


class Conditioned(Protocol):
    """An item, an action, or a line of a list that is read."""

    @property
    def text(self) -> str: ...
    @property
    def condition(self) -> str | None: ...


def in_full(one: Conditioned) -> str:
    """ "You should not: film the tower"; the bare words where they begin with their condition, or have none."""
    return ahead(one.text, one.condition) + one.text


def ahead(text: str, condition: str | None) -> str:
    """What has to stand before the bare words, up to them: "You should not: ", or nothing."""
    return "" if not condition or _begins(text, _bare(condition)) else leading(condition)


def leading(condition: str | None) -> str:
    """A condition as it stands before words, with what parts it from them."""
    bare = _bare(condition)
    return "" if not bare else f"{bare} " if bare.endswith(_ENDS) else f"{bare}: "


def _bare(condition: str | None) -> str:
    return (condition or "").strip().rstrip(" :：")


def _begins(text: str, words: str) -> bool:
    """Whether a text begins with these whole words."""
    rest = text.casefold().removeprefix(words.casefold())
    return len(rest) < len(text.casefold()) and not rest[:1].isalnum()
