"""A link out of a text: shown where it really goes, and opened only after a yes, and only if it is https."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from core.wording import tr


def ask_to_open(parent: QWidget, url: str) -> None:
    """Ask whether an address is to be opened in the browser."""
    address = QUrl(url, QUrl.ParsingMode.StrictMode)
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    if address.scheme() != "https" or not address.isValid() or not address.host():
        box.setText(tr("This address is not opened, because it is not https:"))
        box.setInformativeText(url[:500])
        box.open()
        return
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    box.setText(tr("Open this in your browser? It goes to {host}").format(host=address.host(encoded)))
    box.setInformativeText(address.toString(encoded)[:500])
    box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.accepted.connect(lambda: QDesktopServices.openUrl(address))
    box.open()
