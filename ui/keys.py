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
    Key("map", ("Ctrl+M",), N_("The map of the world, with the level of each country")),
    Key("search", ("/", "Ctrl+F"), N_("Search every text that is kept")),
    Key("filters", ("Ctrl+Shift+F",), N_("Choose filters of advisories or finds")),
    Key("next-found", ("F3",), N_("The next place in the text that was searched for")),
    Key("found-before", ("Shift+F3",), N_("The place before")),
    Key("contacts", ("Ctrl+K",), N_("The contacts in the text, or the text again")),
    Key("others", ("Ctrl+G",), N_("What other governments say of the same place")),
    Key("compare", ("Ctrl+B",), N_("The text and the chosen one of others side by side")),
    Key("trip", ("Ctrl+J",), N_("The trip: levels, what is due, what changed; other trips")),
    Key("switch", ("Ctrl+Shift+J",), N_("The next trip becomes the current one")),
    Key("inbox", ("Ctrl+3",), N_("What you were told")),
    Key("sources", ("Ctrl+4",), N_("The sources that are followed")),
    Key("settings", ("Ctrl+,",), N_("Settings")),
    Key("check", ("F5",), N_("Check the sources now")),
    Key("paste", ("Ctrl+V",), N_("Take in a text that was copied")),
    Key("print", ("Ctrl+P",), N_("Print this list or its text, or save it as PDF")),
    Key("export", ("Ctrl+E",), N_("Write this list to a file")),
    Key("seal", ("Ctrl+Shift+E",), N_("Write an encrypted copy of this list for somebody else")),
    Key("take", ("Ctrl+O",), N_("Take in a file")),
    Key("review", ("Ctrl+R",), N_("Go through what changed in this list")),
    Key("new-list", ("Ctrl+N",), N_("Begin an empty list")),
    Key("add", ("Ins", "Ctrl+I"), N_("Add an item to a list of your own")),
    Key("rename", ("Shift+F2",), N_("Rename the list")),
    Key("copy", ("Ctrl+D",), N_("Copy the list as one of your own")),
    Key("archive", ("Ctrl+Shift+A",), N_("Archive the list, or show it among the others again")),
    Key("sift", ("Ctrl+T",), N_("Choose what of everything to do is shown")),
    Key("whose", ("Ctrl+Shift+T",), N_("Choose of which place and issuer")),
    Key("archived", ("Ctrl+Shift+H",), N_("Show the archived lists, or hide them")),
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
    Key("first", ("Home",), N_("The first item")),
    Key("last", ("End",), N_("The last item")),
    Key("page-down", ("PgDown",), N_("A page of items below")),
    Key("page-up", ("PgUp",), N_("A page of items above")),
    Key("next", ("N",), N_("The next open item")),
    Key("people", ("P",), N_("Tick the item for each of those who travel together")),
    Key("note", ("E",), N_("Edit the note of the item")),
    Key("times", ("D",), N_("Set when the item is due, a reminder, how often it is done")),
    Key("take-over", ("I",), N_("Take over the due time that the issuer now says")),
    Key("refer", ("O",), N_("Open what the item refers to")),
    Key("reword", ("F2",), N_("Change the words of an item of your own")),
    Key("up-by-hand", ("Alt+Up",), N_("Move the item up in its group")),
    Key("down-by-hand", ("Alt+Down",), N_("Move the item down in its group")),
    Key("attach", ("A",), N_("Attach a file to the item")),
    Key("files", ("Shift+A",), N_("The files of the item: open, export, remove")),
    Key("remove", ("Del",), N_("Remove an item of your own")),
    Key("menu", ("M", "Menu", "Shift+F10"), N_("Everything that can be done with the item")),
)
EDITOR = (
    Key("save", ("Ctrl+Return", "Ctrl+Enter"), N_("Save what was written")),
    Key("leave", ("Esc",), N_("Leave it as it was")),
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
    Key("take-over", ("I",), N_("Take over the due time that the issuer now says")),
)
HISTORY = (
    Key("mark", ("Space",), N_("Mark one of two revisions to compare")),
    Key("open", ("Return", "Enter"), N_("Show what a revision changed")),
)
MAP = (
    Key("move", ("Left", "Right", "Up", "Down"), N_("The nearest country in that direction")),
    Key("open", ("Return", "Enter", "Space"), N_("The advisories that name the country")),
    Key("nearer", ("+", "="), N_("A larger map")),
    Key("farther", ("-",), N_("A smaller map")),
    Key("whole", ("0",), N_("The whole world")),
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
