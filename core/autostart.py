"""Start at login, off until the traveller wants it: an XDG autostart file, a launch agent, or a value of Windows.

What is written is decided purely; the last functions write it. One entry a profile.
"""

import hashlib
import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors import StorageError
from core.paths import APPLICATION_ID, write_whole

_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_QUOTED = ("\\", '"', "`", "$")


def entry_name(folder: Path) -> str:
    """What the entry of a profile is called."""
    return f"{APPLICATION_ID}.{hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]}"


def desktop_entry(command: Sequence[str]) -> str:
    """The file of the XDG autostart specification, its Exec quoted as the desktop entry specification has it."""
    words = []
    for word in command:
        if "\n" in word or "\r" in word:
            raise StorageError("autostart-unwritable", reason="line break")
        for sign in _QUOTED:
            word = word.replace(sign, "\\" + sign)  # sign by sign, the backslash first
        words.append('"' + word.replace("%", "%%") + '"')
    line = " ".join(words).replace("\\", "\\\\")  # a value's own backslashes are written twice
    return (
        "[Desktop Entry]\nType=Application\nName=Safe Conduct\n"
        f"Exec={line}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
    )


def launch_agent(name: str, command: Sequence[str]) -> bytes:
    """The property list of a launch agent of macOS (launchd.plist(5))."""
    held = {"Label": name, "ProgramArguments": list(command), "RunAtLoad": True, "ProcessType": "Interactive"}
    return plistlib.dumps(held)


def run_value(command: Sequence[str]) -> str:
    """The value under Windows' Run key: one command line, quoted as its programs read it."""
    return subprocess.list2cmdline(command)


def place(name: str) -> Path:
    """Where the file of an entry stands on Linux and macOS."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{name}.plist"
    config = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(config) if Path(config).is_absolute() else Path.home() / ".config"
    return base / "autostart" / f"{name}.desktop"


def is_on(folder: Path) -> bool:
    """Whether a profile's window starts at login."""
    name = entry_name(folder)
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.QueryValueEx(key, name)
        except OSError:
            return False
        return True
    return place(name).is_file()


def turn(folder: Path, command: Sequence[str], *, on: bool) -> None:
    """Have a profile's window start at login, or no more. StorageError: the system refused; nothing was changed."""
    name = entry_name(folder)
    try:
        if sys.platform == "win32":
            import winreg

            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY, access=winreg.KEY_SET_VALUE) as key:
                if on:
                    winreg.SetValueEx(key, name, 0, winreg.REG_SZ, run_value(command))
                else:
                    winreg.DeleteValue(key, name)
            return
        file = place(name)
        if on:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            data = launch_agent(name, command) if sys.platform == "darwin" else desktop_entry(command).encode()
            write_whole(file, data)
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("autostart-unwritable", reason=error.strerror or "") from error
