"""Actions out of official text: every way in which lists are marked up, and what holds whatever the text is."""

import re
import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import markup
from core.commanding import commands, matches
from core.contacts import contacts_in
from core.extract import actions_in
from core.model import Action, Kind, Text, Urgency
from core.paths import RESOURCES
from core.rules import Rules, rules_for
from core.sameness import action_id, normalised
from tests.hazards import HAZARDS, Hazard

ISSUED = datetime(2026, 3, 3, 5, 10, tzinfo=UTC)
NOT_YET_READ = {
    "German dashes after breaks": "there are no German reading rules yet (resources/rules/de.toml, issue 4)",
}


def text_of(hazard: Hazard) -> Text:
    if hazard.is_html:
        return markup.from_html(hazard.html, "https://example.org/alert/")
    return markup.from_plain(hazard.html)


def bare(words: str | None) -> str | None:
    return None if words is None else words.rstrip(" :,")


def rows(actions: tuple[Action, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(action.text, bare(action.heading), bare(action.condition)) for action in actions]


def read(html: str, *, kind: Kind = Kind.ALERT, issued: datetime | None = None) -> tuple[Action, ...]:
    return actions_in(markup.from_html(html), kind=kind, issued=issued)


def taken(html: str, *, kind: Kind = Kind.ALERT) -> list[str]:
    return [action.text for action in read(html, kind=kind)]


def one(sentence: str, issued: datetime | None = None) -> Action:
    """The one action of a list that holds only this."""
    (action,) = read(f"<p><b>Actions to Take:</b></p><ul><li>{sentence}</li></ul>", issued=issued)
    return action


# --- the bank of hazards


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.COUNTRY])
@pytest.mark.parametrize("hazard", [h for h in HAZARDS if h.name not in NOT_YET_READ], ids=lambda h: h.name)
def test_each_way_of_marking_up_a_list_is_read(hazard: Hazard, kind: Kind) -> None:
    assert rows(actions_in(text_of(hazard), kind=kind)) == hazard.rows


@pytest.mark.parametrize("name", list(NOT_YET_READ))
def test_what_is_listed_as_not_yet_read_is_not_yet_read(name: str) -> None:
    # When this fails, take the name off the list: the hazard has begun to pass.
    (hazard,) = [hazard for hazard in HAZARDS if hazard.name == name]
    assert rows(actions_in(text_of(hazard), kind=Kind.ALERT)) != hazard.rows


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda h: h.name)
def test_an_action_says_where_its_words_stand(hazard: Hazard) -> None:
    text = text_of(hazard)
    for action in actions_in(text, kind=Kind.ALERT):
        there = " ".join(text.plain[action.start : action.end].split())
        assert action.text in there
        assert len(there) - len(action.text) <= len("; and")


# --- lists that command by their items


@pytest.mark.parametrize(
    ("lead", "items", "expected"),
    [
        ("If you take the ferry:", ("wear a life jacket", "sit near an exit"), 2),
        ("Thieves work here. To keep your bag:", ("carry it in front", "never set it down", "thefts are common"), 3),
        ("While you are in the hills:", ("shepherds graze here", "weather turns fast", "carry a map"), 0),
        ("You may also find it helpful to:", ("read about ferries", "see a map"), 0),
        ("You should take extra:", ("food", "fuel", "blankets"), 0),
        ("If you go by bus, exercise caution in:", ("the north terminal", "the market square"), 0),
        ("Ferries leave from two piers.", ("Keep left for the north pier.", "Keep right for the south pier."), 0),
    ],
)  # fmt: skip
def test_a_list_whose_items_command_needs_no_known_heading(lead: str, items: tuple[str, ...], expected: int) -> None:
    listed = "".join(f"<li>{item}</li>" for item in items)
    text = markup.from_html(f"<p>{lead}</p><ul>{listed}</ul>", "https://example.org/")
    assert len(actions_in(text, kind=Kind.COUNTRY)) == expected


