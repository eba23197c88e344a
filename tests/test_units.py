"""Units for schedulers: they run the right command on the right profile; none is made where nobody could open it."""

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.profiles import ROOT, cheap_profile, command, run

TOOL = ROOT / "packaging" / "units.py"
ODD = "a profile 100% $HOME"


def make(scheduler: str, profile: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, str(TOOL), scheduler, "--profile", str(profile), "--to", str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


def keyring_profile(folder: Path) -> Path:
    """What a profile whose key is in the keyring has in its folder."""
    folder.mkdir()
    (folder / "profile.json").write_text("{}")
    return folder


@pytest.mark.parametrize("scheduler", ["systemd", "launchd", "windows"])
def test_a_passphrase_profile_gets_no_unit_and_the_reason(tmp_path: Path, scheduler: str) -> None:
    profile, _ = cheap_profile(tmp_path / "profile")
    done = make(scheduler, profile.folder, tmp_path / "units")
    assert (done.returncode, done.stdout) == (2, "")
    assert "has a passphrase" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "units").exists()
    assert make(scheduler, tmp_path / "none", tmp_path / "units").returncode == 2


@pytest.mark.parametrize("words", [["check", "--due", "--notify", "--quiet"], ["watch", "--notify", "--quiet"]])
def test_a_unit_whose_profile_got_a_passphrase_ends_with_4_and_the_reason(tmp_path: Path, words: list[str]) -> None:
    """As a scheduler runs it: no terminal, nobody to ask. It must not wait."""
    profile, _ = cheap_profile(tmp_path / "profile")
    done = subprocess.run(
        command(profile, None, *words),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 4
    assert "locked" in done.stderr


def test_the_agent_of_macos_watches(tmp_path: Path) -> None:
    profile = keyring_profile(tmp_path / ODD)
    assert make("launchd", profile, tmp_path / "units").returncode == 0
    (file,) = (tmp_path / "units").iterdir()
    agent = plistlib.loads(file.read_bytes())
    assert file.stem == agent["Label"]
    assert agent["ProgramArguments"][3:] == [
        str(ROOT / "main.py"), "--profile", str(profile), "--quiet", "watch", "--notify",
    ]  # fmt: skip


def test_the_task_of_windows_checks_what_is_due(tmp_path: Path) -> None:
    profile = keyring_profile(tmp_path / ODD)
    assert make("windows", profile, tmp_path / "units").returncode == 0
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    root = ElementTree.fromstring((tmp_path / "units" / "safeconduct.xml").read_bytes())
    assert root.findtext(f".//{space}Command") == sys.executable
    said = root.findtext(f".//{space}Arguments") or ""
    assert said.endswith(f'--profile "{profile}" --quiet check --due --notify')


def test_the_timer_of_systemd_checks_what_is_due(tmp_path: Path) -> None:
    profile = keyring_profile(tmp_path / ODD)
    assert make("systemd", profile, tmp_path / "units").returncode == 0
    service = (tmp_path / "units" / "safeconduct.service").read_text()
    doubled = str(profile).replace("%", "%%")
    assert f'"--profile" "{doubled.replace("$", "$$")}" "--quiet" "check" "--due" "--notify"' in service
    assert f"ConditionPathExists=!{doubled}/key.json\n" in service
    assert "SuccessExitStatus=3" in service


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd's own reading of a unit")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    profile = keyring_profile(tmp_path / ODD)
    make("systemd", profile, tmp_path / "units")
    files = [str(tmp_path / "units" / name) for name in ("safeconduct.service", "safeconduct.timer")]
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_units_run_is_a_command_that_there_is(tmp_path: Path) -> None:
    """On a profile that can be opened and follows nothing it says that, and ends."""
    profile, _ = cheap_profile(tmp_path / "profile")
    done = run(profile, "--quiet", "check", "--due", "--notify")
    assert (done.returncode, "Nothing is followed" in done.stderr) == (2, True)
