"""The language of whoever sits at this machine."""

import locale


def of_this_machine() -> str:
    """The first part of its BCP 47 tag, English where the machine does not say."""
    name = locale.getlocale()[0] or ""
    first = name.replace("-", "_").split("_")[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else "en"
