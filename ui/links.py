"""A link out of a text: shown where it really goes, and opened only after a yes, and only if it is https."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.wording import tr
from ui.widgets.question import Question


def ask_to_open(parent: QWidget, url: str) -> None:
    """Ask whether an address is to be opened in the browser."""
    address = QUrl(url, QUrl.ParsingMode.StrictMode)
    if address.scheme() != "https" or not address.isValid() or not address.host():
        Question(parent, tr("This address is not opened, because it is not https:"), url[:500], anywhere=True).ask(
            tr("Close")
        )
        return
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    said = tr("Open this in your browser? It goes to {host}").format(host=address.host(encoded))
    question = Question(parent, said, address.toString(encoded)[:500], anywhere=True)
    question.answer(tr("Open"), lambda: QDesktopServices.openUrl(address))
    question.ask()
