"""The map in the window: what it colours, what it says, where its keys and presses lead, and the list beside it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.model import Level
from core.store import advisories, sources
from core.times import to_text
from core.worldmap import world
from tests.profiles import EMBASSY, Made
from tests.ui.conftest import Bench
from tests.ui.drawing import colours, shown
from ui import theme
from ui.pages.world import WorldPage
from ui.theme import LIGHT
from ui.widgets.world_map import Mark
from ui.workbench import Workbench

OpenMap = Callable[..., tuple[Workbench, WorldPage]]
WORDS = {1: "Go as usual", 2: "Take care", 3: "Think again", 4: "Level 4: Stay away"}


@pytest.fixture
def open_map(qtbot: QtBot, made: Made, bench: Bench) -> OpenMap:
    """The map over a profile with levels: four countries of the source that was verified, one of another's."""

    def open_it(width: int = 1280, verified: timedelta = timedelta(0)) -> tuple[Workbench, WorldPage]:
        now = datetime.now(UTC)
        with made.store() as store:
            pattern = advisories.kept(store)[0].newest
            sources.succeed(
                store, EMBASSY.id, now - verified, next_check=now + timedelta(days=1), address=EMBASSY.url,
                etag=None, last_modified=None,
            )  # fmt: skip
            with store.transaction():
                store.write("UPDATE source SET last_verified = ? WHERE id = ?", to_text(now - verified), EMBASSY.id)
                for code, value, source in (
                    ("AU", 1, EMBASSY.id), ("BR", 2, EMBASSY.id), ("DZ", 3, EMBASSY.id), ("IR", 4, EMBASSY.id),
                    ("SD", 4, "elsewhere"), ("SG", 4, EMBASSY.id),
                ):  # fmt: skip
                    one = pattern._replace(
                        advisory_id=code, number=1, countries=(code,), level=Level(value, WORDS[value], "b"),
                        source=source, issued=datetime(2026, 5, 3, 12, tzinfo=UTC), title=f"Advice for {code}",
                        status=(), evidence=(),
                    )  # fmt: skip
                    advisories.add(store, one)
                sources.add_trip(store, "There", ["IQ"], None, None)
        workbench = bench(width)
        qtbot.keyClick(workbench, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        page = workbench.middle.currentWidget()
        assert isinstance(page, WorldPage)
        qtbot.waitUntil(lambda: page.rows.rowCount() == len(world().spots))
        beside = workbench.side.width() if workbench.side.isVisible() else 0
        qtbot.waitUntil(lambda: page.width() == width - beside)  # it has its room once it is laid out
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return workbench, page

    return open_it


def _point(page: WorldPage, code: str) -> QPoint:
    return page.map._place(world().spots[code]).toPoint()


def _around(page: WorldPage, code: str, radius: int = 7) -> set[str]:
    """What is drawn around the mark of a country, which its number does not reach."""
    image, middle = page.map.grab().toImage(), _point(page, code)
    return {image.pixelColor(middle + QPoint(x, y)).name() for x in (-radius, radius) for y in range(-2, 3)}


def _rows(page: WorldPage) -> list[str]:
    model = page.list.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]


def test_it_is_made_when_it_is_first_looked_at(bench: Bench) -> None:
    workbench = bench()
    assert "map" not in workbench.rooms.made
    workbench.go("map")
    assert workbench.side.places["map"].isChecked()


def test_each_country_has_the_colour_of_its_worst_level(open_map: OpenMap) -> None:
    _, page = open_map()
    assert _around(page, "AU") == {LIGHT.map_1}
    assert _around(page, "BR") == {LIGHT.map_2}
    assert _around(page, "DZ") == {LIGHT.map_3}
    assert _around(page, "IR") <= {LIGHT.map_4}
    assert _around(page, "CN") == {LIGHT.map_land}


def test_a_level_whose_source_is_not_followed_is_hatched(open_map: OpenMap) -> None:
    _, page = open_map()
    page.map.mark("SD")
    for _ in range(6):
        page.map.nearer()
    drawn = colours(page.map.grab().toImage())
    assert drawn[LIGHT.map_land] > 500 < drawn[LIGHT.map_4]
    assert any(value not in (LIGHT.map_land, LIGHT.map_4) for value in _around(page, "SD", 12))
    row = next(one for one in _rows(page) if one.startswith("Sudan"))
    assert "Not verified lately" in row


def test_what_was_verified_long_ago_is_not_shown_as_sure(open_map: OpenMap) -> None:
    _, page = open_map(verified=timedelta(hours=4))
    assert _around(page, "AU") != {LIGHT.map_1}
    assert "Not verified for 4 h" in page._countries["AU"].sentence


def test_time_alone_makes_a_level_unsure(qtbot: QtBot, open_map: OpenMap, made: Made) -> None:
    workbench, page = open_map()
    assert _around(page, "AU") == {LIGHT.map_1}
    with made.store() as store, store.transaction():
        store.write("UPDATE source SET last_verified = ?", to_text(datetime.now(UTC) - timedelta(hours=5)))
    workbench.rooms.freshen()
    qtbot.waitUntil(lambda: _around(page, "AU") != {LIGHT.map_1})


