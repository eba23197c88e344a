"""Writes what makes a scheduler look at the sources while the window is closed: see packaging/units/README.md.

    .venv/bin/python packaging/units.py systemd|launchd|windows [--profile DIR] [--to FOLDER]

Run by the Python that is to run the program. It says on standard output which files it wrote and what switches them on.
Exit status 2: refused, with the reason in one line; nothing was written.
"""

from __future__ import annotations

import argparse
import os
import plistlib
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
LABEL = "org.safeconduct.SafeConduct"
PLACES = {"systemd": ".config/systemd/user", "launchd": "Library/LaunchAgents", "windows": ""}
SWITCH_ON = {
    "systemd": "systemctl --user daemon-reload && systemctl --user enable --now safeconduct.timer",
    "launchd": f"launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{LABEL}.plist",
    "windows": "schtasks /Create /TN SafeConduct /XML safeconduct.xml",
}
REFUSED = (
    "This profile has a passphrase, which nobody would be there to type: nothing would ever be looked at. "
    "Keep the window open, or use a profile whose key is in the keyring. Nothing was written."
)

# Counted from this machine's own start and spread by chance: all travellers must not ask in the same second.
TIMER = """[Unit]
Description=Safe Conduct looks at its sources

[Timer]
OnStartupSec=30
OnUnitInactiveSec=50
RandomizedDelaySec=10
AccuracySec=5

[Install]
WantedBy=timers.target
"""
# Status 3: a source could not be verified. The window says so; the unit did what it should.
SERVICE = """[Unit]
Description=Safe Conduct looks at the sources that are due
ConditionPathExists={profile}
ConditionPathExists=!{key}

[Service]
Type=oneshot
ExecStart={command}
SuccessExitStatus=3
TimeoutStartSec=15min
Nice=10
UMask=0077
NoNewPrivileges=yes
"""
TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <LogonTrigger>
      <Repetition><Interval>PT1M</Interval></Repetition>
      <Delay>PT30S</Delay>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Traveller"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT15M</ExecutionTimeLimit>
    <Hidden>true</Hidden>
  </Settings>
  <Actions Context="Traveller">
    <Exec><Command>{program}</Command><Arguments>{arguments}</Arguments></Exec>
  </Actions>
</Task>
"""


def command(profile: Path, *words: str) -> list[str]:
    """The program with a profile; on Windows by the Python that opens no console."""
    python = Path(sys.executable)
    windowless = python.with_name("pythonw.exe")
    program = windowless if os.name == "nt" and windowless.exists() else python
    return [str(program), "-X", "utf8", str(ROOT / "main.py"), "--profile", str(profile), "--quiet", *words]


def systemd_quoted(word: str) -> str:
    """A word of ExecStart as systemd.service(5) and systemd.unit(5) read it."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$") + '"'


def files(scheduler: str, profile: Path) -> dict[str, bytes]:
    """The files that make this scheduler look at this profile, by their names."""
    check = command(profile, "check", "--due", "--notify")
    if scheduler == "systemd":
        service = SERVICE.format(
            profile=str(profile).replace("%", "%%"),
            key=str(profile / "key.json").replace("%", "%%"),
            command=" ".join(systemd_quoted(word) for word in check),
        )
        return {"safeconduct.service": service.encode(), "safeconduct.timer": TIMER.encode()}
    if scheduler == "launchd":
        agent = {
            "Label": LABEL,
            "ProgramArguments": command(profile, "watch", "--notify"),
            "RunAtLoad": True,
            # Status 4 or 2 would not get better by trying again at once.
            "KeepAlive": {"Crashed": True},
            "ProcessType": "Background",
            "Umask": 0o077,
        }
        return {f"{LABEL}.plist": plistlib.dumps(agent)}
    task = TASK.format(program=escape(check[0]), arguments=escape(subprocess.list2cmdline(check[1:])))
    return {"safeconduct.xml": task.encode("utf-16")}


def main(arguments: list[str]) -> int:
    """Takes the command line without the program's name; gives the exit status."""
    parser = argparse.ArgumentParser(prog="units.py", description="Looking without the window.")
    parser.add_argument("scheduler", choices=sorted(PLACES))
    parser.add_argument("--profile", metavar="DIR")
    parser.add_argument("--to", metavar="FOLDER", type=Path)
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))
    from core.paths import profile_at

    profile = profile_at(options.profile)
    if not profile.exists():
        print("There is no profile there yet. Start the program once, then come back.", file=sys.stderr)
        return 2
    if profile.wrapped_key.exists():
        print(REFUSED, file=sys.stderr)
        return 2
    folder = options.to or Path.home() / PLACES[options.scheduler]
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files(options.scheduler, profile.folder).items():
        (folder / name).write_bytes(data)
        print(f"wrote {folder / name}")
    print(f"now: {SWITCH_ON[options.scheduler]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
