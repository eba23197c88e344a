"""A key wrapped under a passphrase: for a profile's own key, and for that of a copy that is handed on.

Argon2id (RFC 9106) makes a key of the passphrase, ChaCha20-Poly1305 (RFC 8439) wraps with it. This room keeps
nothing, and bounds what deriving costs: whoever wrote a file does not decide what opening it takes.
"""

import os
from typing import NamedTuple

from core.errors import InputError

KEY_BYTES = 32
SALT_BYTES, NONCE_BYTES, WRAPPED_BYTES = 16, 12, KEY_BYTES + 16
MIN_PASSPHRASE = 8


class Cost(NamedTuple):
    """What Argon2id takes: passes over its memory, lanes, and the memory in KiB."""

    iterations: int
    lanes: int
    memory_cost: int


# As RFC 9106 has it for memory-constrained settings: 64 MiB, 3 passes, 4 lanes.
COST = Cost(3, 4, 65536)


class Wrapped(NamedTuple):
    """A wrapped key, and what beside the passphrase is needed to unwrap it."""

    cost: Cost
    salt: bytes
    nonce: bytes
    key: bytes

    def is_possible(self, most: Cost) -> bool:
        """Whether it can be one of ours, at a cost of at most so much."""
        cost = self.cost
        return (
            1 <= cost.iterations <= most.iterations
            and 1 <= cost.lanes <= most.lanes
            and 8 * cost.lanes <= cost.memory_cost <= most.memory_cost
            and (len(self.salt), len(self.nonce), len(self.key)) == (SALT_BYTES, NONCE_BYTES, WRAPPED_BYTES)
        )


def wrap(key: bytes, passphrase: str, about: bytes) -> Wrapped:
    """Wrap a key of `KEY_BYTES`. `about`: what has to be the same when it is unwrapped.

    InputError("passphrase-short"): the passphrase is too short to protect anything.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if len(passphrase) < MIN_PASSPHRASE:
        raise InputError("passphrase-short", least=MIN_PASSPHRASE)
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return Wrapped(COST, salt, nonce, ChaCha20Poly1305(_derive(passphrase, salt, COST)).encrypt(nonce, key, about))


def unwrap(held: Wrapped, passphrase: str, about: bytes) -> bytes | None:
    """The key, or None: the passphrase is another one, or something was changed. Ask `is_possible` first."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(_derive(passphrase, held.salt, held.cost)).decrypt(held.nonce, held.key, about)
    except InvalidTag:
        return None


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    import unicodedata

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    words = unicodedata.normalize("NFKC", passphrase).encode()
    return Argon2id(salt=salt, length=KEY_BYTES, **cost._asdict()).derive(words)
