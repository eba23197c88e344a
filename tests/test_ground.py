"""The ground itself: each kind of noise and each leak makes a test fail, and a quiet test passes."""

import os
import textwrap
from pathlib import Path

import pytest

_CONFTEST = """
pytest_plugins = ["tests.fixtures_leaks", "tests.fixtures_silence", "tests.fixtures_environment"]
"""
_INI = """
[pytest]
addopts = --strict-markers --strict-config
qt_api = pyside6
qt_log_level_fail = WARNING
filterwarnings = error
markers = end2end: with a display
"""
_TOP = """
import logging, os, signal, socket, subprocess, sys, threading, time
import pytest
"""
_NAP = "import time; time.sleep(60)"

_NOISE = {
    "log": ('logging.getLogger("a.b").warning("odd %s", 7)', "*unexpected log record: WARNING a.b: odd 7*"),
    "log that does not propagate": (
        'quiet = logging.getLogger("q"); quiet.propagate = False; quiet.addHandler(logging.NullHandler())\n'
        'quiet.error("lost")',
        "*unexpected log record: ERROR q: lost*",
    ),
    "log from a thread": (
        't = threading.Thread(target=logging.getLogger("t").critical, args=["late"]); t.start(); t.join()',
        "*unexpected log record: CRITICAL t: late*",
    ),
    "log that never came": ('expected_log("never")', "*expected log record never came: 'never'*"),
    "Qt warning": (
        'from PySide6.QtCore import qWarning\nqWarning("from Qt")',
        "*from Qt*",
    ),
    "thread": (
        "stop = threading.Event(); threading.Thread(target=stop.wait, args=[6], name='idler').start()",
        "*left behind*",
        "thread 'idler'",
    ),
    "daemon thread": (
        "threading.Thread(target=threading.Event().wait, name='ghost', daemon=True).start()",
        "thread 'ghost' (daemon)",
    ),
    "QThread": (
        "from PySide6.QtCore import QThread\nglobal kept\nkept = QThread(); kept.setObjectName('spinner')\n"
        "kept.start()\nimport atexit; atexit.register(lambda: (kept.quit(), kept.wait()))",
        "native thread 'spinner'",
    ),
    "process": (
        f"global kept\nkept = subprocess.Popen([sys.executable, '-c', {_NAP!r}])",
        "process *: *time.sleep(60)",
    ),
    "process that detached itself": (
        "subprocess.run(['sh', '-c', 'setsid sleep 61 >/dev/null 2>&1 </dev/null &'])",
        "process *: sleep 61",
    ),
    "zombie": (
        "global kept\nkept = subprocess.Popen(['true'])",
        "process *: zombie, never waited for",
    ),
    "socket": (
        "global kept\nkept = socket.create_server(('127.0.0.1', 0))",
        "socket descriptor *: AF_INET ('127.0.0.1', *)",
    ),
    "unraisable": (
        "socket.create_server(('127.0.0.1', 0))",
        "*ResourceWarning*",
    ),
}


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    pytester.makeconftest(_CONFTEST)
    pytester.makeini(_INI)
    return pytester


def _write(inner: pytest.Pytester, *bodies: str) -> None:
    tests = ""
    for number, body in enumerate(bodies):
        body = textwrap.indent(body.replace("kept", f"kept_{number}"), "    ")
        tests += f"\ndef test_{number}(expected_log):\n{body}\n"
    inner.makepyfile(_TOP + tests)


@pytest.mark.parametrize("noise", list(_NOISE))
def test_noise_fails_the_test_that_made_it(inner: pytest.Pytester, noise: str) -> None:
    body, *lines = _NOISE[noise]
    _write(inner, body)
    result = inner.runpytest_subprocess("-q", timeout=60)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    for line in lines:
        result.stdout.fnmatch_lines([line])


def test_a_fault_is_not_told_of_the_next_test(inner: pytest.Pytester) -> None:
    quiet = "assert True"
    loud = [_NOISE[noise][0] for noise in ("log", "daemon thread", "process", "socket")]
    _write(inner, *(body for pair in zip(loud, [quiet] * 4, strict=True) for body in pair))
    result = inner.runpytest_subprocess("-q", "-p", "no:randomly", timeout=60)
    result.assert_outcomes(passed=8, errors=4)


def test_the_quiet_and_the_tidy_pass(inner: pytest.Pytester) -> None:
    _write(
        inner,
        'log = logging.getLogger("a"); expected_log("odd"); log.warning("odd %s", 7); log.info("fine")',
        "t = threading.Timer(0.3, int); t.start()",
        "subprocess.run([sys.executable, '-c', 'pass'], check=True)",
        "with socket.create_server(('127.0.0.1', 0)): pass",
    )
    inner.makepyfile(
        # A thread's event loop that starts before its application does is a Qt warning of its own.
        test_thread="def test_it(qapp):\n    from PySide6.QtCore import QThread\n"
        "    q = QThread(); q.start(); q.quit(); assert q.wait(5000)\n",
        test_marked='import logging, pytest\n@pytest.mark.expected_log("od+")\ndef test_it():\n'
        '    logging.getLogger("x").error("odd")\n',
        test_window="def test_it(qtbot):\n    from PySide6.QtWidgets import QLabel\n    w = QLabel('x')\n"
        "    qtbot.addWidget(w)\n    with qtbot.waitExposed(w): w.show()\n",
    )
    for extra in ([], ["-n2"], ["-p", "randomly"]):
        result = inner.runpytest_subprocess("-q", *extra, timeout=60)
        result.assert_outcomes(passed=7)


def test_the_environment_is_a_tests_own(profile: Path) -> None:
    home = Path(os.environ["HOME"])
    assert home.is_dir()
    assert sorted(path.name for path in home.iterdir()) == [".cache", ".config", ".local", "run"]
    for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folder = Path(os.environ[f"XDG_{name}"])
        assert home in folder.parents
        assert folder.stat().st_mode & 0o777 == 0o700
    assert os.environ["LANG"] == "C.UTF-8"
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    gone = {"HTTPS_PROXY", "https_proxy", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND"}
    assert gone.isdisjoint(os.environ)
    assert not profile.exists()
    assert profile.parent.is_dir()


def test_the_developers_session_does_not_reach_a_test(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "https_proxy",
        "LC_ALL",
        "QT_SCALE_FACTOR",
        "SSLKEYLOGFILE",
        "DISPLAY",
        "PYTHON_KEYRING_BACKEND",
    ):
        monkeypatch.setenv(name, "x")
    inner.makepyfile(
        "import os, pytest\n"
        "def left(): return sorted(n for n, v in os.environ.items() if v == 'x')\n"
        "def test_ordinary(): assert left() == [] and os.environ['QT_QPA_PLATFORM'] == 'offscreen'\n"
        "@pytest.mark.end2end\n"
        "def test_end2end(): assert left() == [] and 'QT_QPA_PLATFORM' not in os.environ\n"
    )
    inner.runpytest_subprocess("-q", timeout=60).assert_outcomes(passed=2)
