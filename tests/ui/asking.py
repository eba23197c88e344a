"""The dialogs that ask for a file, answered as the traveller does while the window goes on."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot


def dialog_of(qtbot: QtBot, around: QWidget) -> QFileDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in around.findChildren(QFileDialog)))
    return next(one for one in around.findChildren(QFileDialog) if one.isVisible())


def answer(qtbot: QtBot, around: QWidget, file: Path) -> None:
    """Choose a file in the dialog that asks for one."""
    dialog = dialog_of(qtbot, around)
    dialog.setDirectory(str(file.parent))
    dialog.selectFile(file.name)
    dialog.accept()
