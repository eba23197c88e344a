"""Sources that are an index and a document for each country: on a real server and a real store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from core import check
from core.model import ChangeKind, HealthState, Message, Source
from core.paths import Profile
from core.store import advisories, sources
from core.store.open import Store
from tests.core import governments as g
from tests.profiles import cheap_profile
from tests.servers import LoopbackFeed

INDEX = "/advice"


@dataclass
class Office:
    """A small government on loopback, in the shape of GOV.UK, with pages for Mali and Austria."""

    profile: Profile
    key: bytes
    feed: LoopbackFeed
    source: Source

    def store(self) -> Store:
        return Store.open(self.profile.database, self.key)

    def publish(self, slug: str, name: str, words: str, stamp: str, **details: object) -> g.Json:
        page = g.uk_country(slug, name, parts=[{"title": "Warnings", "body": f"<p>{words}</p>"}], **details)
        self.feed.publish(f"{INDEX}/{slug}", g.dump(page | {"public_updated_at": stamp}))
        return g.uk_child(slug, name, stamp)

    def index(self, *children: g.Json) -> None:
        self.feed.publish(INDEX, g.dump(g.uk_index(*children)))

    def look(self) -> check.Report:
        return check.check(self.store, {"office": self.source}, deadline_s=2.0)

    def follow(self, *countries: str) -> None:
        with self.store() as store, store.transaction():
            sources.follow(store, ["office"], countries)

    def kept(self) -> dict[str, str]:
        with self.store() as store:
            return {one.newest.title: one.newest.text.plain for one in advisories.kept(store)}

    def missing(self) -> list[str]:
        with self.store() as store:
            return [one.newest.title for one in advisories.kept(store) if one.missing_since]

    def asked(self) -> list[tuple[str, int]]:
        """What was asked since the last time, with the answer's status."""
        seen = [(request.path, request.status) for request in self.feed.requests]
        new, self._seen = seen[self._seen :], len(seen)
        return sorted(new)

    _seen: int = 0


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as feed:
        source = Source("office", "Office", "Office", feed.url(INDEX), format="govuk", from_user=True)
        yield Office(profile, key, feed, source)


def two(office: Office, mali: str = "Keep off the pier.", stamp: str = "2026-03-04T10:30:00Z") -> None:
    office.index(
        office.publish("mali", "Mali", mali, stamp),
        office.publish("austria", "Austria", "Bring a coat.", "2026-03-01T08:00:00Z"),
    )


def states(report: check.Report) -> list[tuple[HealthState, str | None]]:
    return [(health.state, health.problem.id if health.problem else None) for health in report.sources]


def test_the_pages_of_the_wanted_countries_are_read_and_no_others(office: Office) -> None:
    two(office)
    office.follow("ML")
    assert states(office.look()) == [(HealthState.VERIFIED, None)]
    assert office.asked() == [("/advice", 200), ("/advice/mali", 200)]
    assert office.kept() == {"Mali travel advice": "Warnings\n\nKeep off the pier."}


def test_countries_are_those_of_follow_else_the_entry_else_the_trips_else_the_index_alone(office: Office) -> None:
    two(office)
    office.follow()
    office.look()
    assert office.asked() == [("/advice", 200)]
    assert len(office.kept()) == 2
    with office.store() as store, store.transaction():
        sources.add_trip(store, "North", ["AT"], None, None)
    office.look()
    assert [path for path, _ in office.asked()] == ["/advice", "/advice/austria"]
    office.source = office.source._replace(countries=("ML",))
    office.look()
    assert [path for path, _ in office.asked()] == ["/advice", "/advice/mali"]
    # A page that was read is not replaced by the little that the index says.
    with office.store() as store, store.transaction():
        for trip in sources.trips(store):
            sources.remove_trip(store, trip.id)
    office.source = office.source._replace(countries=())
    two(office, stamp="2026-03-06T00:00:00Z")
    assert office.look().changes == ()
    assert office.kept()["Mali travel advice"] == "Warnings\n\nKeep off the pier."


def test_only_what_changed_is_asked_for(office: Office) -> None:
    two(office)
    office.follow("ML", "AT")
    office.look()
    office.asked()
    office.look()
    assert office.asked() == [("/advice", 304)]
    two(office, "Leave the pier at once.", "2026-03-05T00:00:00Z")
    (change,) = office.look().changes
    assert office.asked() == [("/advice", 200), ("/advice/mali", 200)]
    assert change.kind is ChangeKind.TEXT
    # A stamp that moves without a change, as Canada's do every day.
    two(office, "Leave the pier at once.", "2026-03-06T00:00:00Z")
    assert office.look().changes == ()