SHAPES = [
    (
        "a line break inside an item",
        "<p>You should:<br>- leave by the gate if there is a crowd<br> in front of it<br>- walk</p><p>Ferries run.</p>",
        ["leave by the gate if there is a crowd in front of it", "walk"],
    ),
    (
        "numbers with a point and a dash",
        "<p>You should:</p><p>1.- Stay inside<br>2.- Avoid route 9<br>3º Call home</p>",
        ["Stay inside", "Avoid route 9", "Call home"],
    ),
    (
        "several commands in one sentence, the last behind a joint",
        "<p>You should: ask the ferry line; check the tide; and not set out after dark.</p>",
        ["ask the ferry line", "check the tide", "not set out after dark."],
    ),
    (
        "a semicolon in a paragraph that is one item",
        "<h2>What you should do</h2><p>Boil the water; let it boil for a minute.</p><p>Throw the ice away.</p>",
        ["Boil the water; let it boil for a minute.", "Throw the ice away."],
    ),
    (
        "a list typed in one sentence with others behind it",
        "<p>You should: 1) go inside; 2) close the vents; and 3) stay off the line. Buses stop. Tune to 98 FM.</p>",
        ["go inside", "close the vents", "stay off the line.", "Tune to 98 FM."],
    ),
    (
        "headings without a colon inside a list",
        "<p>Actions to Take:</p><ul><li>During the storm<ul><li>Stay in.</li><li>Shut doors.</li></ul></li></ul>",
        ["Stay in.", "Shut doors."],
    ),
    (
        "what is not to be done",
        "<p>You must not:</p><ul><li>film the tower</li><li>fly a drone</li></ul>"
        "<p>You may not find:</p><ul><li>fuel</li></ul>",
        ["film the tower", "fly a drone"],
    ),
    (
        "an item for some of the readers",
        "<p>What we ask of all teams</p><ul><li>Stay put.</li><li>Teams on the road: stop at the next town.</li></ul>",
        ["Stay put.", "Teams on the road: stop at the next town."],
    ),
    (
        "a situation set as a heading before a list that commands throughout",
        "<h3>During a flood</h3><ul><li>Sit near a door.</li><li>Keep your bag closed.</li></ul>"
        "<h3>During the week</h3><ul><li>Visit schools.</li><li>The mayor speaks.</li></ul>"
        "<h3>Minibuses</h3><ul><li>Pay the driver.</li><li>Ring the bell.</li></ul>",
        ["Sit near a door.", "Keep your bag closed."],
    ),
    (
        "a list of other pages",
        "<p>Advice:</p><ul><li><a href='/a'>Read about ferries</a></li><li><a href='/b'>See the tides</a></li></ul>",
        [],
    ),
    (
        "dashes without a space behind them",
        "<p>You should:<br>- Avoid the pier<br>-Tell a friend<br>–Walk</p>",
        ["Avoid the pier", "Tell a friend", "Walk"],
    ),
    (
        "two headings in one line",
        "<p>Actions to Take: visitors to the isles should: refuse ice; wash hands; and drink tea.</p>",
        ["refuse ice", "wash hands", "drink tea."],
    ),
    (
        "what the issuer will do",
        "<p>The Embassy will:</p><ul><li>call all applicants;</li><li>keep one officer on duty.</li></ul>",
        [],
    ),
    (
        "what others do, and the furniture of a page",
        "<h2>What the services are doing</h2><ul><li>Cut power lines.</li><li>Keep the road open.</li></ul>"
        "<h2>Most read</h2><ul><li>Follow us</li><li>Subscribe</li></ul>"
        "<h2>Contact</h2><h3>The desk</h3><ul><li>Call the desk</li><li>Visit the office</li></ul>",
        [],
    ),
    (
        "a table that numbers its rows",
        "<h2>If you are in the town</h2><table><tr><td>1</td><td>Leave by the west road.</td></tr>"
        "<tr><td>2.</td><td>Switch your lights on.</td></tr></table>",
        ["Leave by the west road.", "Switch your lights on."],
    ),
    (
        "a command before another that a colon stands in",
        "<p>You should: Stay in.</p><p>Never run a heater. Prepare for a cut: charge your phone.</p>",
        ["Stay in.", "Never run a heater.", "Prepare for a cut: charge your phone."],
    ),
    (
        "a list of contacts whose first line reads like a heading",
        "<p>You should:</p><ul><li>Stay in.</li></ul><p>Further information:</p>"
        "<ul><li>Travel advice: https://a.example.org</li><li>Consul: +99 22 00 00 00</li></ul>",
        ["Stay in."],
    ),
    (
        "a page that is typed, not built",
        "<pre>What you should do:\n\n  1. Stay at home and\n     away from windows.\n  2. Keep calm.\n\nLate.</pre>",
        ["Stay at home and away from windows.", "Keep calm."],
    ),
    (
        "roman numbers",
        "<p>You should:<br>i. avoid the pier<br>ii. walk</p>",
        ["avoid the pier", "walk"],
    ),
    (
        "contacts under a heading that commands",
        "<p>You should:</p><ul><li>Keep calm.</li><li>Duty desk: +99 555 0100 200</li></ul>",
        ["Keep calm."],
    ),
    (
        "rules for the issuer's own people",
        "<p>For our staff the following applies:</p><ul><li>Avoid the market.</li><li>Keep a log.</li></ul>"
        "<h2>Response</h2><p>The ministry and others:</p><ul><li>Test wells.</li><li>Train nurses.</li></ul>",
        [],
    ),
    (
        "the message itself",
        "<p>Stay inside. Do not reply to this message. Share this page.</p>",
        ["Stay inside."],
    ),
    (
        "parts of a list that have headings of their own",
        "<ul><li>Actions to Take:<ul><li>Avoid crowds.</li></ul></li><li>Assistance:<ul><li>Call us.</li></ul></li>"
        "<li>What to do at home:<ul><li>Fill the bath.</li></ul></li></ul>",
        ["Avoid crowds.", "Fill the bath."],
    ),
    (
        "a paragraph that begins with what happened",
        "<p>Event: a march will take place. Actions to Take: keep off the square; stay calm.</p>",
        ["keep off the square", "stay calm."],
    ),
    (
        "a situation before a colon",
        "<p>At a checkpoint: stop and wait. If you hear shots: lie down. In the north: rain.</p>",
        ["At a checkpoint: stop and wait.", "If you hear shots: lie down."],
    ),
    (
        "items without a mark behind a situation or a heading, beside another list",
        "<p>You should:</p><ul><li>Wait.</li></ul><p>If you are outdoors:</p><p>Go in.</p><p>Shut the door.</p>"
        "<h2>Safety advice</h2><table><tr><td>Avoid crowds.</td></tr><tr><td>Keep calm.</td></tr></table>"
        "<h2>Safety advice</h2><p>Keep calm.</p><p>The port is shut.</p>",
        ["Wait.", "Go in.", "Shut the door.", "Avoid crowds.", "Keep calm."],
    ),
    (
        "things that begin like verbs, nested under what they are for",
        "<p>Actions to Take:</p><ul><li>Prepare for nights without light:<ul><li>candles</li><li>warm socks</li>"
        "<li>drinking water</li></ul></li><li>Stay at home.</li></ul>",
        ["Prepare for nights without light: candles; warm socks; drinking water", "Stay at home."],
    ),
    (
        "numbers behind a verb",
        "<p>You should:</p><ul><li>Wait.</li></ul><p>In an emergency, dial:</p><ul><li>police: 999</li>"
        "<li>ambulance: 811</li></ul>",
        ["Wait."],
    ),
    (
        "a heading that is an instruction, with more of them below it",
        "<p>You should:</p><ul><li>Wait.</li></ul><h2>If you are outdoors</h2><p>Go in.</p>"
        "<h2>Do not touch a fallen wire or pole</h2>"
        "<p>Call 100. Keep others away.</p><h2>Read about our work here</h2><p>Call 200.</p>"
        "<h2>Do not touch a fallen kite either</h2><p>The mast fell.</p>",
        ["Wait.", "Go in.", "Do not touch a fallen wire or pole", "Call 100.", "Keep others away."],
    ),
    (
        "an organisation and its own people, an embassy and its staff",
        "<h2>Until noon, all staff must:</h2><ul><li>Stay in the guesthouse.</li></ul>"
        "<h2>All embassy staff must:</h2><ul><li>Use armoured cars.</li></ul>",
        ["Stay in the guesthouse."],
    ),
    (
        "a place that is named, and a country that is not to be travelled to",
        "<p>If you fly this week:</p><ul><li>Do not travel to the airport before you hear from us</li>"
        "<li>Bring no large bags</li></ul><p>Do not travel to Freedonia.</p>",
        ["Do not travel to the airport before you hear from us", "Bring no large bags"],
    ),
    (
        "an item of two words that begins like a closing part",
        "<p>You must:</p><ul><li>Help neighbours</li><li>Wait.</li></ul>",
        ["Help neighbours", "Wait."],
    ),
    (
        "facts in a list behind running text",
        "<p>Our advice: Stay at home.</p><ul><li>The port is shut.</li><li>The pier is full.</li></ul>",
        ["Stay at home."],
    ),
    (
        "what others do, where no list commands",
        "<p>Stay at home.</p><h2>What the council is doing</h2><p>Open shelters daily.</p>",
        ["Stay at home."],
    ),
    (
        "what may happen, behind a list of instructions",
        "<p>On arrival, you must:</p><ul><li>fill in a form</li></ul><p>If you overstay, you could:</p><ul>"
        "<li>be fined</li><li>face a judge</li></ul><p>During a search, expect:</p><ul><li>queues</li></ul>",
        ["fill in a form"],
    ),
    (
        "sentences that only name another page",
        "<p>Stay away from the pier. See <a href='/a'>floods and tides</a>. <a href='/b'>Read the tables</a>. "
        "For the tides, see tides.example.org. "
        "Telephone 555 0100 200, at night 555 0100 300.</p>",
        ["Stay away from the pier."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), [shape[1:] for shape in SHAPES], ids=[shape[0] for shape in SHAPES])
def test_how_a_list_is_shaped(page: str, expected: list[str]) -> None:
    text = markup.from_html(page, "https://example.org/")
    assert [action.text for action in actions_in(text, kind=Kind.ALERT)] == expected


def test_a_list_of_dangers_inside_an_instruction_is_none() -> None:
    text = markup.from_plain("Be aware:\n- Roads may be shut.\n- Rivers rise.\nWhat to do:\n- Stay away from drains.")
    told = actions_in(text, kind=Kind.ALERT, instructed_from=0)
    assert [action.text for action in told] == ["Stay away from drains."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Shelter capacity: 300 people.", "Call centre staff speak English.", "Watch means that rain is near.",
        "Rest areas along the road shut at noon.", "Boil water notice in effect.", "Thank you for your patience.",
    ],
)  # fmt: skip
def test_a_noun_that_looks_like_a_verb_commands_nothing(sentence: str) -> None:
    assert not commands(sentence, rules_for("en"), listed=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Visitors, please return to your hotels.", "Residents of the hill: leave now.", "Care should be taken.",
        "Loose items must be tied down.", "The mayor asks residents to save water.", "Better to stay at home.",
        "Most importantly, stay calm.", "While driving keep your distance.", "Outdoor workers should rest often.",
    ],
)  # fmt: skip
def test_a_command_may_be_said_to_whom_it_is_for(sentence: str) -> None:
    assert commands(sentence, rules_for("en"))


