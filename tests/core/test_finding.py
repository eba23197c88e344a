"""Where words that were looked for stand, and what is shown around them."""

import pytest

from core.finding import Led, excerpt, places_of, sought


def _found(text: str, typed: str, *, unfinished: bool = False) -> list[str]:
    return [text[start:end] for start, end in places_of(text, sought(typed, unfinished=unfinished))]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Take cash; ask for CASH.", "cash", ["cash", "CASH"]),
        ("Take cash.", "nothing Cash", ["cash"]),
        ("cashier", "ash", []),
        ("cashier", "cash", []),
        ("Départ ordonné", "depart", ["Départ"]),
        ("Depart now", "départ", ["Depart"]),
        ("De\u0301part", "de\u0301part", []),  # what is kept is composed (core/markup.py)
        ("اذهب إلى المطار", "المطار", ["المطار"]),
        ("one_two", "two", ["two"]),
        ("(a+b)", "(a+b)", ["a", "b"]),
        ("Take cash.", "", []),
        ("İstanbul", "istanbul", ["İstanbul"]),
        ("𝔸irport airport", "airport", ["airport"]),
    ],
)
def test_words_are_found_as_the_index_finds_them(text: str, typed: str, found: list[str]) -> None:
    assert _found(text, typed) == found


def test_the_last_word_may_go_on_while_one_types() -> None:
    text = "Take your passport to the airport."
    assert _found(text, "take pass", unfinished=True) == ["Take", "passport"]
    assert _found(text, "pass take", unfinished=True) == ["Take"]
    assert _found(text, "pass ", unfinished=True) == []


def test_an_excerpt_is_one_line_around_the_first_place() -> None:
    text = f"{'Before that. ' * 20}\n\nTake your passport\nto the airport. {'After that. ' * 40}"
    snippet, marks = excerpt(text, sought("passport airport"))
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert "\n" not in snippet
    assert len(snippet) < 220
    assert [snippet[start:end] for start, end in marks] == ["passport", "airport"]


def test_an_excerpt_where_only_the_title_has_the_words_is_the_beginning() -> None:
    snippet, marks = excerpt("Stay away from the port. " * 20, sought("curfew"))
    assert snippet.startswith("Stay away")
    assert snippet.endswith("…")
    assert marks == ()
    assert excerpt("", sought("x")) == ("", ())
    assert excerpt("Short.", sought("short")) == ("Short.", ((0, 5),))


def test_a_word_that_is_longer_than_the_excerpt_is_kept_whole() -> None:
    word = "a" * 500
    assert excerpt(f"{word} b", sought(word)) == (f"{word}…", ((0, 500),))


def test_only_words_within_the_excerpt_are_marked() -> None:
    snippet, marks = excerpt("port " * 400, sought("port"))
    assert marks[-1][1] <= len(snippet)
    assert {snippet[start:end] for start, end in marks} == {"port"}


def test_an_excerpt_never_leaves_out_what_forbids_its_words() -> None:
    text = "Keep calm. You should not: film the tower climb the fence Afterwards, go home by the bridge."
    led = [
        Led(start, start + len(words), "You should not: ")
        for words in ("film the tower", "climb the fence")
        for start in [text.index(words)]
    ]
    snippet, marks = excerpt(text, sought("fence"), led)
    assert snippet == "You should not: climb the fence Afterwards, go home by the bridge."
    assert [snippet[a:b] for a, b in marks] == ["fence"]
    # Nor does it begin inside what is forbidden, where the words are found behind it.
    assert excerpt(text, sought("home"), led)[0].lstrip("… ") == "Afterwards, go home by the bridge."
    assert excerpt(text, sought("calm"), led)[0] == text
