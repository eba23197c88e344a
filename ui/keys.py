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
    Key("inbox", ("Ctrl+3",), N_("What you were told")),
    Key("sources", ("Ctrl+4",), N_("The sources that are followed")),
    Key("settings", ("Ctrl+,",), N_("Settings")),
    Key("check", ("F5",), N_("Check the sources now")),
    Key("paste", ("Ctrl+V",), N_("Take in a text that was copied")),
    Key("print", ("Ctrl+P",), N_("Print this list or its text, or save it as PDF")),
    Key("export", ("Ctrl+E",), N_("Write this list to a file")),
    Key("take", ("Ctrl+O",), N_("Take in a file")),
    Key("review", ("Ctrl+R",), N_("Go through what changed in this list")),
    Key("undo", ("Ctrl+Z",), N_("Undo what you did last")),
    Key("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), N_("Do it again")),
    Key("back", ("Esc",), N_("Back")),
    Key("keys", ("F1", "?"), N_("Show every key")),
    Key("about", ("Shift+F1",), N_("About Safe Conduct and this profile")),
    Key("tour", ("Ctrl+F1",), N_("The short tour: begin it, or go on in it")),
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
    Key("accept", ("A",), N_("Accept it")),
    Key("understand", ("U",), N_("Understood")),
    Key("still", ("S",), N_("Still done, or still not applicable")),
    Key("again", ("D",), N_("Do it again, or after all")),
    Key("keep", ("K",), N_("Keep what is no longer listed below the list")),
    Key("hide", ("H",), N_("Hide what is no longer listed")),
    Key("text", ("T",), N_("See it in the text")),
)
HISTORY = (
    Key("mark", ("Space",), N_("Mark one of two revisions to compare")),
    Key("open", ("Return", "Enter"), N_("Show what a revision changed")),
)
PAPER = (
    Key("save", ("Ctrl+S",), N_("Save as PDF")),
    Key("back", ("Esc",), N_("Close")),
)


def bind(owner: QWidget, acts: Mapping[str, Callable[[], object]], table: tuple[Key, ...] = WINDOW) -> None:
    """Make a window's shortcuts for these acts. KeyError: the table has no such act."""
    known = {key.act: key.keys for key in table}
    for act, do in acts.items():
        for keys in known[act]:
            QShortcut(QKeySequence(keys), owner).activated.connect(do)


def pressed(event: QKeyEvent, table: tuple[Key, ...]) -> str | None:
    """The act of a table that a key press asks for, or None."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    words = QKeySequence(event.key() | modifiers.value).toString()
    return next((key.act for key in table if words in key.keys), None)


def letter(act: str) -> str:
    """The key that does this act in a review. KeyError: there is none."""
    return {key.act: key.keys[0] for key in REVIEW}[act]


def said(keys: tuple[str, ...]) -> str:
    """Keys as this machine's keyboards name them."""
    return " · ".join(QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys)
