"""Proves that a bare Debian gets from nothing to the program by the README's one command, and how fast.

    sudo python3 packaging/prove_bare.py [--project FOLDER] [--test] [--keep]

As root, on a Debian with debootstrap and git: makes a Debian 12 with nothing but python3 and
ca-certificates in a temporary folder, puts a clean clone of the project's last commit there, and calls
packaging/bootstrap.py in a chroot with the Python that Debian has:

1. `run --version`, from nothing; then a second time, against main.py alone: what a start costs.
2. `run` without a display, which shows the story in the terminal.
3. Qt on a display, where this machine has Xvfb: the shared libraries and the font are really there.
4. `run --version` with `.venv` removed: the same set-up with all downloads already in the cache.
5. With --test: `test`, everything that CI does.

Every line is printed with the seconds since its command began. The chroot reaches the registries as this
machine does: mirror, proxies, certificates and pip's configuration are taken from here, and thrown away with
the folder. Mounts are made in a mount namespace of their own, processes in a process namespace: both end with
the command, however it ends. Exit status: 0 all well, 1 something did not work, 2 this cannot be done here.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUITE = "bookworm"
CLONE = Path("/srv/safe-conduct")  # inside the chroot
PYTHON = "/usr/bin/python3"
BOOTSTRAP = f"{CLONE}/packaging/bootstrap.py"
STARTS = 3

# apt's two ways of writing a source down, and the suites that tell a Debian archive from other archives.
ONE_LINE = re.compile(r"^deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+(\S+)\s+(.*)$", re.MULTILINE)
FIELD = re.compile(r"^([\w-]+):[ \t]*(.*)$", re.MULTILINE)
RELEASES = {"bookworm", "trixie", "forky", "duke", "stable", "testing", "unstable", "sid"}

# What makes this machine reach its registries. Files that are not there are passed over.
COPIED = (
    "etc/resolv.conf",
    "etc/hosts",
    "etc/ssl/certs/ca-certificates.crt",
    "etc/apt/apt.conf",
    "etc/apt/auth.conf",
    "etc/apt/auth.conf.d",
    "etc/apt/trusted.gpg",
    "etc/apt/trusted.gpg.d",
    "etc/pip.conf",
    "etc/xdg/pip",
)
PASSED_ON = re.compile(r"(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE$|(https?|ftp|all|no)_proxy$)", re.IGNORECASE)

QT_PROBE = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("Safe Conduct")
label.show()
app.processEvents()
image = label.grab().toImage()
drawn = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
print(f"Qt draws on {app.platformName()} with {label.fontInfo().family()}, {len(drawn)} colours")
raise SystemExit(len(drawn) < 3)
"""


