"""The Dutch colour codes, read from the prose of an introduction: groen 1, geel 2, oranje 3, rood 4.

A sentence says a colour of a place. Of the colours said of the country as a whole the worst counts; a worse one that
is said of a part of it only is told apart. Where no sentence speaks of the whole country the worst of its parts
counts, in the issuer's own sentences. A place that is not recognised is a part: a village must not colour a country.
"""

import html
import re
from collections.abc import Iterable, Iterator

from core import places
from core.model import Level

_SCALE = "Nederland: groen, geel, oranje, rood"
_VALUES = {"groen": 1, "groene": 1, "geel": 2, "gele": 2, "oranje": 3, "rood": 4, "rode": 4}
_WORDS = {1: "groen", 2: "geel", 3: "oranje", 4: "rood"}
_MAX_CHARACTERS = 60_000
_MAX_PROSE = 300
_NEAR = 400  # characters on either side of a colour; a sentence is never longer, and what is takes too long to match
_BREAK = re.compile(r"</?(?:p|li|ul|ol|div|h[1-6]|br|tr|td)\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+")
_CLAUSE = re.compile(r",\s+(?=(?:(?:en|maar|terwijl)\s+)?(?:voor|in|het|de)\s)", re.IGNORECASE)
_ABOUT_COLOURS = re.compile(r"\b(?:kleur|reisadvies|geldt\b|gelden\b)", re.IGNORECASE)
_COLOUR = re.compile(rf"\b(?:{'|'.join(_VALUES)})\b")
# What is no more: "van oranje naar geel", "niet meer rood", "was rood".
_NO_MORE = re.compile(r"\b(?:niet(?: meer| langer)?|was(?: eerst)?|van(?: kleurcode)?) $")
_TO = re.compile(r" naar\b")
_HEDGE = re.compile(r"\b(?:voor )?(?:het )?grootste deel (?:van )?|\bgrotendeels |\bbijna |\bnog steeds ")
_AFTER = re.compile(r" (?:(?:geldt|gelden|is|blijft) )?(?:ook )?(?:voor|in) (.+)")
_VERBS = "is|zijn|geldt|gelden|blijft|wordt|heeft|kleurcode"
_BEFORE = re.compile(rf".*\b(?:voor|vor|in) (.{{1,200}}?)(?: (?:{_VERBS})\b.*)? ?$")
_WHOLE = {"hele land", "land", "rest", "rest van het land", "rest van dit land", "dit land"}
# What the prose calls a country besides its name.
_ALSO = {
    "verenigde staten van amerika": ("verenigde staten", "vs", "amerika"),
    "verenigd koninkrijk": ("vk", "groot brittannie"),
    "verenigde arabische emiraten": ("vae", "emiraten"),
    "democratische republiek congo": ("drc", "dr congo"),
}
_LEAD = re.compile(r"^(?:ook |heel |geheel |de |het |een |overige )+")
_REST = re.compile(r"^rest van (?:de |het |heel )*")


def level_in(introduction: str, names: Iterable[str]) -> tuple[Level | None, bool]:
    """The level that an introduction (HTML) gives a country called by one of `names`; whether a part has a worse one.

    None where it names no colour of anything.
    """
    known = set(_forms(names))
    whole: list[int] = []
    parts: list[int] = []
    prose: list[str] = []
    for sentence in _sentences(introduction):
        said = list(_said(sentence))
        if said:
            prose.append(sentence)
        for subject, value in said:
            (whole if _is_whole(subject, known) else parts).append(value)
    if whole:
        value = max(whole)
        return Level(value, _WORDS[value], _SCALE), any(part > value for part in parts)
    if parts:
        return Level(max(parts), " ".join(prose)[:_MAX_PROSE], _SCALE), False
    return None, False


def _sentences(introduction: str) -> Iterator[str]:
    """The sentences that speak of colours, as plain words; a list item or paragraph never runs into the next."""
    text = _BREAK.sub("\n\n", introduction[:_MAX_CHARACTERS])
    for block in text.split("\n\n"):
        words = " ".join(html.unescape(_TAG.sub(" ", block)).split())
        for sentence in _SENTENCE_END.split(words):
            if _ABOUT_COLOURS.search(sentence):
                yield sentence


def _said(sentence: str) -> Iterator[tuple[str, int]]:
    """Each colour of a sentence with the place that it is said of, "" where it names none."""
    for clause in _CLAUSE.split(sentence):
        words = _HEDGE.sub("", places.plain(clause))
        found = list(_COLOUR.finditer(words))
        for number, colour in enumerate(found):
            before = words[found[number - 1].end() if number else 0 : colour.start()]
            after = words[colour.end() : found[number + 1].start() if number + 1 < len(found) else len(words)]
            if _is_no_more(before, after):
                continue
            place = _AFTER.match(after[:_NEAR]) or _BEFORE.match(before[-_NEAR:])
            yield (place[1] if place else ""), _VALUES[colour[0]]


def _is_no_more(before: str, after: str) -> bool:
    old = _NO_MORE.search(before)
    return old is not None and (not old[0].startswith("van") or _TO.match(after) is not None)


def _is_whole(subject: str, known: set[str]) -> bool:
    subject = _LEAD.sub("", subject.strip())
    if not subject or subject in _WHOLE or subject in known:
        return True
    rest = _REST.sub("", subject)
    # "the rest of Pakistan, with its capital" has already left the parts aside; whatever follows the name is part of it
    return rest != subject and any(rest == name or rest.startswith(f"{name} ") for name in known)


def _forms(names: Iterable[str]) -> Iterator[str]:
    """A country's name in its forms, without an article: with and without what stands in brackets, turned round."""
    for name in names:
        inner = re.findall(r"\(([^()]{1,80})\)", name)
        first, _, last = name.partition(",")
        for form in (name, re.sub(r"\([^()]*\)", " ", name), *inner, f"{last} {first}"):
            words = _LEAD.sub("", places.plain(form))
            if words:
                yield words
                yield from _ALSO.get(words, ())
