"""The reading pane: what the status is, in the reader's words, with the sentence that says so."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from core import intake
from core.model import Message, Revision, Verified
from tests.profiles import EMBASSY
from tests.texts import Alert, embassy_feed
from ui import theme
from ui.pages.reading import ReadingPane

SAID = "On March 3, the Department ordered the departure of non-emergency staff."


@pytest.fixture
def pane(qtbot: QtBot) -> ReadingPane:
    made = ReadingPane()
    qtbot.addWidget(made)
    made.resize(380, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def revision(words: str) -> Revision:
    body = f"<p>Rockets fell.</p><p>{words}</p>"
    alert = Alert("Alert", "https://iq.usembassy.gov/a/", body, "3 Mar 2026 05:10:00 GMT")
    return intake.take(embassy_feed([alert]), EMBASSY, datetime(2026, 3, 4, tzinfo=UTC)).revisions[0]


def test_a_status_stands_there_with_its_sentence(pane: ReadingPane) -> None:
    pane.show_revision(revision(SAID), has_list=False, in_list=False)
    assert pane.status.isVisible()
    assert pane.status.text() == "Departure of staff ordered."
    assert pane.status.accessibleDescription() == f"Departure of staff ordered: “{SAID}”"
    pane.where.click()
    assert pane.reader.marked_words() == SAID
    pane.show_revision(revision("Nothing else."), has_list=False, in_list=False)
    assert not pane.status.isVisible()
    pane.show_revision(revision(SAID), has_list=False, in_list=False)
    pane.show_nothing()
    assert not pane.status.isVisible()


def test_where_it_is_low_the_text_gets_the_room_of_what_is_said_around_it(pane: ReadingPane) -> None:
    """As at 200 % text on a small screen: some lines can be read, and nothing of what counts is gone."""
    held = revision(SAID)
    pane.show_revision(held, has_list=False, in_list=False)
    assert pane.issuer.isVisible()
    assert pane.kept.isVisible()
    pane.resize(500, theme.px(380))
    QApplication.processEvents()
    assert pane.reader.height() >= theme.px(100)
    assert pane.dates.text().startswith(held.issuer)
    assert "Kept offline" in pane.dates.toolTip()
    assert pane.status.isVisible()
    pane.tabs.setCurrentIndex(1)
    assert pane.dates.isVisible()  # the line that the issuer stands in
    assert not pane.status.isVisible()
    pane.resize(500, 700)
    pane.tabs.setCurrentIndex(0)
    assert pane.issuer.isVisible()
    assert not pane.dates.text().startswith(held.issuer)


def test_taking_the_text_away_gives_the_keys_to_no_list_beside_it(qtbot: QtBot) -> None:
    """A list that is given the keys chooses a row, and so shows a text while this one is half taken away."""
    around = QWidget()
    qtbot.addWidget(around)
    rows = QHBoxLayout(around)
    beside, pane = QListWidget(), ReadingPane()
    beside.addItem("Leave.")
    rows.addWidget(beside)
    rows.addWidget(pane)
    around.resize(800, 600)
    around.show()
    qtbot.waitExposed(around)
    around.activateWindow()
    pane.show_revision(revision(SAID), has_list=False, in_list=False)
    beside.currentRowChanged.connect(
        lambda _: pane.show_revision(revision("Nothing else."), has_list=False, in_list=False)
    )
    beside.setCurrentRow(-1)
    pane.reader.setFocus()
    qtbot.waitUntil(pane.reader.hasFocus)
    pane.show_nothing()
    assert pane._fill.isVisible()
    assert not pane.stack.isVisible()


def test_each_word_in_turn(pane: ReadingPane) -> None:
    closed = "The airspace is closed."
    pane.show_revision(revision(f"{SAID}</p><p>{closed}"), has_list=False, in_list=False)
    assert pane.status.text() == "Departure of staff ordered, airspace closed."
    shown = []
    for _ in range(3):
        pane.where.click()
        shown.append(pane.reader.marked_words())
    assert shown == [SAID, closed, SAID]


def test_markup_in_a_sentence_stays_words(pane: ReadingPane) -> None:
    said = "Our embassy is now closed (<b>see below</b>)."
    pane.show_revision(revision(said.replace("<", "&lt;")), has_list=False, in_list=False)
    assert pane.status.toolTip() == f"Embassy closed or suspended: “{said}”"
    assert pane.status.textFormat() is Qt.TextFormat.PlainText


def test_a_signature_is_named_only_where_one_is(pane: ReadingPane) -> None:
    plain = revision("Nothing else.")
    for held, line in (
        (plain._replace(verified=Verified.SIGNED), "Signed, and the signature is right."),
        (
            plain._replace(warnings=(Message("signature-unchecked"),)),
            "It carries a signature, which could not be checked: no key of this source is known.",
        ),
    ):
        pane.show_revision(held, has_list=False, in_list=False)
        assert pane.status.text() == line
