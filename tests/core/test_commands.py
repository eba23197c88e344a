"""Which sentences and lists tell their reader to do something, in every language that has a table."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import intake, markup, rules
from core.extract import actions_in
from core.model import Kind, Source
from core.rules import language_of

NOW = datetime(2026, 11, 25, tzinfo=UTC)
COMMANDS = {
    "en": [
        "Out of caution, citizens should stay at home.",
        "Pregnant travellers are advised to wait.",
        "Anyone who falls ill should tell a doctor.",
        "When you hear the siren go to a shelter.",
        "If you are in the north, the east or the hills, leave by road.",
        "We advise travellers to book a later flight.",
        "In coastal areas, move inland.",
        "Only drink bottled water.",
        "Residents are ordered to leave at once.",
        "All residents of the valley must leave.",
        "The public is asked to avoid the bridge.",
        "All persons are to remain indoors.",
        "Visitors may not enter without a permit.",
        "It is safest to stay where you are.",
        "Within 24 hours, leave the island.",
        "By 6 p.m., be at the school.",
        "Slowly back away.",
        "Motorists advised to avoid the bridge.",
        "Now is the time to leave.",
        "Windows should be kept shut.",
        "Small craft operators are urged to stay in port.",
        "For your protection move to the cellar.",
        "If a current takes hold of you, float and call for help.",
        "IF WATER COVERS THE ROAD...TURN BACK AND FIND ANOTHER WAY.",
        "IN THE DARK IT IS HARD TO SEE THE EDGE...SO DO NOT DRIVE THERE.",
    ],
    "fr": [
        "Les Français présents dans la ville sont invités à rester chez eux.",
        "Si le vent tombe, restez à l’abri.",
        "Il est conseillé aux voyageurs de différer leur départ.",
        "Pour votre sécurité, tenez-vous loin des fenêtres.",
        "La plus grande prudence est de mise.",
    ],
    "es": [
        "Los viajeros que estén en la isla deben salir hoy.",
        "Se aconseja a los visitantes que eviten el puerto.",
        "Cúbrase la boca con un paño.",
        "Por precaución, hierva el agua.",
    ],
    "de": [
        "Deutsche, die in der Stadt sind, sollten im Haus bleiben.",
        "Bei Alarm suchen Sie den Keller auf.",
        "Fenster und Türen geschlossen halten.",
        "Wer Fieber hat, sollte einen Arzt aufsuchen.",
        "Alle Anwohner müssen das Haus verlassen.",
        "Wer draußen ist, sucht Schutz.",
        "Fenster sind geschlossen zu halten.",
        "Achtung: Bleiben Sie im Haus.",
        "Kommt es zu Schüssen, gehen Sie in Deckung.",
    ],
    "nl": [
        "Reizigers wordt aangeraden de haven te mijden.",
        "Als u in het gebied bent, zoek dan dekking.",
        "Raak geen losse kabels aan.",
        "Wie buiten is, moet naar binnen.",
        "U kunt beter niet reizen.",
    ],
    "ar": [
        "على المسافرين البقاء في الفندق.",
        "كما ندعو المواطنين إلى تأجيل السفر.",
        "إذا سمعتم الإنذار فانزلوا إلى القبو.",
        "ويُرجى عدم الاقتراب من الميناء.",
    ],
    "it": [
        "Non sostare sui ponti.",
        "Chi abita al piano terra salga ai piani alti.",
        "Prima di partire, consultare il bollettino.",
        "Se sentite la sirena, restate in casa.",
        "Si raccomanda di evitare il porto.",
    ],
    "pt": [
        "Não atravesse zonas inundadas.",
        "Mantenha-se afastado da costa.",
        "Em caso de sismo, abrigue-se.",
        "Recomenda-se a fixação de estruturas soltas.",
        "Os moradores devem sair já.",
    ],
    "ja": ["海岸から離れてください。", "警報が出た場合は、屋内にいてください。"],
}
NO_COMMANDS = {
    "en": [
        "Train services remain closed.",
        "Work on the bridge continues.",
        "Airlines must repay their passengers.",
        "Embassy staff must stay at home.",
        "Telephone: 555 0100",
        "Where should you go?",
        "Tow trucks may need hours.",
        "Smoke covers the valley.",
        "Disputes should be taken to a court.",
    ],
    "fr": ["Vous trouverez la liste plus bas.", "Les compagnies doivent rembourser.", "Le pont est fermé."],
    "es": ["No se han registrado víctimas.", "Este aviso se actualizará mañana.", "Entre las dos orillas no hay paso."],
    "de": ["Haben Sie Fragen?", "Weitere Hinweise finden Sie im Netz.", "Die Schulen bleiben geschlossen."],
    "nl": ["U kunt de ambassade bellen.", "De haven is dicht."],
    "ar": ["لا توجد إصابات.", "أغلقت السلطات الميناء."],
    "it": [
        "Le scuole restano chiuse.",
        "Il mare è molto mosso.",
        "Le autorità devono avvisare.",
        "Barriere sulla strada.",
    ],
    "pt": [
        "Espera-se vento forte.",
        "As escolas estão fechadas.",
        "As autoridades devem avisar.",
        "O mar está agitado.",
    ],
    "ja": ["空港は閉まっています。"],
}
ITEMS = {
    "en": ["Avoid the port.", "Carry water.", "Keep your phone on."],
    "fr": ["de rester chez vous ;", "de ne pas prendre la route ;", "garder de l’eau."],
    "es": ["evitar el puerto", "llevar agua", "no salir de noche"],
    "de": ["den Hafen nachts nicht betreten", "keine Gegenwehr leisten", "Wasser bereithalten"],
    "nl": ["de haven te mijden", "water mee te nemen", "binnen te blijven"],
    "ar": ["الامتناع عن التصوير", "عدم عبور الأودية", "تأجيل السفر"],
    "it": ["evitare il porto", "portare acqua", "non uscire di notte"],
    "pt": ["evitar o porto", "levar água", "não sair de noite"],
    "ja": ["港に近づかないこと", "水を用意してください", "情報を確認してください"],
}
HEADINGS = {
    "en": [
        "Advice to holidaymakers:",
        "To stay safe:",
        "If you see smoke:",
        "You are strongly advised to:",
        "It is prohibited to:",
    ],
    "fr": ["Nous vous demandons :", "En cas de séisme :", "Les voyageurs sont priés :"],
    "es": ["Se ruega a los viajeros:", "En caso de sismo:", "Qué hacer:"],
    "de": ["Schiffsreisende sollten:", "Für die Hauptstadt gilt zusätzlich:", "Bei Überfällen:"],
    "nl": ["Advies:", "Bent u in het gebied?", "U wordt verzocht:"],
    "ar": ["وعليه ننصح بما يلي:", "في حال العاصفة:"],
    "it": ["Si invitano i connazionali a:", "In caso di terremoto:", "Cosa fare:"],
    "pt": ["Os viajantes devem:", "Em caso de sismo:", "O que fazer:", "Medidas de autoproteção:"],
    "ja": ["取るべき行動：", "安全対策："],
}
NO_HEADINGS = {
    "en": [
        "You can:",
        "You may be asked to:",
        "You could be fined if you:",
        "To renew a passport:",
        "Our staff will:",
        "It is illegal to:",
        "The Embassy has taken the following steps:",
        "While the curfew is in force, soldiers may:",
        "Member States should:",
        "Robbers often:",
        "Our teams continue to:",
        "If you do not comply, you may:",
        "Our recommendations to the ministry:",
        "Changes since the last version:",
    ],
    "fr": ["Vous pouvez :", "Il est illégal de :", "Les autorités doivent :", "Le gouvernement a décidé de :"],
    "es": ["Usted puede:", "La Embajada no puede:", "Los ladrones suelen:"],
    "de": ["Sie können:", "Die Behörden müssen:", "Täter nutzen diese Wege:", "Das Filmen ist verboten"],
    "nl": ["U kunt:", "De ambassade kan:", "U kunt hier terecht om:"],
    "ar": ["يمكنكم:", "قررت الحكومة:"],
    "it": ["Potete:", "L’ambasciata può:"],
    "pt": ["Pode:", "A embaixada pode:"],
    "ja": ["連絡先："],
}


def _each(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, words) for language, held in table.items() for words in held]


def _taken(html: str, language: str, kind: Kind = Kind.COUNTRY) -> list[str]:
    return [action.text for action in actions_in(markup.from_html(html), kind=kind, language=language)]


@pytest.mark.parametrize(("language", "sentence"), _each(COMMANDS))
def test_a_sentence_of_an_alert_commands(language: str, sentence: str) -> None:
    assert _taken(f"<p>{sentence}</p>", language, Kind.ALERT) == [sentence]


@pytest.mark.parametrize(("language", "sentence"), _each(NO_COMMANDS))
def test_a_sentence_of_an_alert_only_tells(language: str, sentence: str) -> None:
    assert _taken(f"<p>{sentence}</p>", language, Kind.ALERT) == []


def _list(language: str, heading: str) -> str:
    return f"<p>{heading}</p><ul>{''.join(f'<li>{item}</li>' for item in ITEMS[language])}</ul>"


@pytest.mark.parametrize(("language", "heading"), _each(HEADINGS))
def test_a_heading_commands_its_list(language: str, heading: str) -> None:
    assert len(_taken(_list(language, heading), language)) == 3


@pytest.mark.parametrize(("language", "heading"), _each(NO_HEADINGS))
def test_a_heading_of_offers_dangers_or_others_commands_nothing(language: str, heading: str) -> None:
    assert _taken(_list(language, heading), language) == []


def test_a_heading_of_a_section_commands_no_prose() -> None:
    page = "<h3>Travel advice</h3><p>Visitors should carry a card. Respect the barriers.</p>"
    assert _taken(page, "en") == []
    assert _taken(page.replace("advice", "advice:"), "en") != []
    assert len(_taken(page, "en", Kind.ALERT)) == 2
    asked = "<h3>Hoe voorkom ik problemen?</h3><p>Draag uw tas voor u. Neem een taxi.</p>"
    assert len(_taken(asked, "nl")) == 2
    assert _taken(asked.replace("Hoe voorkom ik problemen", "Waar kunt u terecht"), "nl") == []


def test_a_last_sentence_is_no_heading() -> None:
    assert _taken("<p>It rains. All travellers are advised to.</p><p>Respect the barriers.</p>", "en") == []


def test_a_list_of_things_to_bring_to_the_border_is_none() -> None:
    page = "<p>Reisende müssen vorlegen:</p><ul><li>Reisepass</li><li>Visum</li></ul>"
    assert _taken(page, "de") == []


def test_a_message_that_is_an_exercise_tells_nothing() -> None:
    page = "<p>This message is an exercise.</p><p>Actions to take:</p><ul><li>Avoid the port.</li></ul>"
    assert _taken(page, "en", Kind.ALERT) == []
    assert _taken(page.replace("is an exercise", "is urgent"), "en", Kind.ALERT) == ["Avoid the port."]


def test_an_item_that_introduces_a_deeper_list_is_its_heading() -> None:
    page = (
        "<p>You should:</p><ul><li>Carry water.</li><li>If the road is cut:<ul><li>Stay at the inn.</li>"
        "<li>Call home.</li></ul></li><li>Avoid the port.</li></ul>"
    )
    assert _taken(page, "en") == ["Carry water.", "Stay at the inn.", "Call home.", "Avoid the port."]


def test_a_label_ahead_hides_no_heading() -> None:
    page = "<p>Event: Shots fell at 12:30 today. You should:</p><ul><li>Avoid the port.</li></ul>"
    assert _taken(page, "en", Kind.ALERT) == ["Avoid the port."]


@pytest.mark.parametrize(
    "mark", ["• ", "· ", "- ", "– ", "* ", "o ", "➢ ", "✓ ", "1. ", "1) ", "(1) ", "1.", "1 - ", "١- "]
)
def test_marks_of_typed_lists(mark: str) -> None:
    other = mark.replace("1", "2").replace("١", "٢")
    page = f"<p>You should:<br/>{mark}avoid the port<br/>{other}carry water</p>"
    assert _taken(page, "en") == ["avoid the port", "carry water"]


@pytest.mark.parametrize("mark", ["-", "–", "·", "*", "•"])
def test_a_list_in_one_line_behind_a_colon(mark: str) -> None:
    page = f"<p>You should: {mark} avoid the port {mark} carry water {mark} call home</p>"
    assert _taken(page, "en") == ["avoid the port", "carry water", "call home"]


def test_lines_of_plain_text_without_marks() -> None:
    text = markup.from_plain("Actions to take:\nAvoid the port\nCarry water\nCall home\n")
    assert [action.text for action in actions_in(text, kind=Kind.ALERT)] == [
        "Avoid the port",
        "Carry water",
        "Call home",
    ]


@pytest.mark.parametrize(("language", "sentence"), [row for row in _each(COMMANDS) if row[0] != "ja"])
def test_the_language_of_a_text_is_told_by_its_common_words(language: str, sentence: str) -> None:
    assert language_of(" ".join(COMMANDS[language])) == language


@given(st.text(st.sampled_from("aZé 1_-’“”–—•'.\nßİ") | st.characters(), max_size=40))
def test_the_words_that_tell_a_language_are_the_same_however_they_are_found(text: str) -> None:
    assert rules._first_words(text.casefold()) == rules._WORD.findall(text.casefold())


def test_the_language_of_a_text_that_no_table_knows() -> None:
    assert language_of("Qapla' batlh je tlhIngan maH") == ""
    assert language_of("Qapla' batlh je tlhIngan maH", "tlh") == "tlh"


SOURCE = Source("s", "S", "", "https://desk.example/", kind=Kind.ALERT)
FEED = (
    '<rss version="2.0"><channel><title>Desk</title><link>https://desk.example/</link><description/>'
    "<language>en</language><item><title>Notice</title><link>https://desk.example/1</link>BODY</item></channel></rss>"
)
LIST = "<p>You should:</p><ul><li>Avoid the port.</li><li>Carry water.</li></ul>"


def _of_feed(body: str) -> list[str]:
    (revision,) = intake.take(FEED.replace("BODY", body).encode(), SOURCE, NOW).revisions
    return [action.text for action in revision.actions]


@pytest.mark.parametrize(
    "body",
    [
        f"<description><![CDATA[{LIST}]]></description>",
        f"<description>{LIST.replace('<', '&lt;')}</description>",
        f"<description>{LIST.replace('<', '&amp;lt;').replace('>', '&amp;gt;')}</description>",
        f"<description>{LIST}</description>",
        "<description>Shots fell.\n\nYou should:\n- Avoid the port.\n- Carry water.</description>",
    ],
)
def test_a_feed_may_escape_its_markup_as_it_likes(body: str) -> None:
    assert _of_feed(body) == ["Avoid the port.", "Carry water."]


def test_an_entry_in_another_language_than_its_feed() -> None:
    words = "Il est recommandé aux Français de la ville : <ul><li>rester chez eux ;</li><li>éviter le port.</li></ul>"
    assert _of_feed(f"<description><![CDATA[{words}]]></description>") == ["rester chez eux", "éviter le port."]


def test_a_mail_with_a_page_in_it_is_a_mail() -> None:
    mail = (
        "From: desk@example.org\nTo: all@example.org\nSubject: Notice\nDate: Mon, 02 Nov 2026 10:00:00 +0000\n"
        "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n"
        f"You should:\n- Avoid the port.\n--B\nContent-Type: text/html\n\n<html><body>{LIST}</body></html>\n--B--\n"
    )
    (revision,) = intake.take(mail.encode(), SOURCE, NOW, fetched=False).revisions
    assert revision.title == "Notice"
    assert [action.text for action in revision.actions] == ["Avoid the port.", "Carry water."]


def test_a_page_of_prose_tells_where_its_text_is_marked_off() -> None:
    page = "<html><body><p>Accept all cookies.</p>BODY</body></html>"
    inside = "<article><h1>Notice</h1><p>Shots fell. Avoid the port.</p></article>"
    (revision,) = intake.take(page.replace("BODY", inside).encode(), SOURCE, NOW, fetched=False).revisions
    assert [action.text for action in revision.actions] == ["Avoid the port."]


def test_the_copy_of_smartraveller() -> None:
    held = {
        "meta": {"source": "https://www.smartraveller.gov.au/destinations"},
        "countries": [
            {
                "name": "Fiji", "iso3": "FJI", "level": 2, "levelLabel": "Exercise a high degree of caution",
                "updated": "2026-10-01", "url": "https://www.smartraveller.gov.au/destinations/pacific/fiji",
                "summary": "Exercise a high degree of caution.", "subRegions": [{"level": 4, "text": "Suva"}],
                "latestUpdate": "A storm came.\n\nIf you're there:\n• carry water\n• avoid the port",
            }
        ],
    }  # fmt: skip
    taken = intake.take(json.dumps(held).encode(), SOURCE, NOW)
    (revision,) = taken.revisions
    assert taken.format == "australia"
    assert (revision.countries, revision.level and revision.level.value) == (("FJ",), 2)
    assert [action.text for action in revision.actions] == ["carry water", "avoid the port"]
