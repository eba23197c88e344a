"""Colours, sizes and the style sheet: the tokens of the design, light and dark, and nothing else decides a colour.

The theme follows the system. Sizes are the design's pixels times one scale, which follows the system's own font.
"""

import re
from enum import StrEnum
from functools import cache
from typing import NamedTuple, cast

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from core.paths import RESOURCES
from core.wording import tr
from ui.direction import in_a_row

_DESIGN_TEXT = 14
_USUAL_SYSTEM_TEXT = 13.0


class Tokens(NamedTuple):
    """One theme's colours, as `#rrggbb`."""

    background: str
    side: str
    surface: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    chosen: str
    level_4: str
    level_4_ground: str
    level_3: str
    level_3_ground: str
    changed: str
    changed_ground: str
    mark: str
    map_land: str
    map_1: str
    map_2: str
    map_3: str
    map_4: str
    check: str
    down: str


LIGHT = Tokens(
    background="#f6f6f3", side="#efefeb", surface="#ffffff", ink="#1b1e20", muted="#5e666c", line="#e2e3de",
    accent="#17626c", on_accent="#ffffff", chosen="#e4eeef", level_4="#a8201a", level_4_ground="#fbe9e7",
    level_3="#a34a08", level_3_ground="#fcebdd", changed="#8a5a00", changed_ground="#fff3d6", mark="#fff1b8",
    map_land="#d9dbd6", map_1="#f3df9f", map_2="#eba63f", map_3="#bf530e", map_4="#8f1414",
    check="check-light.svg", down="down-light.svg",
)  # fmt: skip
DARK = Tokens(
    background="#15181a", side="#111416", surface="#1c2023", ink="#e9ecee", muted="#9ca5ab", line="#2c3236",
    accent="#63b7c0", on_accent="#0d1415", chosen="#1f3338", level_4="#ff8a80", level_4_ground="#3a1d1b",
    level_3="#ffb27a", level_3_ground="#3a2818", changed="#f2c14e", changed_ground="#3a3016", mark="#4a4115",
    map_land="#363d42", map_1="#544a1c", map_2="#7a5510", map_3="#e08a3c", map_4="#ff6f63",
    check="check-dark.svg", down="down-dark.svg",
)  # fmt: skip


class Wish(StrEnum):
    """What the traveller wants the theme to be."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_wish = [Wish.SYSTEM]


def is_dark() -> bool:
    """Whether the dark theme is on: as it was set, else as the system is."""
    if _wish[0] is not Wish.SYSTEM:
        return _wish[0] is Wish.DARK
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def wish(value: Wish) -> bool:
    """Set the theme, or let it follow the system again. Gives whether the colours have changed."""
    was_dark = is_dark()
    _wish[0] = value
    if is_dark() == was_dark:
        return False  # to dress the application costs 40 ms
    apply(cast(QApplication, QApplication.instance()))
    return True


def tokens() -> Tokens:
    """The colours of now."""
    return DARK if is_dark() else LIGHT


def colour(value: str) -> QColor:
    """A token as Qt wants it."""
    return QColor(value)


@cache
def _scale(pixels: int, point_tenths: int) -> float:
    return max(1.0, pixels / _USUAL_SYSTEM_TEXT)


def scale() -> float:
    """How much larger than the design everything is, after the system's font."""
    font = QApplication.font()
    return _scale(QFontInfo(font).pixelSize(), round(font.pointSizeF() * 10))


def px(design: float) -> int:
    """A length of the design in pixels of this screen."""
    return round(design * scale())


def font(design: int = _DESIGN_TEXT, *, bold: bool = False, struck: bool = False) -> QFont:
    """The system's font at one of the design's sizes: 11, 12, 14, 15, 17, 22."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(design))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setStrikeOut(struck)
    return made


def level_colours(value: int | None) -> tuple[str, str]:
    """Ink and ground of a level's badge."""
    t = tokens()
    if value == 4:
        return t.level_4, t.level_4_ground
    if value == 3:
        return t.level_3, t.level_3_ground
    return t.muted, t.line


def level_words(words: str, value: int | None) -> str:
    """What a level's badge says: its number and the issuer's words; a colour alone would say it to few.

    `value`: the common 1 to 4, None where the issuer's scale has no such sense. Where the words have that number
    already they stand alone; where they have another, of a scale of their own, it is said which one this is.
    """
    if value is None or re.search(rf"(?<!\d){value}(?!\d)", words):
        return words
    if re.search(r"\d", words):
        return in_a_row([words, tr("common level {value} of 4").format(value=value)])
    return in_a_row([tr("Level {value}").format(value=value), words])


def map_colours(value: int | None) -> tuple[str, str]:
    """Ink and ground of a country on the map; None: no level is known of it."""
    t = tokens()
    ground = {1: t.map_1, 2: t.map_2, 3: t.map_3, 4: t.map_4}.get(value or 0, t.map_land)
    return (t.on_accent if value in (3, 4) else t.ink), ground