def test_what_is_not_to_be_done_is_never_without_saying_so() -> None:
    (action,) = read("<p>You should not:</p><ul><li>leave the shelter</li></ul>")
    assert (action.text, action.heading) == ("leave the shelter", "You should not")
    assert (action.condition, action.response_type) == ("You should not", "Avoid")


def test_things_behind_a_verb_keep_it() -> None:
    declare, jewels = read("<p>Notes cost less here. You must declare:</p><ul><li>cash</li><li>jewels</li></ul>")
    assert (declare.text, declare.condition, jewels.condition) == ("cash", "You must declare", "You must declare")
    assert taken("<p>For a list, see:</p><ul><li>lawyers</li><li>doctors</li></ul>") == []


def test_wide_numbers_begin_items() -> None:
    head = "<p>以下の対策を講じてください。</p>"
    items = ("（１）橋を避ける。", "（２）待つ。", "（３）湯を沸かし、<br>水を備える。", "（４）寝る。")
    page = head + "".join(f"<p>{item}</p>" for item in items)
    text = markup.from_html(page)
    actions = actions_in(text, kind=Kind.COUNTRY, language="ja")
    assert [action.text for action in actions] == ["橋を避ける。", "待つ。", "湯を沸かし、 水を備える。", "寝る。"]


def test_a_level_in_words_is_no_action_of_its_own() -> None:
    said = "<p>We advise:</p><p>Exercise a high degree of caution in Freedonia.</p><p>Keep your papers with you.</p>"
    text = markup.from_html(said, "https://example.org/")
    assert [action.text for action in actions_in(text, kind=Kind.COUNTRY)] == ["Keep your papers with you."]


