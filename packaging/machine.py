"""What the machine under us has to be and have: processor, C library, Debian packages, libraries, fonts.

bootstrap.py asks here before anything is downloaded and once Qt is installed. What lacks is brought with
apt-get, as root or through sudo; where that cannot be done, a `Refusal` says in one line what to type. Only
the standard library, imported where it is used: a second start needs next to nothing of it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# What the wheels of PySide6-Essentials 6.11.3 are built for: their file names and Requires-Python.
FIRST_PYTHON, FIRST_PYTHON_TOO_NEW = (3, 11), (3, 15)
FIRST_GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}
FIRST_MACOS = 13

# Shared library -> the Debian package that gives it, for what the files in QT_FILES link to.
LIBRARY_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
QT_FILES = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtDBus.abi3.so",
    "QtSvg.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/imageformats/libqsvg.so",
    "Qt/plugins/iconengines/libqsvgicon.so",
)
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

# Debian package -> a program of it, which is looked for where packages have other names than Debian's.
TEST_PACKAGES = {
    "at-spi2-core": "",
    "dbus": "dbus-daemon",
    "dbus-x11": "dbus-launch",
    "fonts-dejavu-core": "",
    "fonts-noto-core": "",
    "gir1.2-atspi-2.0": "",
    "git": "git",
    "gnome-keyring": "gnome-keyring-daemon",
    "poppler-utils": "pdftotext",
    "python3-gi": "",
    "strace": "strace",
    "x11-utils": "xprop",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "xvfb": "Xvfb",
}


class Refusal(Exception):  # noqa: N818  # an answer to the user, not a fault
    """This machine lacks something that cannot be brought; the text is the one line that says what to do."""


def say(line: str) -> None:
    """Prints one line to standard error, at once: standard output belongs to the program."""
    print(line, file=sys.stderr, flush=True)


def call(command: list[str], name: str) -> None:
    """Runs a program that must succeed. A terminal sees its output as it comes; a log only when it fails."""
    import subprocess

    live = sys.stderr.isatty()
    into, errors = (sys.stderr, None) if live else (subprocess.PIPE, subprocess.STDOUT)
    done = subprocess.run(command, check=False, stdout=into, stderr=errors)
    if done.returncode:
        if done.stdout:
            say(done.stdout.decode(errors="replace").rstrip())
        raise Refusal(f"The set-up could not go on: {name} failed with status {done.returncode}.")


def lacks_display() -> bool:
    """True on a Linux machine where no window can open."""
    return sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def refuse_unfit() -> None:
    """Raises Refusal on what the locked wheels are not built for, before anything is downloaded."""
    import platform
    import sysconfig

    machine, version = platform.machine(), platform.python_version()
    if not FIRST_PYTHON <= sys.version_info[:2] < FIRST_PYTHON_TOO_NEW:
        raise Refusal(f"Safe Conduct needs Python 3.11 to 3.14; {sys.executable} is {version}.")
    if sys.platform == "linux":
        refuse_unfit_linux(machine)
    elif sys.platform == "darwin":
        system = platform.mac_ver()[0]
        if int(system.partition(".")[0]) < FIRST_MACOS:
            raise Refusal(f"Safe Conduct needs macOS {FIRST_MACOS} or newer; this is macOS {system}.")
        if machine != "arm64":
            raise Refusal("Safe Conduct needs a Mac with Apple silicon, and a Python built for it.")
    elif sysconfig.get_platform() != "win-amd64":
        raise Refusal("Safe Conduct needs the 64-bit (AMD64) Python on Windows, on ARM machines too.")


def refuse_unfit_linux(machine: str) -> None:
    """Raises Refusal where Qt's wheels do not load: no glibc, too old a one, or another processor."""
    try:
        library, _, number = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (OSError, ValueError):
        library, number = "", ""
    if library != "glibc":
        raise Refusal("Qt for Python has no build for a Linux without glibc, such as Alpine with its musl.")
    needed = FIRST_GLIBC.get(machine) if sys.maxsize > 2**32 else None
    if needed is None:
        raise Refusal(f"Qt for Python has no build for this processor and Python ({machine}).")
    if tuple(int(part) for part in number.split(".")[:2]) < needed:
        least = ".".join(map(str, needed))
        raise Refusal(f"Qt for Python needs glibc {least} or newer on {machine}; this system has {number}.")


