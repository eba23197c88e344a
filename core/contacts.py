"""Ways to reach somebody in a cleaned text: telephone numbers and mail addresses, in whatever part they stand."""

import re
from itertools import islice

from core.model import Contact, Text

MAX_CONTACTS = 100
_LABEL_CHARACTERS = 200
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?!\d)|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")
# What every telephone number has; most texts have none.
_DIALLED = re.compile(r"\d[\d\s().\u2010-\u2015-]{6}")
_PHONE = re.compile(r"(?<![\w/.-])\+?\(?\d[\d\s().\u2010-\u2015-]{6,20}\d(?![\w/])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")


def contacts_in(text: Text) -> tuple[Contact, ...]:
    """Telephone numbers and mail addresses of a text, each with the words of its line before it as a label."""
    found: list[Contact] = []
    if "@" not in text.plain and not _DIALLED.search(text.plain):
        return ()
    for block in text.blocks:
        words = text.plain[block.start : block.end]
        for pattern, is_phone in ((_PHONE, True), (_EMAIL, False)):
            if not (_DIGIT.search(words) if is_phone else "@" in words):
                continue
            for hit in islice(pattern.finditer(words), MAX_CONTACTS):
                value = hit.group(0).strip()
                if is_phone and (not 7 <= sum(c.isdigit() for c in value) <= 15 or _DATE.match(value)):
                    continue
                ahead = words[max(0, hit.start() - _LABEL_CHARACTERS) : hit.start()]
                label = re.split(r"[.;]\s|(?<=\d)\s", ahead)[-1].strip(" :–-,(")[-80:]
                start, end = block.start + hit.start(), block.start + hit.start() + len(value)
                found.append(Contact(label, value if is_phone else None, None if is_phone else value, None, start, end))
        if len(found) >= MAX_CONTACTS:
            break
    return tuple(sorted(found, key=lambda contact: contact.start)[:MAX_CONTACTS])
