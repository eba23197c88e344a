"""What this program is made of: every part that comes with it, its version, and its licence as the part states it."""

import platform
import re
from importlib import metadata
from typing import NamedTuple

# The parts that are used directly, as `pyproject.toml` names them; what those need is found from them.
DIRECT = (
    "PySide6-Essentials", "apsw-sqlite3mc", "babel", "cryptography", "defusedxml", "desktop-notifier", "feedparser",
    "icalendar", "keyring", "markdown-it-py", "msgspec", "nh3", "platformdirs", "python-dateutil", "python-socks",
    "rapidfuzz", "requests", "selectolax", "signxml", "urllib3",
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST = 80
_ANY = "any licence that the OSI approves"  # as the part's maker has it


class Part(NamedTuple):
    """One part. `licence`: an SPDX expression or the words that its maker uses."""

    name: str
    version: str
    licence: str


def parts() -> list[Part]:
    """Python itself and every package that is used, by name. What is not installed on this system is left out."""
    found: dict[str, Part] = {}
    waiting = list(DIRECT)
    while waiting:
        try:
            held = metadata.distribution(waiting.pop())
        except metadata.PackageNotFoundError:
            continue  # another system's
        name = held.metadata["Name"]
        if name.casefold() in found:
            continue
        found[name.casefold()] = Part(name, held.version, _licence(held.metadata))
        waiting += [needed[0] for one in held.requires or () if "extra ==" not in one and (needed := _NAME.match(one))]
    every = sorted(found.values(), key=lambda part: part.name.casefold())
    return [Part("Python", platform.python_version(), "PSF-2.0"), *every]


def _licence(held: metadata.PackageMetadata) -> str:
    if "License-Expression" in held:
        return str(held["License-Expression"])
    words = str(held["License"]).strip() if "License" in held else ""
    if words and "\n" not in words and len(words) <= _LONGEST:
        return _ANY if words == "OSI Approved" else words
    classes = [one.split(" :: ") for one in held.get_all("Classifier") or () if one.startswith("License ::")]
    return ", ".join(one[-1] for one in classes) or "?"