def test_once_a_day_everything_is_asked_for_whatever_the_index_says(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(office)
    office.follow("ML")
    office.look()
    office.asked()
    monkeypatch.setattr("core.asking.WHOLE_EVERY", timedelta(0))
    office.look()
    assert office.asked() == [("/advice", 200), ("/advice/mali", 200)]


@pytest.mark.parametrize("trouble", ["404", "page", "another country", "the index again", "cut"])
def test_a_page_that_fails_is_not_verified_and_hides_no_other(office: Office, trouble: str) -> None:
    two(office)
    office.follow("ML", "AT")
    office.look()
    two(office, "Leave the pier at once.", "2026-03-05T00:00:00Z")
    match trouble:
        case "404":
            office.feed.status("/advice/mali", 404)
        case "page":
            office.feed.serve("/advice/mali", b"<!doctype html><title>Log in</title><body>Wi-Fi</body>", "text/html")
        case "another country":
            office.feed.publish("/advice/mali", g.dump(g.uk_country("austria", "Austria")))
        case "the index again":
            office.feed.publish("/advice/mali", g.dump(g.uk_index(g.uk_child("mali", "Mali"))))
        case "cut":
            office.feed.cut_short("/advice/mali", g.dump(g.uk_country("mali", "Mali")))
    report = office.look()
    assert states(report) == [(HealthState.FAILING, "documents-failed")]
    assert not report.all_verified
    assert office.kept()["Mali travel advice"] == "Warnings\n\nKeep off the pier."
    # The index now answers "not modified": the page that failed is tried again all the same.
    office.feed.heal("/advice/mali")
    two(office, "Leave the pier at once.", "2026-03-05T00:00:00Z")
    assert states(office.look()) == [(HealthState.VERIFIED, None)]
    assert office.kept()["Mali travel advice"] == "Warnings\n\nLeave the pier at once."


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (b"{}", "empty-answer"),
        (b'{"base_path": "/foreign-travel-advice", "links": {"children": []}}', "empty-feed"),
    ],
)
def test_an_index_is_never_rightly_empty(office: Office, answer: bytes, problem: str) -> None:
    office.feed.publish(INDEX, answer)
    office.follow("ML")
    assert states(office.look()) == [(HealthState.FAILING, problem)]


def test_a_country_without_a_page_is_said_where_it_was_named(office: Office) -> None:
    two(office)
    office.follow("ML", "ZZ")
    (health,) = office.look().sources
    assert health.problem == Message("no-page-for", {"countries": "ZZ"})
    assert len(office.kept()) == 1


def test_a_page_that_the_index_loses_is_marked_and_comes_back(office: Office) -> None:
    two(office)
    office.follow("ML", "AT")
    office.look()
    mali = office.publish("mali", "Mali", "Keep off the pier.", "2026-03-04T10:30:00Z")
    office.index(mali)
    assert office.look().changes == ()
    assert office.missing() == ["Austria travel advice"]
    two(office)
    assert office.look().changes == ()
    assert office.missing() == []


GERMAN = {"response": {"202": g.de_entry("Mali", "ML", "MLI", content="<p>Lage</p>")}}


@pytest.mark.parametrize(
    ("format_name", "index", "page", "documents"),
    [
        ("canada", "/index-alpha-eng.json", "/cta-cap-ML.json", (g.ca_index(), g.ca_detail())),
        ("germany", "/travelwarning", "/travelwarning/202", (g.de_index(), GERMAN)),
        ("netherlands", "/types/traveladvice", "/types/countries/mli/traveladvice", (g.nl_list(), g.nl_list()[1])),
    ],
    ids=["canada", "germany", "netherlands"],
)
def test_every_government_s_documents_stand_beside_its_index(
    office: Office, format_name: str, index: str, page: str, documents: tuple[object, object]
) -> None:
    for path, document in zip((index, page), documents, strict=True):
        office.feed.publish(path, g.dump(document))
    office.source = office.source._replace(url=office.feed.url(index), format=format_name)
    office.follow("ML")
    assert states(office.look()) == [(HealthState.VERIFIED, None)]
    assert [path for path, _ in office.asked()] == sorted((index, page))
    assert len(office.kept()) == 1
