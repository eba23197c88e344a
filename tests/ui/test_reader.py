"""The reader: the mark covers exactly an action's words, hostile texts load nothing, and links ask first."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core import intake, markup
from core.model import Block, BlockKind, Link, Text
from tests.profiles import EMBASSY
from tests.texts import ALERT_1, Alert, embassy_feed
from tests.ui.conftest import Bench
from tests.ui.drawing import colours, shown
from ui import theme
from ui.links import ask_to_open
from ui.widgets.question import Question
from ui.widgets.reader import Reader
from ui.workbench import Workbench

EMOJI = "🧳 Pack one bag 👨‍👩‍👧 for the whole family 🇮🇶, and keep it by the door 🚪."
ARABIC = "غادروا العراق بالنقل التجاري خلال 24 ساعة."
HEBREW = "התרחקו מאזור השגרירות."
MIXED = "Call 07700 900123 (اتصل الآن) before you leave 🛫 the hotel."


@pytest.fixture
def reader(qtbot: QtBot) -> Reader:
    made = Reader()
    qtbot.addWidget(made)
    made.resize(380, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def _alert(actions: list[str], before: str = "") -> Alert:
    listed = "".join(f"<li>{words}</li>" for words in actions)
    return ALERT_1._replace(
        html=f"<p>Location: 🌍 Baghdad بغداد</p>{before}<p><b>Actions to Take:</b></p><ul>{listed}</ul>"
    )


def test_the_mark_covers_exactly_each_actions_words(reader: Reader) -> None:
    """Places are code points, a document counts UTF-16: letters beyond the first plane must not shift the mark."""
    actions = [EMOJI, ARABIC, HEBREW, MIXED, "Leave Iraq today.", "𐤀𐤁 Avoid crowds 𝔞𝔫𝔡 noise."]
    (revision,) = intake.take(embassy_feed([_alert(actions)]), EMBASSY, datetime.now(UTC)).revisions
    reader.show_text(revision.text)
    # The emoji that an item begins with is its mark, as a dot is; what stands inside it is the issuer's.
    assert [action.text for action in revision.actions] == [EMOJI.removeprefix("🧳 "), *actions[1:]]
    for action in revision.actions:
        reader.mark(action.start, action.end)
        assert reader.marked_words() == revision.text.plain[action.start : action.end] == action.text
        (selection,) = reader.extraSelections()
        assert selection.format.background().color() == theme.colour(theme.tokens().mark)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6), data=st.data())
def test_any_stretch_of_any_cleaned_text_is_marked_exactly(
    reader: Reader, words: list[str], data: st.DataObject
) -> None:
    import html

    text = markup.from_html("".join(f"<p>{html.escape(part)}</p><li>{html.escape(part)}</li>" for part in words), None)
    reader.show_text(text)
    for block in text.blocks:
        start = data.draw(st.integers(block.start, block.end))
        end = data.draw(st.integers(start, block.end))
        reader.mark(start, end)
        assert reader.marked_words().replace("\u00a0", " ") == text.plain[start:end].replace("\u00a0", " ")


def test_a_mark_is_brought_into_view_and_taken_away(reader: Reader) -> None:
    lines = [f"Line {number} of a long text that says many things." for number in range(120)]
    plain = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    reader.show_text(Text(plain, tuple(blocks)))
    assert reader.verticalScrollBar().value() == 0
    reader.mark(blocks[100].start, blocks[100].end)
    assert reader.marked_words() == lines[100]
    (selection,) = reader.extraSelections()
    place = QTextCursor(selection.cursor)
    place.setPosition(place.selectionStart())
    assert 0 <= reader.cursorRect(place).top() < reader.viewport().height()
    reader.mark(None, None)
    assert reader.marked_words() == ""
    assert reader.marked is None


def test_the_mark_is_seen(reader: Reader) -> None:
    """In the picture, not only in the document."""
    reader.show_text(Text("Leave today.", (Block(BlockKind.PARAGRAPH, 0, 12),)))
    mark = theme.tokens().mark
    before = colours(shown(reader.viewport()))[mark]
    reader.mark(0, 5)
    assert before == 0
    assert colours(shown(reader.viewport()))[mark] > 100


def test_each_text_runs_in_its_own_direction(reader: Reader) -> None:
    (revision,) = intake.take(embassy_feed([_alert([ARABIC, "Leave."])]), EMBASSY, datetime.now(UTC)).revisions
    reader.show_text(revision.text)
    found = {}
    block = reader.document().begin()
    while block.isValid():
        found[block.text()] = block.textDirection()
        block = block.next()
    assert found[ARABIC] is Qt.LayoutDirection.RightToLeft
    assert found["Leave."] is Qt.LayoutDirection.LeftToRight


HOSTILE = [
    '<img src="{canary}">',
    '<img srcset="{canary} 2x" src="x" onerror="alert(1)">',
    '<p style="background-image: url({canary})">words</p>',
    '<link rel="stylesheet" href="{canary}"><style>@import url({canary});</style>',
    '<object data="{canary}"></object><embed src="{canary}"><iframe src="{canary}"></iframe>',
    '<table background="{canary}"><tr><td background="{canary}">cell</td></tr></table>',
    '<svg><image href="{canary}"/></svg><video poster="{canary}"></video>',
    "&lt;img src='{canary}'&gt;",
    "<p>&#65532;&#64976;&#64977;&#8233;&#8232; words</p>",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_nothing_is_ever_loaded(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    canary = tmp_path / "canary.png"
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    assert red.save(str(canary))
    asked: list[str] = []
    real = Reader.loadResource

    def listen(self: Reader, kind: int, name: QUrl) -> object:
        asked.append(name.toString())
        return real(self, kind, name)

    monkeypatch.setattr(Reader, "loadResource", listen)
    filled = body.format(canary=QUrl.fromLocalFile(str(canary)).toString())
    feed = embassy_feed([ALERT_1._replace(html=filled + "<ul><li>Leave today.</li></ul>")])
    (revision,) = intake.take(feed, EMBASSY, datetime.now(UTC)).revisions
    reader.show_text(revision.text)
    # And as if cleaning had failed: the very markup, as the words of a text.
    for text in (revision.text, Text(filled, (Block(BlockKind.PARAGRAPH, 0, len(filled)),))):
        reader.show_text(text)
        assert colours(shown(reader))["#ff0000"] == 0
    assert asked == []
    assert reader.toPlainText() == filled


def test_a_resource_that_is_asked_for_all_the_same_is_not_given(reader: Reader, tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("secret", encoding="utf-8")
    for kind in QTextDocument.ResourceType:
        assert reader.loadResource(kind.value, QUrl.fromLocalFile(str(canary))) is None


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to open."""
    asked: list[str] = []

    def listen(url: QUrl) -> bool:
        asked.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", listen)
    return asked


