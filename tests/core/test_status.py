"""Words of the status: each from a sentence that states it, none from one that only sounds like it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import intake, markup, status, validity, wording
from core.commands import shapes
from core.grounds import Evidence
from core.model import ChangeKind, Kind, Source
from core.notices import is_told, is_urgent
from core.revise import compare
from tests.core.revisions import ISSUED, revision_of
from tests.texts import Alert, embassy_feed

ROWS = list(status.rows())
DATE = "Tue, 03 Mar 2026 05:10:00 +0000"
EMBASSY = Source("embassy", "Embassy", "Embassy of the Tests", "https://iq.usembassy.gov/", kind=Kind.ALERT)


def words(text: str, language: str = "en", countries: tuple[str, ...] = ("IQ",), *, has_level: bool = False) -> str:
    made = markup.from_plain(text)
    return " ".join(one.word for one in status.found_in(made, language, countries, has_level=has_level))


@pytest.mark.parametrize(
    ("language", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value.example
)
def test_every_row_fits_its_example(language: str, row: status.Row) -> None:
    assert row.pattern.search(row.example)
    if row.word:
        example = row.example.replace("Freedonia", "Iraq")
        assert words(example, language, countries=("IQ",) if "Iraq" in example else ()) == row.word
    assert {row.word or "embassy-closed", *row.ends} <= set(status.WORDS)


def test_the_set_is_closed_and_every_word_has_a_reading() -> None:
    assert len(set(status.WORDS)) == len(status.WORDS)
    assert set(wording.STATUS) == set(status.WORDS)
    in_text = {row.word for _, row in ROWS if row.word}
    assert in_text <= set(status.WORDS)
    for language in ("de", "fr", "es", "nl"):
        spoken = {row.word for known, row in ROWS if known == language}
        assert {"ordered-departure", "embassy-closed", "airspace-closed", "borders-closed"} <= spoken


@pytest.mark.parametrize(
    "sentence",
    [
        "If ordered departure is declared, staff will leave within a day.",
        "Should the Department order the departure of staff, this page will say so.",
        "The Department may order the departure of non-emergency staff.",
        "The Department has not ordered the departure of its staff.",
        "The Department plans to end services when it ordered the departure of staff.",
        "Has the Department ordered the departure of staff?",
        "“The Department ordered the departure of staff,” a newspaper wrote.",
        "Media reports that the government ordered the departure of its staff are wrong.",
        "The authorities have ordered the evacuation of the lower town.",
        "In 2020 the airspace was closed for two days.",
        "The borders may close with little notice.",
        "The conflict may result in airspace closures.",
        "Airspace closures are possible.",
        "Iranian airspace is closed.",
        "Airspace over Iran is closed.",
        "The border crossing with Kuwait is closed.",
        "All land borders with Syria are closed.",
        "The embassy is closed on public holidays.",
        "The embassy is closed to the public today.",
        "The Embassy will be closed on Monday.",
        "Our ability to provide consular assistance may be limited.",
        "The embassy has limited ability to provide emergency services in these areas.",
        "Emergency services are limited in rural areas.",
        "The embassy in Amman provides consular services to citizens in Iraq.",
        "Do not travel to the border with Syria.",
        "Do not travel to Iraq's border regions due to fighting.",
        "Obey all curfews and shelter in place.",
    ],
)
def test_what_only_sounds_like_it_says_nothing(sentence: str) -> None:
    assert words(sentence) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On March 2, 2026 the Department ordered the departure of staff.", "ordered-departure"),
        ("On May 2, the Department ordered the departure of staff.", "ordered-departure"),
        (
            "On March 2, 2026 the Department ordered the departure of staff.\n\n"
            "On October 22, 2026, the Department lifted the ordered departure.",
            "departure-lifted",
        ),
        (
            "On October 22, 2025, the Department lifted the ordered departure.\n\n"
            "On March 2, 2026 the Department ordered the departure of staff.",
            "ordered-departure",
        ),
        (
            "Updated to reflect the lifting of ordered departure.\n\n"
            "On March 2, 2026 the Department ordered the departure of staff.",
            "departure-lifted",
        ),
        ("The airspace is closed.\n\nThe airspace has reopened.", ""),
        ("Iraqi airspace is closed.", "airspace-closed"),
        ("Our embassy is now closed. The embassy has resumed operations.", ""),
        ("Do not travel to Iraq for any reason.", "do-not-travel"),
    ],
)
def test_the_newest_of_statements_against_each_other_counts(text: str, found: str) -> None:
    assert words(text) == found


def test_a_level_says_already_whether_to_travel() -> None:
    assert words("Do not travel to Iraq due to fighting.", has_level=True) == ""


@given(st.lists(st.sampled_from([row.example for language, row in ROWS if language == "en"]), max_size=6))
def test_evidence_is_a_whole_sentence_of_the_text(examples: list[str]) -> None:
    made = markup.from_plain("\n\n".join(examples))
    found = status.found_in(made, "en", (), has_level=False)
    assert all(made.plain[one.start : one.end] in examples for one in found)
    assert len({one.word for one in found}) == len(found)


def test_an_alert_carries_the_word_and_its_sentence() -> None:
    said = "The Department ordered the departure of non-emergency staff."
    alert = Alert("Alert", "https://iq.usembassy.gov/a/", f"<p>Rockets fell. {said}</p>", DATE)
    (revision,) = intake.take(embassy_feed([alert]), EMBASSY, datetime(2026, 3, 4, tzinfo=UTC)).revisions
    assert revision.status == ("ordered-departure",)
    (evidence,) = revision.evidence
    assert revision.text.plain[evidence.start : evidence.end] == said
    assert wording.status_lines(revision) == [f"Departure of staff ordered: “{said}”"]
    before = revision_of([], event="Rockets fell.")
    change = compare(before, revision_of([], event=f"Rockets fell. {said}", status=("ordered-departure",)))
    assert change is not None
    assert change.kind is ChangeKind.STATUS
    assert is_told(change, revision, [], ISSUED, first_look=False)
    assert is_urgent(change, revision)


def test_a_report_raises_nothing_whatever_it_quotes() -> None:
    said = "The Department has ordered the departure of staff."
    quoted = f"Officials said on Tuesday that things are bad, according to a spokesman.\n\n{said}"
    text = f"{quoted}\n\nCitizens were told to:\n- Leave Iraq now.".encode()
    (revision,) = intake.take(text, Source("file", "", "", ""), datetime.now(UTC), fetched=False).revisions
    assert (revision.kind, revision.status, revision.evidence) == (Kind.REPORT, (), ())


def test_what_the_program_learnt_to_read_is_no_news() -> None:
    held = revision_of(["Leave."])
    learnt = revision_of(["Leave."], status=("airspace-closed",))
    learnt = learnt._replace(evidence=(Evidence("airspace-closed", 0, 5),))
    assert compare(held, learnt) is None
    assert compare(learnt, held) is None
    withdrawn = learnt._replace(status=("airspace-closed", "withdrawn"))
    change = compare(held, withdrawn)
    assert change is not None
    assert change.kind is ChangeKind.WITHDRAWN


def test_only_what_has_an_end_runs_out() -> None:
    held = revision_of([], expires=ISSUED)
    assert validity.as_of(held, ISSUED - timedelta(seconds=1)) is held
    assert validity.as_of(held, ISSUED).status == ("expired",)
    assert validity.as_of(validity.as_of(held, ISSUED), ISSUED + timedelta(days=9)).status == ("expired",)
    assert validity.as_of(revision_of([]), ISSUED).status == ()
    gone = revision_of([], expires=ISSUED, status=("withdrawn",))
    assert validity.as_of(gone, ISSUED) is gone


def test_a_sign_that_is_longer_in_small_letters_moves_no_evidence() -> None:
    said = "The airspace is closed."
    text = markup.from_plain(f"{'İ' * 40} İstanbul.\n\nOn İ: wait. {said}\n\n{'İ' * 40}")
    (one,) = status.found_in(text, "en", (), has_level=False)
    assert text.plain[one.start : one.end] == said


def test_evidence_is_shown_with_the_text() -> None:
    said = "The airspace is closed."
    alert = Alert("Alert", "https://iq.usembassy.gov/a/", f"<p>{said}</p>", DATE)
    (revision,) = intake.take(embassy_feed([alert]), EMBASSY, datetime(2026, 3, 4, tzinfo=UTC)).revisions
    shape = json.loads(json.dumps(shapes.advisory(revision, text=True)))
    (one,) = shape["status_evidence"]
    assert (one["word"], shape["text"][one["start"] : one["end"]]) == ("airspace-closed", said)
    assert "status_evidence" not in shapes.advisory(revision)
