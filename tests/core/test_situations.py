"""Instructions behind a situation, a label or a heading in running text."""

import pytest

from core import markup
from core.extract import actions_in
from core.model import Kind


def _taken(html: str, language: str = "en", kind: Kind = Kind.ALERT) -> list[tuple[str, str | None]]:
    found = actions_in(markup.from_html(html), kind=kind, language=language)
    return [(one.text, one.condition) for one in found]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<h2>If you are driving</h2><p>Stop at the roadside. Go into a building.</p><h2>Traffic</h2><p>Slow.</p>",
            [("Stop at the roadside.", "If you are driving"), ("Go into a building.", "If you are driving")],
        ),
        (
            "<h2>Time to reach shelter: 60 seconds</h2><h2>When an alert sounds</h2><div><span>1</span><span>Enter the "
            "room.</span></div><div><span>2</span><span>Sit down.</span></div>",
            [("Enter the room.", "When an alert sounds"), ("Sit down.", "When an alert sounds")],
        ),
        (
            "<p>You should:</p><ul><li>stay inside</li></ul><p>If you are stopped by the police: Stay calm. "
            "Ask for the Embassy.</p>",
            [
                ("stay inside", None),
                ("Stay calm.", "If you are stopped by the police"),
                ("Ask for the Embassy.", "If you are stopped by the police"),
            ],
        ),
        (
            "<ul><li>PLAN: Count on a flood.</li><li>PREPARE: Move papers upstairs. Fill the tank.</li>"
            "<li>IMPACTS: The bridge is closed.</li></ul>",
            [("PLAN: Count on a flood.", None), ("PREPARE: Move papers upstairs. Fill the tank.", None)],
        ),
        (
            "<p>You should:</p><ul><li>Livestock: if you cannot move them, open the gates.</li></ul>",
            [("Livestock: if you cannot move them, open the gates.", None)],
        ),
    ],
)
def test_what_stands_behind_a_situation(page: str, expected: list[tuple[str, str | None]]) -> None:
    assert _taken(page) == expected


def test_the_details_of_an_instruction_stay_with_it() -> None:
    page = (
        "<p>Bent u in het gebied? Doe het volgende:</p><ul><li>Sla water in:<ul><li>reken op 3 liter</li>"
        "<li>neem flessen</li></ul></li><li>Blijf binnen.</li></ul>"
    )
    assert [text for text, _ in _taken(page, "nl")] == ["Sla water in: reken op 3 liter; neem flessen", "Blijf binnen."]


def test_a_heading_inside_running_text_is_no_part_of_its_command() -> None:
    page = "<p>Hinweis auf Gefahren: Äste können fallen. Empfehlungen: Suchen Sie ein Haus auf! Meiden Sie Wälder.</p>"
    assert [text for text, _ in _taken(page, "de")] == ["Suchen Sie ein Haus auf!", "Meiden Sie Wälder."]


def test_one_polite_command_of_a_german_list_needs_no_heading() -> None:
    page = "<h3>Terrorismus</h3><ul><li>Beachten Sie den Hinweis.</li></ul><h3>Pässe</h3><ul><li>Pass: Ja</li></ul>"
    assert _taken(page, "de", Kind.COUNTRY) == [("Beachten Sie den Hinweis.", None)]


def test_a_list_of_a_german_embassy_is_no_list_of_its_offices() -> None:
    page = (
        "<p>Die Botschaft empfiehlt dringend:</p><ul><li>Meiden Sie den Hafen.</li><li>Führen Sie Pässe mit.</li></ul>"
    )
    assert [text for text, _ in _taken(page, "de")] == ["Meiden Sie den Hafen.", "Führen Sie Pässe mit."]
