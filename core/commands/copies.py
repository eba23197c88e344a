"""Encrypted copies on the command line: where the passphrase of one comes from, and what one holds."""

import getpass

from core import keys, lists, sealed
from core.commands.session import Session, terminal
from core.errors import InputError, LockedError
from core.lists.shape import ListFile
from core.wording import tr


def copy_passphrase(session: Session) -> str | None:
    """The passphrase of a copy that was handed down, read before the file itself; None: none was."""
    descriptor: int | None = session.options.copy_passphrase_fd
    return None if descriptor is None else keys.read_passphrase(descriptor)


def new_copy_passphrase(session: Session) -> str:
    """The passphrase that a copy is to be sealed under. LockedError: none is given, and no terminal is there to ask."""
    given = copy_passphrase(session)
    if given is not None:
        return given
    if not terminal():
        raise LockedError("copy-passphrase-missing")
    chosen = getpass.getpass(tr("Choose a passphrase for this copy: "))
    if getpass.getpass(tr("Once more: ")) != chosen:
        raise LockedError("copy-passphrases-differ")
    return chosen


def sender_of(session: Session) -> str:
    """What a copy calls who sends it, read after the passphrase; "": nothing was said. InputError: it is unreadable."""
    descriptor: int | None = session.options.sender_fd
    return "" if descriptor is None else keys.read_passphrase(descriptor)


def unsealed(session: Session, data: bytes, given: str | None) -> tuple[ListFile, ...]:
    """The lists of an encrypted copy; none where it is something else.

    InputError: it is damaged, newer, or holds no list. LockedError: no passphrase, or not the right one.
    """
    if not sealed.is_sealed(data):
        if session.options.file.lower().endswith(sealed.ENDING):
            raise InputError("copy-not-ours")
        return ()
    sealed.check(data)
    if given is None:
        if session.options.file == "-" or not terminal():
            raise LockedError("copy-passphrase-needed")
        given = getpass.getpass(tr("Passphrase of the copy: "))
    found = lists.read_own(sealed.opened(data, given))
    if not found:
        raise InputError("copy-without-lists")
    return found