def test_the_number_of_a_level_stands_in_its_country(open_map: OpenMap) -> None:
    _, page = open_map()
    for code, ink in (("AU", LIGHT.ink), ("BR", LIGHT.ink), ("DZ", LIGHT.on_accent)):
        image, middle = page.map.grab().toImage(), _point(page, code)
        near = {image.pixelColor(middle + QPoint(x, y)).lightness() for x in range(-4, 5) for y in range(-6, 7)}
        ground = theme.colour(theme.map_colours(page._countries[code].mark.level)[1]).lightness()
        far = max(near, key=lambda value: abs(value - ground))
        assert abs(far - ground) > abs(theme.colour(ink).lightness() - ground) * 0.7


def test_a_state_that_is_too_small_for_a_shape_has_a_mark(open_map: OpenMap) -> None:
    _, page = open_map()
    assert LIGHT.map_4 in _around(page, "SG", 5)
    assert page.map.country_at(QPointF(_point(page, "SG"))) == "SG"
    assert page.map.country_at(QPointF(_point(page, "IQ"))) == "IQ"
    assert page.map.country_at(QPointF(2, 2)) == ""


def test_pointing_names_a_country_in_one_line(qtbot: QtBot, open_map: OpenMap) -> None:
    _, page = open_map()
    QTest.mouseMove(page.map, _point(page, "BR"))
    qtbot.waitUntil(lambda: page.line.text().startswith("Brazil"))
    assert page.line.text() == "Brazil · Level 2 · Take care · Embassy of the Tests · 3 May 2026 · Checked just now"
    QTest.mouseMove(page.map, _point(page, "IR"))
    qtbot.waitUntil(lambda: page.line.text().startswith("Iran · Level 4: Stay away · Embassy"))


def test_the_list_says_the_same_the_trips_countries_first(open_map: OpenMap) -> None:
    _, page = open_map()
    said = _rows(page)
    assert said[:3] == [
        "Iraq. Your trip · Level not known",
        "Iran. Level 4: Stay away. Embassy of the Tests · 3 May 2026",
        "Singapore. Level 4: Stay away. Embassy of the Tests · 3 May 2026",
    ]
    assert len(said) == len(world().spots)
    assert page.list.accessibleName() == "Countries"
    read = QAccessible.queryAccessibleInterface(page.map)
    assert read is not None and read.role() is QAccessible.Role.Button
    page.mark("BR")
    assert read.text(QAccessible.Text.Name).startswith("Map of the world. Brazil · Level 2")


def test_a_country_of_a_trip_is_outlined(open_map: OpenMap) -> None:
    _, page = open_map()
    page.mark("")
    assert colours(page.map.grab().toImage())[LIGHT.accent] > 10
    page.map.show_marks({})
    page.list.setFocus()
    assert colours(page.map.grab().toImage())[LIGHT.accent] == 0


def test_a_press_shows_what_is_kept_and_escape_leads_back(qtbot: QtBot, open_map: OpenMap) -> None:
    workbench, page = open_map()
    qtbot.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=_point(page, "BR"))
    shown_now = workbench.looking.advisories
    assert workbench.middle.currentWidget() is shown_now
    assert shown_now.filters.value("place") == "BR"
    assert [line.title for line in shown_now.rows.lines()] == ["Advice for BR"]
    qtbot.keyClick(shown_now.list, Qt.Key.Key_Escape)
    assert workbench.middle.currentWidget() is page
    assert page.map.marked() == "BR"
    assert shown_now.filters.value("place") == ""
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert workbench.middle.currentWidget() is workbench.checklist


def test_escape_does_not_lead_to_the_map_once_something_else_is_asked_for(qtbot: QtBot, open_map: OpenMap) -> None:
    workbench, page = open_map()
    page.opened.emit("BR")
    workbench.looking.advisories.filters.choose("place", "DZ")
    qtbot.keyClick(workbench.looking.advisories.list, Qt.Key.Key_Escape)
    assert workbench.middle.currentWidget() is workbench.looking.advisories
    assert workbench.looking.advisories.filters.value("place") == "DZ"


def test_a_text_beside_is_closed_before_the_map_comes_back(qtbot: QtBot, open_map: OpenMap) -> None:
    workbench, page = open_map(width=800)
    page.opened.emit("BR")
    workbench.columns.show_reading()
    qtbot.keyClick(workbench, Qt.Key.Key_Escape)
    assert workbench.middle.currentWidget() is workbench.looking.advisories
    qtbot.keyClick(workbench, Qt.Key.Key_Escape)
    assert workbench.middle.currentWidget() is page


def test_of_a_country_that_no_text_names_there_is_nothing_to_show(qtbot: QtBot, open_map: OpenMap) -> None:
    workbench, page = open_map()
    qtbot.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=_point(page, "CN"))
    assert workbench.middle.currentWidget() is page
    assert page.line.text() == "China · Level not known, and nothing is kept of it"
    assert not page.open.isEnabled()


