"""Which rewordings change what must be done, however alike the two wordings are."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.paths import RESOURCES
from core.weight import is_changed_hard

HARD = [
    ("Carry water for three days.", "Carry water for seven days.", "en"),
    ("Leave by 12 March.", "Leave by 9 March.", "en"),
    ("Leave within 24 hours.", "Leave within 24 days.", "en"),
    ("Call +44 20 7946 0000.", "Call +44 20 7946 0001.", "en"),
    ("Cross at the northern bridge.", "Cross at the southern bridge.", "en"),
    ("Go to Newtown by bus.", "Go to Oldport by bus.", "en"),
    ("Leave Newtown.", "Leave Oldport.", "en"),
    ("Stay away from the Old Quarter of Newtown.", "Stay away from the Green Quarter of Newtown.", "en"),
    ("Do not cross into Jordan.", "Do not cross into Kuwait.", "en"),
    ("Do not use the airport road.", "Use the airport road.", "en"),
    ("Use the airport road.", "Never use the airport road.", "en"),
    ("Leave the province.", "Avoid the province.", "en"),
    ("Leave the province.", "Stay indoors in the province.", "en"),
    ("Consider leaving the province.", "Leave the province.", "en"),
    ("Avoid all travel to the province.", "Avoid all but essential travel to the province.", "en"),
    ("Move by day.", "Move by night.", "en"),
    ("Leave by road.", "Leave by air.", "en"),
    ("Keep your passport valid.", "Keep your passport valid. Prepare to stay indoors.", "en"),
    ("Follow local advice.", "Watch the news and follow local advice.", "en"),
    ("Exercise normal precautions.", "Exercise a high degree of caution.", "en"),
    ("Verlassen Sie die Provinz.", "Meiden Sie die Provinz.", "de"),
    ("Halten Sie Wasser für drei Tage bereit.", "Halten Sie Wasser für sieben Tage bereit.", "de"),
    ("Restez chez vous.", "Ne restez pas chez vous.", "fr"),
    ("Salga hoy de la provincia.", "Salga mañana de la provincia.", "es"),
    ("Saia hoje da província.", "Saia amanhã da província.", "pt"),
    ("Verlaat het gebied.", "Vermijd het gebied.", "nl"),
    ("غادر المدينة.", "تجنب المدينة.", "ar"),
    ("Leave after the announcement.", "Leave before the announcement.", "en"),
    ("Stay until the announcement.", "Stay after the announcement.", "en"),
    ("Take some cash with you.", "Take all cash with you.", "en"),
    ("Register at https://a.example/trip.", "Register at https://b.example/trip.", "en"),
    ("Register at www.a.example.", "Register at www.b.example.", "en"),
    ("Write to help@a.example.", "Write to help@b.example.", "en"),
    ("Schreiben Sie an https://a.example/.", "Schreiben Sie an https://b.example/.", "de"),
    ("Reisen Sie nach der Durchsage ab.", "Reisen Sie vor der Durchsage ab.", "de"),
    ("Prenez quelques vivres.", "Prenez tous les vivres.", "fr"),
    ("Salga después del anuncio.", "Salga antes del anuncio.", "es"),
    ("Vertrek nadat het is gemeld.", "Vertrek voordat het is gemeld.", "nl"),
    ("Parta depois do anúncio.", "Parta antes do anúncio.", "pt"),
    ("Parta dopo l'annuncio.", "Parta prima dell'annuncio.", "it"),
    ("احتفظ بماء يكفي لثلاثة أيام.", "احتفظ بماء يكفي لعشرة أيام.", "ar"),
    ("احتفظ بماء يكفي ليومين.", "احتفظ بماء يكفي لخمسة أيام.", "ar"),
    ("خذ الحقائب الثلاث.", "خذ الحقائب الأربع.", "ar"),
    ("غادر بعد الإعلان.", "غادر قبل الإعلان.", "ar"),
    ("Nyamuk 3 hari.", "Nyamuk 5 hari.", "id"),
]
# One thing less to do harms nobody.
MORE = [
    ("Keep your passport valid.", "Keep your passport valid. Prepare to stay indoors.", "en"),
    ("Follow local advice.", "Watch the news and follow local advice.", "en"),
]
SOFT = [
    ("Carry water for 3 days.", "Carry water for three days.", "en"),
    ("Keep a low profile.", "Maintain a low profile at all times.", "en"),
    ("Avoid crowds.", "Stay away from crowds and protests.", "en"),
    ("Do not travel to the border.", "Avoid travel to the border.", "en"),
    ("Leave the city now.", "Leave the city immediately.", "en"),
    ("Register at http://www.a.example/old.", "Register here at https://a.example/new (form).", "en"),
    ("Carry some cash.", "Carry cash.", "en"),
    ("Listen to the news after an alarm.", "Listen to the news.", "en"),
    ("احتفظ بماء يكفي لثلاثة أيام.", "احتفظ بماء يكفي 3 أيام.", "ar"),
    ("Stay in after dark.", "Stay in at night.", "en"),
    ("Read the page (https://example.org/1).", "Read our page (https://example.org/2).", "en"),
    ("Check the news each day.", "Check the news each day: https://travel.example.org/news", "en"),
    ("The rules of Newtown hold.", "They hold for Newtown.", "en"),
    ("Take the advice of the Town Office.", "Take advice from the Town Council.", "en"),
    ("Watch your things.", "Watch your things. It is essential to be careful.", "en"),
    ("Review your security plan.", "Go over your personal security plan.", "en"),
    ("Monitor local media for updates.", "Follow local and international media.", "en"),
    ("Meiden Sie Menschenmengen.", "Meiden Sie große Menschenmengen.", "de"),
    ("Évitez les rassemblements.", "Évitez les attroupements.", "fr"),
]


@pytest.mark.parametrize(("before", "after", "language"), HARD)
def test_another_number_place_time_verb_or_a_not(before: str, after: str, language: str) -> None:
    assert is_changed_hard(before, after, language)
    assert is_changed_hard(after, before, language) or (before, after, language) in MORE


@pytest.mark.parametrize(("before", "after", "language"), SOFT)
def test_other_words_for_the_same(before: str, after: str, language: str) -> None:
    assert not is_changed_hard(before, after, language)


@given(st.text(max_size=200), st.sampled_from(["en", "de", "ar", "zz", ""]))
def test_what_did_not_change_did_not_change_hard(words: str, language: str) -> None:
    assert not is_changed_hard(words, words, language)
    assert not is_changed_hard(words, words.upper() if words.isascii() else words, language)


def test_every_language_that_is_read_has_the_words() -> None:
    table = tomllib.loads((RESOURCES / "rules" / "weight.toml").read_text("utf-8"))
    read = {path.stem for path in (RESOURCES / "rules").glob("??.toml")}
    for name in (
        "reviewed",
        "negations",
        "joining",
        "hedges",
        "exceptions",
        "degrees",
        "times",
        "directions",
        "orders",
        "amounts",
    ):
        assert set(table[name]) == read, name
