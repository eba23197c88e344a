"""German, French, Spanish, Dutch, Arabic, Italian and Portuguese by the same rules: only their tables differ."""

from datetime import UTC, datetime

import pytest

from core import markup
from core.commanding import matches
from core.extract import actions_in
from core.model import Kind, Urgency
from core.rules import Rule, rules_for

LANGUAGES = ("de", "fr", "es", "nl", "ar", "it", "pt", "ja")
ISSUED = datetime(2026, 3, 3, 5, 10, tzinfo=UTC)
TABLES = ("headings", "closings", "conditions", "not_conditions", "urgencies", "responses", "levels")
ROWS = [
    (language, table, row) for language in LANGUAGES for table in TABLES for row in getattr(rules_for(language), table)
]


def taken(html: str, language: str, kind: Kind = Kind.COUNTRY) -> list[str]:
    text = markup.from_html(html, "https://example.org/")
    return [action.text for action in actions_in(text, kind=kind, language=language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_table_of_its_own(language: str) -> None:
    rules = rules_for(language)
    assert rules.language == language
    assert all(getattr(rules, table) for table in TABLES)
    assert rules_for("tlh").language == "en"


@pytest.mark.parametrize(("language", "table", "row"), ROWS, ids=lambda value: getattr(value, "example", value))
def test_an_example_fits_its_rule_first(language: str, table: str, row: Rule) -> None:
    words = row.example.rstrip(":؟? ")
    assert row.pattern.match(words), row.pattern.pattern
    first = matches(getattr(rules_for(language), table), words)
    assert first is not None and first.label == row.label


@pytest.mark.parametrize(
    ("language", "page", "expected"),
    [
        (
            "de",
            "<p>Wir empfehlen Ihnen:<br/>- Meiden Sie den Hafen.<br/>- Demonstrationen meiden; und<br/>"
            "- Halten Sie Wasser bereit.</p><p>Kontakt:<br/>- Botschaft, Tel. 555 0100</p>",
            ["Meiden Sie den Hafen.", "Demonstrationen meiden", "Halten Sie Wasser bereit."],
        ),
        (
            "fr",
            "<p>Il est recommandé de :</p><ul><li>éviter le port ; et</li><li>suivre les médias locaux.</li></ul>"
            "<p>Contacts utiles :</p><ul><li>Ambassade : 555 0100</li></ul>",
            ["éviter le port", "suivre les médias locaux."],
        ),
        (
            "es",
            "<p>Se recomienda:</p><p>• Evite el puerto.</p><p>• Lleve consigo su pasaporte.</p><p>Contacto:</p>"
            "<p>• Consulado 555 0100</p>",
            ["Evite el puerto.", "Lleve consigo su pasaporte."],
        ),
        (
            "nl",
            "<p>Wat kunt u doen?</p><ul><li>Vermijd de\n haven.</li><li>Volg het lokale nieuws.</li></ul>"
            "<p>Contactgegevens:</p><ul><li>Ambassade 555 0100</li></ul>",
            ["Vermijd de haven.", "Volg het lokale nieuws."],
        ),
        (
            "ar",
            "<p>يُنصح بما يلي:</p><ul><li>تجنّب الميناء.</li><li>احتفظ بجواز سفرك معك.</li></ul>"
            "<p>للتواصل:</p><ul><li>السفارة 555 0100</li></ul>",
            ["تجنّب الميناء.", "احتفظ بجواز سفرك معك."],
        ),
    ],
)  # fmt: skip
def test_a_list_under_a_heading_that_commands(language: str, page: str, expected: list[str]) -> None:
    assert taken(page, language) == expected


@pytest.mark.parametrize(
    ("language", "page"),
    [
        ("de", "<p>Gefahren im Land:</p><ul><li>bewaffnete Überfälle</li><li>Entführungen</li></ul>"),
        ("fr", "<p>Les risques sont les suivants :</p><ul><li>attaques armées</li><li>enlèvements</li></ul>"),
        ("es", "<p>Los peligros son:</p><ul><li>asaltos</li><li>secuestros</li></ul>"),
        ("nl", "<p>De gevaren zijn:</p><ul><li>gewapende overvallen</li><li>ontvoeringen</li></ul>"),
        ("ar", "<p>المخاطر في البلاد:</p><ul><li>السرقة</li><li>الخطف</li></ul>"),
    ],
)
def test_lists_of_dangers_are_no_actions(language: str, page: str) -> None:
    assert taken(page, language) == []


@pytest.mark.parametrize(
    ("language", "sentence", "condition"),
    [
        ("de", "Falls Sie im Land sind, bleiben Sie zu Hause.", "Falls Sie im Land sind"),
        ("fr", "En cas d'alerte, restez chez vous.", "En cas d'alerte"),
        ("es", "En caso de alarma, busque refugio.", "En caso de alarma"),
        ("nl", "Als u het alarm hoort, zoek dekking.", "Als u het alarm hoort"),
        ("ar", "في حال سماع الإنذار، ابق في الداخل.", "في حال سماع الإنذار"),
    ],
)
def test_commands_in_an_alert_keep_their_condition(language: str, sentence: str, condition: str) -> None:
    text = markup.from_html(f"<p>{sentence}</p>", "https://example.org/")
    (action,) = actions_in(text, kind=Kind.ALERT, language=language)
    assert (action.text, action.condition, action.response_type) == (sentence, condition, "Shelter")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Verlassen Sie das Land innerhalb von 24 Stunden."),
        ("fr", "Quittez le pays dans les 24 heures."),
        ("es", "Salga del país en las próximas 24 horas."),
        ("nl", "Verlaat het land binnen 24 uur."),
        ("ar", "غادر البلاد خلال 24 ساعة."),
    ],
)
def test_a_time_in_words_is_a_time_due(language: str, sentence: str) -> None:
    text = markup.from_html(f"<p>{sentence}</p>", "https://example.org/")
    (action,) = actions_in(text, kind=Kind.ALERT, language=language, issued=ISSUED)
    assert action.due == datetime(2026, 3, 4, 5, 10, tzinfo=UTC)
    assert (action.response_type, action.urgency) == ("Evacuate", Urgency.IMMEDIATE)


def test_a_german_list_of_polite_commands_needs_no_heading() -> None:
    list_ = "<ul><li>Meiden Sie den Hafen.</li><li>Folgen Sie dem Lotsen.</li><li>Seien Sie leise.</li></ul>"
    page = f"<h3>Lage</h3><p>Diebe arbeiten in<br/>- der Metro<br/>- Bussen</p>{list_}"
    assert taken(page, "de") == ["Meiden Sie den Hafen.", "Folgen Sie dem Lotsen.", "Seien Sie leise."]
    assert taken(f"<h3>Kontakt</h3>{list_}", "de") == []


def test_a_unit_ends_a_sentence_in_capitals() -> None:
    said = "NAVEGUE MAR ADENTRO HASTA LOS 150 M. LA ALARMA SIGUE VIGENTE."
    assert taken(f"<p>{said}</p>", "es", Kind.ALERT) == ["NAVEGUE MAR ADENTRO HASTA LOS 150 M."]
