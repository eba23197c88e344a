"""Settings: notices, looks, the network, and the start. Each is kept as soon as it is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.scroll_page import ScrollPage


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is set. `quiet`: from and to as 22:00, empty where there are no quiet hours."""

    notices: bool
    discreet: bool
    quiet: tuple[str, str]
    theme: str
    saves_data: bool
    proxy: str
    at_login: bool


class SettingsPage(ScrollPage):
    """`changed`: a setting's name and its value, yes or no for a box. `tried`: a notice is to be sent as a test."""

    changed = Signal(str, str)
    quiet_changed = Signal(str, str)
    tried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Settings"), parent)
        self.fault = build.label(look="error")
        self.fault.hide()
        self.boxes = {name: QCheckBox() for name in ("notices", "discreet", "data-saver", "at-login")}
        self.themes = {name: QRadioButton() for name in ("system", "light", "dark")}
        layout = self.column
        layout.addWidget(build.label(tr("Settings"), "title"))
        layout.addWidget(self.fault)
        for card in (self._notices(), self._looks(), self._network(), self._start()):
            layout.addWidget(card)
        layout.addStretch(1)
        self.setFocusProxy(self.boxes["notices"])
        for name, box in self.boxes.items():
            # Toggled, not clicked: a screen reader toggles.
            box.toggled.connect(lambda on, name=name: self.changed.emit(name, "yes" if on else "no"))
        for name, radio in self.themes.items():
            radio.toggled.connect(lambda on, name=name: self.changed.emit("theme", name) if on else None)

    def _notices(self) -> QFrame:
        self.quiet_from, self.quiet_to = _clock(tr("Quiet from"), "22:00"), _clock(tr("Quiet to"), "07:00")
        hours = QWidget()
        row = QHBoxLayout(hours)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for words, field in ((tr("Quiet from"), self.quiet_from), (tr("to"), self.quiet_to)):
            row.addWidget(build.label(words, wraps=False))
            row.addWidget(field)
            field.editingFinished.connect(self._quiet)
        row.addStretch(1)
        self.try_it = build.button(tr("Send a test notice"), self.tried.emit)
        self.outcome = build.label(look="muted")
        self.outcome.hide()
        return build.card(
            tr("Notices"),
            build.Choice(tr("Tell me on the desktop"), self.boxes["notices"]),
            build.Choice(tr("Discreet: a notice names neither place nor issuer"), self.boxes["discreet"]),
            hours,
            build.label(
                tr(
                    "Quiet hours hold back everything but level 4 and an ordered departure; it is told when they end. "
                    "Leave both empty for none. The inbox keeps everything."
                ),
                "muted",
            ),
            self.try_it,
            self.outcome,
        )

    def _quiet(self) -> None:
        self.quiet_changed.emit(self.quiet_from.text().strip(), self.quiet_to.text().strip())

    def _looks(self) -> QFrame:
        words = {"system": tr("As the system is"), "light": tr("Light"), "dark": tr("Dark")}
        return build.card(tr("Theme"), *(build.Choice(words[name], radio) for name, radio in self.themes.items()))

    def _network(self) -> QFrame:
        self.proxy = QLineEdit()
        self.proxy.setPlaceholderText("socks5://127.0.0.1:9050")
        self.proxy.setAccessibleName(tr("Proxy"))
        self.proxy.setMaxLength(500)
        self.proxy.editingFinished.connect(lambda: self.changed.emit("proxy", self.proxy.text().strip()))
        return build.card(
            tr("Network"),
            build.Choice(tr("Save data: fetch by itself only what trips need"), self.boxes["data-saver"]),
            build.label(tr("Proxy")),
            self.proxy,
            build.label(
                tr("tor, socks5://HOST:PORT or http://HOST:PORT; empty for none. Nothing goes past it."),
                "muted",
            ),
        )

    def _start(self) -> QFrame:
        return build.card(
            tr("Start"),
            build.Choice(tr("Start when I log in"), self.boxes["at-login"]),
            build.label(
                tr("It then looks at the sources in the background. A profile with a passphrase asks for it first."),
                "muted",
            ),
        )

    def show_chosen(self, chosen: Chosen) -> None:
        """Show what is set."""
        on: Mapping[str, bool] = {
            "notices": chosen.notices,
            "discreet": chosen.discreet,
            "data-saver": chosen.saves_data,
            "at-login": chosen.at_login,
        }
        for name, box in self.boxes.items():
            _show_as(box, on=on[name])
        self.boxes["discreet"].setEnabled(chosen.notices)
        _show_as(self.themes[chosen.theme], on=True)
        for field, text in (
            (self.quiet_from, chosen.quiet[0]),
            (self.quiet_to, chosen.quiet[1]),
            (self.proxy, chosen.proxy),
        ):
            if not field.hasFocus():
                field.setText(text)

    def refuse(self, sentence: str) -> None:
        """Say what could not be kept; "": all is well."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        if sentence:
            self.ensureWidgetVisible(self.fault)

    def show_outcome(self, sentence: str, *, trying: bool) -> None:
        """What became of the test notice."""
        self.outcome.setText(sentence)
        self.outcome.show()
        self.try_it.setEnabled(not trying)


def _clock(name: str, hint: str) -> QLineEdit:
    """A field for a time of the day."""
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleName(name)
    field.setMaxLength(5)
    field.setFixedWidth(theme.px(76))
    return field


def _show_as(box: QAbstractButton, *, on: bool) -> None:
    """How it is set, without setting it."""
    with QSignalBlocker(box):
        box.setChecked(on)
