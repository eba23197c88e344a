"""Words between quotation marks: what a report quotes from an issuer, and what somebody else said beside it. Pure."""

import re

# An opening mark and what closes it, as English, German, French and many others set them. No mark stands inside: a
# text of nothing but opening marks would else be gone through once for each of them.
_QUOTED = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"]*\"")
_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"'}
_BEHIND = ".,;:!?"


def is_speech(words: str, reporting: re.Pattern[str]) -> bool:
    """Whether a paragraph quotes a person, and is no quoted line of a list: `"Go home," said the mayor.`

    `reporting`: the words of a language that say that somebody speaks.
    """
    outside = _QUOTED.sub(" ", words)
    if outside == words or not any(sign.isalpha() for sign in outside):
        return False
    return words[0] in _PAIRS or reporting.search(outside) is not None


def unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a text without the marks that stand around the whole of it, and without white space."""
    words = text[start:end].rstrip(_BEHIND)
    if len(words) > 2 and words[-1] in _PAIRS.get(words[0], "") and not any(mark in words[1:-1] for mark in _PAIRS):
        inner = words[1:-1]
        start += 1 + len(inner) - len(inner.lstrip())
        end = start + len(inner.strip())
    return start, end
