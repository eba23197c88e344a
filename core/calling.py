"""Another window of the same profile, called from a start that has none yet; its half is `ui/single.py`.

A start that finds no such socket imports nothing for it: the list is painted first.
"""

import os
import sys
import zlib
from pathlib import Path

PATIENCE_S = 1.0
OK = b"raised\n"
PREFIX = "safeconduct-"


def address(folder: Path) -> str:
    """What a profile's socket is called: a file of the session's own folder where there is one."""
    path = os.fsencode(os.path.realpath(folder))
    # To tell the profiles of one user apart. What hashes well brings three megabytes of OpenSSL into the window.
    name = f"{PREFIX}{zlib.crc32(path):08x}{zlib.crc32(path[::-1]):08x}"
    session = _session()
    return name if session is None else str(session / name)


def _session() -> Path | None:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    return runtime if os.name == "posix" and runtime.is_absolute() and os.access(runtime, os.R_OK | os.X_OK) else None


def raise_other(folder: Path) -> bool:
    """Whether another window of this profile is there; then it has come to the front."""
    session = _session()
    if session is not None and not any(one.name.startswith(PREFIX) for one in session.iterdir()):
        return False
    return _asked(address(folder), b"raise " + os.environ.get("XDG_ACTIVATION_TOKEN", "").encode() + b"\n")


def is_there(name: str) -> bool:
    """Whether somebody listens under an address."""
    if sys.platform == "win32":
        return Path(rf"\\.\pipe\{name}").exists()
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        try:
            line.connect(str(socket_file(name)))
        except OSError:
            return False
    return True


def socket_file(name: str) -> Path:
    """Where the socket of an address lies, on systems whose sockets are files."""
    if Path(name).is_absolute():
        return Path(name)
    import tempfile

    return Path(tempfile.gettempdir()) / name


def _asked(name: str, words: bytes) -> bool:
    if sys.platform == "win32":
        try:
            with Path(rf"\\.\pipe\{name}").open("r+b", buffering=0) as pipe:
                pipe.write(words)
                return pipe.read(len(OK)) == OK
        except OSError:
            return False
    file = socket_file(name)
    try:
        if file.lstat().st_uid != os.getuid():
            return False  # somebody else's, in a folder that all may write to
    except OSError:
        return False
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        try:
            line.connect(str(file))
            line.sendall(words)
            return line.recv(len(OK)) == OK
        except OSError:
            return False
