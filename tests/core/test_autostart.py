"""Start at login: what is written on each system, and that it is written and taken away again here."""

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from core import autostart
from core.errors import StorageError

AWKWARD = ["/opt/py thon", "-X", "utf8", 'a "b" $HOME `c` \\d', "100%", "--at-login"]


@pytest.mark.skipif(sys.platform == "win32", reason="asks a shell")
def test_the_desktop_entry_has_every_word_as_it_was() -> None:
    held = autostart.desktop_entry(AWKWARD)
    assert held.startswith("[Desktop Entry]\nType=Application\nName=Safe Conduct\nExec=")
    (line,) = [line for line in held.splitlines() if line.startswith("Exec=")]
    # As the specification reads it: the value's escapes first, then the words (quoted as a shell's), then the codes.
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    said = subprocess.run(["sh", "-c", f"printf '%s\\n' {value}"], capture_output=True, encoding="utf-8", check=True)
    assert [word.replace("%%", "%") for word in said.stdout.splitlines()] == AWKWARD


def test_a_line_break_cannot_add_a_line() -> None:
    with pytest.raises(StorageError):
        autostart.desktop_entry(["/bin/x", "a\nExec=evil"])


def test_the_launch_agent_has_every_word_as_it_was() -> None:
    held = plistlib.loads(autostart.launch_agent("org.safeconduct.SafeConduct.1", AWKWARD))
    assert held["ProgramArguments"] == AWKWARD
    assert held["RunAtLoad"] is True
    assert held["Label"] == "org.safeconduct.SafeConduct.1"


def test_windows_reads_one_line_as_these_words() -> None:
    assert autostart.run_value([r"C:\Program Files\safe.exe", "--profile", r"D:\my profile", "--at-login"]) == (
        r'"C:\Program Files\safe.exe" --profile "D:\my profile" --at-login'
    )


def test_each_profile_has_an_entry_of_its_own(tmp_path: Path) -> None:
    names = {autostart.entry_name(tmp_path / name) for name in ("a", "b")}
    assert len(names) == 2
    assert all(name.startswith("org.safeconduct.SafeConduct.") for name in names)


@pytest.mark.skipif(sys.platform != "linux", reason="writes an XDG autostart file")
def test_it_is_written_and_taken_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "profile"
    assert not autostart.is_on(folder)
    for _ in range(2):
        autostart.turn(folder, AWKWARD, on=True)
    assert autostart.is_on(folder)
    assert not autostart.is_on(tmp_path / "another")
    (file,) = (tmp_path / "config" / "autostart").iterdir()
    assert file.read_text(encoding="utf-8") == autostart.desktop_entry(AWKWARD)
    for _ in range(2):
        autostart.turn(folder, AWKWARD, on=False)
    assert not autostart.is_on(folder)
    file.parent.rmdir()
    file.parent.write_text("in the way")
    with pytest.raises(StorageError, match="autostart-unwritable"):
        autostart.turn(folder, AWKWARD, on=True)
