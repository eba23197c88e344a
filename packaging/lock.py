"""Makes both lock files anew from pyproject.toml, with uv.

    python3 packaging/lock.py [DATE]

DATE (YYYY-MM-DD, two weeks back when it is not given): nothing published after it gets in, so that a release
that turns out to be poisoned has been found before it comes to us. One file serves Linux, macOS and Windows;
every file in it is named by its hash and none by a host. The dev lock holds the same versions as the other
one: a test set-up adds to the one that runs the program. uv comes from pip (`pip install uv`) where it lacks.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS: dict[str, tuple[str, ...]] = {"requirements.lock": (), "requirements-dev.lock": ("--group", "dev")}
OPTIONS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--python-version", "3.11")
HEADER = "python3 packaging/lock.py"


def compile_lock(name: str, options: tuple[str, ...], date: str) -> dict[str, str]:
    """Writes packaging/NAME; gives the locked version of each distribution. Raises CalledProcessError."""
    uv = shutil.which("uv")
    if uv is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    command = [*([uv] if uv else [sys.executable, "-m", "uv"]), "pip", "compile", "--quiet", *OPTIONS]
    command += ["--exclude-newer", date, "--custom-compile-command", f"{HEADER} {date}"]
    # --upgrade: what the file held before must not steer what it holds now.
    target = ROOT / "packaging" / name
    command += ["--upgrade", "--output-file", str(target), "pyproject.toml", *options]
    subprocess.run(command, cwd=ROOT, check=True)
    text = target.read_text(encoding="utf-8")
    if "://" in text:
        raise SystemExit(f"{name} names a host")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE))


def main(arguments: list[str]) -> int:
    """Takes the date, if any; gives the exit status."""
    two_weeks_back = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=14)
    date = arguments[0] if arguments else two_weeks_back.isoformat()
    versions = [compile_lock(name, options, date) for name, options in LOCKS.items()]
    apart = [name for name, version in versions[0].items() if versions[1].get(name) != version]
    if apart:
        print(f"the two locks disagree on {', '.join(apart)}: pin them in pyproject.toml", file=sys.stderr)
        return 1
    print(f"locked {len(versions[0])} distributions to run, {len(versions[1])} to test, none after {date}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
