"""Each test in an environment of its own: nobody's home, no proxy, no display, no keyring, plain English.

What the developer's session exports (proxies, certificates, a display, a session bus, Qt's and XDG's
variables) is taken away. Programs that a test starts inherit what is set here. A test marked `end2end`
gets the same, but for the offscreen platform: its display comes from `tests.end2end.desktop`.
"""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from core import limits

_GONE = {
    "ALL_PROXY",
    "CURL_CA_BUNDLE",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "FTP_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LANGUAGE",
    "NETRC",
    "NO_PROXY",
    "PYTHON_KEYRING_BACKEND",
    "REQUESTS_CA_BUNDLE",
    "SSLKEYLOGFILE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "WAYLAND_DISPLAY",
}
_GONE_PREFIXES = ("LC_", "QT_", "QML", "XDG_")
_HOMES = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_RUNTIME_DIR": "run",
    "XDG_STATE_HOME": ".local/state",
}
_numbers = count(1)


def _make_safe(patch: pytest.MonkeyPatch, home: Path, *, offscreen: bool) -> None:
    for name in list(os.environ):
        if name.upper() in _GONE or name.startswith(_GONE_PREFIXES):
            patch.delenv(name)
    home.mkdir(mode=0o700)
    for name, folder in _HOMES.items():
        path = home / folder
        path.mkdir(mode=0o700, parents=True)
        patch.setenv(name, str(path))
    patch.setenv("HOME", str(home))
    patch.setenv("USERPROFILE", str(home))
    patch.setenv("LANG", "C.UTF-8")
    if offscreen:
        patch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def _session_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What fixtures of a wider scope (pytest-qt's application) are made in."""
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        _make_safe(patch, folder / "session", offscreen=True)
        yield folder


@pytest.fixture(autouse=True)
def _environment(
    request: pytest.FixtureRequest, _session_environment: Path, _nothing_leaks: None, _no_unexpected_log: None
) -> Iterator[None]:
    """Give this one test its own home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "bound_this_process", lambda: None)  # it would bound the tests for good
        offscreen = request.node.get_closest_marker("end2end") is None
        _make_safe(patch, _session_environment / f"h{next(_numbers)}", offscreen=offscreen)
        yield