def main() -> int:
    """Reads the command line, proves, cleans up; gives the exit status."""
    parser = argparse.ArgumentParser(description="Proves the set-up on a bare Debian 12, as root.")
    parser.add_argument("--project", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--test", action="store_true", help="run the whole test command there as well")
    parser.add_argument("--keep", action="store_true", help="leave the folder for a look around")
    options = parser.parse_args()
    lacking = [name for name in ("debootstrap", "git", "unshare", "chroot") if not shutil.which(name)]
    mirror = mirror_of_this_machine()
    if os.geteuid() != 0 or lacking or not mirror:
        print(f"needs root, a Debian mirror in apt's sources, and: {' '.join(lacking) or 'nothing else'}")
        return 2
    root = Path(tempfile.mkdtemp(prefix="bare-debian-"))
    try:
        make_bare_debian(root, mirror, options.project)
        return 0 if prove(root, with_tests=options.test) else 1
    except subprocess.CalledProcessError as error:
        print(f"could not be made: {shlex.join(error.cmd)} ended with status {error.returncode}")
        return 1
    finally:
        if options.keep:
            print(f"kept in {root}")
        else:
            shutil.rmtree(root)


# --- making it ---


def mirror_of_this_machine() -> str | None:
    """The first address in apt's sources that has the main part of a Debian release; None where none has."""
    folder = Path("/etc/apt")
    files = [
        folder / "sources.list",
        *folder.glob("sources.list.d/*.list"),
        *folder.glob("sources.list.d/*.sources"),
    ]
    for listed in files:
        text = listed.read_text(encoding="utf-8") if listed.exists() else ""
        if listed.suffix == ".sources":
            stanzas = [dict(FIELD.findall(stanza)) for stanza in re.split(r"\n\s*\n", text)]
            used = [stanza for stanza in stanzas if stanza.get("Enabled") != "no" and stanza.get("Types") != "deb-src"]
            entries = [[stanza.get(key, "") for key in ("URIs", "Suites", "Components")] for stanza in used]
        else:
            entries = [list(entry) for entry in ONE_LINE.findall(text)]
        for addresses, suites, components in entries:
            if RELEASES & set(suites.split()) and "main" in components.split():
                return str(addresses.split()[0])
    return None


def make_bare_debian(root: Path, mirror: str, project: Path) -> None:
    """Fills the folder with Debian, this machine's ways to its registries, and a clean clone."""
    began = time.monotonic()
    print(f"making a bare Debian ({SUITE}: minbase, python3, ca-certificates) in {root}", flush=True)
    debootstrap = ["debootstrap", "--variant=minbase", "--include=python3,ca-certificates", SUITE, str(root)]
    # In a mount namespace: debootstrap mounts /proc, and must not leave it behind when it is stopped.
    subprocess.run(["unshare", "--mount", *debootstrap, mirror], check=True, stdout=subprocess.DEVNULL)
    for name in COPIED:
        copy(Path("/") / name, root / name)
    for name in (".config/pip", ".pip"):
        copy(Path.home() / name, root / "root" / name)
    for settings in Path("/etc/apt/apt.conf.d").iterdir():
        text = settings.read_text(encoding="utf-8", errors="replace")
        if "Acquire" in text and "-Invoke" not in text:  # a hook would call programs that are not there
            copy(settings, root / "etc/apt/apt.conf.d" / settings.name)
    clone = ["git", "clone", "--quiet", "--no-hardlinks", "--depth", "1", project.resolve().as_uri()]
    subprocess.run([*clone, f"{root}{CLONE}"], check=True)
    print(f"made in {time.monotonic() - began:.0f} s; from here on nothing but what a user would do")


def copy(source: Path, target: Path) -> None:
    """Copies a file or folder to the same place in the chroot, what links point to and not the links."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copy2(source, target)


# --- proving it ---


def inside(root: Path, command: list[str], **more: str) -> tuple[int, float, str]:
    """Runs a command in the chroot, printing its lines with the seconds; gives status, seconds and output.

    It gets /proc, /dev, an X display's sockets, and an environment as bare as the system is.
    """
    environment = {name: value for name, value in os.environ.items() if PASSED_ON.match(name)}
    environment.update(HOME="/root", PATH="/usr/sbin:/usr/bin:/sbin:/bin", LANG="C.UTF-8", **more)
    mounts = [
        f"mount -t proc proc {root}/proc",
        f"mount --rbind /dev {root}/dev",
        f"mkdir -p {root}/tmp/.X11-unix /tmp/.X11-unix",
        f"mount --bind /tmp/.X11-unix {root}/tmp/.X11-unix",
        f"exec chroot {root} {shlex.join(command)}",
    ]
    spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    began, lines = time.monotonic(), []
    print(f"\n$ {shlex.join(command)}", flush=True)
    with subprocess.Popen(
        [*spaces, "sh", "-ec", "\n".join(mounts)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"{time.monotonic() - began:7.2f}  {line}", end="", flush=True)
            lines.append(line)
    seconds = time.monotonic() - began
    print(f"{seconds:7.2f}  status {process.returncode}", flush=True)
    return process.returncode, seconds, "".join(lines)


def prove(root: Path, *, with_tests: bool) -> bool:
    """Does the five things of this module's docstring; prints a summary and gives True when all went well."""
    version = [PYTHON, BOOTSTRAP, "run", "--version"]
    venv_python = f"{CLONE}/.venv/bin/python"
    before = received_bytes()
    first, first_seconds, _ = inside(root, version)
    megabytes = (received_bytes() - before) / 1e6
    statuses = {"run --version, from nothing": first}
    second, third = [], []
    for _ in range(STARTS):
        second.append(inside(root, version)[1])
        third.append(inside(root, [venv_python, f"{CLONE}/main.py", "--version"])[1])
    statuses["run, without a display"] = inside(root, [PYTHON, BOOTSTRAP, "run"])[0]
    if shutil.which("Xvfb"):
        statuses["Qt on a display"] = prove_window(root, venv_python)
    shutil.rmtree(f"{root}{CLONE}/.venv", ignore_errors=True)
    statuses["run --version, again from the cache"], cached_seconds, _ = inside(root, version)
    if with_tests:
        statuses["test"] = inside(root, [PYTHON, BOOTSTRAP, "test"])[0]

    print("\n" + "\n".join(f"{'well' if not status else 'FAILED':6}  {name}" for name, status in statuses.items()))
    print(f"{first_seconds:.1f} s from nothing to the program's output; {megabytes:.0f} MB came in meanwhile")
    print(f"{cached_seconds:.1f} s with Debian's packages there and pip's downloads in its cache")
    print(f"{(min(second) - min(third)) * 1000:.0f} ms is what a second start costs over main.py alone")
    return not any(statuses.values())


def prove_window(root: Path, python: str) -> int:
    """Lets Qt draw a label on an Xvfb of this machine, with what the set-up put into the chroot."""
    read_end, write_end = os.pipe()
    server = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(server, pass_fds=(write_end,), stderr=subprocess.DEVNULL) as xvfb:
        os.close(write_end)
        try:
            with os.fdopen(read_end) as chosen:
                display = chosen.readline().strip()
            return inside(root, [python, "-c", QT_PROBE], DISPLAY=f":{display}", QT_QPA_PLATFORM="xcb")[0]
        finally:
            xvfb.terminate()


def received_bytes() -> int:
    """Bytes that this machine's network cards took in so far, for whomever: loopback is left out."""
    rows = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    cards = [row.split(":") for row in rows]
    return sum(int(counts.split()[0]) for card, counts in cards if card.strip() != "lo")


if __name__ == "__main__":
    sys.exit(main())
