"""An acknowledged tick is there whatever happens next: SIGKILL at any moment, a full disk, a disk that errs.

The program is the real command line on a real passphrase profile. `SAFECONDUCT_FULL=1` does all of it: 200 kills at
random moments, and a kill, ENOSPC and EIO at every system call that writes. The ordinary run does a part, chosen
anew by pytest-randomly's seed. Acknowledged is what ended with exit status 0 or was printed.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.model import State
from core.paths import Profile
from tests import profiles
from tests.crash.ledger import Deed, Ledger, faults_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="signals and strace as Linux has them"),
    pytest.mark.timeout(900),
    pytest.mark.slow,
]

FULL = os.environ.get("SAFECONDUCT_FULL") == "1"
KILLS = 200 if FULL else 30
_WRITING = "pwrite64,fdatasync,fsync,ftruncate,write,rename,unlink"
_INJECTED = "pwrite64,fdatasync,fsync,write"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A profile with the scene's list, all open."""
    return Ledger(profiles.scene(tmp_path / "profile"))


def _start(ledger: Ledger, deed: Deed) -> subprocess.Popen[str]:
    with profiles.passphrase_fd() as descriptor:
        return subprocess.Popen(
            profiles.command(ledger.made.profile, descriptor, *deed.words),
            pass_fds=(descriptor,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=profiles.ROOT,
        )


def _lifetime(ledger: Ledger) -> float:
    """How long a run takes here, measured."""
    spans: list[float] = []
    for _ in range(3):
        deed = ledger.deed(random.Random(len(spans)))
        began = time.monotonic()
        with _start(ledger, deed) as process:
            assert process.wait(60) == 0, process.communicate()
            spans.append(time.monotonic() - began)
        ledger.settle(deed, acknowledged=True)
    return sorted(spans)[1]


def _wait_for_the_commit(ledger: Ledger, process: subprocess.Popen[str]) -> None:
    """The write-ahead log is there from just before the transaction to the end."""
    log = ledger.made.profile.database.with_name("safeconduct.db-wal")
    while process.poll() is None and not log.exists():
        time.sleep(0.0003)


def test_a_kill_at_a_random_moment_loses_nothing_acknowledged(ledger: Ledger) -> None:
    """Two of three moments over the whole life, one of three in the hundredth of a second around the commit."""
    chance = random.Random(random.randrange(2**32))
    life = _lifetime(ledger)
    killed = runs = 0
    while killed < KILLS:
        runs += 1
        assert runs < 5 * KILLS, "the kills must hit living programs"
        deed = ledger.deed(chance)
        with _start(ledger, deed) as process:
            if runs % 3:
                moment = chance.uniform(0, 0.9 * life)
            else:
                _wait_for_the_commit(ledger, process)
                moment = chance.uniform(0, 0.012)
            try:
                said, _ = process.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                said, _ = process.communicate()
        killed += process.returncode == -signal.SIGKILL
        assert process.returncode in (0, -signal.SIGKILL)
        ledger.settle(deed, acknowledged=process.returncode == 0 or bool(said))
    assert ledger.lost == []
    assert faults_of(ledger.made) == []
    print(
        f"{killed} kills in {runs} runs: {ledger.acknowledged} acknowledged, {len(ledger.lost)} lost, "
        f"{ledger.done_all_the_same} saved though never acknowledged"
    )


def _strace(tmp_path: Path, *options: str) -> list[str]:
    if shutil.which("strace") is None:
        pytest.skip("strace is not there; `packaging/bootstrap.py test` brings it")
    return ["strace", "-f", "--seccomp-bpf", "-o", str(tmp_path / "trace"), *options]


def _calls(ledger: Ledger, tmp_path: Path, wanted: str, *where: str) -> dict[str, int]:
    """How often an unharmed run makes each of these calls."""
    deed = ledger.deed(random.Random(1))
    done = profiles.run(ledger.made.profile, *deed.words, under=_strace(tmp_path, *where, "-e", f"trace={wanted}"))
    assert done.returncode == 0, done.stderr
    ledger.settle(deed, acknowledged=True)
    return _counted(tmp_path)


def _counted(tmp_path: Path) -> dict[str, int]:
    """How often each call stands in the trace."""
    counted: dict[str, int] = {}
    for line in (tmp_path / "trace").read_text(encoding="utf-8", errors="replace").splitlines():
        name = re.match(r"\d+ +(\w+)\(", line)
        if name:
            counted[name[1]] = counted.get(name[1], 0) + 1
    return counted


def _chosen(cases: list[tuple[str, int]], share: int) -> list[tuple[str, int]]:
    """All of them in full; else some, the last of each call always: it is the nearest to the end."""
    if FULL:
        return cases
    last = dict(cases)
    return sorted({*random.sample(cases, min(share, len(cases))), *last.items()})


def test_a_kill_at_a_writing_call_loses_nothing_acknowledged(ledger: Ledger, tmp_path: Path) -> None:
    """Before the call takes effect, at each of them in turn."""
    counted = _calls(ledger, tmp_path, _WRITING)
    assert counted["fdatasync"] >= 2
    cases = [(call, number) for call, count in counted.items() for number in range(1, count + 1)]
    chance = random.Random(random.randrange(2**32))
    for call, number in _chosen(cases, 6):
        deed = ledger.deed(chance)
        aimed = _strace(tmp_path, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
        done = profiles.run(ledger.made.profile, *deed.words, under=aimed)
        ledger.settle(deed, acknowledged=done.returncode == 0 or bool(done.stdout))
    assert ledger.lost == []
    assert faults_of(ledger.made) == []


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_disk_that_refuses_is_never_taken_for_saved(ledger: Ledger, tmp_path: Path, error: str, lasts: bool) -> None:
    """At each call on the profile's files: exit 0 only where it is saved, else one clear line, nothing corrupt."""
    files = [
        option
        for name in ("safeconduct.db", "safeconduct.db-wal", "safeconduct.db-shm")
        for option in ("-P", str(ledger.made.profile.folder / name))
    ]
    where = files if lasts else []  # what lasts must spare standard error
    counted = _calls(ledger, tmp_path, _INJECTED, *where)
    cases = [(call, number) for call, count in counted.items() for number in range(1, count + 1)]
    chance = random.Random(random.randrange(2**32))
    refused = 0
    for call, number in _chosen(cases, 4):
        deed = ledger.deed(chance)
        when = f"{number}+" if lasts else str(number)
        aimed = _strace(tmp_path, *where, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}")
        done = profiles.run(ledger.made.profile, *deed.words, under=aimed)
        assert done.returncode in (0, 1), f"{call} {when}: {done}"
        lines = done.stderr.splitlines()
        if done.returncode:
            refused += 1
            assert len(lines) == 1 and lines[0].startswith("safeconduct: "), f"{call} {when}: {done.stderr}"
            assert "fault in Safe Conduct" not in lines[0] or done.stdout == "", f"{call} {when}: {done.stderr}"
        else:
            assert lines == [], f"{call} {when}: {done.stderr}"
        ledger.settle(deed, acknowledged=done.returncode == 0)
    assert ledger.lost == []
    assert refused
    assert faults_of(ledger.made) == []


def test_a_kill_at_the_birth_of_a_profile_leaves_a_place_to_begin(tmp_path: Path) -> None:
    """Before each call that writes of the very first command: the next one makes the profile, or goes on with it."""
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text('{"sources": [{"id": "one", "url": "https://example.org/feed"}]}', encoding="utf-8")
    words = ("follow", "one", "--catalogue", str(catalogue))
    born = Profile(tmp_path / "born")
    whole = profiles.run(born, *words, under=_strace(tmp_path, "-e", f"trace={_WRITING}"))
    assert whole.returncode == 0, whole.stderr
    cases = [(call, number) for call, count in _counted(tmp_path).items() for number in range(1, count + 1)]
    for call, number in random.sample(cases, min(len(cases), 40 if FULL else 4)):
        profile = Profile(tmp_path / f"{call}{number}")
        aimed = _strace(tmp_path, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
        killed = profiles.run(profile, *words, under=aimed)
        again = profiles.run(profile, *words)
        assert (again.returncode, again.stderr) == (0, ""), f"{call} {number}: {killed} {again}"
        assert profiles.run(profile, "todo").returncode == 0


def test_two_at_once_both_keep_their_ticks(ledger: Ledger) -> None:
    """The passphrase's file, its count of tries and the database are shared; nobody's tick is anybody's loss."""
    for _ in range(20 if FULL else 4):
        one, other = Deed(("tick", ledger.made.items[0]), ()), Deed(("tick", ledger.made.items[1]), ())
        with _start(ledger, one) as first, _start(ledger, other) as second:
            said = [process.communicate(timeout=60)[1] for process in (first, second)]
        assert (first.returncode, second.returncode) == (0, 0), said
        found = ledger.now()
        assert [found[name][0] for name in ledger.made.items[:2]] == [State.DONE, State.DONE]
        undone = Deed(("untick", *ledger.made.items[:2]), ())
        with _start(ledger, undone) as process:
            assert process.communicate(timeout=60)[1] == ""
    assert faults_of(ledger.made) == []
