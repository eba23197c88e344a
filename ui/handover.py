"""What a traveller pastes or drops: read by a child process, shown before it is kept, kept by another.

The window itself never parses it. The child's answer is JSON of our own making; only words are taken from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # a child's JSON before it was looked at

from PySide6.QtCore import QObject, Signal

from core.conditions import ahead
from core.model import State
from core.paths import Profile
from core.times import from_text
from core.wording import tr
from ui.errand import Errand
from ui.moments import day_and_time

MAX_BYTES = 40_000_000
LOCKED = 4  # the exit status of a command that lacks the right passphrase


@dataclass(frozen=True, slots=True)
class Found:
    """One advisory as it would be kept: `second_hand` when it quotes its issuer. `states`: of the items of a
    checklist, which is not an advisory; with what stands under each in `notes`.
    """

    title: str
    second_hand: bool
    actions: tuple[str, ...]
    warnings: tuple[str, ...]
    states: tuple[State, ...] = ()
    notes: tuple[str, ...] = ()


def read_file(name: str) -> bytes:
    """A dropped file's bytes, bounded; OSError: it cannot be read. Not for the window's thread."""
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


class Handover(QObject):
    """Reads texts, one at a time, and keeps the last one read when it is told to. `format`: of the last one.

    `kept`: these advisories were kept; `listed`: this checklist was. `locked`: the passphrase does not open the copy.
    """

    found = Signal(tuple)
    refused = Signal(str)
    locked = Signal(str)
    kept = Signal(tuple)
    listed = Signal(str)

    def __init__(self, profile: Profile, key: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._key = str(profile.folder), key
        self._errand = Errand(self)
        self._waiting: list[bytes] = []
        self._read, self._passphrase = b"", ""
        self.format = ""

    def look(self, versions: Sequence[bytes]) -> None:
        """See what would be taken; several versions of one text (marked up, plain) are tried in their order."""
        if self._errand.is_under_way or not versions:
            return
        self._waiting = list(versions[1:])
        self._read, self._passphrase = versions[0][: MAX_BYTES + 1], ""
        self._errand.run(["--json", "read", "-"], self._read, self._looked, self._refused)

    def look_into(self, copy: bytes, passphrase: str) -> None:
        """See what an encrypted copy holds."""
        if self._errand.is_under_way:
            return
        self._waiting = []
        self._read, self._passphrase = copy[: MAX_BYTES + 1], passphrase
        arguments = ["--json", "read", "-", "--copy-passphrase-fd", "0"]
        self._errand.run(arguments, f"{passphrase}\n".encode() + self._read, self._looked, self._refused)

    def look_at(self, address: str) -> None:
        """See what would be taken from an address; the child asks it, by the way that is set."""
        if not self._errand.is_under_way:
            self._waiting, self._read, self._passphrase = [], b"", ""
            arguments = ["--profile", self._folder, "--json", "read", address, "--from-network", "--key-fd", "0"]
            self._errand.run(arguments, self._key.hex().encode() + b"\n", self._looked, self._refused)

    def keep(self) -> None:
        """Keep the text that was looked at."""
        if not self._errand.is_under_way and self._read:
            arguments = ["--profile", self._folder, "--json", "import", "-", "--key-fd", "0"]
            given = f"{self._key.hex()}\n"
            if self._passphrase:
                arguments += ["--copy-passphrase-fd", "0"]
                given += f"{self._passphrase}\n"
            self._errand.run(arguments, given.encode() + self._read, self._imported, self._refused)

    def forget(self) -> None:
        """What was looked at is not to be kept."""
        self._read, self._passphrase = b"", ""

    def close(self) -> None:
        """Stop; nothing is emitted any more."""
        self.blockSignals(True)
        self._errand.close()

    def _refused(self, status: int, sentence: str) -> None:
        if self._waiting:
            self.look(self._waiting)
        elif status == LOCKED and self._passphrase:
            self.locked.emit(sentence)
        else:
            self.refused.emit(sentence or tr("The text could not be read. Nothing was kept."))

    def _looked(self, answer: Any) -> None:
        advisories = [
            Found(
                str(one["title"])[:500],
                one["kind"] == "report",
                tuple(map(_words, one["actions"])),
                tuple(str(warning)[:500] for warning in one["warnings"]),
            )
            for one in answer["advisories"][:500]
        ]
        found = [*advisories, *(_list_in(one) for one in answer.get("checklists", ())[:200])]
        if self._waiting and not any(one.actions for one in found):
            self.look(self._waiting)
            return
        self.format = str(answer["format"])[:40]
        self.found.emit(tuple(found))

    def _imported(self, answer: Any) -> None:
        self.forget()
        if answer["checklists"]:
            self.listed.emit(str(answer["checklists"][0]["id"]))
        else:
            self.kept.emit(tuple(str(one["id"]) for one in answer["advisories"]))


def _list_in(one: Any) -> Found:
    """A checklist of the child's answer."""
    items = one["items"][:2000]
    now = datetime.now(UTC)
    origin = str(one["origin"])[:2000]
    return Found(
        str(one["title"])[:500],
        False,
        tuple(map(_words, items)),
        (tr("By the file's own word: {origin}").format(origin=origin),) if origin else (),
        tuple(State(item["state"]) for item in items),
        tuple(_under(item, now) for item in items),
    )


def _words(one: Any) -> str:
    """An action or an item of the child's answer, in full."""
    text = str(one["text"])[:2000]
    return ahead(text, str(one["condition"])[:2000] if one["condition"] else None) + text


def _under(item: Any, now: datetime) -> str:
    due, note = from_text(item["due"]), str(item["note"])[:10_000]
    parts = [tr("Due {time}").format(time=day_and_time(due, now))] if due else []
    parts += [str(name)[:400] for name in item["files"][:20]]
    return " · ".join([*parts, note] if note else parts)
