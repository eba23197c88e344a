"""What is not to be done, and what a heading breaks off before: an item is never read without those words."""

from datetime import UTC, datetime

import pytest

from core import markup
from core.conditions import in_full
from core.extract import actions_in
from core.model import Action, Kind

ISSUED = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def _actions(html: str, language: str = "en") -> tuple[Action, ...]:
    return actions_in(markup.from_html(html), kind=Kind.COUNTRY, language=language, issued=ISSUED)


@pytest.mark.parametrize(
    ("language", "heading", "items"),
    [
        ("en", "You are not allowed to:", ("film the bridge", "leave the harbour")),
        ("en", "During the curfew it is prohibited to:", ("film the bridge", "leave the harbour")),
        ("en", "Visitors are forbidden from:", ("filming the bridge", "leaving the harbour")),
        ("de", "Während der Sperre ist es untersagt:", ("die Brücke zu filmen", "den Hafen zu verlassen")),
        ("de", "Streng verboten ist:", ("die Brücke zu filmen", "den Hafen zu verlassen")),
        ("nl", "Het is verboden om:", ("de brug te filmen", "de haven te verlaten")),
        ("fr", "Il est formellement interdit de :", ("filmer le pont", "quitter le port")),
        ("es", "Queda prohibido:", ("filmar el puente", "salir del puerto")),
        ("it", "È severamente vietato:", ("filmare il ponte", "lasciare il porto")),
        ("pt", "É expressamente proibido:", ("filmar a ponte", "sair do porto")),
        ("ar", "يمنع:", ("تصوير الجسر", "مغادرة الميناء")),
    ],
)
def test_what_is_forbidden_keeps_its_heading(language: str, heading: str, items: tuple[str, ...]) -> None:
    found = _actions(f"<p>{heading}</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>", language)
    bare = heading.rstrip(" :")
    assert [(one.text, one.condition, one.response_type) for one in found] == [(item, bare, "Avoid") for item in items]
    assert all(in_full(one).startswith(bare) for one in found)


def test_a_list_of_what_not_to_do_inside_another_keeps_its_heading() -> None:
    found = _actions(
        "<p>You should:</p><ul><li>stay inside</li><li>You should not:<ul><li>film the bridge</li>"
        "<li>call the harbour</li></ul></li><li>keep water ready</li></ul>"
    )
    assert [in_full(one) for one in found] == [
        "stay inside", "You should not: film the bridge", "You should not: call the harbour", "keep water ready",
    ]  # fmt: skip


def test_a_time_in_what_is_forbidden_is_not_when_it_is_due() -> None:
    forbidden, told = (
        _actions(f"<p>{heading}</p><ul><li>enter the harbour within 24 hours</li><li>film</li></ul>")[0]
        for heading in ("You must not:", "You should:")
    )
    assert forbidden.due is None
    assert told.due == datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "heading", "items"),
    [
        ("en", "Before you travel check that:", ("your insurance is valid", "the port is open")),
        ("de", "Prüfen Sie vor der Reise, ob:", ("Ihre Versicherung gilt", "der Hafen offen ist")),
        ("nl", "Controleer voor vertrek of:", ("uw verzekering geldt", "de haven open is")),
        ("fr", "Avant de partir, vérifiez que :", ("votre assurance est valable", "le port est ouvert")),
        ("es", "Asegúrese de que:", ("su seguro es válido", "el puerto está abierto")),
    ],
)
def test_what_is_to_be_checked_keeps_its_verb(language: str, heading: str, items: tuple[str, ...]) -> None:
    found = _actions(f"<p>{heading}</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>", language)
    assert [(one.text, one.condition) for one in found] == [(item, heading.rstrip(" :")) for item in items]
