"""The cross that empties a field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    made = SearchField("Find a country")
    qtbot.addWidget(made)
    made.resize(300, 60)
    made.show()
    return made


def test_a_cross_empties_the_field_and_is_there_only_then(qtbot: QtBot, field: SearchField) -> None:
    assert not field.cross.isVisible()
    qtbot.keyClicks(field, "Iraq")
    assert field.cross.isVisible()
    assert field.cross.accessibleName() == "Clear"
    qtbot.mouseClick(field.cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert not field.cross.isVisible()


def test_the_cross_is_as_large_as_the_letters_are(qtbot: QtBot, qapp: QApplication, field: SearchField) -> None:
    qtbot.keyClicks(field, "airport road")
    before, usual = field.cross.iconSize().width(), QApplication.font()
    large = QApplication.font()
    large.setPixelSize(2 * field.fontInfo().pixelSize() + 8)
    QApplication.setFont(large)
    try:
        theme.apply(qapp)
        qtbot.waitUntil(lambda: field.cross.iconSize().width() == theme.px(16))
        assert field.cross.iconSize().width() >= 2 * before
        drawn = field.cross.icon().pixmap(field.cross.iconSize()).toImage()
        assert drawn.width() >= field.cross.iconSize().width()
    finally:
        QApplication.setFont(usual)
        theme.apply(qapp)


def test_it_stands_where_the_line_ends(field: SearchField) -> None:
    field.setText("Iraq")
    assert field.cross.x() > field.width() // 2
    assert field.textMargins().right() >= field.cross.width()
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert field.cross.geometry().right() < field.width() // 2
    assert (field.textMargins().left(), field.textMargins().right()) == (field.cross.width(), 0)