# --- the rule tables

RULES = rules_for("en")
TABLE = tomllib.loads((RESOURCES / "rules" / "en.toml").read_text("utf-8"))
TABLES = {
    "heading": RULES.headings,
    "closing": RULES.closings,
    "condition": RULES.conditions,
    "not_condition": RULES.not_conditions,
    "urgency": RULES.urgencies,
    "response": RULES.responses,
    "level": RULES.levels,
}
EXAMPLES = [(name, number) for name, table in TABLES.items() for number in range(len(table))]


def test_every_table_of_the_file_is_read() -> None:
    assert {name: len(table) for name, table in TABLES.items()} == {
        name: len(held) for name, held in TABLE.items() if isinstance(held, list) and held and isinstance(held[0], dict)
    }


@pytest.mark.parametrize(("name", "number"), EXAMPLES)
def test_an_example_fits_its_rule_and_no_earlier_one_of_another_meaning(name: str, number: int) -> None:
    rule = TABLES[name][number]
    words = rule.example.split(":")[0] if name == "closing" else rule.example.rstrip(": ")
    assert rule.pattern.match(words)
    first = matches(TABLES[name], words)
    assert first is not None
    assert first.label == rule.label


@pytest.mark.parametrize("rule", RULES.headings, ids=lambda rule: rule.example)
def test_a_list_under_each_heading_is_taken(rule: object) -> None:
    example = getattr(rule, "example", "")
    assert taken(f"<p>{example}</p><ul><li>Fill every bottle.</li></ul>") == ["Fill every bottle."]


