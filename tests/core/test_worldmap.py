"""The map: where countries lie, whose level counts, and that no other part of the program says another level."""

import importlib.util
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from core import places
from core.model import Level
from core.store import advisories, overview, sources
from core.store.overview import Summary
from core.worldmap import Line, next_to, world, worst_of_each
from tests.profiles import ROOT, scene

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that made the map."""
    spec = importlib.util.spec_from_file_location("world", ROOT / "packaging" / "world.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def _is_in(rings: tuple[Line, ...], x: float, y: float) -> bool:
    inside = False
    for ring in rings:
        points = list(zip(ring[::2], ring[1::2], strict=True))
        for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def _countries_at(maker: ModuleType, north: float, east: float) -> set[str]:
    x, y = maker.place(east, north)
    return {code for code, rings in world().shapes.items() if _is_in(rings, x + 0.5, y + 0.5)}


def test_every_country_has_a_place_on_the_map() -> None:
    held = world()
    assert set(held.spots) == set(places.alpha3_codes())
    assert set(held.shapes) < set(held.spots)
    for code, spot in held.spots.items():
        assert 0 <= spot.x <= held.width and 0 <= spot.y <= held.height
        assert (spot.room > 0) <= (code in held.shapes)


def test_a_spot_lies_in_its_country() -> None:
    for code, rings in world().shapes.items():
        spot = world().spots[code]
        if spot.room > 1:
            assert _is_in(rings, spot.x + 0.5, spot.y + 0.5), code


@pytest.mark.parametrize(
    ("code", "north", "east"),
    [
        ("IQ", 33.3, 44.4), ("FR", 48.9, 2.4), ("GF", 4.0, -53.0), ("SJ", 78.5, 16.0), ("UA", 45.3, 34.4),
        ("SO", 9.6, 44.1), ("CY", 35.25, 33.5), ("XK", 42.6, 20.9), ("MA", 31.6, -8.0), ("TW", 23.8, 121.0),
        ("US", 64.8, -152.0), ("RU", 66.5, -174.0), ("AQ", -85.0, 100.0), ("NZ", -43.5, 171.5), ("GL", 72.0, -40.0),
    ],
)  # fmt: skip
def test_places_lie_where_they_do(maker: ModuleType, code: str, north: float, east: float) -> None:
    assert _countries_at(maker, north, east) == {code}


def test_no_shape_goes_round_the_back_of_the_map() -> None:
    """One that crossed the cut would be drawn as a band across all others."""
    for code, rings in world().shapes.items():
        for ring in rings:
            assert code == "AQ" or max(ring[::2]) - min(ring[::2]) < world().width / 3, code


def test_what_is_drawn_together_has_no_border_between() -> None:
    assert len(world().shapes["CY"]) == 1
    assert len(world().shapes["SO"]) == 1


def test_the_map_says_whose_it_is_and_stays_small() -> None:
    file = ROOT / "resources" / "world.json"
    assert file.stat().st_size < 80_000
    about = json.loads(file.read_text(encoding="utf-8"))["about"][0]
    assert about.startswith("Made with Natural Earth") and "public domain" in about


def test_the_script_says_how_it_is_used(maker: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert maker.main([]) == 2
    assert "COUNTRIES-110M.JSON" in capsys.readouterr().err


def _said(
    name: str,
    level: int | None,
    *countries: str,
    source: str = "a",
    days: int = 0,
    missing: bool = False,
    **other: object,
) -> Summary:
    values: dict[str, object] = {
        "id": name, "source": source, "title": name, "issuer": "Office", "kind": "country", "countries": countries,
        "level_value": level, "level_words": f"Words of {level}", "issued": NOW - timedelta(days=days),
        "issued_is_date": False, "fetched": NOW, "missing_since": NOW if missing else None, "seen": True,
        "status": (), "actions": 0, "revision": 1,
    }  # fmt: skip
    return Summary(**values | other)  # type: ignore[arg-type]  # values of several types by name


def _names(found: list[Summary], verified: str = "a") -> dict[str, tuple[str, bool]]:
    return {code: (one.by.id, one.is_sure) for code, one in worst_of_each(found, verified).items()}


def test_the_worst_level_of_each_country_counts() -> None:
    found = [_said("mild", 2, "IQ", "JO"), _said("grave", 4, "IQ", days=90), _said("none", None, "SY")]
    assert _names(found) == _names(found[::-1]) == {"IQ": ("grave", True), "JO": ("mild", True)}


def test_of_equal_levels_a_sure_one_counts_then_the_newest() -> None:
    found = [_said("sure", 3, "IQ", days=9), _said("older", 3, "IQ", days=20), _said("doubt", 3, "IQ", source="b")]
    assert _names(found) == _names(found[::-1]) == {"IQ": ("sure", True)}


def test_a_worse_level_counts_though_it_is_not_sure() -> None:
    assert _names([_said("sure", 1, "IQ"), _said("doubt", 4, "IQ", source="b")]) == {"IQ": ("doubt", False)}


@pytest.mark.parametrize(
    "one",
    [
        _said("gone", 3, "IQ", missing=True), _said("over", 3, "IQ", status=("expired",)),
        _said("taken back", 3, "IQ", status=("withdrawn",)), _said("unfollowed", 3, "IQ", source="other"),
    ],
    ids=lambda one: one.id,
)  # fmt: skip
def test_what_may_no_longer_hold_is_never_shown_as_sure(one: Summary) -> None:
    assert _names([one]) == {"IQ": (one.id, False)}


def test_a_text_without_a_day_counts_as_old() -> None:
    found = [_said("no day", 3, "IQ", issued=None, fetched=None), _said("dated", 3, "IQ", days=300)]
    assert _names(found) == {"IQ": ("dated", True)}


def test_the_map_says_the_level_that_trips_and_cards_say(tmp_path: Path) -> None:
    """One truth: the same store is asked in three ways."""
    made = scene(tmp_path / "profile")
    with made.store() as store:
        pattern = advisories.kept(store)[0].newest
        with store.transaction():
            for number, (value, codes) in enumerate([(4, "IQ SY"), (2, "IQ JO"), (3, "JO LB"), (1, "TR")]):
                level = Level(value, "Words", "b")
                one = pattern._replace(advisory_id=str(number), number=1, countries=tuple(codes.split()), level=level)
                advisories.add(store, one)
            sources.add_trip(store, "All", ["IQ", "SY", "JO", "LB", "TR", "IR"], None, None)
        found = worst_of_each(overview.levelled(store), {"embassy"})
        levels = {code: one.by.level_value for code, one in found.items()}
        assert levels == {"IQ": 4, "SY": 4, "JO": 3, "LB": 3, "TR": 1}
        assert levels == advisories.levels(store, ["IQ", "SY", "JO", "LB", "TR", "IR"])
        for code, level_value in levels.items():
            worst = overview.worst(store, [code])
            assert worst is not None and worst.level_value == level_value


def test_keys_lead_to_the_nearest_country_in_a_direction() -> None:
    spots = world().spots
    assert next_to(spots, "EG", -1, 0) == "LY"
    assert next_to(spots, "IQ", 1, 0) == "IR"
    assert next_to(spots, "US", 0, -1) == "CA"
    assert next_to(spots, "AQ", 0, 1) == "AQ"
