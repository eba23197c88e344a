"""Set-up and start on a machine that has nothing but Python and certificates.

    python3 packaging/bootstrap.py run [arguments for main.py]
    python3 packaging/bootstrap.py test [arguments for pytest]

`run` makes `.venv` from `requirements.lock`, brings the shared libraries that Qt's window needs, and starts
main.py with the arguments. `test` makes it from `requirements-dev.lock`, brings the programs that the tests
drive as well, and runs the checks in order, or pytest alone when it is given arguments. A second start only
compares a marker with the lock, so it costs a few hundredths of a second.

Standard library only; it parses on Python 3.9, so that an old Python is told so in a sentence. Nothing here
names a registry: pip and apt-get work as this machine's owner has set them up. What the set-up says goes to
standard error, so that `run --json ...` keeps standard output for the program. Exit status 2: something is
missing that it cannot bring, with one line saying what to do. It builds no packages and knows nothing of the
program but its name.

There is no `__init__.py` beside it, and must be none: this folder would hide the library `packaging`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

TYPE_CHECKING = False  # typing itself is not imported, for the sake of the second start
if TYPE_CHECKING:
    from packaging import machine
else:  # run as a script, this folder is where modules are looked for
    import machine

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {
    "run": ROOT / "packaging" / "requirements.lock",
    "test": ROOT / "packaging" / "requirements-dev.lock",
}
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = PROGRAMS / f"python{SUFFIX}"

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)
WHOLE_SUITE = ("-n", "2", "--dist", "loadscope")


def main(arguments: list[str]) -> int:
    """Takes the command line without the program's name; gives the exit status."""
    if not arguments or arguments[0] not in LOCKS:
        machine.say("usage: bootstrap.py run [arguments for main.py] | test [arguments for pytest]")
        return 2
    mode, rest = arguments[0], arguments[1:]
    try:
        ready = is_ready(mode)
        if not ready:
            machine.refuse_unfit()
        if mode == "test":
            machine.bring_test_programs()
        if not ready:
            set_up(mode)
        return check(rest) if mode == "test" else start(rest)
    except machine.Refusal as refusal:
        machine.say(str(refusal))
    except OSError as error:
        machine.say(f"The set-up could not go on: {error}")
    except KeyboardInterrupt:
        return 130
    return 2


# --- the marker: is there anything to do? ---


def expected_marker(mode: str) -> dict[str, str]:
    """What the marker of a finished set-up has to say on this machine, for this lock and this Python."""
    return {
        "python": sys.version.split()[0],
        "executable": str(base_python()),
        "project": str(ROOT),
        "lock": hashlib.sha256(LOCKS[mode].read_bytes()).hexdigest(),
    }


def read_marker(mode: str) -> dict[str, str]:
    """The marker as it was written; empty where there is none or it is damaged."""
    try:
        marker = json.loads((VENV / f"ready-{mode}").read_bytes())
    except (OSError, ValueError):
        return {}
    return marker if isinstance(marker, dict) else {}


def is_installed(mode: str) -> bool:
    """True when `.venv` holds what the mode's lock lists, whole, for this Python at this place."""
    marker = read_marker(mode)
    return {**marker, **expected_marker(mode)} == marker and PYTHON.exists()


def is_ready(mode: str) -> bool:
    """True when nothing is to be done; libraries of the window may lack as long as `run` has no display."""
    if not is_installed(mode):
        return False
    return read_marker(mode).get("libraries") == "complete" or (mode == "run" and machine.lacks_display())


def write_markers(mode: str, libraries: str) -> None:
    """Written last, each in one step, so that an interrupted set-up is never taken for a whole one.

    What the tests need holds what the program needs, so `test` is marked for both.
    """
    for done in ("run", "test") if mode == "test" else ("run",):
        unfinished = VENV / f"ready-{done}.new"
        text = json.dumps({**expected_marker(done), "libraries": libraries}, indent=1)
        unfinished.write_text(text + "\n", encoding="utf-8")
        unfinished.replace(VENV / f"ready-{done}")


def base_python() -> Path:
    """The Python outside any virtual environment: `.venv` may be what runs this, and cannot remake itself."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable).resolve()


# --- set-up ---


def set_up(mode: str) -> None:
    """Brings `.venv` and the system packages up to the mode's lock, one set-up of this folder at a time."""
    with sole_set_up():
        if is_ready(mode):
            return
        if not is_installed(mode):
            install(mode)
        try:
            machine.bring_libraries(VENV)
        except machine.Refusal as refusal:
            write_markers(mode, "missing")
            if mode == "test" or not machine.lacks_display():
                raise
            # Without a display the command line is all there is, and it needs no library of the window.
            machine.say(f"{refusal} (until then the commands work, the window does not)")
        else:
            write_markers(mode, "complete")


@contextlib.contextmanager
def sole_set_up() -> Iterator[None]:
    """Held by one process at a time: two starts at once must not both fill the same `.venv`."""
    try:
        import fcntl
    except ImportError:  # Windows lets nobody replace a file in use, which is enough
        yield
        return
    with LOCKS["run"].open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            machine.say("Waiting for another set-up of this folder to finish.")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def install(mode: str) -> None:
    """Fills `.venv` from the mode's lock; a whole one of `run` is added to, anything else is made anew."""
    grows = mode == "test" and is_installed("run")
    for marker in LOCKS:
        (VENV / f"ready-{marker}").unlink(missing_ok=True)
    if not grows:
        machine.bring_ensurepip(base_python())
        machine.say(f"Making {VENV}.")
        machine.call([str(base_python()), "-m", "venv", "--clear", str(VENV)], "making .venv")
    size = "" if grows else "; Qt alone is a download of 80 MB"
    machine.say(f"Installing what {LOCKS[mode].name} lists, with pip{size}.")
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    hashed = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS[mode])]
    machine.call([*pip, *([] if sys.stderr.isatty() else ["-qq"]), *hashed], "pip install")


# --- what it was all for ---


def start(arguments: list[str]) -> int:
    """Becomes main.py with these arguments; on Windows, where nothing becomes another, waits for it."""
    if not arguments and machine.lacks_display():
        machine.say("No display here (no DISPLAY, no WAYLAND_DISPLAY): running `main.py demo` instead.")
        arguments = ["demo"]
    command = [str(PYTHON), str(ROOT / "main.py"), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    return subprocess.call(command)


def check(arguments: list[str]) -> int:
    """Runs the checks in order under a heading each, then pytest; gives the status of the first that fails.

    With arguments only pytest is run, with them. pytest comes last, so its closing line ends a good run.
    """
    import subprocess

    path = f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV)}
    steps = () if arguments else CHECKS
    for step in (*steps, ("python", "-m", "pytest", *(arguments or WHOLE_SUITE))):
        print(f"\n=== {' '.join(step)}", flush=True)
        status = subprocess.call([str(PROGRAMS / f"{step[0]}{SUFFIX}"), *step[1:]], cwd=ROOT, env=environment)
        if status:
            return status if status > 0 else 128 - status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
