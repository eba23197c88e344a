"""The first start: where, when, whose advice, and how the key is kept. One page, then done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLocale, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core import places
from core.keys import MIN_PASSPHRASE
from core.model import Source
from core.wording import tr
from ui import theme
from ui.aloud import announce
from ui.desk import Choices
from ui.widgets import build
from ui.widgets.flow import Flow

_PRESS_MS = 40


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered. `passphrase` None: the keyring keeps the key."""

    choices: Choices
    passphrase: str | None


class FirstStartPage(QWidget):
    """Asks, and emits `answered` when everything needed is there."""

    answered = Signal(object)

    def __init__(self, sources: Sequence[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._codes: list[str] = []
        self._sources = list(sources)
        self._near: set[str] = set()
        self.country = QLineEdit()
        self._faults: dict[str, QLabel] = {}
        self.start, self.end = QLineEdit(), QLineEdit()
        self.choices: dict[str, build.Choice] = {}
        self._offered = QVBoxLayout()
        self.keyring, self.by_passphrase = QRadioButton(), QRadioButton()
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        self.begin = build.button(tr("Start"), self._answer, "primary")
        self._area = QScrollArea()
        self._lay_out()
        self.by_passphrase.setChecked(True)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = self._area
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area)
        canvas = QWidget()
        area.setWidget(canvas)
        middle = QHBoxLayout(canvas)
        column = QWidget()
        column.setMaximumWidth(theme.px(560))
        middle.addStretch(1)
        middle.addWidget(column, 100)
        middle.addStretch(1)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(theme.px(16), theme.px(24), theme.px(16), theme.px(24))
        layout.setSpacing(theme.px(8))
        layout.addWidget(build.label(tr("Welcome to Safe Conduct"), "title"))
        layout.addWidget(
            build.label(
                tr(
                    "Official instructions as checklists that follow their source. No government made this program. "
                    "An action can be missed, so read the text too. A full ring means that a list is done, never that "
                    "you are safe."
                ),
                "muted",
            )
        )
        for part in (self._where(), self._when(), self._whose(), self._key()):
            layout.addWidget(part)
        layout.addSpacing(theme.px(4))
        layout.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._fault_label("begin"))
        layout.addStretch(1)

    def _fault_label(self, near: str) -> QLabel:
        """Where it is said what is wrong with one answer: beside it."""
        made = self._faults[near] = build.label(look="error")
        made.hide()
        return made

    @property
    def fault(self) -> QLabel:
        """The fault that is shown, if one is."""
        return next((one for one in self._faults.values() if not one.isHidden()), self._faults["begin"])

    def _card(self, title: str) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        inside.setSpacing(theme.px(8))
        inside.addWidget(build.label(title, "strong"))
        return card, inside

    def _where(self) -> QFrame:
        card, inside = self._card(tr("Where are you, or where are you going?"))
        self.country.setPlaceholderText(tr("Type a country, then Enter"))
        self.country.setAccessibleName(tr("Country"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView()
        popup.setObjectName("completions")
        completer.setPopup(popup)
        # Queued: the field takes the name that was chosen only after the completer has said so.
        completer.activated.connect(self._add_country, Qt.ConnectionType.QueuedConnection)
        self.country.setCompleter(completer)
        self.country.textEdited.connect(self._complete)
        self.country.returnPressed.connect(self._add_country)
        self.country.editingFinished.connect(self._add_exact)
        self._chosen = Flow(theme.px(8))
        inside.addWidget(self.country)
        inside.addWidget(self._fault_label("where"))
        inside.addLayout(self._chosen)
        return card

    def _complete(self, typed: str) -> None:
        found = places.search_names(typed, QLocale().name().replace("_", "-")) if typed.strip() else []
        names = [name for _, name in found[:8]]
        if [name.casefold() for name in names] == [typed.strip().casefold()]:
            names = []  # an open list takes the next click, and has nothing left to offer
        self._names.setStringList(names)

    def _add_exact(self) -> None:
        """The field was left: a whole name is taken, anything else stays as it was typed."""
        if QApplication.mouseButtons():  # the page grows, and a press would be let go of on something else
            QTimer.singleShot(_PRESS_MS, self, self._add_exact)
            return
        typed = self.country.text().strip().casefold()
        found = places.search_names(typed, QLocale().name().replace("_", "-")) if typed else []
        if any(name.casefold() == typed for _, name in found):
            self._add_country()

    def _add_country(self) -> None:
        typed = self.country.text().strip()
        if not typed:
            return
        found = places.search_names(typed, QLocale().name().replace("_", "-"))
        if not found:
            self.show_fault(
                tr("No country is called “{name}”. Choose one of the names offered.").format(name=typed), "where"
            )
            return
        exact = next((code for code, name in found if name.casefold() == typed.casefold()), found[0][0])
        if exact not in self._codes:
            self._codes.append(exact)
            chip = build.button(f"{places.name(exact)}  ×", lambda: None)
            chip.setAccessibleName(tr("Remove {country}").format(country=places.name(exact)))
            chip.clicked.connect(lambda _=False, code=exact, chip=chip: self._remove(code, chip))
            self._chosen.addWidget(chip)
        self.country.clear()
        self._names.setStringList([])
        self._prefer_posts()
        self._clear_faults()

    def _remove(self, code: str, chip: QPushButton) -> None:
        self._codes.remove(code)
        self._chosen.removeWidget(chip)
        chip.deleteLater()
        self._prefer_posts()

    def _prefer_posts(self) -> None:
        """Sources of places that came are suggested, of those that went taken back; the others stay as chosen."""
        posts = {source.id: source for source in self._sources if set(source.countries) & set(self._codes)}
        for name in posts.keys() - self.choices.keys():
            self._offer(posts[name])
        near = set(posts)
        for name in near ^ self._near:
            self.choices[name].setVisible(name in near)
            self.choices[name].box.setChecked(name in near)
        self._near = near

    def _offer(self, source: Source, *, chosen: bool = False) -> None:
        choice = build.Choice(source.name, QCheckBox())
        choice.box.setChecked(chosen)
        self.choices[source.id] = choice
        self._offered.addWidget(choice)

    def _when(self) -> QFrame:
        card, inside = self._card(tr("When?"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for field, words, spoken in (
            (self.start, tr("From"), tr("From, as 2026-12-31")),
            (self.end, tr("To"), tr("To, as 2026-12-31")),
        ):
            field.setPlaceholderText("2026-12-31")
            field.setAccessibleName(spoken)
            field.setMaxLength(10)
            column = QVBoxLayout()
            column.setSpacing(theme.px(4))
            column.addWidget(build.label(words, "muted"))
            column.addWidget(field)
            row.addLayout(column)
        inside.addLayout(row)
        inside.addWidget(self._fault_label("when"))
        inside.addWidget(build.label(tr("Leave open what you do not know."), "muted"))
        return card

    def _whose(self) -> QFrame:
        card, inside = self._card(tr("Whose advice do you follow?"))
        home = QLocale.territoryToCode(QLocale.system().territory())
        own = sorted(self._sources, key=lambda source: not source.id.startswith(f"{home.lower()}-"))
        # One source is suggested: the traveller's own government's, else the first that covers every country.
        first = next((source.id for source in own if not source.countries), None)
        inside.addLayout(self._offered)
        inside.addWidget(self._fault_label("whose"))
        for source in own:
            if not source.countries:  # those of one country are offered with the country
                self._offer(source, chosen=source.id == first)
        inside.addWidget(
            build.label(
                tr(
                    "Checking the feed of one country's embassy tells the network where you may be. A source that "
                    "covers all countries does not."
                ),
                "muted",
            )
        )
        return card

    def _key(self) -> QFrame:
        card, inside = self._card(tr("Who keeps the key?"))
        inside.addWidget(
            build.label(
                tr(
                    "Everything is encrypted on this computer. A key in the keyring protects only while you are logged "
                    "out. A passphrase protects whenever the program is closed: choose it where you cross borders or "
                    "checkpoints. Nobody can recover a lost one."
                ),
                "muted",
            )
        )
        group = QButtonGroup(self)
        group.addButton(self.by_passphrase)
        group.addButton(self.keyring)
        inside.addWidget(build.Choice(tr("A passphrase (recommended)"), self.by_passphrase))
        for field, words in ((self.passphrase, tr("Passphrase")), (self.again, tr("Once more"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.returnPressed.connect(self._answer)
            inside.addWidget(field)
            self.by_passphrase.toggled.connect(field.setEnabled)
        inside.addWidget(self._fault_label("key"))
        inside.addWidget(build.Choice(tr("This computer's keyring"), self.keyring))
        return card

    def show_fault(self, sentence: str, near: str = "begin") -> None:
        """Say what is missing or went wrong beside the answer that it is about; what was typed stays."""
        self._clear_faults()
        label = self._faults[near]
        label.setText(sentence)
        label.show()
        self._wait(waits=False)
        fields = {"where": self.country, "when": self.start, "key": self.passphrase, "begin": self.begin}
        field = fields.get(near) or next((choice.box for choice in self.choices.values()), self.begin)
        field.setAccessibleDescription(sentence)
        field.setFocus()
        announce(label, sentence)
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(label))  # it has its place only then

    def _wait(self, *, waits: bool) -> None:
        """While the profile is made, the button says so and takes no second press."""
        words = tr("Making the profile…") if waits else tr("Start")
        self.begin.setText(words)
        self.begin.setAccessibleName(words)
        self.begin.setEnabled(not waits)

    def _clear_faults(self) -> None:
        for label in self._faults.values():
            label.hide()
        for field in (self.country, self.start, self.passphrase, self.begin):
            field.setAccessibleDescription("")

    def _answer(self) -> None:
        if not self.begin.isEnabled():
            return  # Enter again while the profile is being made
        self._add_country()
        if self.country.text().strip():
            return  # no country is called so
        chosen = tuple(name for name, choice in self.choices.items() if choice.box.isChecked())
        passphrase = self.passphrase.text() if self.by_passphrase.isChecked() else None
        if not chosen:
            self.show_fault(tr("Choose at least one source to follow."), "whose")
        elif passphrase is not None and len(passphrase) < MIN_PASSPHRASE:
            self.show_fault(tr("A passphrase needs at least {least} characters.").format(least=MIN_PASSPHRASE), "key")
        elif passphrase is not None and passphrase != self.again.text():
            self.show_fault(tr("The two passphrases differ."), "key")
        elif (dates := self._dates()) is None:
            self.show_fault(tr("Write dates as 2026-12-31, the first before the last."), "when")
        else:
            self._wait(waits=True)
            self._clear_faults()
            self.answered.emit(Answers(self._choices(chosen, *dates), passphrase))

    def _dates(self) -> tuple[date | None, date | None] | None:
        """The two dates, each None where it was left open; None: they cannot be."""
        try:
            start, end = (
                date.fromisoformat(f.text().strip()) if f.text().strip() else None for f in (self.start, self.end)
            )
        except ValueError:
            return None
        return None if start and end and end < start else (start, end)

    def _choices(self, chosen: tuple[str, ...], start: date | None, end: date | None) -> Choices:
        return Choices(" & ".join(places.name(code) for code in self._codes), tuple(self._codes), start, end, chosen)