def _follow(qtbot: QtBot, workbench: Workbench, url: str) -> Question:
    """Put a text with one link into the reader, press on it, and give the question that comes."""
    reader = workbench.reading.reader
    words = "The list of travellers is here."
    reader.show_text(Text(words, (Block(BlockKind.PARAGRAPH, 0, len(words)),), (Link(0, len(words) - 1, url),)))
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=reader.cursorRect().center() + QPoint(20, 0))
    (box,) = [one for one in workbench.findChildren(Question) if one.isVisible()]
    return box


def test_a_link_asks_first_and_says_where_it_goes(qtbot: QtBot, bench: Bench, opened: list[str]) -> None:
    box = _follow(qtbot, bench(), "https://example.org/enrol?to=me")
    assert box.said.text() == "Open this in your browser? It goes to example.org"
    assert box.below.accessibleName() == "https://example.org/enrol?to=me"
    assert [one.text() for one in box.findChildren(QPushButton) if one.isDefault()] == ["Cancel"]
    assert box.width() <= 420
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert opened == []
    box = _follow(qtbot, bench(), "https://example.org/enrol")
    (press,) = [one for one in box.findChildren(QPushButton) if one.text() == "Open"]
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert opened == ["https://example.org/enrol"]


def test_the_question_of_a_link_fits_a_narrow_window(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench(360, 720)
    ask_to_open(workbench, "https://example.org/" + "a" * 300)
    (box,) = [one for one in workbench.findChildren(Question) if one.isVisible()]
    qtbot.wait(50)
    assert box.width() <= 360
    assert box.below.height() > 3 * box.below.fontMetrics().height()
    box.reject()


@pytest.mark.parametrize(
    "url", ["http://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "https://", "x:y"]
)
def test_only_https_opens(qtbot: QtBot, bench: Bench, opened: list[str], url: str) -> None:
    box = _follow(qtbot, bench(), url)
    assert box.said.text() == "This address is not opened, because it is not https:"
    assert [one.text() for one in box.findChildren(QPushButton)] == ["Close"]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert opened == []


def test_a_host_that_imitates_another_is_shown_as_it_is_written_on_the_wire(
    qtbot: QtBot, bench: Bench, opened: list[str]
) -> None:
    box = _follow(qtbot, bench(), "https://trаvel.state.gov.example/")  # the first a is Cyrillic
    assert "xn--" in box.said.text()
    assert "xn--" in box.below.accessibleName()
    box.reject()
    assert opened == []