def icon(name: str, ink: str) -> QIcon:
    """One of our icons in a colour."""
    return _icon(name, ink, round(scale() * 100))


@cache
def _icon(name: str, ink: str, percent: int) -> QIcon:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
    size = round(16 * percent / 100)
    made = QIcon()
    for factor in (1, 2):
        picture = QPixmap()
        side = str(size * factor)
        sized = drawing.replace('width="16"', f'width="{side}"').replace('height="16"', f'height="{side}"')
        picture.loadFromData(QByteArray(sized.encode()), "SVG")
        picture.setDevicePixelRatio(factor)
        made.addPixmap(picture)
    return made


def palette() -> QPalette:
    """The tokens as a palette, so that every stock widget has them too."""
    t = tokens()
    made = QPalette()
    role = QPalette.ColorRole
    for name, value in (
        (role.Window, t.background), (role.Base, t.surface), (role.AlternateBase, t.side), (role.Button, t.surface),
        (role.WindowText, t.ink), (role.Text, t.ink), (role.ButtonText, t.ink), (role.BrightText, t.level_4),
        (role.Highlight, t.accent), (role.HighlightedText, t.on_accent), (role.Link, t.accent),
        (role.PlaceholderText, t.muted), (role.ToolTipBase, t.surface), (role.ToolTipText, t.ink),
        (role.Mid, t.line), (role.Light, t.surface), (role.Midlight, t.line), (role.Dark, t.line),
        (role.Accent, t.accent),
    ):  # fmt: skip
        made.setColor(name, colour(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, colour(t.muted))
    return made


def sheet() -> str:
    """The style sheet. Widgets choose by object name or by the property `look`; none carries colours of its own."""
    t = tokens()
    return f"""
    * {{ outline: none; }}
    QWidget {{ color: {t.ink}; font-size: {px(14)}px; }}
    QMainWindow, QWidget#middle, QWidget#page {{ background: {t.background}; }}
    QWidget#side {{ background: {t.side}; border-right: 1px solid {t.line}; }}
    QWidget#reading {{ background: {t.surface}; border-left: 1px solid {t.line}; }}
    QFrame#card {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(10)}px; }}
    QFrame#hint {{ background: {t.surface}; border: 2px solid {t.accent}; border-radius: {px(10)}px; }}
    QFrame#pointed {{ background: transparent; border: 2px solid {t.accent}; border-radius: {px(10)}px; }}
    QFrame#rule {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
    QFrame#banner {{ background: {t.changed_ground}; border-radius: {px(10)}px; }}
    QFrame#warning {{ background: {t.level_3_ground}; border-radius: {px(10)}px; }}
    QLabel {{ background: transparent; }}
    QLabel[look="muted"] {{ color: {t.muted}; font-size: {px(12)}px; }}
    QLabel[look="small"] {{ color: {t.muted}; font-size: {px(11)}px; }}
    QLabel[look="caps"] {{ color: {t.muted}; font-size: {px(11)}px; letter-spacing: 0.5px; }}
    QLabel[look="title"] {{ font-size: {px(22)}px; font-weight: 600; }}
    QLabel[look="heading"] {{ font-size: {px(17)}px; font-weight: 600; }}
    QLabel[look="strong"] {{ font-size: {px(15)}px; font-weight: 600; }}
    QLabel[look="marked"] {{ color: {t.level_3}; font-size: {px(12)}px; font-weight: 600; }}
    QLabel[look="loud"] {{ color: {t.level_4}; background: {t.level_4_ground}; font-size: {px(14)}px; font-weight: 600;
        border-radius: {px(6)}px; padding: {px(4)}px; }}
    QLabel[look="error"] {{ color: {t.level_4}; }}
    QLineEdit:disabled {{ border-color: {t.line}; color: {t.muted}; }}
    QPushButton {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(6)}px;
        padding: {px(7)}px {px(12)}px; font-weight: 500; }}
    QPushButton:hover {{ border-color: {t.muted}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: {px(7) - 1}px {px(12) - 1}px; }}
    QPushButton:disabled {{ color: {t.muted}; }}
    QPushButton[look="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
    QPushButton[look="primary"]:focus {{ border: 2px solid {t.ink}; }}
    QPushButton[look="primary"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
    QPushButton[look="link"] {{ background: transparent; border: none; color: {t.accent};
        border-bottom: 2px solid transparent; padding: {px(3)}px 0px {px(1)}px 0px;
        font-size: {px(12)}px; font-weight: 400; }}
    QPushButton[look="link"]:hover {{ text-decoration: underline; }}
    QPushButton[look="link"]:focus {{ border-bottom: 2px solid {t.accent}; }}
    QPushButton[look="chip"] {{ background: transparent; border: 1px solid {t.line}; border-radius: {px(10)}px;
        padding: {px(3)}px {px(10)}px; font-size: {px(12)}px; font-weight: 400; color: {t.muted}; }}
    QPushButton[look="chip"]:hover {{ border-color: {t.muted}; }}
    QPushButton[look="chip"]:checked {{ background: {t.chosen}; border-color: {t.chosen}; color: {t.accent};
        font-weight: 600; }}
    QPushButton[look="chip"]:focus {{ border: 2px solid {t.accent}; padding: {px(3) - 1}px {px(10) - 1}px; }}
    QPushButton[look="place"] {{ background: transparent; border: 2px solid transparent; border-radius: {px(10)}px;
        padding: {px(8)}px {px(8)}px; text-align: left; font-weight: 400; }}
    QPushButton[look="place"]:hover {{ background: {t.line}; }}
    QPushButton[look="place"]:checked {{ background: {t.chosen}; color: {t.accent}; font-weight: 600; }}
    QPushButton[look="place"]:focus {{ border: 2px solid {t.accent}; }}
    QPushButton[look="list"] {{ background: transparent; border: 2px solid transparent; border-radius: {px(10)}px;
        padding: 0px; }}
    QPushButton[look="list"]:hover {{ background: {t.line}; }}
    QPushButton[look="list"]:checked {{ background: {t.surface}; }}
    QPushButton[look="list"]:focus {{ border: 2px solid {t.accent}; }}
    QTabBar::tab {{ background: transparent; color: {t.muted}; border: 2px solid transparent;
        padding: {px(3)}px {px(8)}px; }}
    QTabBar::tab:hover {{ color: {t.ink}; }}
    QTabBar::tab:selected {{ color: {t.accent}; border-bottom: 2px solid {t.accent}; font-weight: 600; }}
    QTabBar::tab:selected:focus {{ border: 2px solid {t.accent}; border-radius: {px(4)}px; }}
    QLineEdit {{ background: {t.surface}; border: 1px solid {t.muted};
        border-radius: {px(6)}px; padding: {px(7)}px {px(8)}px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; placeholder-text-color: {t.muted}; }}
    QLineEdit:focus {{ border: 2px solid {t.accent};
        padding: {px(7) - 1}px {px(8) - 1}px; }}
    QToolButton#clear {{ background: transparent; border: none; padding: 0px; }}
    QComboBox {{ background: {t.surface}; border: 1px solid {t.muted}; border-radius: {px(6)}px;
        padding: {px(5)}px {px(8)}px; font-size: {px(12)}px; }}
    QComboBox:focus {{ border: 2px solid {t.accent}; padding: {px(5) - 1}px {px(8) - 1}px; }}
    QComboBox::drop-down {{ border: none; width: {px(22)}px; }}
    QComboBox::down-arrow {{ image: url("{(RESOURCES / "icons" / t.down).as_posix()}"); width: {px(14)}px;
        height: {px(14)}px; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line};
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QFrame#editor {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(10)}px; }}
    QPlainTextEdit {{ background: {t.surface}; border: 1px solid {t.muted}; border-radius: {px(6)}px;
        padding: {px(3)}px {px(4)}px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
        placeholder-text-color: {t.muted}; }}
    QPlainTextEdit:focus {{ border: 2px solid {t.accent}; padding: {px(3) - 1}px {px(4) - 1}px; }}
    QMenu {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(6)}px {px(16)}px; border-radius: {px(4)}px; }}
    QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    QMenu::separator {{ background: {t.line}; height: 1px; margin: {px(4)}px; }}
    QListView {{ background: transparent; border: none; }}
    QListView#completions {{ background: {t.surface}; border: 1px solid {t.line}; padding: {px(4)}px; }}
    QListView#completions::item {{ padding: {px(6)}px; }}
    QListView#completions::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
    QTextBrowser {{ background: transparent; border: 2px solid transparent; }}
    QTextBrowser:focus {{ border: 2px solid {t.accent}; border-radius: {px(6)}px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea#found:focus, QScrollArea#preview:focus {{ border: 2px solid {t.accent}; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: {px(8)}px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {t.muted}; border-radius: {px(2)}px; min-height: {px(32)}px;
        margin: {px(2)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QCheckBox, QRadioButton {{ spacing: 0; padding: {px(3)}px; border: 2px solid transparent;
        border-radius: {px(6)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.accent}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(18)}px; height: {px(18)}px;
        border: 1px solid {t.muted}; background: {t.surface}; }}
    QCheckBox::indicator {{ border-radius: {px(5)}px; }}
    QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url("{(RESOURCES / "icons" / t.check).as_posix()}"); }}
    QRadioButton::indicator {{ border-radius: {px(9) + 1}px; }}
    QRadioButton::indicator:checked {{ background: {t.surface}; border: {px(6)}px solid {t.accent};
        width: {px(18) - 2 * (px(6) - 1)}px; height: {px(18) - 2 * (px(6) - 1)}px; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.line}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(7)}px {px(16)}px; border-radius: {px(6)}px; }}
    QMenu::item:selected {{ background: {t.chosen}; color: {t.ink}; }}
    QToolTip {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line}; padding: {px(4)}px; }}
    """


def apply(app: QApplication) -> None:
    """Give the whole application the theme of now."""
    app.setPalette(palette())
    app.setStyleSheet(sheet())
