"""Every key of the window, in one table: the shortcuts are made from it, and so is the page that shows them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.wording import N_


class Key(NamedTuple):
    """An act by its name, the keys that do it as Qt writes them, and what it does in words to be translated."""

    act: str
    keys: tuple[str, ...]
    words: str


WINDOW = (
    Key("todo", ("Ctrl+1",), N_("Everything that is to do")),
    Key("advisories", ("Ctrl+2",), N_("The advisories that are kept")),
    Key("search", ("/", "Ctrl+F"), N_("Search every text that is kept")),
    Key("filters", ("Ctrl+Shift+F",), N_("Choose filters of advisories or finds")),
    Key("next-found", ("F3",), N_("The next place in the text that was searched for")),
    Key("found-before", ("Shift+F3",), N_("The place before")),
    Key("contacts", ("Ctrl+K",), N_("The contacts in the text, or the text again")),
    Key("others", ("Ctrl+G",), N_("What other governments say of the same place")),
    Key("compare", ("Ctrl+B",), N_("The text and the chosen one of others side by side")),
    Key("trip", ("Ctrl+T",), N_("The trip: levels, what is due, what changed; other trips")),
    Key("switch", ("Ctrl+Shift+T",), N_("The next trip becomes the current one")),
    Key("inbox", ("Ctrl+3",), N_("What you were told")),
    Key("sources", ("Ctrl+4",), N_("The sources that are followed")),
    Key("settings", ("Ctrl+,",), N_("Settings")),
    Key("check", ("F5",), N_("Check the sources now")),
    Key("paste", ("Ctrl+V",), N_("Take in a text that was copied")),
    Key("review", ("Ctrl+R",), N_("Go through what changed in this list")),
    Key("undo", ("Ctrl+Z",), N_("Undo what you did last")),
    Key("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), N_("Do it again")),
    Key("back", ("Esc",), N_("Back")),
    Key("keys", ("F1", "?"), N_("Show every key")),
    Key("quit", ("Ctrl+Q",), N_("Quit, and look at no source until the next start")),
)
LIST = (
    Key("tick", ("Space", "Return", "Enter"), N_("Tick the item, or make it open again")),
    Key("aside", ("X",), N_("Not applicable, or applicable again")),
    Key("down", ("J", "Down"), N_("The item below")),
    Key("up", ("K", "Up"), N_("The item above")),
    Key("next", ("N",), N_("The next open item")),
)
REVIEW = (
    Key("next", ("N", "PgDown"), N_("The next change")),
    Key("previous", ("P", "PgUp"), N_("The change before")),
)


def bind(owner: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
    """Make the window's shortcuts for these acts. KeyError: the table has no such act."""
    table = {key.act: key.keys for key in WINDOW}
    for act, do in acts.items():
        for keys in table[act]:
            QShortcut(QKeySequence(keys), owner).activated.connect(do)


def pressed(event: QKeyEvent, table: tuple[Key, ...]) -> str | None:
    """The act of a table that a key press asks for, or None."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    words = QKeySequence(event.key() | modifiers.value).toString()
    return next((key.act for key in table if words in key.keys), None)


def said(keys: tuple[str, ...]) -> str:
    """Keys as this machine's keyboards name them."""
    return " · ".join(QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys)
