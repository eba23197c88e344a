"""What can go wrong, as types: one root, and a family for each way a caller can react.

An error carries a `Message` (an id and values), never a sentence: `core.wording` makes that.
Faults of our own are not here; they are ordinary Python exceptions and end loudly.
"""

from core.model import Message, Values


class SafeConductError(Exception):
    """Something outside us went wrong, and there is a sentence for it."""

    def __init__(self, message_id: str, /, **values: str | int | list[str]) -> None:
        held: Values = dict(values)
        self.message = Message(message_id, held)
        super().__init__(f"{message_id} {held}" if held else message_id)


class InputError(SafeConductError):
    """Bad usage or bad input: nothing was changed."""


class FormatError(InputError):
    """Bytes that are not what they should be: a page for a feed, a cut answer, an empty feed."""


class FetchError(SafeConductError):
    """A source could not be asked, or what it answered cannot be trusted."""

    def __init__(
        self, message_id: str, /, *, retry_after_seconds: int | None = None, **values: str | int | list[str]
    ) -> None:
        super().__init__(message_id, **values)
        self.retry_after_seconds = retry_after_seconds


class LockedError(SafeConductError):
    """There is no key: the profile stays closed."""


class StorageError(SafeConductError):
    """The profile could not be read or written; what was acknowledged before is kept."""


class BusyError(StorageError):
    """Somebody else is writing; trying again soon will do."""


class DamagedError(StorageError):
    """The stored bytes are not those that were written."""
