"""The theme's ratios, hints, focus and sizes; which colours meet is found on the pages themselves (test_every_page).

Asked is 4.5 to 1 for text and 3 to 1 for marks (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Bench
from tests.ui.drawing import colours, shown
from ui import theme
from ui.theme import DARK, LIGHT, Wish
from ui.widgets import build
from ui.widgets.reader import Reader

TEXT, MARK = 4.5, 3.0


def _luminance(value: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    colour = QColor(value)
    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_wcags() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("wish", [Wish.LIGHT, Wish.DARK])
def test_a_hint_in_an_empty_field_can_be_read(qtbot: QtBot, wish: Wish) -> None:
    """Measured on the picture: a style sheet may draw a hint in another colour than the palette says."""
    theme.wish(wish)
    around = QWidget()
    around.setObjectName("page")
    field = QLineEdit()
    field.setPlaceholderText("MMMMMMMMMMMMMM")
    QVBoxLayout(around).addWidget(field)
    qtbot.addWidget(around)
    around.resize(300, 80)
    around.show()
    qtbot.waitExposed(around)
    drawn = colours(shown(field).copy(6, 6, field.width() - 12, field.height() - 12))
    best = max(contrast(value, theme.tokens().surface) for value in drawn)
    assert best >= TEXT


def _button(look: str) -> QWidget:
    made = QPushButton("Words")
    made.setProperty("look", look)
    return made


FOCUSABLE: dict[str, Callable[[], QWidget]] = {
    "button": lambda: _button(""),
    "link": lambda: _button("link"),
    "place": lambda: _button("place"),
    "list": lambda: _button("list"),
    "field": QLineEdit,
    "box": lambda: QCheckBox("Words"),
    "choice": lambda: QRadioButton("Words"),
    "text": Reader,
}


@pytest.mark.parametrize("wish", [Wish.LIGHT, Wish.DARK])
@pytest.mark.parametrize("name", FOCUSABLE)
def test_focus_is_seen(qtbot: QtBot, wish: Wish, name: str) -> None:
    """What the keys act on has a frame in the accent, which is told from every ground."""
    theme.wish(wish)
    around = QWidget()
    around.setObjectName("page")
    layout = QVBoxLayout(around)
    one, two = FOCUSABLE[name](), FOCUSABLE[name]()
    for widget in (one, two):
        layout.addWidget(widget)
    qtbot.addWidget(around)
    around.resize(300, 300)
    around.show()
    qtbot.waitExposed(around)
    for widget, other in ((one, two), (two, one)):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        accent = theme.tokens().accent
        assert colours(shown(widget))[accent] > colours(shown(other))[accent] + 50


def test_the_theme_follows_the_wish_and_the_system(qapp: QApplication) -> None:
    theme.wish(Wish.DARK)
    assert theme.tokens() is DARK
    assert qapp.palette().window().color() == QColor(DARK.background)
    theme.wish(Wish.LIGHT)
    assert theme.tokens() is LIGHT
    theme.wish(Wish.SYSTEM)
    is_dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.is_dark() is is_dark


def test_another_theme_is_worn_at_once(bench: Bench) -> None:
    workbench = bench()
    workbench.rooms.theme_wanted.emit("dark")
    assert theme.is_dark()
    drawn = colours(shown(workbench))
    assert drawn[DARK.background] > 100_000
    assert sum(drawn[value] for value in (LIGHT.background, LIGHT.surface, LIGHT.side)) == 0
    theme.wish(Wish.LIGHT)
    workbench.begin()
    assert theme.is_dark()


def test_sizes_follow_the_systems_font(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel("Words")
    qtbot.addWidget(label)
    face = qapp.font()
    face.setPixelSize(26)
    qapp.setFont(face)
    theme.apply(qapp)
    assert theme.px(100) == 200
    assert theme.font(15).pixelSize() == 30
    label.ensurePolished()
    assert label.fontInfo().pixelSize() == 28


def test_no_theme_is_applied_twice_for_one_wish(qapp: QApplication) -> None:
    spy = QSignalSpy(qapp.paletteChanged)
    theme.wish(Wish.DARK)
    assert spy.count() <= 1


@pytest.mark.parametrize(
    ("words", "value", "said"),
    [
        ("Level 4: Do Not Travel", 4, "Level 4: Do Not Travel"),
        ("Avoid all travel", 4, "Level 4 · Avoid all travel"),
        ("Risk 2 of 5", 1, "Risk 2 of 5 · common level 1 of 4"),
        ("Zone 40", 4, "Zone 40 · common level 4 of 4"),
        ("", 3, "Level 3"),
        ("Orange", None, "Orange"),
        ("", None, ""),
        ("تحذير", 4, "\u200e\u2068Level 4\u2069 · \u2068تحذير\u2069"),
    ],
)
def test_a_level_is_a_number_words_and_a_colour(qtbot: QtBot, words: str, value: int | None, said: str) -> None:
    badge = build.Badge()
    qtbot.addWidget(badge)
    badge.show_level(words, value)
    assert badge.accessibleName() == said
    assert badge.isHidden() != bool(said)


def test_a_level_whose_words_are_long_stands_in_two_lines(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    rows = QVBoxLayout(page)
    badge = build.Badge()
    rows.addWidget(badge)
    rows.addStretch(1)
    badge.show_level("All but essential travel to the regions named below", 3)
    page.resize(2000, 300)
    page.show()
    qtbot.waitExposed(page)
    one_line = badge.height()
    page.resize(theme.px(280), 300)
    QApplication.processEvents()
    assert badge.height() > one_line
    assert len(badge._lines(badge.width())) == 2
    assert "…" not in "".join(badge._lines(badge.width()))


def test_a_button_with_other_words_is_read_as_those(qtbot: QtBot) -> None:
    made = build.button("Leave & go", lambda: None)
    qtbot.addWidget(made)
    assert (made.text(), made.accessibleName()) == ("Leave && go", "Leave & go")
    made.setText("Close")
    assert made.accessibleName() == "Close"


def test_the_words_of_a_button_run_in_their_own_direction(qtbot: QtBot, qapp: QApplication) -> None:
    """Drawn in a mirrored window as in any other."""

    def picture() -> QImage:
        made = build.button("Hm…", lambda: None)
        qtbot.addWidget(made)
        made.resize(120, 40)
        made.show()
        qtbot.waitExposed(made)
        return shown(made)

    plain = picture()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert picture() == plain


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_words_of_a_link_begin_where_those_of_a_label_do(
    qtbot: QtBot, qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(direction)
    page = QWidget()
    qtbot.addWidget(page)
    page.setObjectName("page")
    rows = QVBoxLayout(page)
    words = build.label("Hm Check now Hm", "muted")
    link = build.button("Hm Check now Hm", lambda: None, "link")
    link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    rows.addWidget(words)
    rows.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    page.resize(300, 80)
    page.show()
    qtbot.waitExposed(page)
    image = shown(page)

    def ink(place: QRect) -> tuple[int, int]:
        ground = image.pixelColor(2, 2).lightness()
        inked = [
            x
            for x in range(place.left(), place.right() + 1)
            for y in range(place.top(), place.bottom() + 1)
            if abs(image.pixelColor(x, y).lightness() - ground) > 60
        ]
        return min(inked), max(inked)

    start = 0 if direction is Qt.LayoutDirection.LeftToRight else 1
    assert ink(words.geometry())[start] == ink(link.geometry())[start]
