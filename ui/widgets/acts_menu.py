"""A menu of acts with their keys, read from the table of keys."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.keys import Key, said

Act = tuple[str, str, Callable[[], object]]


def acts_menu(parent: QWidget, name: str, table: Sequence[Key], acts: Sequence[Act | None]) -> QMenu:
    """A menu: of each act its name in the table ("": it has no key), its words and what it does; None: a rule."""
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    keys = {key.act: key.keys[:1] for key in table}
    for act in acts:
        if act is None:
            menu.addSeparator()
            continue
        held, words, do = act
        shown = words.replace("&", "&&")
        entry = QAction(f"{shown}\t{said(keys[held])}" if held else shown, menu)
        entry.triggered.connect(lambda _checked=False, do=do: do())
        menu.addAction(entry)
    return menu