@pytest.mark.parametrize("rule", RULES.closings, ids=lambda rule: rule.example)
def test_a_list_under_each_closing_is_not(rule: object) -> None:
    example = getattr(rule, "example", "")
    before = "<p>Actions to Take:</p><ul><li>Fill every bottle.</li></ul>"
    after = f"<p><b>{example}</b></p><ul><li>Call the duty desk.</li></ul><p>Keep calm.</p>"
    assert taken(before + after, kind=Kind.COUNTRY) == ["Fill every bottle."]


@pytest.mark.parametrize("verb", sorted(RULES.imperative - {"always", "never", "please"}))
def test_every_verb_of_the_table_opens_a_command(verb: str) -> None:
    sentence = f"{verb.capitalize()} it before the evening."
    assert taken(f"<p>The river is high. {sentence}</p>") == [sentence]


def test_every_audience_can_be_told() -> None:
    for who in TABLE["audience"]:
        sentence = f"{who[0].upper()}{who[1:]} should go home."
        assert taken(f"<p>The river is high. {sentence} It rains.</p>") == [sentence]


def test_a_language_without_a_table_is_read_by_the_english_one() -> None:
    assert rules_for("xx-YY") == rules_for("en")
    assert isinstance(rules_for("en-GB"), Rules)


# --- conditions, urgency, times, responses


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If you are told to shelter, stay indoors.", "If you are told to shelter"),
        ("Should the sirens sound, go to the cellar.", "Should the sirens sound"),
        ("Before you leave, tell your family.", "Before you leave"),
        ("In an emergency, call 112.", "In an emergency"),
        ("Tell your family if you leave.", None),
        ("Shoulder bags draw thieves, carry none.", None),
        ("Stay indoors, if you can.", None),
    ],
)
def test_a_situation_at_the_start_is_the_condition(sentence: str, condition: str | None) -> None:
    assert one(sentence).condition == condition


def test_a_condition_of_the_heading_holds_for_every_action_below_it() -> None:
    found = read("<p>If you are currently in Freedonia:</p><ul><li>Stay indoors.</li><li>Lock the door.</li></ul>")
    assert [action.condition for action in found] == ["If you are currently in Freedonia"] * 2


def test_deciding_to_travel_is_a_heading_and_no_condition() -> None:
    for head in ("If you decide to travel to Freedonia:", "If, despite this, you choose to go to Freedonia"):
        (action,) = read(f"<h3>{head}</h3><ul><li>Write a will.</li></ul>", kind=Kind.COUNTRY)
        assert (action.heading, action.condition) == (head.rstrip(":"), None)


