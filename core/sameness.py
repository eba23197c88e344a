"""Whether two wordings are the same: their words alone, and the id that an action has by them. Pure."""

import hashlib
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))
# Of ASCII: what is no letter, figure or apostrophe parts words.
_WORD_SIGNS = {ord(sign): " " for sign in map(chr, range(128)) if not sign.isalnum()}
_WORD_SIGNS |= dict.fromkeys(map(ord, "'`"), "'")


def normalised(text: str) -> str:
    """The words alone: letters, digits and marks in one case, single spaces. Equal wording gives equal strings."""
    kept = text if text.isascii() else text.translate(_APOSTROPHES)
    if kept.isascii():
        kept = kept.lower().translate(_WORD_SIGNS)
    else:
        kept = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", kept).casefold())
        kept = unicodedata.normalize("NFC", "".join(map(_word_sign, kept)))
    words = kept.split()
    return " ".join([word for part in words if (word := part.strip("'"))] if "'" in kept else words)


@lru_cache(maxsize=20_000)
def _word_sign(sign: str) -> str:
    """A sign as it counts in a word: vowel signs do (Hindi and Hebrew need them), joiners do not, others part words."""
    if sign.isalnum() or sign == "'":
        return sign
    kind = unicodedata.category(sign)
    return sign if kind[0] == "M" else "" if kind == "Cf" else " "


def action_id(text: str) -> str:
    """An action's id: the same wording has the same id, whatever its place, heading or punctuation."""
    return hashlib.blake2s(normalised(text).encode(), digest_size=8).hexdigest()
