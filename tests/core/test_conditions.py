"""What is not to be done is never shown, told, kept or given away as if it were to be done."""

from dataclasses import dataclass, replace

import pytest

from core import extract, markup
from core.conditions import in_full
from core.model import Action, ChangeKind, Item, Kind, Revision, Standing, State
from core.revise import compare, overtaken, reconcile
from core.rules import rules_for
from core.weight import is_changed_hard
from tests.core.revisions import LIST, applied, items_of, revision_of

# Other headings that forbid, beside the example of each table.
OTHERS = {
    "en": (
        "Don'ts",
        "The don’ts",
        "What not to do",
        "You should never also",
        "You can’t",
        "Refrain from",
        "Under no circumstances",
        "Things to avoid",
    ),
    "de": (
        "Sie sollten keinesfalls",
        "Unterlassen Sie",
        "Vermeiden Sie",
        "Was Sie nicht tun sollten",
        "Auf keinen Fall",
        "Niemals",
        "Unterlassen Sie Folgendes",
    ),
    "fr": (
        "À éviter",
        "Évitez de",
        "Ce qu'il ne faut pas faire",
        "Abstenez-vous de",
        "En aucun cas",
        "Il est déconseillé de",
    ),
    "es": ("Evite", "Qué no hacer", "Bajo ningún concepto", "Absténgase de"),
    "nl": ("Vermijd", "U mag geen", "Onder geen beding", "In geen geval"),
    "ar": ("احذروا", "ما يجب تجنبه"),
}
FILM, NOT, SHOULD = "film the tower", "You should not", "You should"


@dataclass
class Said:
    """Anything that has words and a condition."""

    text: str
    condition: str | None


@pytest.mark.parametrize(
    ("text", "condition", "whole"),
    [
        (FILM, NOT, "You should not: film the tower"),
        (FILM, None, FILM),
        (FILM, "", FILM),
        (FILM, "Do not:", "Do not: film the tower"),
        ("use lifts. Do not panic", "Do not", "Do not: use lifts. Do not panic"),
        ("do nothing alone", "Do no", "Do no: do nothing alone"),
        ("If you can, pack.", "If you can", "If you can, pack."),
        ("do not film", "Do not", "do not film"),
        ("Leave.", "Are you in the north?", "Are you in the north? Leave."),
    ],
)
def test_the_condition_stands_in_front(text: str, condition: str | None, whole: str) -> None:
    assert in_full(Said(text, condition)) == whole
    # What was taken in with the condition in its words does not get it again.
    assert in_full(Said(whole, condition)) == whole


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "ar"])
def test_what_forbids_turns_the_words_behind_it(language: str) -> None:
    heads = [rule.example.rstrip(" :") for rule in rules_for(language).headings if rule.label == "forbids"]
    assert heads
    for head in [*heads, *OTHERS.get(language, ())]:
        assert is_changed_hard(f"{head}: 1 2 3", "1 2 3", language)


