"""A profile's key, found by a process of its own.

What finding it takes (a keyring's libraries, OpenSSL, Argon2id's 64 MiB, a twentieth of a second of Python's lock) is
then never the window's. The finder is told the folder and the passphrase in one line of JSON on its standard input,
and answers in one on its standard output: the key, or with what it was refused. It answers into a pipe and nowhere
else, so that no key comes to lie in a file or on a terminal.
"""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any  # a line of JSON before it was looked at

from core import errors
from core.errors import LockedError
from core.paths import Profile, own_command

FIND = "--find-key"
# Longer than the longest wait after wrong passphrases and a keyring's silence together.
PATIENCE_S = 60.0
_NO_CONSOLE = 0x08000000  # Windows: CREATE_NO_WINDOW


def unlock(profile: Profile, passphrase: str | None) -> bytes:
    """The data key of a profile, as `keys.unlock` gives it and with what that raises.

    LockedError("key-finder-failed"): the other process could not be started, or ended without an answer.
    """
    import subprocess

    asked = json.dumps({"folder": str(profile.folder), "passphrase": passphrase}).encode()
    try:
        done = subprocess.run(
            [*own_command(), FIND],
            input=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
            creationflags=_NO_CONSOLE if sys.platform == "win32" else 0,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
        if "key" in answer:
            return bytes.fromhex(answer["key"])
        kind, refused, values = getattr(errors, answer["kind"]), answer["id"], answer["values"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, AttributeError) as error:
        raise LockedError("key-finder-failed") from error
    raise kind(refused, **values)


def find() -> int:
    """The finder: answer the question on standard input. Exit status 2: standard output is no pipe."""
    if not stat.S_ISFIFO(os.fstat(1).st_mode):
        return 2
    from core import keys

    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    answer: dict[str, object]
    try:
        answer = {"key": keys.unlock(Profile(Path(asked["folder"])), asked["passphrase"]).hex()}
    except errors.SafeConductError as error:
        answer = {"kind": type(error).__name__, "id": error.message.id, "values": error.message.values}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    # A keyring that never answered holds a thread of its own, which nobody waits for.
    os._exit(0)