@pytest.mark.parametrize(
    ("sentence", "urgency"),
    [
        ("Leave within 24 hours.", Urgency.IMMEDIATE),
        ("Leave the city now.", Urgency.IMMEDIATE),
        ("Leave Freedonia as soon as you can.", Urgency.IMMEDIATE),
        ("Leave within three days.", Urgency.EXPECTED),
        ("Do not plan visits in the future.", Urgency.FUTURE),
        ("Leave immediately. " + "Take only what you can carry and tell your host. " * 5, Urgency.IMMEDIATE),
        ("Tell your host where you go, by what road you go, and when. " * 4 + "Leave at once.", Urgency.IMMEDIATE),
        ("Keep off the plain during the monsoon.", Urgency.UNKNOWN),
        ("Stay within sight of your guide during daylight hours.", Urgency.UNKNOWN),
        ("Do not travel within 20 km of the border on market days.", Urgency.UNKNOWN),
        ("Carry water.", Urgency.UNKNOWN),
    ],
)
def test_urgency_is_what_the_words_say(sentence: str, urgency: Urgency) -> None:
    assert one(sentence).urgency is urgency


@pytest.mark.parametrize(
    ("sentence", "response"),
    [
        ("Leave Freedonia by road.", "Evacuate"),
        ("Please leave Freedonia by road.", "Evacuate"),
        ("If you can, leave by road.", "Evacuate"),
        ("Leave DNA samples with your doctor.", "Prepare"),
        ("Leave copies of your papers at home.", "Prepare"),
        ("Stay indoors.", "Shelter"),
        ("Stay away from the embassy.", "Avoid"),
        ("Stay alert.", "Monitor"),
        ("Go over your plan.", "Assess"),
        ("Charge your phone.", "Prepare"),
        ("Call the duty desk.", "Execute"),
        ("Avoidance is best.", None),
    ],
)
def test_the_verb_gives_the_response_type(sentence: str, response: str | None) -> None:
    assert one(sentence).response_type == response


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("Leave within 24 hours.", timedelta(hours=24)),
        ("Leave within the next 36 hours.", timedelta(hours=36)),
        ("Leave within two days.", timedelta(days=2)),
        ("Leave within forty-eight hours if you can.", timedelta(hours=48)),
        ("Leave soon.", None),
        ("Carry water for 24 hours.", None),
    ],
)
def test_a_time_is_due_only_where_the_issuers_time_has_a_zone(words: str, span: timedelta | None) -> None:
    assert one(words, ISSUED).due == (ISSUED + span if span else None)
    assert one(words, None).due is None
    assert one(words, ISSUED).text == words


def test_links_and_what_an_action_refers_to() -> None:
    reading = '<a href="https://example.org/plan">your plan</a>'
    assert one(f"Go over {reading}.").links == ("https://example.org/plan",)
    assert one(f"Review {reading}.").refers_to == "https://example.org/plan"
    assert one(f"Burn {reading}.").refers_to is None
    assert one('Pay <a href="javascript:x()">here</a>.').links == ()


# --- ids


@pytest.mark.parametrize(
    "other",
    [
        "leave iraq by the 1st of may - don't wait",
        "  Leave   Iraq\u00a0by the 1st of May – don’t wait! ",
        "• LEAVE IRAQ, by “the 1st” of May; don‘t wait",
        "Leave Iraq by the 1st of May: donʼt wait.",
        "Ｌeave Iraq by the 1st of May … don't wait",
    ],
)
def test_an_id_is_of_the_words_alone(other: str) -> None:
    assert action_id(other) == action_id("Leave Iraq by the 1st of May, don't wait.")


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("Leave Iraq.", "Leave Iran."),
        ("Carry 2 litres.", "Carry 3 litres."),
        ("घर की ओर जाएँ", "घर का ओर जाएँ"),  # differ in a vowel sign alone
        ("לא", "לֹא"),
        ("Don't go.", "Do go."),
    ],
)
def test_other_words_have_another_id(here: str, there: str) -> None:
    assert action_id(here) != action_id(there)


def test_a_doubled_action_has_ids_of_its_own_in_order() -> None:
    first, second, third = read("<p>Actions to Take:</p><ul><li>Go.</li><li>go</li><li>GO!</li></ul>")
    assert [a.id.removeprefix(first.id) for a in (first, second, third)] == ["", "-2", "-3"]


@given(st.text(max_size=60))
def test_normalising_again_changes_nothing(words: str) -> None:
    assert normalised(normalised(words)) == normalised(words)
    assert normalised(f" {words}\n") == normalised(words)