def bring_ensurepip(python: Path) -> None:
    """Brings what Debian takes out of Python: without it no environment can be made with pip in it."""
    import importlib
    import importlib.util

    if importlib.util.find_spec("ensurepip"):
        return
    is_the_systems = python == Path("/usr/bin/python3").resolve()
    package = "python3-venv" if is_the_systems else f"python3.{sys.version_info[1]}-venv"
    install_packages([package], "Python cannot make an environment without it")
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise Refusal(f"{python} has no ensurepip: start this with another Python 3.11 to 3.14.")


def bring_test_programs() -> None:
    """Brings the programs that the tests start: a display, a bus, a keyring, assistive technology, fonts."""
    import shutil
    import subprocess

    if sys.platform != "linux":
        return
    if shutil.which("dpkg-query"):
        query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *TEST_PACKAGES]
        answer = subprocess.run(query, check=False, capture_output=True, text=True).stdout.splitlines()
        missing = [name for name in TEST_PACKAGES if f"{name} installed" not in answer]
    else:
        missing = [name for name, program in TEST_PACKAGES.items() if program and not shutil.which(program)]
    if missing:
        install_packages(missing, "the tests drive them")


def bring_libraries(environment: Path) -> None:
    """Brings the shared libraries that Qt in this environment links to, and a font; else raises Refusal."""
    if sys.platform != "linux":
        return
    missing = missing_libraries(environment)
    packages = sorted({LIBRARY_PACKAGES[name] for name in missing if name in LIBRARY_PACKAGES})
    if not has_font():
        packages.append(FONT_PACKAGE)
    if packages:
        install_packages(packages, "Qt needs them for its window")
        missing = missing_libraries(environment)
    if missing:
        raise Refusal(f"Qt cannot open a window here without {' '.join(missing)}: install what holds them.")


def missing_libraries(environment: Path) -> list[str]:
    """The shared libraries that the Qt files we load, and what these load, do not find on this system."""
    import subprocess

    folders = list(environment.glob("lib/python3.*/site-packages/PySide6"))
    files = [str(folder / name) for folder in folders for name in QT_FILES if (folder / name).exists()]
    plain = {**os.environ, "LC_ALL": "C"}
    ldd = subprocess.run(["ldd", *files], check=False, capture_output=True, text=True, env=plain)
    return sorted({line.split()[0] for line in ldd.stdout.splitlines() if line.endswith("=> not found")})


def has_font() -> bool:
    """True when there is a font that can be scaled: without any, Qt draws no text."""
    folders = [Path(name).expanduser() for name in FONT_FOLDERS]
    return any(path.suffix in {".ttf", ".otf", ".ttc"} for folder in folders for path in folder.rglob("*"))


def install_packages(packages: list[str], reason: str) -> None:
    """Installs Debian packages as root or through sudo; raises Refusal with the line to type instead."""
    import shutil

    names = " ".join(packages)
    if not (shutil.which("apt-get") and Path("/etc/debian_version").exists()):
        raise Refusal(f"Missing here ({reason}): install what Debian calls {names}, then start again.")
    by_hand = f"apt-get update; apt-get install -y --no-install-recommends {names}"
    prefix: list[str] = []
    if os.geteuid() != 0:
        if not may_use_sudo():
            raise Refusal(f"Missing here ({reason}); type as root: {by_hand}")
        prefix = ["sudo"]
        by_hand = by_hand.replace("apt-get", "sudo apt-get")
    say(f"Installing with apt-get{' through sudo' if prefix else ''}: {names} ({reason}).")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    try:
        try:
            call([*apt, "update"], "apt-get update")
        except Refusal:
            say("apt-get update had trouble; trying with the package lists there are.")
        call([*apt, "install", "-y", "--no-install-recommends", *packages], "apt-get install")
    except Refusal:
        raise Refusal(f"apt-get could not install them ({reason}); type: {by_hand}") from None


def may_use_sudo() -> bool:
    """True where sudo is there and can ask for a password, or needs none."""
    import shutil
    import subprocess

    if not shutil.which("sudo"):
        return False
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    return subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
