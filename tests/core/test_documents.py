"""Pasted and saved texts: what is taken from them, and that quoting an issuer makes a text second-hand."""

from datetime import UTC, datetime

import pytest

from core import intake
from core.errors import FormatError
from core.model import Kind, Revision, Source
from core.quoting import is_speech
from core.rules import rules_for

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
PASTED = Source(id="pasted", name="Pasted", issuer="", url="", from_user=True)

SEVEN = (
    "Leave Freedonia by commercial transport as soon as you can.",
    "Do not come to the embassy unless you are called.",
    "Keep your passport with you.",
    "Tell your family how you leave.",
    "Avoid the port and the airport road.",
    "Follow local media.",
    "Go over your personal security plan.",
)
NEWS = """Embassy orders staff out of Freedonia

By our correspondent in Glasgow Bay

The embassy told its non-emergency staff to leave on Friday, a spokesman said, hours after shells fell near the port.

"We are watching this hour by hour," the ambassador said. "Stay strong, and look after one another," he added.

In a notice on its website, the embassy urged citizens in Freedonia to:

{list}

"Nobody should panic," the minister told reporters. "Go to work as usual."

"Keep calm and carry on," said a shopkeeper.

According to the airline, flights continue for now.
"""


def take(text: str | bytes, name: str | None = None) -> Revision:
    data = text if isinstance(text, bytes) else text.encode()
    taken = intake.take(data, PASTED, NOW, format_name=name, fetched=False)
    (revision,) = taken.revisions
    return revision


def texts(revision: Revision) -> list[str]:
    return [action.text for action in revision.actions]


@pytest.mark.parametrize("bullet", ["• ", "- ", "* ", "· ", "– "])
def test_a_report_gives_the_quoted_list_and_none_of_the_quotations_around_it(bullet: str) -> None:
    revision = take(NEWS.format(list="\n".join(bullet + text for text in SEVEN)))
    assert texts(revision) == list(SEVEN)
    assert revision.kind is Kind.REPORT
    assert (revision.level, revision.status) == (None, ())
    assert revision.title == "Embassy orders staff out of Freedonia"


def test_a_report_as_numbered_lines_and_as_a_saved_page() -> None:
    numbered = "\n".join(f"{number}. {text}" for number, text in enumerate(SEVEN, 1))
    assert texts(take(NEWS.format(list=numbered))) == list(SEVEN)
    items = "".join(f"<li>{text}</li>" for text in SEVEN)
    before, after = NEWS.split("{list}")
    paragraphs = [f"<p>{part}</p>" for part in before.split("\n\n") if part.strip()]
    later = [f"<p>{part}</p>" for part in after.split("\n\n") if part.strip()]
    page = (
        "<!DOCTYPE html><html><head><title>The Freedonian</title></head><body><nav><ul><li>Sign in</li></ul></nav>"
        f"<article><h1>Embassy orders staff out</h1>{''.join(paragraphs)}<ul>{items}</ul>{''.join(later)}</article>"
        "<footer><ul><li>Follow us</li></ul></footer></body></html>"
    )
    revision = take(page)
    assert texts(revision) == list(SEVEN)
    assert (revision.kind, revision.title) == (Kind.REPORT, "Embassy orders staff out")


def test_an_alert_as_it_comes_by_mail_is_no_report() -> None:
    mail = "Security alert: Glasgow Bay\n\nLocation: Freedonia\n\nActions to Take:\n\n" + "\n".join(
        f"·        {text}" for text in SEVEN
    )
    revision = take(mail)
    assert texts(revision) == list(SEVEN)
    assert revision.kind is Kind.ALERT
    assert [revision.text.plain[a.start : a.end] for a in revision.actions] == list(SEVEN)


