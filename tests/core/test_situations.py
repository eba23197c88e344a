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
            "<p>You should:</p><ul><li>stay inside</li></ul><h2>If you are driving</h2><p>Stop. Go into a house.</p>"
            "<h2>Traffic</h2><p>Slow.</p>",
            [("stay inside", None), ("Stop.", "If you are driving"), ("Go into a house.", "If you are driving")],
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


def test_a_situation_does_not_hide_what_else_an_alert_tells() -> None:
    page = "<h2>If you are driving</h2><p>Stop. Go into a house.</p><h2>Elsewhere</h2><p>Stay inside.</p>"
    assert [text for text, _ in _taken(page)] == ["Stop.", "Go into a house.", "Stay inside."]
    page = "<p>If you are stopped: Stay calm. Ask for the Embassy.</p><p>Avoid the port.</p>"
    assert [text for text, _ in _taken(page)] == [
        "If you are stopped: Stay calm.", "Ask for the Embassy.", "Avoid the port.",
    ]  # fmt: skip


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


@pytest.mark.parametrize(
    "mark", ["<b>1</b>", "<b>1.</b> ", "<b>1</b>. ", "<span>•</span>", "<b>-</b> ", "<b>(1)</b> ", "<b>(</b>1) "]
)
def test_a_mark_in_an_element_of_its_own_is_no_part_of_the_words(mark: str) -> None:
    page = f"<p>You should:</p><p>{mark}<span>Open the door.</span></p><p>{mark}<i>Ask</i> for help.</p>"
    assert [text for text, _ in _taken(page)] == ["Open the door.", "Ask for help."]
