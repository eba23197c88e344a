"""Asks for a file: where to write one, or which to take in. The asking never blocks the window."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from core.model import Message
from core.wording import say

LONGEST_NAME = 60


def ask_where(
    parent: QWidget, title: str, name: str, kinds: Sequence[tuple[str, str]], then: Callable[[str], object]
) -> None:
    """Ask where a file is to be written. `kinds`: words and an ending of each, the first one suggested."""
    dialog = QFileDialog(parent, title, _documents())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    filters = {f"{words} (*.{ending})": ending for words, ending in kinds}
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(kinds[0][1])
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters.get(chosen, "")))
    dialog.selectFile(file_name(name))
    _open(dialog, then)


def ask_copy(parent: QWidget, title: str, name: str, then: Callable[[str], object]) -> None:
    """Ask where a file is to be written that has a name already."""
    dialog = QFileDialog(parent, title, _documents())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    _open(dialog, then)


def ask_which(parent: QWidget, title: str, then: Callable[[str], object]) -> None:
    """Ask which file is to be read."""
    dialog = QFileDialog(parent, title, _documents())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def file_name(title: str) -> str:
    """A title as the name of a file that every system takes, without an ending."""
    return "-".join(re.findall(r"\w+", title))[:LONGEST_NAME].strip("-") or "safe-conduct"


def unwritten(name: str, fault: OSError) -> str:
    """That a file could not be written, in a sentence."""
    return say(Message("export-unwritable", {"file": name, "reason": fault.strerror or type(fault).__name__}))


def _documents() -> str:
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return found if QDir(found).exists() else QDir.homePath()


def _open(dialog: QFileDialog, then: Callable[[str], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    dialog.open()
