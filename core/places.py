"""Which countries a code, a title, a place line or an embassy's address names.

Everything here gives ISO 3166-1 alpha-2 codes in upper case, and XK, which ISO leaves to users and
everybody uses for Kosovo. The tables are `resources/places.json`, read once, when first asked.

This room never guesses: a code that is in no table, and a name that several countries bear ("Congo",
"Korea", "Virgin Islands"), give nothing. Names are English; of other languages it only gives names, from
CLDR through Babel. It knows no coordinates and no regions, and it reads titles and lines, not articles.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

_RESOURCE = Path(__file__).resolve().parent.parent / "resources" / "places.json"
_BREAK = ""  # stands between words that no name may span
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES = "\u02bb\u02bc\u02bd\u02be\u02bf"  # Unicode counts these as letters (Tonga's capital has one)
_LONG_DASHES = "\u2014\u2015"
_DOMAINS = ("usembassy.gov", "usconsulate.gov")


class _Country(NamedTuple):
    alpha3: str
    name: str
    fips: Sequence[str] = ()
    zone: str | None = None
    also: Sequence[str] = ()
    cities: Sequence[str] = ()


class _Tables(NamedTuple):
    countries: dict[str, _Country]
    alpha3_also: dict[str, str]
    phrases: dict[str, list[str]]
    namesakes: dict[str, list[str]]
    posts: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """What a phrase stands for: `codes` empty for no country, `namesakes` with a city of that name too."""

    codes: tuple[str, ...]
    is_city: bool = False
    namesakes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Phrases:
    places: dict[str, _Place]
    longest: dict[str, int]  # first word: how many words the longest phrase with it has
    accented: frozenset[str]  # ordinary words without their accent: réunion, malé
    alone: dict[str, _Place]  # these without it, which count as the whole text only


@cache
def _tables() -> _Tables:
    held = json.loads(_RESOURCE.read_bytes())
    countries = {code: _Country(**country) for code, country in held["countries"].items()}
    return _Tables(countries, held["alpha3_also"], held["phrases"], held["namesakes"], held["posts"])


@cache
def _fips() -> dict[str, str]:
    return {fips: code for code, country in _tables().countries.items() for fips in country.fips}


@cache
def _alpha3() -> dict[str, str]:
    return _tables().alpha3_also | {country.alpha3: code for code, country in _tables().countries.items()}


def plain(text: str) -> str:
    """`text` for comparing: lower case, no accents, no punctuation, words apart by one space.

    An ampersand counts as "and". Apostrophes and hyphens part words ("Guinea-Bissau" is "guinea bissau").
    """
    return " ".join(word for word in _words(text, frozenset()) if word != _BREAK)


def is_country(code: str) -> bool:
    """Whether `code` is an ISO 3166-1 alpha-2 code in upper case, or XK. UK, EU and EL are not."""
    return code in _tables().countries


def from_fips(code: str) -> str | None:
    """The ISO code for a FIPS 10-4 code, as kept up until 2014 (Geopolitical Entities and Codes).

    Case and surrounding blanks do not count. None for what never was such a code (A1), for withdrawn
    codes, and for the few places that ISO gives no code of their own (Akrotiri, the Spratly Islands).
    Beware: nearly every pair of letters means something else in ISO, so only give it what is FIPS.
    """
    return _fips().get(_code(code))


def from_alpha3(code: str) -> str | None:
    """The ISO code for an ISO 3166-1 alpha-3 code; for Kosovo XKX (World Bank, EU) and XKK (CLDR)."""
    return _alpha3().get(_code(code))


def alpha3_codes() -> dict[str, str]:
    """The alpha-3 code of every country by its alpha-2 code."""
    return {code: country.alpha3 for code, country in _tables().countries.items()}


def from_title(title: str) -> tuple[str, ...]:
    """The countries that an advisory's title names, in its order, each once.

    Where it names no country, those whose capital or embassy city it names. () where it names neither.
    """
    places = _places(title)
    return _codes([place for place in places if not place.is_city]) or _codes(places)


def from_names(text: str) -> tuple[str, ...]:
    """The countries that a short text, such as an alert's "Location:" line, names by country or by city.

    In its order, each once. A city with a namesake in the country that follows it at once is taken to be
    there: "Tripoli, Lebanon" is LB, "Tripoli" alone is LY.
    """
    return _codes(_places(text))


def from_post_host(host: str) -> str | None:
    """The country of the United States post whose site is `host`: "iq.usembassy.gov" is IQ.

    The first label of *.usembassy.gov and *.usconsulate.gov is the ISO code in lower case, but for
    uk (GB). A post can serve more countries than its own (Bridgetown, Hong Kong), which this does not
    tell. None for any other host, and for labels that are no country (www, share).
    """
    labels = host.strip().lower().removesuffix(".").removeprefix("www.")
    post, _, domain = labels.partition(".")
    if domain not in _DOMAINS or not post.isascii():
        return None
    code = _tables().posts.get(post, post.upper())
    return code if is_country(code) else None


def name(code: str, language: str = "en") -> str:
    """The country's name in `language` (BCP 47), from CLDR; in English our own short name.

    A language that CLDR does not know gives English; what is no country is given back as it came.
    """
    return _names(language).get(code, code)


def search_names(typed: str, language: str) -> list[tuple[str, str]]:
    """(code, name in `language`) for completing what was typed, best first; all, when nothing was.

    Counts the name in `language`, then in English, then other English names ("Burma"), each at its start
    before at the start of a later word, whole before in part. Accents and case do not count.
    """
    wanted = plain(typed)
    if typed.strip() and not wanted:
        return []
    shown = _names(language)
    found: list[tuple[int, str, str]] = []
    for code, forms in _searchable(language).items():
        ranks = [_rank(form, wanted, nth) for nth, form in enumerate(forms) if f" {wanted}" in f" {form}"]
        if ranks:
            found.append((min(ranks), forms[0], code))
    return [(code, shown[code]) for _, _, code in sorted(found)]


def capital_zone(code: str) -> str | None:
    """The IANA time zone of the capital, if all of the country keeps its clock (2025 on); else None."""
    country = _tables().countries.get(code)
    return country.zone if country else None


def _code(code: str) -> str:
    code = code.strip()
    return code.upper() if code.isascii() else ""  # some signs become letters in upper case


def _rank(form: str, wanted: str, nth: int) -> int:
    # what is typed first is most of what is meant: a start beats a later word in every language
    where = 0 if form == wanted else 1 if form.startswith(wanted) else 2
    return where * 3 + min(nth, 2)


@cache
def _names(language: str) -> dict[str, str]:
    tables = _tables()
    names = {code: country.name for code, country in tables.countries.items()}
    primary = language.replace("_", "-").split("-")[0].lower()
    if primary in ("", "en"):
        return names
    from babel import Locale, UnknownLocaleError  # heavy, and needless in English

    for tag in (language.replace("_", "-"), primary):
        try:
            territories = Locale.parse(tag, sep="-").territories
        except (ValueError, UnknownLocaleError):
            continue
        return {code: territories.get(code, ours) for code, ours in names.items()}
    return names


@cache
def _searchable(language: str) -> dict[str, list[str]]:
    english = _tables().countries
    return {
        code: [plain(text) for text in (shown, english[code].name, *english[code].also)]
        for code, shown in _names(language).items()
    }


# A word, or what stands for one or parts names: what `_words` says, of the signs of English alone.
_ASCII_WORDS = re.compile(r"([a-z0-9]+)|([&:;|/\n]|(?<=\s)-|-(?=\s))")


def _words(text: str, accented: frozenset[str]) -> list[str]:
    # Punctuation parts words. A colon, a dash or a spaced hyphen parts names too: "Niger - State of
    # emergency" is not Niger State. Commas and brackets do not: "Congo, Democratic Republic of the".
    if text.isascii():
        found = _ASCII_WORDS.findall(f" {text.lower()} ")
        return [word or ("and" if sign == "&" else _BREAK) for word, sign in found]
    words: list[str] = []
    word = ""
    text = f" {unicodedata.normalize('NFC', text).casefold()} "
    for at, sign in enumerate(text):
        kind = unicodedata.category(sign)
        if kind[0] in "LMN" and sign not in _APOSTROPHES:
            word += sign
            continue
        if kind == "Cf":  # soft hyphens and the like stand inside words
            continue
        if held := word if word in accented else _unaccented(word):
            words.append(held)
        word = ""
        if sign == "&":
            words.append("and")
        elif sign in ":;|/\n" or kind == "Pd":
            joins = kind == "Pd" and sign not in _LONG_DASHES
            if not joins or text[at - 1].isspace() or text[at + 1].isspace():
                words.append(_BREAK)
    return words


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    # An accent that stands alone is taken apart into a space and itself.
    return "".join(sign for sign in parts if not unicodedata.combining(sign) and not sign.isspace())


@cache
def _phrases() -> _Phrases:
    tables = _tables()
    places: dict[str, _Place] = {}
    for code, country in tables.countries.items():
        for phrase in country.cities:
            near = frozenset(tables.namesakes.get(phrase, ()))
            places[phrase] = _Place((code,), is_city=True, namesakes=near)
    for code, country in tables.countries.items():
        for phrase in (plain(country.name), *country.also):
            places[phrase.replace(" - ", f" {_BREAK} ")] = _Place((code,))
    for phrase, codes in tables.phrases.items():
        places[phrase] = _Place(tuple(codes))
    accented = frozenset(word for phrase in places if not phrase.isascii() for word in phrase.split())
    alone = {_unaccented(word): places[word] for word in accented}
    for word in alone:
        places.pop(word, None)
    for phrase, place in list(places.items()):
        if "saint " in phrase:
            places.setdefault(phrase.replace("saint ", "st "), place)
    longest: dict[str, int] = {}
    for phrase in places:
        first, *rest = phrase.split(" ")
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return _Phrases(places, longest, accented, alone)


def _places(text: str) -> list[_Place]:
    """What `text` names, from left to right, always by the longest phrase."""
    phrases = _phrases()
    words = _words(text, phrases.accented)
    if len(words) == 1 and words[0] in phrases.alone:
        return [phrases.alone[words[0]]]
    found: list[_Place] = []
    at = 0
    city_ends = -1
    while at < len(words):
        length = min(phrases.longest.get(words[at], 1), len(words) - at)
        while length > 1 and " ".join(words[at : at + length]) not in phrases.places:
            length -= 1
        place = phrases.places.get(" ".join(words[at : at + length]))
        if place:
            if city_ends == at and not place.is_city and not found[-1].namesakes.isdisjoint(place.codes):
                found.pop()
            found.append(place)
        at += length
        city_ends = at if place and place.is_city else -1
    return found


def _codes(places: list[_Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for place in places for code in place.codes))
