"""What differs between two wordings, word by word. Pure."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

# Pairs of words: the time goes with their number, and a window waits for it.
_MOST_COMPARED = 4_000_000


class Part(StrEnum):
    """Whether a stretch of words stayed, came or went."""

    SAME = "same"
    CAME = "came"
    WENT = "went"


def word_changes(before: str, after: str) -> list[tuple[Part, str]]:
    """The new wording with what came marked, and after each such place what went. White space goes with its word.

    Words are compared whole and as they are written; a mark at a word's end belongs to the word. Wordings longer
    than any instruction are not compared: the one came and the other went.
    """
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    if len(old) * len(new) > _MOST_COMPARED and before != after:
        return [(Part.CAME, after if after.endswith(" ") else after + " "), (Part.WENT, before)]
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    parts: list[tuple[Part, str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            parts.append((Part.SAME, "".join(new[c:d])))
            continue
        if c < d:
            parts.append((Part.CAME, "".join(new[c:d])))
        if a < b:
            parts.append((Part.WENT, "".join(old[a:b])))
    # A space must stand between two parts, whichever wording ended there.
    return [
        (part, words if index == len(parts) - 1 or words.endswith(" ") else words + " ")
        for index, (part, words) in enumerate(parts)
    ]
