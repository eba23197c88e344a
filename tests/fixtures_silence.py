"""A log record at WARNING or above that no test expected fails that test.

A test that provokes one says so, with the mark or the fixture:

    @pytest.mark.expected_log("could not read .* feed")
    def test_...(expected_log): expected_log("second pattern")

Patterns are searched in the formatted message. One that nothing matched fails the test as well. Every
record counts that a logger of whatever name made, whether it propagates or not.
"""

import logging
import re
from collections.abc import Callable, Iterator

import pytest

ExpectLog = Callable[[str], None]


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known, since `--strict-markers` holds."""
    config.addinivalue_line("markers", "expected_log(pattern, ...): log records that this test provokes")


class _Listener:
    """A record factory that keeps what is loud. `logging` makes every record through it."""

    def __init__(self) -> None:
        self.loud: list[logging.LogRecord] = []
        self.patterns: list[str] = []
        self._before = logging.getLogRecordFactory()

    def __call__(self, *arguments: object, **named: object) -> logging.LogRecord:
        record: logging.LogRecord = self._before(*arguments, **named)
        # `makeLogRecord` has no level yet: such a record was counted where it was first made.
        if record.levelno is not None and record.levelno >= logging.WARNING:
            self.loud.append(record)
        return record

    def complaints(self) -> list[str]:
        said = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self.loud]
        unexpected = [line for line in said if not any(re.search(pattern, line) for pattern in self.patterns)]
        unmet = [pattern for pattern in self.patterns if not any(re.search(pattern, line) for line in said)]
        return [f"unexpected log record: {line}" for line in unexpected] + [
            f"expected log record never came: {pattern!r}" for pattern in unmet
        ]


@pytest.fixture
def _listener(request: pytest.FixtureRequest, _nothing_leaks: None) -> Iterator[_Listener]:
    listener = _Listener()
    for mark in request.node.iter_markers("expected_log"):
        listener.patterns.extend(mark.args)
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(listener)
    yield listener
    logging.setLogRecordFactory(before)


@pytest.fixture(autouse=True)
def _no_unexpected_log(_listener: _Listener) -> Iterator[None]:
    """Complain once all fixtures inside this one are gone."""
    yield
    complaints = _listener.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expected_log(_listener: _Listener) -> ExpectLog:
    """`expected_log(pattern)`: from now on, and before, a record that matches is no fault; none at all is."""
    return _listener.patterns.append