FORBIDDEN = {
    "en": (
        ("Film the tower.", "Leave the hotel.", "Go near the fence."),
        ("Avoid the following", "Refrain from", "Under no circumstances", "You shouldn’t", "You mustn't", "You cannot",
         "You can't", "You should not do the following", "Never do the following", "Do not do any of the following",
         "Things to avoid", "What not to do", "Don'ts", "In the north, you should not", "Please do not"),
    ),
    "de": (
        ("Filmen Sie den Turm.", "Verlassen Sie das Hotel.", "Gehen Sie an den Zaun."),
        ("Vermeiden Sie Folgendes", "Tun Sie Folgendes nicht", "Auf keinen Fall", "Niemals", "Sie sollten vermeiden"),
    ),
    "fr": (
        ("Filmer la tour.", "Quitter l'hôtel.", "Sortir la nuit."),
        ("Évitez ce qui suit", "Ne faites pas ce qui suit", "Abstenez-vous de", "Il est déconseillé de"),
    ),
    "es": (
        ("Filme la torre.", "Salga del hotel.", "Camine de noche."),
        ("Evite lo siguiente", "Absténgase de", "Bajo ninguna circunstancia", "Nunca haga lo siguiente"),
    ),
    "nl": (
        ("Film de toren.", "Verlaat het hotel.", "Ga naar het hek."),
        ("Vermijd het volgende", "U moet vermijden", "Onder geen beding", "Doe het volgende niet"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "head"), [(language, head) for language, (_, heads) in FORBIDDEN.items() for head in heads]
)
@pytest.mark.parametrize("shape", ["<p>{}:</p>", "<p>{}</p>", "<h2>{}</h2>", "<p><b>{}</b></p>"])
def test_nothing_under_a_heading_that_forbids_is_taken_without_it(language: str, head: str, shape: str) -> None:
    items = "".join(f"<li>{words}</li>" for words in FORBIDDEN[language][0])
    text = markup.from_html(f"{shape.format(head)}<ul>{items}</ul>")
    found = extract.actions_in(text, kind=Kind.ALERT, language=language)
    assert [(action.condition, action.response_type) for action in found] == [(head, "Avoid")] * 3


def under(heading: str, *texts: str, number: int = 1) -> Revision:
    """A revision whose actions stand in a list under one heading."""
    text = markup.from_html(f"<p>{heading}:</p><ul>{''.join(f'<li>{words}</li>' for words in texts)}</ul>")
    actions = extract.actions_in(text, kind=Kind.ALERT)
    assert [action.text for action in actions] == list(texts)
    return revision_of(["Wait."], number=number)._replace(text=text, actions=actions)


def with_condition(condition: str | None, text: str = FILM) -> Revision:
    """A revision with one action under a condition."""
    revision = revision_of(["Wait."])
    action: Action = revision.actions[0]._replace(text=text, condition=condition, heading="Steps to take")
    return revision._replace(actions=(action,), text=markup.from_html(f"<p>{condition}</p><p>{text}</p>"))


def followed(*revisions: Revision, state: State = State.OPEN) -> list[Item]:
    items = [replace(item, state=state) for item in items_of(revisions[0])]
    for revision in revisions[1:]:
        items = applied(items, reconcile(items, revision, LIST))
    return items


@pytest.mark.parametrize(("before", "after"), [(NOT, SHOULD), (SHOULD, NOT), ("Do not", SHOULD), ("Never", SHOULD)])
def test_the_same_words_moved_under_what_says_the_opposite_are_important(before: str, after: str) -> None:
    # A second line of its own makes either heading one of a list of commands.
    held, incoming = under(before, FILM, "go near it"), under(after, FILM, "go near it")
    (item, other) = followed(held, incoming, state=State.DONE)
    assert (item.text, item.standing, item.important, item.state) == (FILM, Standing.REWORDED, True, State.DONE)
    assert (item.was, in_full(item)) == (in_full(held.actions[0]), in_full(incoming.actions[0]))
    change = compare(held, incoming)
    assert change is not None
    assert change.kind is ChangeKind.ACTIONS
    assert change.important == change.reworded == tuple(map(in_full, (item, other)))
    assert overtaken([item, other], change.reworded) == change.reworded
    # A later state that says the same leaves it to be looked at, and the way back takes the mark away.
    again = followed(held, incoming, incoming, state=State.DONE)
    assert [one.important for one in again] == [True, True]
    back = followed(held, incoming, held, state=State.DONE)
    assert [(one.standing, one.was, one.important) for one in back] == [(Standing.CURRENT, None, False)] * 2


def test_what_comes_back_as_the_opposite_is_to_be_looked_at() -> None:
    held, gone, incoming = under(NOT, FILM, "go near it"), under(NOT, "go near it"), under(SHOULD, FILM, "go near it")
    item = followed(held, gone, incoming)[0]
    assert (item.standing, item.was, item.important) == (Standing.REWORDED, f"{NOT}: {FILM}", True)


@pytest.mark.parametrize(
    ("before", "after", "standing", "important"),
    [
        ("If you are in the north", "If you are in the south", Standing.REWORDED, True),
        ("If you have 2 passports", "If you have 3 passports", Standing.REWORDED, True),
        ("If you can", None, Standing.REWORDED, True),
        ("If the siren sounds", None, Standing.REWORDED, False),
        (None, "If the siren sounds", Standing.REWORDED, False),
        ("If the siren sounds", "If the sirens sound", Standing.CURRENT, False),
    ],
)
def test_a_condition_that_changes_is_looked_at_as_words_are(
    before: str | None, after: str | None, standing: Standing, important: bool
) -> None:
    (item,) = followed(with_condition(before, "Leave."), with_condition(after, "Leave."))
    assert (item.standing, item.important) == (standing, important)


def test_the_heading_taken_into_the_sentence_is_no_news() -> None:
    (item,) = followed(with_condition("Do not"), with_condition(None, "Do not film the tower."))
    assert (item.text, item.standing, item.was) == ("Do not film the tower.", Standing.CURRENT, None)


def test_what_came_and_went_is_told_in_full() -> None:
    held, incoming = under(NOT, FILM, "go near it"), under(NOT, "whistle at night", "go near it")
    change = compare(held, incoming)
    assert change is not None
    assert change.added == ("You should not: whistle at night",)
    assert change.withdrawn == ("You should not: film the tower",)
    first = compare(None, held)
    assert first is not None
    assert first.added == ("You should not: film the tower", "You should not: go near it")
