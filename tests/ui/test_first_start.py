"""The first page, by real keys and clicks: completion, what is missing, dates, the key, and what comes of it."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.model import Source
from core.paths import Profile
from tests.ui.conftest import OpenWindow
from tests.ui.drawing import eventually, type_words
from ui.pages.first_start import Answers, FirstStartPage

WORLD = Source("us-advisories", "United States: travel advisories", "Office", "https://example.org/all")
BAGHDAD = Source("us-embassy-iq", "Embassy in Baghdad, alerts", "Embassy", "https://example.org/iq", countries=("IQ",))
AMMAN = Source("us-embassy-jo", "Embassy in Amman, alerts", "Embassy", "https://example.org/jo", countries=("JO",))
WORDS = "four quiet words"


@pytest.fixture
def page(qtbot: QtBot) -> FirstStartPage:
    made = FirstStartPage([WORLD, BAGHDAD, AMMAN])
    qtbot.addWidget(made)
    made.resize(640, 900)
    made.show()
    qtbot.waitExposed(made)
    made.country.setFocus()
    return made


def _chips(page: FirstStartPage) -> list[str]:
    found = [one for one in page.findChildren(QPushButton) if one.accessibleName().startswith("Remove ")]
    return [one.text() for one in found if one.isVisible()]


def _type_country(qtbot: QtBot, page: FirstStartPage, words: str) -> None:
    page.country.setFocus()
    type_words(page.country, words)
    qtbot.keyClick(_where_keys_go(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.country.text() or page.fault.isVisible())


def _popup(page: FirstStartPage) -> QAbstractItemView:
    found = page.country.completer().popup()
    assert found is not None
    return found


def _where_keys_go(page: FirstStartPage) -> QWidget:
    popup = _popup(page)
    return popup if popup.isVisible() else page.country


def _fill(qtbot: QtBot, page: FirstStartPage) -> None:
    qtbot.keyClicks(page.passphrase, WORDS)
    qtbot.keyClicks(page.again, WORDS)


def _start(qtbot: QtBot, page: FirstStartPage) -> Answers:
    with qtbot.waitSignal(page.answered, timeout=1000) as answered:
        qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert answered.args is not None
    given = answered.args[0]
    assert isinstance(given, Answers)
    return given


def _refused(qtbot: QtBot, page: FirstStartPage) -> str:
    spy = QSignalSpy(page.answered)
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert spy.count() == 0
    assert page.fault.isVisible()
    assert page.begin.isEnabled()
    return page.fault.text()


def test_names_are_completed_as_one_types(qtbot: QtBot, page: FirstStartPage) -> None:
    qtbot.keyClicks(page.country, "ira")
    popup = _popup(page)
    qtbot.waitUntil(popup.isVisible)
    model = popup.model()
    assert {"Iran", "Iraq"} <= {model.index(n, 0).data() for n in range(model.rowCount())}
    qtbot.keyClicks(popup, "q")
    qtbot.keyClick(_where_keys_go(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _chips(page) == ["Iraq  ×"])
    assert page.country.text() == ""


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_the_name_that_was_chosen_is_the_one_that_is_taken(qtbot: QtBot, page: FirstStartPage, way: str) -> None:
    """Not the first that would fit what was typed: Iran and Iraq are one letter apart."""
    qtbot.keyClicks(page.country, "ira")
    popup = _popup(page)
    qtbot.waitUntil(popup.isVisible)
    model = popup.model()
    names = [model.index(n, 0).data() for n in range(model.rowCount())]
    row = names.index("Iraq")
    if way == "mouse":
        place = popup.visualRect(model.index(row, 0)).center()
        qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        for _ in range(row + 1):
            qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(_chips(page)))
    assert _chips(page) == ["Iraq  ×"]
    qtbot.wait(20)
    assert page.country.text() == ""


def test_a_whole_name_is_taken_when_the_field_is_left_and_no_list_stands_in_the_way(
    qtbot: QtBot, page: FirstStartPage
) -> None:
    qtbot.keyClicks(page.country, "iraq")
    assert not _popup(page).isVisible()  # nothing is left to offer, and an open list would take the next click
    qtbot.mouseClick(page.passphrase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _chips(page) == ["Iraq  ×"])
    assert page.choices[BAGHDAD.id].isVisible()


def test_half_a_name_stays_as_it_was_typed_when_the_field_is_left(qtbot: QtBot, page: FirstStartPage) -> None:
    page.country.setText("Ira")
    page.passphrase.setFocus()
    qtbot.wait(60)
    assert page.country.text() == "Ira"
    assert _chips(page) == []
    assert not page.fault.isVisible()


def test_names_in_other_languages_and_letters_are_known(qtbot: QtBot, page: FirstStartPage) -> None:
    for typed in ("Côte d’Ivoire", "cote d'ivoire", "Jordan"):
        _type_country(qtbot, page, typed)
    qtbot.waitUntil(lambda: _chips(page) == ["Côte d’Ivoire  ×", "Jordan  ×"])


def test_a_country_is_taken_away_by_its_chip(qtbot: QtBot, page: FirstStartPage) -> None:
    for name in ("Iraq", "Jordan"):
        _type_country(qtbot, page, name)
    (chip,) = [one for one in page.findChildren(QPushButton) if one.accessibleName() == "Remove Iraq"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _chips(page) == ["Jordan  ×"])
    assert not page.choices[BAGHDAD.id].isVisible()
    _fill(qtbot, page)
    assert _start(qtbot, page).choices.countries == ("JO",)


def test_a_name_that_is_no_country_is_said_and_never_dropped(qtbot: QtBot, page: FirstStartPage) -> None:
    _fill(qtbot, page)
    _type_country(qtbot, page, "Xyzzyland")
    assert page.fault.isVisible()
    assert page.country.text() == "Xyzzyland"
    assert "Xyzzyland" in _refused(qtbot, page)
    page.country.clear()
    assert _start(qtbot, page).choices.countries == ()


def test_what_is_typed_and_not_entered_counts(qtbot: QtBot, page: FirstStartPage) -> None:
    qtbot.keyClicks(page.country, "Iraq")
    _popup(page).hide()
    _fill(qtbot, page)
    assert _start(qtbot, page).choices.countries == ("IQ",)


def test_sources_of_the_chosen_places_are_suggested(qtbot: QtBot, page: FirstStartPage) -> None:
    def offered() -> dict[str, bool]:
        return {name: choice.box.isChecked() for name, choice in page.choices.items() if choice.isVisible()}

    assert offered() == {WORLD.id: True}
    _type_country(qtbot, page, "Iraq")
    assert offered() == {WORLD.id: True, BAGHDAD.id: True}
    page.choices[BAGHDAD.id].box.click()
    _type_country(qtbot, page, "Jordan")
    assert offered() == {WORLD.id: True, BAGHDAD.id: False, AMMAN.id: True}  # a choice made by hand stays


def test_a_click_on_a_sources_words_ticks_it(qtbot: QtBot, page: FirstStartPage) -> None:
    choice = page.choices[WORLD.id]
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(choice.width() - 20, choice.height() // 2))
    assert not choice.box.isChecked()
    _fill(qtbot, page)
    assert _refused(qtbot, page) == "Choose at least one source to follow."


def test_passphrases_must_be_long_enough_and_the_same(qtbot: QtBot, page: FirstStartPage) -> None:
    assert _refused(qtbot, page) == "A passphrase needs at least 8 characters."
    qtbot.keyClicks(page.passphrase, "seven77")
    qtbot.keyClicks(page.again, "seven77")
    assert _refused(qtbot, page) == "A passphrase needs at least 8 characters."
    qtbot.keyClicks(page.passphrase, "x")
    assert _refused(qtbot, page) == "The two passphrases differ."
    qtbot.keyClicks(page.again, "x")
    assert _start(qtbot, page).passphrase == "seven77x"


def test_a_keyring_needs_no_passphrase(qtbot: QtBot, page: FirstStartPage) -> None:
    page.keyring.click()
    assert not page.passphrase.isEnabled()
    assert _start(qtbot, page).passphrase is None


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("", "", (None, None)),
        ("2026-05-02", "", (date(2026, 5, 2), None)),
        ("2026-05-02", "2026-06-30", (date(2026, 5, 2), date(2026, 6, 30))),
        ("2026-05-02", "2026-05-02", (date(2026, 5, 2), date(2026, 5, 2))),
        ("2026-06-30", "2026-05-02", None),
        ("30.6.2026", "", None),
        ("2026-02-30", "", None),
        ("tomorrow", "", None),
    ],
)
def test_dates(
    qtbot: QtBot, page: FirstStartPage, start: str, end: str, wanted: tuple[date | None, date | None] | None
) -> None:
    _fill(qtbot, page)
    qtbot.keyClicks(page.start, start)
    qtbot.keyClicks(page.end, end)
    if wanted is None:
        assert _refused(qtbot, page) == "Write dates as 2026-12-31, the first before the last."
    else:
        choices = _start(qtbot, page).choices
        assert (choices.start, choices.end) == wanted


def test_start_is_pressed_once_and_again_after_a_fault(qtbot: QtBot, page: FirstStartPage) -> None:
    _fill(qtbot, page)
    _start(qtbot, page)
    assert not page.begin.isEnabled()
    spy = QSignalSpy(page.answered)
    qtbot.keyClick(page.again, Qt.Key.Key_Return)
    assert spy.count() == 0
    page.show_fault("No keyring is there to hold the key.")
    assert page.fault.text() == "No keyring is there to hold the key."
    assert page.passphrase.text() == WORDS
    _start(qtbot, page)


def test_the_window_makes_what_was_answered(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    """From the empty folder to the three columns, on a real store; the checker asks nobody but this machine."""
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text(
        '[[sources]]\nid = "embassy"\nname = "Embassy"\nissuer = "Embassy"\nformat = "rss"\n'
        'url = "http://127.0.0.1:9/feed"\nkind = "alert"\n',
        encoding="utf-8",
    )
    profile = Profile(tmp_path / "profile")
    window = open_window(profile, catalogue)
    eventually(qtbot, lambda: window.findChild(FirstStartPage))
    page = window.findChild(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    assert not profile.folder.exists()
    window.activateWindow()
    qtbot.waitUntil(page.country.hasFocus)
    _type_country(qtbot, page, "Iraq")
    _fill(qtbot, page)
    qtbot.keyClick(page.again, Qt.Key.Key_Return)
    eventually(qtbot, lambda: window.workbench is not None and window.workbench.isVisible())
    workbench = window.workbench
    assert workbench is not None
    assert workbench.side.card.accessibleName() == "Iraq. Level not known"
    eventually(qtbot, lambda: "no connection" in workbench.side.fresh.text())
    assert WORDS not in "".join(path.read_text(encoding="latin-1") for path in profile.folder.iterdir())


@pytest.mark.parametrize("near", ["where", "when", "whose", "key", "begin"])
def test_what_is_wrong_is_said_beside_its_answer_and_comes_into_view(
    qtbot: QtBot, page: FirstStartPage, near: str
) -> None:
    page.resize(360, 420)
    page.show_fault("This is not right.", near)
    fields = {"where": page.country, "when": page.start, "key": page.again, "begin": page.begin}
    field = fields.get(near) or [one for one in page.choices.values() if one.isVisible()][-1]
    qtbot.waitUntil(lambda: page.fault.isVisible() and not page.fault.visibleRegion().isEmpty())
    below = page.fault.mapTo(page, QPoint(0, 0)).y() - field.mapTo(page, QPoint(0, field.height())).y()
    assert 0 <= below <= 24
    page.show_fault("Another thing.", "begin")
    shown = [one.text() for one in page.findChildren(QLabel) if one.property("look") == "error" and one.isVisible()]
    assert shown == ["Another thing."]
