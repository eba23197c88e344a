"""A copy that is handed on: some bytes sealed under a passphrase that was chosen for it alone.

A file is a head and a body. The head says which format it is, how long the body is, and holds a random key wrapped
under the passphrase (`core.wrapping`); the body is filled up and encrypted under that key, with the whole head as what
has to be the same. Everything that the head says is bounded before any memory is spent on it. So it can be said apart
whether a file is none of ours, newer, cut off, changed, or asks for another passphrase.

Its length tells nothing but an order of magnitude: a body is filled up to a power of two.

This room knows nothing of what it seals, and writes nothing anywhere.
"""

import os
import struct

from core import wrapping
from core.errors import InputError, LockedError

ENDING = ".safeconduct"
MAGIC = b"SafeConduct copy"
FORMAT = 1
LEAST, MOST = 1 << 16, 1 << 25  # bytes of a body
# The magic, the format, passes, lanes, KiB, bytes of the body; salt, nonce, wrapped key; a sum over all that.
_ABOUT = struct.Struct(">16sHHHII")
_HEAD = struct.Struct(f">{wrapping.SALT_BYTES}s{wrapping.NONCE_BYTES}s{wrapping.WRAPPED_BYTES}s")
_SUM, _TAG, _LENGTH = 8, 16, 4
_HEAD_BYTES = _ABOUT.size + _HEAD.size + _SUM
_MOST_COST = wrapping.Cost(8, 8, 1 << 17)
# A key of its own for each copy seals one body, so that a nonce is never used twice.
_ONCE = bytes(wrapping.NONCE_BYTES)


def seal(data: bytes, passphrase: str) -> bytes:
    """A copy that holds these bytes. InputError: they are too many, or the passphrase is too short."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    size = LEAST
    while size < len(data) + _LENGTH:
        size *= 2
    if size > MOST:
        raise InputError("copy-too-large", most=MOST // 1_000_000)
    about = _ABOUT.pack(MAGIC, FORMAT, *wrapping.COST, size)
    key = os.urandom(wrapping.KEY_BYTES)
    wrapped = wrapping.wrap(key, passphrase, about)
    head = about + _HEAD.pack(wrapped.salt, wrapped.nonce, wrapped.key)
    head += _sum(head)
    body = b"".join((len(data).to_bytes(_LENGTH), data, bytes(size - _LENGTH - len(data))))
    return head + ChaCha20Poly1305(key).encrypt(_ONCE, body, head)


def is_sealed(data: bytes) -> bool:
    """Whether some bytes begin as every copy does."""
    return data.startswith(MAGIC)


def opened(data: bytes, passphrase: str) -> bytes:
    """What a copy holds.

    InputError: it is newer than this program, cut off, or changed. LockedError: it asks for another passphrase.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    wrapped, about, size = _head(data)
    key = wrapping.unwrap(wrapped, passphrase, about)
    if key is None:
        raise LockedError("copy-wrong-passphrase")
    # Views: a large copy stands in memory once as it came, and once as it is read.
    whole = memoryview(data)
    try:
        body = ChaCha20Poly1305(key).decrypt(_ONCE, whole[_HEAD_BYTES:], whole[:_HEAD_BYTES])
    except InvalidTag as error:
        raise InputError("copy-changed") from error
    length = int.from_bytes(body[:_LENGTH])
    if length > size - _LENGTH:
        raise InputError("copy-changed")
    return body[_LENGTH : _LENGTH + length]


def check(data: bytes) -> None:
    """Refuse what no passphrase would open, before one is asked for. InputError as of `opened`."""
    _head(data)


def _head(data: bytes) -> tuple[wrapping.Wrapped, bytes, int]:
    if not is_sealed(data):
        raise InputError("copy-not-ours")
    stated = data[len(MAGIC) : len(MAGIC) + 2]
    if len(stated) == 2 and int.from_bytes(stated) > FORMAT:
        raise InputError("copy-newer")
    if len(data) < _HEAD_BYTES:
        raise InputError("copy-cut-off")
    head, told = data[: _HEAD_BYTES - _SUM], data[_HEAD_BYTES - _SUM : _HEAD_BYTES]
    _, _, passes, lanes, memory, size = _ABOUT.unpack_from(head)
    wrapped = wrapping.Wrapped(wrapping.Cost(passes, lanes, memory), *_HEAD.unpack_from(head, _ABOUT.size))
    is_size = LEAST <= size <= MOST and size & (size - 1) == 0
    if told != _sum(head) or not is_size or not wrapped.is_possible(_MOST_COST):
        raise InputError("copy-changed")
    if len(data) != _HEAD_BYTES + size + _TAG:
        raise InputError("copy-cut-off" if len(data) < _HEAD_BYTES + size + _TAG else "copy-changed")
    return wrapped, head[: _ABOUT.size], size


def _sum(head: bytes) -> bytes:
    """Shows damage alone: whoever changes a head on purpose is found by the key that no longer unwraps."""
    import hashlib  # with OpenSSL, which the window does without

    return hashlib.sha256(head).digest()[:_SUM]