# --- whatever the text

_WORDS = st.sampled_from(
    [
        "Actions",
        "to",
        "Take:",
        "should",
        "must",
        "You",
        "British",
        "nationals",
        "If",
        "when",
        "leave",
        "Stay",
        "indoors",
        "24",
        "hours",
        "within",
        "and",
        "or",
        ";",
        ".",
        ":",
        ",",
        "•",
        "-",
        "–",
        "·",
        "Assistance:",
        "Resources:",
        "Location:",
        "U.S.",
        "e.g.",
        "the",
        "city",
        "”",
        "’",
        "!",
        "?",
        "No.",
        "1",
        "2.",
        "(a)",
        "now",
        "+964",
        "770",
        "555",
        "0101",
        "a@b.org",
    ]
)
_PHRASES = st.lists(_WORDS, max_size=12).map(" ".join) | st.text(max_size=40)
_BLOCKS = st.tuples(st.sampled_from(["p", "li", "h3", "b", "div", "br", "ul", "ol", "td"]), _PHRASES)
_PAGES = st.lists(_BLOCKS, max_size=14).map(
    lambda blocks: "".join(f"<{tag}>{words}" + ("" if tag in {"ul", "br"} else f"</{tag}>") for tag, words in blocks)
)


@given(_PAGES, st.sampled_from([Kind.ALERT, Kind.COUNTRY]))
def test_whatever_the_text_actions_stand_in_it_in_order(page: str, kind: Kind) -> None:
    text = markup.from_html(page)
    found = actions_in(text, kind=kind, issued=ISSUED)
    assert found == actions_in(text, kind=kind, issued=ISSUED)
    assert len({action.id for action in found}) == len(found)
    at = 0
    for action in found:
        assert at <= action.start < action.end <= len(text.plain)
        at = action.end
        assert action.text == markup.fold(action.text)
        said, there = normalised(action.text).split(), normalised(text.plain[action.start : action.end]).split()
        # Every word is the issuer's, in order; only "and" and "or" at an ending are left out.
        waiting = iter(there)
        assert all(word in waiting for word in said)
        assert len(there) - len(said) == sum(map(there.count, ("and", "or"))) - sum(map(said.count, ("and", "or")))


@given(_PAGES, st.lists(_PHRASES, min_size=1, max_size=4))
def test_nothing_under_assistance_is_ever_an_action(page: str, lines: list[str]) -> None:
    before = markup.from_html(f"<div>{page}</div>")
    lines = [re.sub(r"[^\w+@. ]", " ", line) for line in lines]
    closing = "<p><strong>Assistance:</strong></p><ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    whole = markup.from_html(f"<div>{page}</div>{closing}")
    if whole.plain.startswith(before.plain):
        found = actions_in(whole, kind=Kind.COUNTRY)
        assert [a.text for a in found] == [a.text for a in actions_in(before, kind=Kind.COUNTRY)]


# --- contacts


def test_contacts_have_their_label_and_place() -> None:
    text = markup.from_html(
        "<ul><li>Embassy Baghdad, duty officer: +964 770 555 0101</li>"
        "<li>Write to <a href='mailto:desk@example.org'>desk@example.org</a></li></ul>"
    )
    phone, mail = contacts_in(text)
    assert (phone.label, phone.phone, phone.email) == ("Embassy Baghdad, duty officer", "+964 770 555 0101", None)
    assert (mail.label, mail.phone, mail.email) == ("Write to", None, "desk@example.org")
    for contact in (phone, mail):
        assert text.plain[contact.start : contact.end] == (contact.phone or contact.email)


@pytest.mark.parametrize("words", ["On 3 March 2026 at 10:00", "2026-03-03", "section 12", "N 33.31 E 44.36"])
def test_a_date_or_a_place_is_no_telephone_number(words: str) -> None:
    assert contacts_in(markup.from_plain(f"It happened there: {words}, so we hear.")) == ()


@given(st.text(alphabet="+0123456789-(). abc@x\n", max_size=80))
def test_whatever_the_text_contacts_stand_in_it(words: str) -> None:
    text = markup.from_plain(words)
    for contact in contacts_in(text):
        assert text.plain[contact.start : contact.end] == (contact.phone or contact.email)
