"""Looks at every source of the catalogue once and prints what answered. For who maintains resources/sources.toml.

    .venv/bin/python -m tests.try_sources [--catalogue FILE] [--country XX] [ID ...]

It asks the real network (or what the list names), keeps nothing, and needs no profile: one line a source, its id first,
then what came, or why nothing did. Of an index one document is read too, of the country given or else of the first that
it names. Exit status 3: at least one gave nothing that can be read. The day it was run belongs in a source's `tried`.
"""

import argparse
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from core import catalogue, fetch, formats, intake
from core.errors import FetchError, InputError
from core.model import Source
from core.wording import say

AT_ONCE = 6
AT_ONCE_A_HOST = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a source gave: `words` for a person, bytes received, seconds; `is_good`: all of it could be read."""

    source: Source
    is_good: bool
    words: str
    received: int
    seconds: float

    def __str__(self) -> str:
        """One line."""
        mark = "ok  " if self.is_good else "FAIL"
        return f"{mark} {self.source.id}: {self.words} ({self.received / 1000:.0f} kB, {self.seconds:.1f} s)"


def try_all(
    known: Mapping[str, Source], country: str | None = None, *, deadline_s: float = fetch.DEADLINE_S
) -> list[Outcome]:
    """Ask each of these once, side by side, no host more than twice at once."""
    hosts = {urlsplit(one.url).netloc: threading.Semaphore(AT_ONCE_A_HOST) for one in known.values()}

    def ask(source: Source) -> Outcome:
        with hosts[urlsplit(source.url).netloc]:
            return _tried(source, country, deadline_s)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="try") as pool:
        return list(pool.map(ask, known.values()))


def _tried(source: Source, country: str | None, deadline_s: float) -> Outcome:
    meter, began = fetch.Meter(), time.monotonic()

    def outcome(words: str, *, is_good: bool) -> Outcome:
        return Outcome(source, is_good, words, meter.received, time.monotonic() - began)

    if not catalogue.is_readable(source):
        return outcome("not asked, its form is not readable yet", is_good=False)
    try:
        words = [_read(source, meter, deadline_s)]
        data = words[0][1]
        details = formats.details(data, source.url, format_name=source.format)
        near = [one for one in details if country is None or country in one.countries]
        if near:
            words.append(_read(source._replace(url=near[0].url), meter, deadline_s))
        elif details:
            return outcome(f"{words[0][0]}, no document for {country}", is_good=False)
    except (FetchError, InputError) as error:
        return outcome(say(error.message), is_good=False)
    return outcome("; one document: ".join(said for said, _ in words), is_good=True)


def _read(source: Source, meter: fetch.Meter, deadline_s: float) -> tuple[str, bytes]:
    answer = fetch.fetch(source, deadline_s=deadline_s, meter=meter)
    if not isinstance(answer, fetch.Fetched):
        raise FetchError("unasked-not-modified")
    taken = intake.take(answer.data, source, datetime.now(UTC))
    actions = sum(len(revision.actions) for revision in taken.revisions)
    moved = f", moved to {answer.moved_to}" if answer.moved_to else ""
    aside = f", {len(taken.rejected)} set aside" if taken.rejected else ""
    return f"{taken.format}, {len(taken.revisions)} advisories, {actions} actions{aside}{moved}", answer.data


def main(arguments: Sequence[str]) -> int:
    """Takes the command line without the program's name; gives the exit status."""
    parser = argparse.ArgumentParser(prog="tests.try_sources", description="Look at every source once.")
    parser.add_argument("--catalogue", metavar="FILE")
    parser.add_argument("--country", metavar="XX")
    parser.add_argument("ids", nargs="*", metavar="ID")
    options = parser.parse_args(arguments)
    known = catalogue.load(options.catalogue)
    unknown = sorted(set(options.ids) - set(known))
    if unknown:
        print(f"not in the catalogue: {', '.join(unknown)}", file=sys.stderr)
        return 2
    chosen = {name: known[name] for name in options.ids} if options.ids else known
    outcomes = try_all(chosen, options.country)
    for one in outcomes:
        print(one)
    good = sum(one.is_good for one in outcomes)
    print(f"{good} of {len(outcomes)} gave something that can be read")
    return 0 if good == len(outcomes) else 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
