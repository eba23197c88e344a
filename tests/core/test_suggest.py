"""Which advisory's checklist is offered first: the newest alert of the trip's places, and never one of elsewhere."""

from datetime import UTC, date, datetime

from core.model import Kind, Trip
from core.store.overview import Summary
from core.suggest import suggested

TODAY = date(2026, 5, 15)
IRAQ = Trip("t", "Iraq", ("IQ",), None, None)
NOW = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)


def summary(name: str, kind: Kind = Kind.ALERT, countries: tuple[str, ...] = ("IQ",), actions: int = 7) -> Summary:
    return Summary(name, "s", name, "Embassy", kind, countries, None, None, NOW, False, NOW, None, True, (), actions, 1)


def test_the_newest_alert_of_the_trip_before_any_page() -> None:
    every = [summary("page", Kind.COUNTRY), summary("new"), summary("old")]
    found = suggested(every, [IRAQ], TODAY)
    assert found is not None
    assert found.id == "new"
    found = suggested(every[:1], [IRAQ], TODAY)
    assert found is not None
    assert found.id == "page"


def test_nothing_of_elsewhere_without_actions_withdrawn_or_second_hand() -> None:
    gone = summary("gone")._replace(missing_since=NOW)
    every = [summary("far", countries=("PE",)), summary("words", actions=0), gone, summary("told", Kind.REPORT)]
    assert suggested(every, [IRAQ], TODAY) is None
    assert suggested([summary("new")], [], TODAY) is None


def test_a_trip_that_is_over_asks_for_nothing() -> None:
    assert suggested([summary("new")], [IRAQ._replace(end=date(2026, 5, 14))], TODAY) is None
    assert suggested([summary("new")], [IRAQ._replace(end=TODAY)], TODAY) is not None