def test_the_list_is_typed_into_and_opens_with_enter(qtbot: QtBot, open_map: OpenMap) -> None:
    workbench, page = open_map()
    assert page.list.hasFocus()
    qtbot.keyClicks(page.list, "alg")
    assert page.map.marked() == "DZ"
    assert page.line.text().startswith("Algeria")
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert workbench.looking.advisories.filters.value("place") == "DZ"


def test_words_narrow_the_list(qtbot: QtBot, open_map: OpenMap) -> None:
    _, page = open_map()
    page.field.setFocus()
    qtbot.keyClicks(page.field, "cote d")
    assert [line.id for line in page.rows.lines()] == ["CI"]
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    assert page.map.marked() == "CI"
    page.field.clear()
    assert page.list.currentIndex().row() == page.rows.row_of("CI")


def test_arrows_lead_from_country_to_country_on_the_map(qtbot: QtBot, open_map: OpenMap) -> None:
    workbench, page = open_map()
    page.mark("LY")
    page.map.setFocus()
    qtbot.keyClick(page.map, Qt.Key.Key_Left)
    assert page.map.marked() == "DZ"
    line = page.list.line()
    assert line is not None and line.id == "DZ"
    qtbot.keyClick(page.map, Qt.Key.Key_Space)
    assert workbench.looking.advisories.filters.value("place") == "DZ"


def test_the_map_grows_and_shrinks_and_what_is_marked_stays_in_view(qtbot: QtBot, open_map: OpenMap) -> None:
    _, page = open_map()
    page.mark("AU")
    page.map.setFocus()
    before = page.map.view.scale
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        qtbot.keyClick(page.map, key)
    assert page.map.view.scale == pytest.approx(before * 1.5**2)
    qtbot.keyClick(page.map, Qt.Key.Key_Minus)
    assert page.map.view.scale == pytest.approx(before * 1.5)
    for _ in range(30):
        page.map.nearer()
    assert page.map.view.scale == pytest.approx(before * 24)
    for code in ("US", "NZ", "AU"):
        page.mark(code)
        assert page.map.rect().contains(_point(page, code))
    qtbot.keyClick(page.map, Qt.Key.Key_0)
    assert page.map.view.scale == pytest.approx(before)


def test_the_wheel_enlarges_what_it_is_over_and_dragging_moves_it(qtbot: QtBot, open_map: OpenMap) -> None:
    workbench, page = open_map()
    over = _point(page, "DZ")
    for _ in range(3):
        turn = QWheelEvent(
            QPointF(over), page.map.mapToGlobal(QPointF(over)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(page.map, turn)
    assert (_point(page, "DZ") - over).manhattanLength() <= 3
    QTest.mousePress(page.map, Qt.MouseButton.LeftButton, pos=over)
    QTest.mouseMove(page.map, over + QPoint(30, 10))
    QTest.mouseMove(page.map, over + QPoint(60, 20))
    QTest.mouseRelease(page.map, Qt.MouseButton.LeftButton, pos=over + QPoint(60, 20))
    assert (_point(page, "DZ") - over - QPoint(60, 20)).manhattanLength() <= 3
    assert workbench.middle.currentWidget() is page


def test_the_map_is_not_mirrored_where_the_window_is(qtbot: QtBot, qapp: QApplication, open_map: OpenMap) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _, page = open_map()
    assert page.list.mapTo(page, QPoint()).x() < page.map.mapTo(page, QPoint()).x()
    assert _point(page, "BR").x() < _point(page, "AU").x()
    assert _around(page, "BR") == {LIGHT.map_2}


def test_in_a_narrow_window_the_list_stands_under_the_map(open_map: OpenMap) -> None:
    _, page = open_map(width=360)
    assert page.list.mapTo(page, QPoint()).y() > page.map.mapTo(page, QPoint()).y() + page.map.height()
    assert page.map.width() > 300


def test_another_theme_colours_the_map(open_map: OpenMap) -> None:
    workbench, page = open_map()

    def drawn() -> QImage:
        return shown(page.map)

    assert colours(drawn())[LIGHT.map_1] > 500
    workbench.rooms.theme_wanted.emit("dark")
    assert colours(drawn())[theme.DARK.map_1] > 500
    assert colours(drawn())[LIGHT.map_1] == 0


def test_what_was_marked_stays_so_when_news_comes(open_map: OpenMap, made: Made) -> None:
    workbench, page = open_map()
    page.mark("BR")
    with made.store() as store:
        pattern = advisories.kept(store)[0].newest
        with store.transaction():
            level = Level(4, WORDS[4], "b")
            advisories.add(store, pattern._replace(advisory_id="BR2", number=1, countries=("BR",), level=level))
    workbench.refresh()
    assert page.map.marked() == "BR"
    assert page.line.text().startswith("Brazil · Level 4")
    assert _around(page, "BR") == {LIGHT.map_4}


def test_before_anything_was_read_the_map_says_nothing_of_any_country(qtbot: QtBot) -> None:
    page = WorldPage(world())
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    ground = colours(page.map.grab().toImage())
    assert LIGHT.map_land not in ground
    page.map.show_marks({"AU": Mark(1, True, False)})
    assert LIGHT.map_land in colours(page.map.grab().toImage())