def test_markdown_with_front_matter_names_its_title_address_and_day() -> None:
    saved = (
        '---\ntitle: "Alert: Freedonia"\nwebsite: "https://embassy.example/alert/"\nwhen: 2026-05-14\n---\n\n'
        "**Actions to Take:**\n\n* Avoid crowds.\n* Read [the advice](https://embassy.example/advice).\n\n"
        "**Assistance:**\n\n* Call +999 1 555 0100\n"
    )
    revision = take(saved)
    assert (revision.title, revision.url) == ("Alert: Freedonia", "https://embassy.example/alert/")
    assert texts(revision) == ["Avoid crowds.", "Read the advice."]
    assert revision.actions[1].links == ("https://embassy.example/advice",)
    assert revision.issued == datetime(2026, 5, 14, tzinfo=UTC)
    assert revision.issued_is_date


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            b"<html><body><form>Room number <input></form><p>Sign in to use the network.</p></body></html>",
            "page-without-actions",
        ),
        (b"We are well. The weather is fine here.", "no-actions"),
        (b"\x00\x01\x02\x03\x04 binary", "format-unknown"),
        (b"", "empty-answer"),
        (b"12345 67890 !!!", "format-unknown"),
    ],
)
def test_what_holds_no_instruction_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(FormatError) as refused:
        take(data)
    assert refused.value.message.id == why


def test_a_source_never_answers_with_a_document() -> None:
    source = Source(id="s", name="S", issuer="S", url="https://s.example/feed")
    for data in (
        b"<html><body><p>Actions to take:</p><ul><li>Leave now.</li></ul></body></html>",
        b"Actions to take:\n- Leave.",
    ):
        with pytest.raises(FormatError):
            intake.take(data, source, NOW)


def test_other_encodings_are_read() -> None:
    text = "Actions to Take:\n\n• Évitez… avoid the café.\n• Leave now.\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert texts(take(text.encode(encoding)))[-1] == "Leave now."


SHOPKEEPER = "“This is the worst week in years,” a shopkeeper said. “Buy water now.”"
MINISTER = '"Do not panic," the minister told reporters. "Stay in your homes."'


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "• {}", "«{}»"])
def test_what_bystanders_say_is_no_instruction(marks: str) -> None:
    wanted = ["Depart now", "Avoid the airport road", "Write to help@example.org"]
    listed = "\n\n".join(marks.format(words + end) for words, end in zip(wanted, (".", "; and", "."), strict=True))
    head = f"Embassy tells citizens to go\n\n{SHOPKEEPER}\n\nThe alert lists these actions to take:"
    text = f"{head}\n\n{listed}\n\n{MINISTER}"
    revision = take(text)
    assert revision.kind is Kind.REPORT
    assert [action.text.rstrip(".") for action in revision.actions] == wanted
    for action in revision.actions:
        assert revision.text.plain[action.start : action.end].startswith(action.text)


def test_a_part_of_a_page_is_read_as_one() -> None:
    revision = take("<p>Actions to take:</p><ul><li>Leave now.</li><li>Avoid crowds.</li></ul>")
    assert texts(revision) == ["Leave now.", "Avoid crowds."]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Consignes:\n- Quittez le pays.\n- Évitez les rassemblements.", 2),
        ("de", "Maßnahmen:\n- Verlassen Sie das Land.\n- Meiden Sie Menschenmengen.", 2),
        ("ar", "الإجراءات المطلوبة:\n- غادروا البلاد فوراً.\n- تجنبوا التجمعات.", 2),
        ("es", "Recomendaciones:\n- Salga del país.\n- Evite las concentraciones.", 2),
    ],
)
def test_a_few_words_are_read_in_the_language_they_are_in(language: str, text: str, wanted: int) -> None:
    revision = take(text)
    assert (revision.language, len(revision.actions)) == (language, wanted)


def test_marks_that_open_and_never_close_are_gone_through_once() -> None:
    """Were each of them followed to the end of the text, this would not end."""
    assert not is_speech("She said: " + "“word " * 200_000, rules_for("en").reporting)
