"""The first start: where, when, whose advice, and how the key is kept. One page, then done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core import places
from core.model import Source
from core.wording import tr
from core.wrapping import MIN_PASSPHRASE
from ui import theme
from ui.aloud import announce
from ui.desk import Choices
from ui.widgets import build
from ui.widgets.countries import Countries


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
        self._sources = list(sources)
        self._near: set[str] = set()
        self._countries = Countries()
        self.country = self._countries.field
        self._faults: dict[str, QLabel] = {}
        self.start, self.end = QLineEdit(), QLineEdit()
        self.choices: dict[str, build.Choice] = {}
        self._offered = QVBoxLayout()
        self.keyring, self.by_passphrase = QRadioButton(), QRadioButton()
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        self._countries.changed.connect(self._countries_changed)
        self._countries.refused.connect(lambda sentence: self.show_fault(sentence, "where"))
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
        canvas = build.Canvas()
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
        inside.addWidget(self._countries)
        inside.addWidget(self._fault_label("where"))
        return card

    def _add_country(self) -> None:
        self._countries.add()

    def _countries_changed(self) -> None:
        self._prefer_posts()
        self._clear_faults()

    def _prefer_posts(self) -> None:
        """Sources of places that came are suggested, of those that went taken back; the others stay as chosen."""
        posts = {source.id: source for source in self._sources if set(source.countries) & set(self._countries.codes)}
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
        return Choices(
            " & ".join(places.name(code) for code in self._countries.codes),
            tuple(self._countries.codes),
            start,
            end,
            chosen,
        )
